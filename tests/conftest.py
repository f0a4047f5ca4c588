"""One index of the built-in documents and one browser, for the whole run."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.assistant import Assistant
from qa.building.homes import build

CHROMIUM = "/usr/bin/chromium"
QUIET_BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium. Without it the tests are skipped, but on the build machine (CI=true) they fail."""
    if not Path(CHROMIUM).exists():
        reason = f"no {CHROMIUM}: scripts/install-browser.sh installs it"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET_BROWSER)
        yield opened
        opened.close()
