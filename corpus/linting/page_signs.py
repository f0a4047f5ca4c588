"""A Document → what is counted on each of its pages."""

import re
from collections import Counter
from collections.abc import Mapping

from corpus.lexicon.scripts import HIRAGANA, KATAKANA
from corpus.linting.kana_marks import LOOSE, VOICED_HIRAGANA, VOICED_KATAKANA, lost_voicing
from corpus.linting.mojibake import traces
from corpus.linting.odd_characters import KANJI, STRANGE_PRIVATE, SYMBOL_DIGITS, is_rare
from corpus.linting.page_likeness import likenesses
from corpus.linting.types import PageSigns
from corpus.types import Document

_STRETCH = re.compile(r"[^。．！？!?\n\t,，|｜]+")
_JAPANESE = re.compile("[ぁ-ヺ一-鿿]")


def page_signs(document: Document) -> tuple[PageSigns, ...]:
    """Return the signs of each page, in order."""
    texts = [document.text[page.start : page.end] for page in document.pages]
    signs = []
    for page, text, like in zip(document.pages, texts, likenesses(texts), strict=True):
        copied = (document.pages[like[0]].number, like[1]) if like else (None, 0.0)
        signs.append(_counted(page.number, text, *copied))
    return tuple(signs)


def longest_run(text: str) -> str:
    """Return the longest stretch of a text that no sentence, line or cell ends.

    >>> longest_run("一です。二であります。三")
    '二であります'
    """
    return max(_STRETCH.findall(text), key=len, default="")


def _counted(number: int, text: str, copy_of: int | None, likeness: float) -> PageSigns:
    characters = Counter(text)  # a page has few different ones: each is looked at once
    rare = {char: count for char, count in characters.items() if is_rare(char)}
    return PageSigns(
        page=number,
        letters=sum(count for char, count in characters.items() if not char.isspace()),
        private=_places(STRANGE_PRIVATE, text),
        symbol_digits=_places(SYMBOL_DIGITS, text),
        kanji=_sum(KANJI, characters),
        rare=sum(rare.values()),
        rare_kinds=len(rare),
        hiragana=_sum(HIRAGANA, characters),
        voiced_hiragana=_sum(VOICED_HIRAGANA, characters),
        katakana=_sum(KATAKANA, characters),
        voiced_katakana=_sum(VOICED_KATAKANA, characters),
        lost=len({found[0] for found in lost_voicing(text)}),
        loose_marks=_places(LOOSE, text),
        replaced=characters["\ufffd"],
        mojibake=len(traces(text)),
        longest_run=len(_JAPANESE.findall(longest_run(text))),
        copy_of=copy_of,
        likeness=likeness,
    )


def _sum(pattern: re.Pattern[str], characters: Mapping[str, int]) -> int:
    return sum(count for char, count in characters.items() if pattern.match(char))


def _places(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
