"""The command line as a person calls it, a running server, a real browser."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Madoguchi = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def madoguchi(built_home: Path) -> Madoguchi:
    """Run the command line in a process of its own, by default on the built home."""

    def run(
        *arguments: str, at: Path = built_home, stdin: str | bytes = "", **more: Any
    ) -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        command = [sys.executable, "-m", "ui", *arguments]
        done = subprocess.run(
            command, input=given, capture_output=True, env=environment(at), cwd=ROOT, timeout=120
        )
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "MADOGUCHI_HOME": str(home), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def server(built_home: Path) -> Iterator[str]:
    """The address of a running server."""
    with serving(built_home) as address:
        yield address


class serving:  # noqa: N801 - read as a verb: with serving(home) as address
    """A server process on a free port, for as long as the context is open."""

    def __init__(self, home: Path, *, under: tuple[str, ...] = ()) -> None:
        command = [*under, sys.executable, "-m", "ui", "serve", "--port", "0"]
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(home),
            cwd=ROOT,
        )

    def __enter__(self) -> str:
        assert self._process.stdout is not None
        seen = ""
        for line in self._process.stdout:
            seen += line
            found = re.search(r"http://[\d.:]+", line)
            if found:
                return found.group()
        raise AssertionError(f"the server did not start: {seen}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)


@pytest.fixture(scope="session")
def table_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose documents are a CSV of halls and a workbook of shelters."""
    from tests.ui.table_home import build_home

    home = tmp_path_factory.mktemp("tables")
    build_home(home)
    return home
