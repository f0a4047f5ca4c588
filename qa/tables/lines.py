"""A line cut at its gaps, bars or tabs."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.normalizing import display_width
from qa.tables.types import BARS, ORDINAL, TABS, Line, Piece

_GAP = re.compile(r"[ \t]*[　\t][ 　\t]*| {2,}")
_SOFT = 2  # columns: one full-width space, which may also stand inside a cell
_BAR = re.compile(r"[|｜]")
_BLANK, _BLANK_OR_TAB = " 　", " 　\t"
_BULLET = re.compile(r"([・･●○◎◇◆■▶◯□★☆▼])[ 　]*")
_ORDINAL = re.compile(
    r"(?:[（(](?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}|[ア-ンa-zA-Z])[)）]|[0-9０-９]{1,2}[.．)）](?![0-9０-９])"
    r"|[①-⑳㉑-㉟]|(?:[0-9０-９]{1,2}|[ア-ン]|[Ⅰ-Ⅻⅰ-ⅻ])(?=[ 　]))[ 　]*"
)
_PAIRS = dict(zip("（(「『【〔＜[", "）)」』】〕＞]", strict=True))
_SPACED_LABEL = re.compile(
    r"区分|種[類別]|氏名|[国都市町村校園館]名|場所|住所|電話|内容|対象|条件|時間|日時|期[間日]|[金総]額|費用|定員"
    r"|人数|窓口|項目|備考|摘要|説明|事業|科目|年[度齢]|[合小総累]計"
)
_SPACED_WORD = 7  # characters, spaces among them


def may_hold_tables(text: str) -> bool:
    return bool(_GAP.search(text) or _BAR.search(text))


def lines_of(text: str) -> list[Line]:
    """Return every line of `text`, empty ones too."""
    return [_line(text, *found.span()) for found in re.finditer(r"^.*$", text, re.MULTILINE)]


def with_number(text: str, line: Line) -> Line:
    """Return `line` with its number as a cell rather than a mark."""
    start = text.rfind("\n", 0, line.start) + 1
    first = start + _indent(text[start : line.end], _BLANK_OR_TAB)
    return Line(first, line.end, "", tuple(_pieces(text, start, first, line.end)))


def _line(text: str, start: int, end: int) -> Line:
    line = text[start:end]
    inner = line.strip(_BLANK)
    if len(_BAR.findall(inner)) >= 2 or ("\t" in inner and not line.startswith("　")):
        return _delimited(line, start)
    first, mark = start + _indent(line, _BLANK_OR_TAB), ""
    if found := _BULLET.match(text, first, end):
        mark, first = found[1], found.end()
    elif found := _ORDINAL.match(text, first, end):
        mark, first = ORDINAL, found.end()
    return Line(first, end, mark, tuple(_pieces(text, start, first, end)))


def _indent(line: str, blanks: str) -> int:
    return len(line) - len(line.lstrip(blanks))


def _delimited(line: str, start: int) -> Line:
    """Bars or tabs part the cells, and an empty cell keeps its place."""
    mark, outer, parts = TABS, 0, line.split("\t")
    if _BAR.search(line):
        first = re.match(r"[ 　]*[|｜]", line)
        mark, outer = BARS, first.end() if first else 0
        parts = _BAR.split(re.sub(r"[|｜][ 　]*$", "", line[outer:]))
    pieces, at = [], outer
    for slot, part in enumerate(parts):
        left = at + _indent(part, _BLANK)
        if words := part.strip(_BLANK):
            pieces.append(Piece(start + left, start + left + len(words), left, slot=slot))
        at += len(part) + 1
    return Line(start, start + len(line), mark, tuple(pieces), len(parts))


def _pieces(text: str, line: int, start: int, end: int) -> Iterator[Piece]:
    return _closed_up(text, list(_between_gaps(text, line, start, end)))


def _between_gaps(text: str, line: int, start: int, end: int) -> Iterator[Piece]:
    shielded = _shielded(text[start:end])
    at, soft = start, False
    for gap in _GAP.finditer(text, start, end):
        narrow = display_width(gap[0]) <= _SOFT
        if (narrow and gap.start() - start in shielded) or gap.end() == end:
            continue
        if gap.start() > at:
            yield Piece(at, gap.start(), display_width(text[line:at]), soft)
        at, soft = gap.end(), narrow
    last = at + len(text[at:end].rstrip(_BLANK_OR_TAB))
    if last > at:
        yield Piece(at, last, display_width(text[line:at]), soft)


def _shielded(line: str) -> set[int]:
    """Offsets inside brackets that close on the line: a narrow gap there parts no cells."""
    inside: set[int] = set()
    open_at: list[tuple[str, int]] = []
    for at, char in enumerate(line):
        if char in _PAIRS:
            open_at.append((_PAIRS[char], at))
        elif open_at and char == open_at[-1][0]:
            inside.update(range(open_at.pop()[1], at))
    return inside


def _closed_up(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    """Spaced-out words (区　分, 氏　　名) are one cell: single ideographs nearer to each other than to the rest."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        while at + 1 < len(pieces) and _is_one_word(text, piece, pieces, at):
            at += 1
            piece = replace(piece, end=pieces[at].end)
        yield piece
        at += 1


def _is_one_word(text: str, word: Piece, pieces: list[Piece], at: int) -> bool:
    """Say whether `word`, which ends with the piece `at`, goes on with the next one."""
    left, right = pieces[at], pieces[at + 1]
    letters = left.words(text) + right.words(text)
    if len(letters) != 2 or not all("一" <= letter <= "鿿" for letter in letters):
        return False
    gap = right.start - left.end
    apart = at + 2 < len(pieces) and gap < pieces[at + 2].start - right.end
    near = gap <= 2 and word.end - word.start <= _SPACED_WORD
    return near and (apart or bool(_SPACED_LABEL.fullmatch(letters)))
