"""Lines and their marks: bullets, numbers, letters, numbered headings and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa.listing.text import KANA, N, open_at, value
from qa.listing.types import Span

_NUMBER = rf"[（(](?:{N}{{1,2}}|[{KANA}])[)）]|[0-9０-９]{{1,2}}[)）]|[①-⒇❶-❿➀-➉]"
_BULLET = "(?:[・･•◦‣▪▫●○◯◉◎◇◆■□▶►▼☆★✓✔☑➢＊]|〇(?![0-9０-９〇一二三四五六七八九年])|[-–*](?=[ 　]))"
_MARK = re.compile(
    rf"(?P<bullet>{_BULLET})?[ 　]*(?:"
    rf"(?P<enclosed>{_NUMBER})|(?P<plain>[0-9０-９]{{1,2}}|[Ⅰ-Ⅹⅰ-ⅹ]|{N}(?=　))(?:[ 　]|[．.](?!\d))|(?P<kana>[{KANA}])[ 　．.]"
    rf"|(?P<letter>[a-zA-Zａ-ｚＡ-Ｚ])[．.)）](?![a-zA-Z])"
    rf"|第(?P<article>{N}{{1,2}})(?P<unit>[章節号部回編期])[ 　]"
    rf"|(?P<word>[^\W\d_]{{1,9}})(?P<count>[0-9０-９①-⑳Ⅰ-Ⅹ]|[0-9０-９]{{2}})(?:[ 　：:]|[．.](?!\d))"
    rf"|[〔【［\[＜〈](?P<boxed>[^\W\d_]{{0,5}}?)[ 　]?(?P<within>{N}{{1,2}}|[①-⑳Ⅰ-Ⅹ])[〕】］\]＞〉]"
    rf"|(?P<date>(?:(?:令和|平成)?{N}{{1,4}}年)?[0-9０-９]{{1,2}}月(?:[0-9０-９]{{1,2}}日)?)[ 　]"
    rf")?[ 　]*"
)
_IN_LINE = re.compile(
    rf"(?:(?<![^ 　。、：:])[（(]?{N}{{1,2}}[)）]|[①-⑳]|[●○◎◇◆■▶]"
    rf"|(?<![ァ-ヶー])[{KANA}]　|(?<![0-9０-９年])[0-9０-９]{{1,2}}月　)[ 　]*"
)
_FORMS = ("enclosed", "plain", "kana", "letter", "article", "count", "within")
# What follows the last member on its line, and belongs to no member.
_REST = re.compile(
    rf"(?:の{N}{{1,2}}(?:つ|点|項目|[かヵカヶ]所)(?:です|である|とする)?|の順番?(?:です|とする)"
    r"|[ 　]++(?:等|など)|[ 　]++[（(]?[△▲]?[\d０-９,，]+(?:千円|百万円|億円)[）)]?|[ 　]++（―）|[。、]|[ 　]++)++$"
)


@dataclass(slots=True)
class Line:
    """One line, or one of several marked pieces of a line.

    Whoever reads marked lists gives a line that goes on with the one above the style of that one.
    """

    start: int
    body: Span
    style: str  # "" without a mark
    number: int | None
    gap: bool  # a blank line, or nothing, stands above


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of `text` that hold words, each of several marks of a line as a line of its own."""
    end = 0
    for match in re.finditer(r"[^\n]*[^\s][^\n]*", text):
        gap = text.count("\n", end, match.start()) != 1
        for start, stop in _marks(match[0]):
            yield _line(text, match.start() + start, match.start() + stop, gap=gap)
            gap = False
        end = match.end()


def _marks(line: str) -> Iterator[Span]:
    """Cut a line before each of its marks of one style: ●A●B, ①A②B; most lines are one piece."""
    marks = [m for m in _IN_LINE.finditer(line) if open_at(line, m.start()) == 0]
    found = [(m.start(), *_style(_MARK.fullmatch(m[0]))) for m in marks]
    found = [mark for mark in found if mark[1] == found[0][1]]
    numbers = [number for _, _, number in found]
    lead = bool(found) and not line[: found[0][0]].strip(" 　")
    sequence = numbers == [number and numbers[0] and numbers[0] + n for n, number in enumerate(numbers)]
    if len(found) > 1 and sequence and (lead or numbers[0] == 1):
        yield from pairwise([*([] if lead else [0]), *(at for at, _, _ in found), len(line)])
    else:
        yield 0, len(line)


def _line(text: str, start: int, end: int, *, gap: bool) -> Line:
    lead = len(text[start:end]) - len(text[start:end].lstrip(" 　"))
    mark = _MARK.match(text, start + lead, end)
    style, number = _style(mark)
    body = mark.end() if mark and style else start + lead
    if body >= end:
        style, number, body = "", None, start + lead
    if mark and mark["date"]:
        body = mark.start("date")
    return Line(start + lead, _trimmed(text, body, end), style, number, gap)


def _style(mark: re.Match[str] | None) -> tuple[str, int | None]:
    """Return a mark's style and number: numbers of one form are one style, whatever their value."""
    if not mark or not mark[0].strip():
        return "", None
    number = next((mark[form].strip("()（）") for form in _FORMS if mark[form]), None)
    form = next((form for form in (*_FORMS, "date") if mark[form]), "")
    bracket = re.sub(r"[^()（）]+", "", mark[form])[:1] if form == "enclosed" else ""
    letter = "ア" if number and number in KANA else ""
    style = f"{mark['bullet'] or ''}{form}{bracket}{letter}{mark['word'] or mark['boxed'] or ''}{mark['unit'] or ''}"
    return style, value(number) if number else None


def _trimmed(text: str, start: int, end: int) -> Span:
    body = text[start:end]
    kept = _REST.sub("", body) or body.strip(" 　")
    lead = len(kept) - len(kept.lstrip(" 　"))
    return start + lead, start + len(kept)
