"""What stands on a page between glyphs and text: pieces of lines, lines, and the columns that they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from corpus.pdf.types import Glyph, PageTable


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it is printed, in a column from `column_left` to `column_right`.

    `cells` are the left edges of what stands apart in it. `column` numbers the columns of a page in reading order;
    `pitch` is the usual distance from one line's top to the next in it, 0 where it has too few lines to tell.
    Places of `vertical` lines are those of their columns laid down as lines.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    cells: tuple[float, ...] = ()
    column: int = 0
    column_left: float = 0
    column_right: float = 0
    pitch: float = 0
    vertical: bool = False

    @property
    def indent(self) -> float:
        """How far it begins from its column's left edge."""
        return self.left - self.column_left


@dataclass(frozen=True)
class Piece:
    """What reading order moves as one: glyphs side by side, a table, or lines that are read already."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    glyphs: tuple[Glyph, ...] = ()
    table: PageTable | None = None
    lines: tuple[Line, ...] = ()

    @cached_property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2

    @property
    def is_text(self) -> bool:
        """Tell whether it is glyphs that form lines with others."""
        return bool(self.glyphs)


def piece_of(glyphs: Sequence[Glyph]) -> Piece:
    """Return glyphs that stand side by side as a piece."""
    return Piece(
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        median(glyph.size for glyph in glyphs),
        tuple(glyphs),
    )


def shares_row(one: Piece, other: Piece, *, least: float = 0.5) -> bool:
    """Tell whether two pieces stand beside each other: the lower of them overlaps the other by `least` of its height."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > least * min(one.bottom - one.top, other.bottom - other.top)


def rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces in rows from top to bottom, those of a row from left to right; what is no text is a row alone."""
    found: list[tuple[Piece, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.left)):
        for place in range(len(found) - 1, max(-1, len(found) - 4), -1):
            core, row = found[place]
            if core.is_text and piece.is_text and shares_row(core, piece):
                row.append(piece)
                found[place] = (core if core.size >= piece.size else piece, row)
                break
        else:
            found.append((piece, [piece]))
    found.sort(key=lambda row: row[0].middle)
    return [sorted(row, key=lambda piece: piece.left) for _, row in found]


def transposed(glyph: Glyph, width: float) -> Glyph:
    """Return a glyph of vertical text where it would stand if its column, read downwards, were a line."""
    return replace(
        glyph, left=glyph.top, right=glyph.bottom, top=width - glyph.right, bottom=width - glyph.left
    )


def stood_up(glyph: Glyph, width: float) -> Glyph:
    """Return a glyph of vertical text where it stands, from where it would stand in a line."""
    return replace(
        glyph, left=width - glyph.bottom, right=width - glyph.top, top=glyph.left, bottom=glyph.right
    )
