"""One index of the built-in documents, built once for the whole run."""

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.building.homes import build


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the built-in documents."""
    home = tmp_path_factory.mktemp("home")
    build(home)
    return home


@pytest.fixture(scope="session")
def assistant(built_home: Path) -> Assistant:
    """An assistant over the built-in documents."""
    return Assistant.open(built_home)
