"""Everyday words for administrative ones: a small curated table of general vocabulary."""

from functools import cache
from importlib.resources import files

_TABLE = "everyday.tsv"


@cache
def everyday_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (everyday word, administrative words), longest word first."""
    lines = files("qa").joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(sorted(((row[0], tuple(row[1].split())) for row in rows), key=lambda row: -len(row[0])))


def everyday_phrases(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return (start, end, administrative words) of each everyday word in normalised `text`, the longest first.

    >>> [(start, end) for start, end, _ in everyday_phrases("ネットで申し込める?")]
    [(4, 7), (0, 3)]
    """
    found: list[tuple[int, int, tuple[str, ...]]] = []
    rest = text
    for word, words in everyday_words():
        start = rest.find(word)
        while start >= 0:
            found.append((start, start + len(word), words))
            # A longer word hides its parts.
            rest = rest[:start] + "\n" * len(word) + rest[start + len(word) :]
            start = rest.find(word)
    return found
