"""Everyday words for administrative ones: a small curated table of general vocabulary."""

import re
from functools import cache

from corpus.data_rows import data_rows
from corpus.lexicon.scripts import KANJI, KATAKANA


@cache
def everyday_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (everyday word, administrative words), longest word first; each spelling is a word of its own."""
    rows = data_rows("qa.question", "everyday_words.tsv")
    words = [(spelling, tuple(row[1].split())) for row in rows for spelling in row[0].split()]
    return tuple(sorted(words, key=lambda word: -len(word[0])))


@cache
def _by_beginning() -> dict[str, tuple[tuple[int, str, tuple[str, ...]], ...]]:
    """Return the words by their first two characters, each with its place in the order."""
    found: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
    for place, (word, words) in enumerate(everyday_words()):
        found.setdefault(word[:2], []).append((place, word, words))
    return {beginning: tuple(rows) for beginning, rows in found.items()}


def _beginning(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the words that begin as some place of `text` does, longest first."""
    beginnings = {text[place : place + size] for place in range(len(text)) for size in (1, 2)}
    rows = [row for beginning in beginnings for row in _by_beginning().get(beginning, ())]
    return [(word, words) for _, word, words in sorted(rows, key=lambda row: row[0])]


def everyday_phrases(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return (start, end, administrative words) of each everyday word in normalised `text`, the longest first.

    >>> [(start, end) for start, end, _ in everyday_phrases("スマホで申し込める?")]
    [(4, 7), (0, 3)]
    """
    found: list[tuple[int, int, tuple[str, ...]]] = []
    rest = text
    for word, words in _beginning(text):
        start = rest.find(word)
        while start >= 0:
            end = start + len(word)
            if _stands_free(text, start, end):
                found.append((start, end, words))
                # A longer word hides its parts.
                rest = rest[:start] + "\n" * len(word) + rest[end:]
            start = rest.find(word, end)
    return found


def _stands_free(text: str, start: int, end: int) -> bool:
    """Tell whether a word is no mere part of another: プラン in プランクトン, 道 in 北海道."""
    script = KANJI if end - start == 1 else KATAKANA
    before, after = text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1]
    return not (_joined(script, before) or _joined(script, after))


def _joined(script: re.Pattern[str], pair: str) -> bool:
    return len(pair) == 2 and all(script.match(character) for character in pair)
