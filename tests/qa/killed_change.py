"""What the killed changes run: imported once by the fork server, so that a kill hits the work, not an import."""

import time
from pathlib import Path

import qa.assistant  # noqa: F401 - all that a change imports
from qa.building.homes import add_documents, remove_document


def turn(home: Path, file: Path, gone: str) -> None:
    """Add a document, or take one out where `gone` names it."""
    if gone:
        remove_document(home, gone)
    else:
        add_documents(home, [file])


def timed_turn(home: Path, file: Path, seconds: Path) -> None:
    started = time.perf_counter()
    turn(home, file, "")
    seconds.write_text(str(time.perf_counter() - started))
