"""What the killed builds run: imported once by the fork server, so that a kill hits the build, not an import."""

import time
from pathlib import Path

from corpus.types import Document, Passage
from index.building import build_bundle
from index.offline import sentence_transformers
from tests.index.conftest import LINES, document, passages_of

sentence_transformers()


def corpus_of(size: int) -> tuple[Document, list[Passage]]:
    """Return a document of `size` passages, so that the manifest's count tells which build serves."""
    given = document(lines=[f"{LINES[number % 8]}第{number}号" for number in range(size)])
    return given, passages_of(given)


def build(home: Path, size: int) -> None:
    given, passages = corpus_of(size)
    build_bundle(home, [given], passages)


def timed_build(home: Path, size: int, seconds: Path) -> None:
    started = time.perf_counter()
    build(home, size)
    seconds.write_text(str(time.perf_counter() - started))
