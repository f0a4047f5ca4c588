"""Enumerations in a passage: bulleted lines, numbered duties, and A、B、Cなど inside a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.tokenizer import SudachiTokenizer

Span = tuple[int, int]

_BULLET = re.compile(r"[ 　]*(?:[・･●○◎◇◆■▶]|[（(][0-9０-９一二三四五六七八九十]{1,2}[)）]|[①-⑳])[ 　]*")
_INLINE = re.compile(r"[●○◎◇◆■▶]")
_TAIL = re.compile(
    r"(?:など|等(?=[のをがにはでと、。]|$)|として|といった|のほか|を|が|に|は|で(?!き)|と(?!も)).*$"
)
_PAIR = re.compile(r"や|及び|並びに")
# Nouns in form only: what they end is a clause, not a member.
_LINKING = frozenset("ため こと もの とき うえ 上 中 際 場合 一方 ほか 他 結果 年 月 日 年度 末".split())
_NOUN = ("名詞", "接尾辞", "記号", "補助記号")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Members, in order, as spans of the passage's text; `start:end` holds them all, with what introduces them.

    `clarity` in 0–1 says how plainly the text marks them as a list: bullets, then A、B、Cなど, then AやBなど.
    """

    start: int
    end: int
    members: tuple[Span, ...]
    clarity: float


@lru_cache(maxsize=4_096)
def enumerations(text: str, tokenizer: SudachiTokenizer) -> tuple[Enumeration, ...]:
    """Return every enumeration of `text` that has two members or more."""
    sentences = [match.span() for match in re.finditer(r"[^。\n]+", text)]
    inside = [found for start, end in sentences for found in _within(text, start, end, tokenizer)]
    return (*_bulleted(text), *inside)


def _bulleted(text: str) -> Iterator[Enumeration]:
    """Lines that begin with bullets of one style are one list; a line without a bullet or of another style ends it."""
    group: list[Span] = []
    style = ""
    for match in re.finditer(r"[^\n]+", text):
        bullet = _BULLET.match(match[0])
        now = _style(bullet[0].strip()) if bullet else ""
        if now != style:
            yield from _whole(group)
            group, style = [], now
        if bullet:
            group.extend(_inline(text, match.start() + bullet.end(), match.end()))
    yield from _whole(group)


def _whole(group: list[Span]) -> Iterator[Enumeration]:
    if len(group) > 1:
        yield Enumeration(group[0][0], group[-1][1], tuple(group), 1.0)


def _style(bullet: str) -> str:
    """Numbers of one form are one style, whatever their value."""
    return re.sub(r"[0-9０-９一二三四五六七八九十①-⑳]+", "1", bullet)


def _inline(text: str, start: int, end: int) -> Iterator[Span]:
    """Several bullets may share a line."""
    for match in re.finditer(r"[^●○◎◇◆■▶]+", text[start:end]):
        piece = match[0].rstrip(" 　。")
        lead = len(piece) - len(piece.lstrip(" 　"))
        if piece.strip():
            yield start + match.start() + lead, start + match.start() + len(piece)


def _within(text: str, start: int, end: int, tokenizer: SudachiTokenizer) -> Iterator[Enumeration]:
    """A、B、Cなど: neighbouring segments that end in a noun, and the segment after them up to its particle."""
    if _INLINE.search(text, start, end):
        return
    segments = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^、，]+", text[start:end])]
    run: list[Span] = []
    for segment_start, segment_end in segments:
        if run and not _ends_in_noun(text[segment_start:segment_end], tokenizer):
            last = _TAIL.sub("", text[segment_start:segment_end])
            members = [*run, *_pairs(text, segment_start, segment_start + len(last))]
            if last and len(members) > 1:
                yield Enumeration(start, end, tuple(members), 0.8)
            run = []
        elif _ends_in_noun(text[segment_start:segment_end], tokenizer):
            run.append((segment_start, segment_end))
        else:
            run = []
            pair = re.search(r"([^、やはがをにで]+)や([^、や]+?)(?:など|等)", text[segment_start:segment_end])
            if pair:
                spans = tuple((segment_start + pair.start(i), segment_start + pair.end(i)) for i in (1, 2))
                yield Enumeration(start, end, spans, 0.3)


def _pairs(text: str, start: int, end: int) -> list[Span]:
    spans, at = [], start
    for match in _PAIR.finditer(text[start:end]):
        spans.append((at, start + match.start()))
        at = start + match.end()
    return [span for span in [*spans, (at, end)] if span[1] > span[0]]


def _ends_in_noun(segment: str, tokenizer: SudachiTokenizer) -> bool:
    tokens = tokenizer.tokens(segment[-12:])
    return bool(tokens) and tokens[-1].pos in _NOUN and tokens[-1].surface not in _LINKING
