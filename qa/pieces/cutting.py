"""Document → Pieces: every sentence, row, line and section, every run of like items, and parts of sentences and rows."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise

from corpus.normalizing import normalize
from corpus.outline import ITEM_MARKS, Unit, outline
from corpus.outline_cells import Span
from corpus.types import Document
from qa.pieces.parts import cells_of_rows, clauses

LONGEST = 700
"""Characters of a section or list, at most: what is longer answers nothing."""
_MOST_ITEMS = 30
_NAME = 30  # characters of a title that names what stands under it
_BEGINNING = 10  # units among which a document says its own title
_TITLES, _TITLE = 3, 40
"""So many of the titles above a piece tell what it is about, so many characters of each."""
_SIGNS = re.compile(r"(?:^|(?<=\s))#{1,6}(?=\s)|\*\*|\||(?<=\s)[-=]{3,}(?=\s|$)")
_CELL_ENDS = re.compile(r"[ 　]{2,}|　+|\t+|[|｜]")


class Size(StrEnum):
    """How much of its document a piece is."""

    SENTENCE = "sentence"
    ROW = "row"
    PAIR = "pair"
    LINE = "line"
    ITEMS = "items"
    SECTION = "section"
    TITLED = "titled"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Piece:
    """One or more stretches `document.text[start:end]` (several for the heads of items that have lines of their own).

    `path` holds the titles above it, outermost first; `told` is the text behind its titles, a row's cells behind
    their column's names: what the encoder reads.
    """

    spans: tuple[Span, ...]
    size: Size
    text: str
    path: tuple[str, ...]
    told: str
    is_title: bool = False

    @property
    def start(self) -> int:
        """Return where it begins; what stands with its title begins below it."""
        return self.spans[1 if self.size is Size.TITLED else 0][0]

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.spans[-1][1]


def pieces(document: Document) -> list[Piece]:
    """Return the pieces of `document`, by where they begin."""
    units = _under_own_title(document, outline(document))
    made = (_units, _titled, _lines, _groups, _parts)
    found = [piece for make in made for piece in make(document.text, units)]
    distinct = {piece.spans: piece for piece in reversed(found)}
    return sorted(distinct.values(), key=lambda piece: (piece.start, piece.end, piece.spans))


def _under_own_title(document: Document, units: Sequence[Unit]) -> list[Unit]:
    """Return units that stand under no title under the line with the document's own, where they follow it.

    The articles of an ordinance end what its title seems to open; all of them are of it none the less.
    """
    wanted = _letters(document.title)
    own = next(
        (u for u in units[:_BEGINNING] if wanted and _letters(document.text[u.start : u.end]) == wanted), None
    )
    if own is None:
        return list(units)
    title = (own.start, own.end)
    return [
        replace(unit, path=(title,)) if unit.start >= own.end and not unit.path else unit for unit in units
    ]


def _letters(title: str) -> str:
    return "".join(char for char in normalize(title) if char.isalnum())


def _units(text: str, units: Sequence[Unit]) -> Iterator[Piece]:
    for unit in units:
        size = Size.ROW if unit.header else Size.SENTENCE
        yield _piece(text, [(unit.start, unit.end)], size, unit)


def _titled(text: str, units: Sequence[Unit]) -> Iterator[Piece]:
    """Items and rows with the title they stand under: which division has a duty, the title alone tells."""
    for unit in units:
        if unit.path and (unit.mark in ITEM_MARKS or unit.header):
            start, end = unit.path[-1]
            if end - start <= _NAME and end <= unit.start and not text[start:end].endswith("。"):
                yield _piece(text, [(start, end), (unit.start, unit.end)], Size.TITLED, unit)


def _lines(text: str, units: Sequence[Unit]) -> Iterator[Piece]:
    """Whole lines of several sentences, and each two sentences that stand side by side in one."""
    for _, group in groupby(units, key=lambda unit: unit.line):
        own = list(group)
        if len(own) > 1:
            yield _piece(text, [(own[0].start, own[-1].end)], Size.LINE, own[0])
        if len(own) > 2:
            for one, other in pairwise(own):
                yield _piece(text, [(one.start, other.end)], Size.PAIR, one)


def _groups(text: str, units: Sequence[Unit]) -> Iterator[Piece]:
    """What stands under each title, and the heads of its items."""
    under: dict[Span, list[Unit]] = {}
    for unit in units:
        for title in unit.path:
            under.setdefault(title, []).append(unit)
    begins = sorted(unit.start for unit in units)
    for inside in under.values():
        stretches = _stretches(inside, begins)
        if len(inside) > 1 and sum(end - start for start, end in stretches) <= LONGEST:
            yield _piece(text, stretches, Size.SECTION, inside[0])
    for own in _runs(units):
        yield _piece(text, [(unit.start, unit.end) for unit in own], Size.ITEMS, own[0])


def _stretches(inside: Sequence[Unit], begins: Sequence[int]) -> list[Span]:
    """Return what units cover: all from the first to the last, or each alone where others stand among them."""
    start, end = min(unit.start for unit in inside), max(unit.end for unit in inside)
    if bisect_right(begins, end) - bisect_left(begins, start) == len(inside):
        return [(start, end)]
    return [(unit.start, unit.end) for unit in inside]


def _runs(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Yield the items of one mark, or the rows of one table, under one title."""
    runs: dict[tuple[object, ...], list[Unit]] = {}
    for _, group in groupby(units, key=lambda unit: unit.line):
        first = next(group)
        if (first.mark and first.mark != "answered") or first.header:
            runs.setdefault((first.path, first.mark, first.header), []).append(first)
    yield from (own for own in runs.values() if 2 <= len(own) <= _MOST_ITEMS)


def _parts(text: str, units: Sequence[Unit]) -> Iterator[Piece]:
    """Clauses that each tell of another thing, and cells with the name of their row, under that of their column."""
    for unit in units:
        if not unit.header:
            yield from (_piece(text, [span], Size.PART, unit) for span in clauses(text, unit.start, unit.end))
    for unit, column, name, cell in cells_of_rows(text, units):
        part = _piece(text, [name, cell], Size.PART, unit)
        path = (*part.path, text[slice(*column)])
        shown = plain(f"{text[slice(*name)]} {path[-1]}:{text[slice(*cell)]}")
        above = plain(" ".join(title[:_TITLE] for title in part.path[-_TITLES:]))
        yield replace(part, path=path, told=f"{above} {shown}".strip())


def _piece(text: str, spans: Sequence[Span], size: Size, unit: Unit) -> Piece:
    path = tuple(text[start:end] for start, end in unit.path)
    body = "\n".join(text[start:end] for start, end in spans)
    shown = _with_columns(body, text[slice(*unit.header)]) if unit.header and size is Size.ROW else body
    above = [title[:_TITLE] for title in path[-_TITLES:]]
    told = plain(" ".join([*above, shown]))
    return Piece(tuple(spans), size, body, path, told, unit.is_title and size is Size.SENTENCE)


def plain(text: str) -> str:
    """Return `text` normalised, in one line, without the signs of Markdown.

    >>> plain("## **休館日**\\n| 月曜 | 年末 |")
    '休館日 月曜 年末'
    """
    return " ".join(_SIGNS.sub(" ", normalize(text)).split())


def cells(row: str) -> list[str]:
    """Return the cells of a row that is set with bars or with wide spaces.

    >>> cells("| 東館 | 月曜日 |"), cells("東館    月曜日")
    (['東館', '月曜日'], ['東館', '月曜日'])
    """
    return [cell.strip() for cell in _CELL_ENDS.split(row.strip().strip("|｜")) if cell.strip()]


def _with_columns(row: str, header: str) -> str:
    own, names = cells(row), cells(header)
    if len(own) != len(names):
        return f"{' '.join(names)} {' '.join(own)}"
    return " ".join(f"{name}:{cell}" for name, cell in zip(names, own, strict=True))
