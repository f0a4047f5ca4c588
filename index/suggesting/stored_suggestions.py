"""Reads the suggestions of one segment; what only removed documents hold is not there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.sqlite_file import ReadOnlySqlite
from index.suggesting.suggestions_file import START, pairs
from index.suggesting.types import Suggestion, SuggestionKind

_Rows = npt.NDArray[np.int32]
_AT_ONCE = 256  # rows looked at together: several times as many as anybody asks for
_COMPARED = 3  # pieces: after the three rarest, reading texts costs less than reading more lists of rows


@dataclass(frozen=True, slots=True)
class Match:
    """How typed text may fit: `form` is the column that is compared, `beginning` whether its start has to fit."""

    form: str
    typed: str
    beginning: bool

    def fits(self, text: str) -> bool:
        """Return whether the text fits."""
        return text.startswith(self.typed) if self.beginning else self.typed in text

    @property
    def pieces(self) -> set[str]:
        """Return pieces that every text has that fits."""
        return pairs(f"{START}{self.typed}" if self.beginning else self.typed) or {self.typed}


class SegmentSuggestions:
    """The suggestions of one segment. Safe to share between threads."""

    def __init__(self, path: Path, removed: Collection[str] = ()) -> None:
        self._file = ReadOnlySqlite(path)
        self._removed = frozenset(removed)

    def found(self, match: Match) -> Iterator[tuple[str, Suggestion]]:
        """Yield what fits, each with its folded text, the best first."""
        for rows in self._candidates(match):
            some = rows.tolist()
            marks = ", ".join("?" * len(some))
            query = f"SELECT row, folded, {match.form} FROM texts WHERE row IN ({marks}) ORDER BY row"  # noqa: S608
            for row, folded, text in self._file.connection().execute(query, some).fetchall():
                suggestion = self._live(row) if match.fits(text) else None
                if suggestion is not None:
                    yield folded, suggestion

    def _candidates(self, match: Match) -> Iterator[_Rows]:
        """Yield the rows that have the rarest pieces, ascending, a few at a time: most are never asked for."""
        wanted = match.pieces
        marks = ", ".join("?" * len(wanted))
        query = f"SELECT length(rows), piece FROM pieces WHERE form = ? AND piece IN ({marks})"  # noqa: S608
        sizes = sorted(self._file.connection().execute(query, (match.form, *wanted)))
        if len(sizes) < len(wanted):
            return
        rarest, *others = (self._rows(match.form, piece) for _, piece in sizes[:_COMPARED])
        for start in range(0, len(rarest), _AT_ONCE):
            yield reduce(_both, others, rarest[start : start + _AT_ONCE])

    def _rows(self, form: str, piece: str) -> _Rows:
        query = "SELECT rows FROM pieces WHERE form = ? AND piece = ?"
        (blob,) = self._file.connection().execute(query, (form, piece)).fetchone()
        return np.frombuffer(blob, "<i4")

    def _live(self, row: int) -> Suggestion | None:
        query = "SELECT document, page, kind, text FROM places WHERE row = ? ORDER BY position"
        for document, page, kind, text in self._file.connection().execute(query, (row,)):
            if document not in self._removed:
                return Suggestion(text, SuggestionKind(kind), document, page)
        return None


def _both(few: _Rows, many: _Rows) -> _Rows:
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    both: _Rows = few[many[places] == few]
    return both
