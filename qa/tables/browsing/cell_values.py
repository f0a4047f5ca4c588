"""What the cells of a column measure, as numbers that can be compared: amounts, days, minutes of a day."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

import numpy as np
import numpy.typing as npt

from corpus.budgets.years import parse_fiscal_year
from corpus.tables.cell_forms import clocks_in, dates_in, folded, number_in
from corpus.tables.types import ColumnKind

Reals = npt.NDArray[np.float64]
_PLAIN = re.compile(r"(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)[人名円件台世帯歳年月日席%]?")


class Measure(StrEnum):
    """What a column's cells are compared by."""

    NUMBER = "number"
    YEAR = "year"
    DAY = "day"
    TIME = "time"


_MEASURES = {
    ColumnKind.NUMBER: Measure.NUMBER,
    ColumnKind.COORDINATE: Measure.NUMBER,
    ColumnKind.ID: Measure.NUMBER,
    ColumnKind.YEAR: Measure.YEAR,
    ColumnKind.DATE: Measure.DAY,
    ColumnKind.PERIOD: Measure.DAY,
    ColumnKind.CLOCK: Measure.TIME,
    ColumnKind.HOURS: Measure.TIME,
}


@dataclass(frozen=True)
class CellValues:
    """The values of texts, from `low` to `high` (one value twice where a cell holds one); NaN where a text has none."""

    low: Reals
    high: Reals


def measure_of(kind: ColumnKind) -> Measure | None:
    """Return what cells of a kind are compared by, None where they are words."""
    return _MEASURES.get(kind)


def cell_values(texts: Sequence[str], measure: Measure, year: int | None = None) -> CellValues:
    """Return the values of texts; a day without a year is one of `year`.

    >>> cell_values(["1,750人", "未定"], Measure.NUMBER).low.tolist()
    [1750.0, nan]
    """
    read = _readers(year)[measure]
    spans = np.array([_span(read(text)) for text in texts], np.float64).reshape(-1, 2)
    return CellValues(spans[:, 0], spans[:, 1])


def value_in(text: str, measure: Measure, year: int | None = None) -> float | None:
    """Return the value that a person typed, None where there is none of that measure.

    >>> value_in("17時半", Measure.TIME), value_in("多い", Measure.NUMBER)
    (1050.0, None)
    """
    found = _readers(year)[measure](text)
    return found[0] if found else None


def _readers(year: int | None) -> dict[Measure, Callable[[str], list[float]]]:
    return {
        Measure.NUMBER: _numbers,
        Measure.YEAR: _years,
        Measure.DAY: partial(_days, year=year),
        Measure.TIME: _times,
    }


def _span(found: list[float]) -> tuple[float, float]:
    return (min(found), max(found)) if found else (np.nan, np.nan)


def _numbers(text: str) -> list[float]:
    plain = _PLAIN.fullmatch(text)
    if plain:  # most cells are, and a table has many
        return [float(plain[1].replace(",", ""))]
    number = number_in(text)
    return [float(number.value)] if number else []


def _years(text: str) -> list[float]:
    year = parse_fiscal_year(folded(text))
    return [] if year is None else [float(year)]


def _days(text: str, year: int | None) -> list[float]:
    return [float(day.toordinal()) for day in dates_in(text, year or date.today().year)]


def _times(text: str) -> list[float]:
    return [float(minute) for minute in clocks_in(text)]
