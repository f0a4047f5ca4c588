"""A page's glyphs and tables as pieces that reading order can move; ruby is set aside."""

from collections.abc import Sequence

from corpus.pdf.glyph_pieces import (
    follows,
    follows_turned,
    is_ruby,
    is_vertical,
    runs,
    stands_below,
)
from corpus.pdf.line_texts import line_of
from corpus.pdf.printed_lines import Line, Piece, piece_of, rows, transposed
from corpus.pdf.types import Glyph, PageContent, PageTable

_NEAR = 2.0
"""Of a font's size: vertical runs nearer to each other than this are columns of one text."""
_LEAST_ACROSS = 3
"""Glyphs side by side that are a line across on a vertical page; two digits are set so within a column."""


def page_pieces(page: PageContent, tables: Sequence[PageTable]) -> tuple[list[Piece], bool]:
    """Return the pieces of a page, and whether it is read vertically: places are then those of its columns as lines."""
    free = [glyph for glyph in page.glyphs if not _is_in_table(glyph, tables)]
    upright = [glyph for glyph in free if glyph.upright]
    vertical = [run for run in runs(free, stands_below) if is_vertical(run)]
    down = {id(glyph) for run in vertical for glyph in run}
    turned = [
        _turned_piece(run)
        for run in runs([g for g in free if not g.upright and id(g) not in down], follows_turned)
    ]
    if len(down) * 2 > len(page.glyphs):
        standing = [glyph for glyph in free if glyph.upright or id(glyph) in down]
        return _vertical_page(page, standing, [*turned, *map(_table_piece, tables)]), True
    across = [piece_of(run) for run in runs([g for g in upright if id(g) not in down], follows)]
    clusters = [_cluster_piece(cluster, page.width) for cluster in _clusters(vertical)]
    return [*without_ruby(across), *clusters, *turned, *map(_table_piece, tables)], False


def _vertical_page(page: PageContent, standing: Sequence[Glyph], others: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a vertical page, its columns laid down as lines; `others` are not of its columns.

    Latin letters and numbers may be turned within a column.
    """
    across = [run for run in runs([g for g in standing if g.upright], follows) if len(run) >= _LEAST_ACROSS]
    lying = {id(glyph) for run in across for glyph in run}
    columns = [transposed(glyph, page.width) for glyph in standing if id(glyph) not in lying]
    pieces = without_ruby([piece_of(run) for run in runs(columns, follows)])
    opaque = [*(_lined(piece_of(run), [line_of(run)]) for run in across), *others]
    return [*pieces, *(_laid_down(piece, page.width) for piece in opaque)]


def _laid_down(piece: Piece, width: float) -> Piece:
    sides = (piece.top, width - piece.right, piece.bottom, width - piece.left)
    return Piece(*sides, piece.size, table=piece.table, lines=piece.lines)


def without_ruby(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces without the ruby over others of them."""
    return [
        piece
        for piece in pieces
        if not any(_is_over(piece, base) for base in pieces if piece.size < base.size)
    ]


def _is_over(piece: Piece, base: Piece) -> bool:
    text = "".join(glyph.text for glyph in piece.glyphs)
    inside = base.left - base.size < piece.left and piece.right < base.right + base.size
    touching = abs(piece.bottom - base.top) < 0.4 * base.size
    return inside and touching and is_ruby(text, piece.size, base.size)


def _clusters(vertical: Sequence[list[Glyph]]) -> list[list[list[Glyph]]]:
    """Return vertical runs, those beside one another together."""
    clusters: list[list[list[Glyph]]] = []
    for run in vertical:
        for cluster in clusters:
            if any(_are_columns(run, other) for other in cluster):
                cluster.append(run)
                break
        else:
            clusters.append([run])
    return clusters


def _are_columns(one: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    a, b = piece_of(one), piece_of(other)
    apart = max(a.left, b.left) - min(a.right, b.right)
    return apart < _NEAR * max(a.size, b.size) and min(a.bottom, b.bottom) > max(a.top, b.top)


def _cluster_piece(cluster: Sequence[Sequence[Glyph]], width: float) -> Piece:
    laid = [piece_of([transposed(glyph, width) for glyph in run]) for run in cluster]
    lines = [line_of([glyph for piece in row for glyph in piece.glyphs]) for row in rows(without_ruby(laid))]
    return _lined(piece_of([glyph for run in cluster for glyph in run]), lines)


def _turned_piece(run: Sequence[Glyph]) -> Piece:
    """Return a turned line; the file's order is the order in which it is read."""
    piece = piece_of(run)
    text = "".join(glyph.text for glyph in run)
    line = Line(text, piece.left, piece.top, piece.right, piece.bottom, piece.size, cells=(piece.left,))
    return _lined(piece, [line])


def _lined(piece: Piece, lines: Sequence[Line]) -> Piece:
    return Piece(piece.left, piece.top, piece.right, piece.bottom, piece.size, lines=tuple(lines))


def _table_piece(table: PageTable) -> Piece:
    return Piece(table.left, table.top, table.right, table.bottom, 0, table=table)


def _is_in_table(glyph: Glyph, tables: Sequence[PageTable]) -> bool:
    """Tell whether a glyph is told by a table; cells have no turned ones."""
    return glyph.upright and any(_is_inside(glyph, table) for table in tables)


def _is_inside(glyph: Glyph, table: PageTable) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return table.left <= x <= table.right and table.top <= y <= table.bottom
