"""What Tesseract writes (TSV, a row a word) to words in lines, each with how sure it is."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import StringIO
from itertools import groupby, islice

_BULLET = re.compile(r"[。、*•°·・](?=[ぁ-ヿ㐀-鿿「（(])")
"""What a line of Japanese can begin with only where a list's dot was misread."""
_PAIR = re.compile(r"(?<=[ぁ-ヿ㐀-鿿])\([^()]*\)|\([^()]*[ぁ-ヿ㐀-鿿][^()]*\)")
_LONE = re.compile(r"(?<=[ぁ-ヿ㐀-鿿])[()]|[()](?=[ぁ-ヿ㐀-鿿])")
"""A bracket that a line break parts from its other one."""
_WORD = "5"
"""The level of a row that is a word; pages, blocks, paragraphs and lines have rows of their own."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word with its box in pixels; `confidence` is from 0 to 100, `line` is the number of its line on the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    line: tuple[int, int, int]


def ocr_lines(tsv: str) -> list[list[OcrWord]]:
    """Return the words of each line, in the order in which they are read."""
    lines = (list(words) for _, words in groupby(_words(tsv), key=lambda word: word.line))
    return [_with_wide_brackets(_with_bullet(line)) for line in lines]


def _with_bullet(words: list[OcrWord]) -> list[OcrWord]:
    """Return the words of a line whose bullet is told as ・: a dot is often read as the sign that looks like it."""
    text = words[0].text + "".join(word.text for word in words[1:2])
    if not _BULLET.match(text):
        return words
    return [replace(words[0], text=f"・{words[0].text[1:]}"), *words[1:]]


def _with_wide_brackets(words: list[OcrWord]) -> list[OcrWord]:
    """Return the words of a line with the brackets of Japanese text, which are read as those of Latin text."""
    text = _PAIR.sub(lambda found: f"（{found[0][1:-1]}）", "".join(word.text for word in words))
    text = _LONE.sub(lambda found: "（" if found[0] == "(" else "）", text)
    letters = iter(text)
    return [replace(word, text="".join(islice(letters, len(word.text)))) for word in words]


def mean_confidence(lines: Iterable[Iterable[OcrWord]]) -> float:
    """Return how sure the words are, each as heavy as it is long; 0 where there are none."""
    words = [word for line in lines for word in line]
    length = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / length if length else 0.0


def _words(tsv: str) -> Iterator[OcrWord]:
    for row in csv.DictReader(StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = "".join((row["text"] or "").split())
        if row["level"] != _WORD or not text:
            continue
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        yield OcrWord(text, left, top, left + width, top + height, float(row["conf"]), line)
