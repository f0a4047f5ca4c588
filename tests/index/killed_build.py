"""What the killed builds run: imported once by the fork server, so that a kill hits the build, not an import."""

import time
from pathlib import Path

from corpus.types import Document
from index.encoders.use_encoder import fresh_use
from tests.index.conftest import LINES, build, document, given

fresh_use()


def corpus_of(size: int) -> Document:
    """Return a document of `size` passages, so that the manifest's count tells which build serves."""
    return document(lines=[f"{LINES[number % 8]}第{number}号" for number in range(size)])


def build_one(home: Path, size: int) -> None:
    build(home, given(corpus_of(size)))


def timed_build(home: Path, size: int, seconds: Path) -> None:
    started = time.perf_counter()
    build_one(home, size)
    seconds.write_text(str(time.perf_counter() - started))
