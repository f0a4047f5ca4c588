"""Lists without marks: short lines one below the other, under words that point down or with one ending."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from qa.listing.marks import Line
from qa.listing.text import CLOSE, OPEN, intro_above
from qa.listing.types import Enumeration, Span

_LONGEST = 30
# A sentence, a part of one, a row of cells, a note or a page number is no title.
_NO_TITLE = re.compile(
    r"[。]|[、，はがをにでとのやへもし]$|[ ]{2}|　|^[※（(＊*－\-ー─-╿]|^[\W\d_千百万億円年度]+$"
)
_POINTS = re.compile(r"次の|次に掲げる|以下の|下記|とおり|[：:】＞〉》〕]$|^[■◆●◎▼◇【＜〈《〔]")
_ASIDE = re.compile(r"[（(][^）)\n]*[）)]")
_KANJI = re.compile(r"[一-鿿々]")


def plain_lists(text: str, lines: Sequence[Line]) -> Iterator[Enumeration]:
    """Yield unmarked short lines that stand together."""
    for titles in _runs(text, lines):
        close = [line for n, line in enumerate(titles) if n == 0 or not line.gap]
        if len(close) == len(titles):
            yield from _pointed_at(text, titles)
        yield from _ending_alike(text, titles)


def _runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Titles on neighbouring lines, or each with a blank line above."""
    run: list[Line] = []
    for line in lines:
        if not _is_title(text, line):
            yield from _long_enough(run)
            run = []
        elif len(run) > 1 and line.gap != run[1].gap:
            yield from _long_enough(run)
            run = [line]
        else:
            run.append(line)
    yield from _long_enough(run)


def _long_enough(run: list[Line]) -> Iterator[list[Line]]:
    if len(run) > 1:
        yield run


def _is_title(text: str, line: Line) -> bool:
    start, end = line.body
    length = end - start - sum(len(aside) for aside in _ASIDE.findall(text, start, end))
    return (
        not line.style
        and length <= _LONGEST
        and not text.startswith("。", end)
        and not _NO_TITLE.search(text[start:end])
    )


def _pointed_at(text: str, titles: Sequence[Line]) -> Iterator[Enumeration]:
    intro = intro_above(text, titles[0].start)
    if intro and _POINTS.search(text[slice(*intro)]):
        yield _listed(titles, 0.5, intro)
    elif len(titles) > 2:
        yield _listed(titles[1:], 0.2, titles[0].body)


def _ending_alike(text: str, titles: Sequence[Line]) -> Iterator[Enumeration]:
    """係 below 係, or titles that all close with a bracket."""
    for ending, group in groupby(titles, key=lambda line: _ending(text, line)):
        alike = list(group)
        if len(alike) > (1 if _KANJI.match(ending) else 2) and (_KANJI.match(ending) or ending in CLOSE):
            yield _listed(alike, 0.3, intro_above(text, alike[0].start))


def _ending(text: str, line: Line) -> str:
    last = text[line.body[1] - 1]
    return CLOSE[0] if last in CLOSE and last not in OPEN else last


def _listed(titles: Sequence[Line], clarity: float, intro: Span | None) -> Enumeration:
    members = tuple(line.body for line in titles)
    return Enumeration(members[0][0], members[-1][1], members, clarity, intro, "titles")
