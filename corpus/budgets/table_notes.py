"""What the texts around a table tell of it: its unit, its year, its stage."""

import re
from collections.abc import Sequence

from corpus.budgets.stages import stage_of
from corpus.budgets.years import parse_fiscal_year
from corpus.tables.cells import Cell
from corpus.types import Stage

_UNIT_NOTE = re.compile(r"(?:単位|金額)[ 　]*[:：・]?[ 　]*(百万円|千円|万円|億円|円)")
_UNIT_ALONE = re.compile(r"[(（\[［](百万円|千円|万円|億円|円)(?:[、,，・][^()（）]*)?[)）\]］]")


def noted_unit(text: str) -> str | None:
    """Return the one unit that notes in a text tell, None where they tell several or none."""
    units = {*_UNIT_NOTE.findall(text), *_UNIT_ALONE.findall(text)}
    return units.pop() if len(units) == 1 else None


def unit_above(texts: list[str]) -> str | None:
    """Return the unit of the last of the texts above a table that tells one."""
    for text in reversed(texts):
        found = _UNIT_NOTE.search(text) or _UNIT_ALONE.search(text)
        if found:
            return found[1]
    return None


def year_above(texts: list[str]) -> int | None:
    """Return the fiscal year of the last of the texts above a table that tells one."""
    years = [year for text in texts if (year := parse_fiscal_year(text)) is not None]
    return years[-1] if years else None


def stage_above(texts: list[str]) -> Stage | None:
    """Return the stage of the last of the texts above a table that tells one."""
    stages = [stage for text in texts if (stage := stage_of(text)) is not None]
    return stages[-1] if stages else None


def is_note(row: Sequence[Cell]) -> bool:
    """Tell whether a row is a note below or between the data: one cell that says ※ or the unit."""
    printed = [cell.text for cell in row if cell.text]
    return len(printed) == 1 and (
        printed[0].startswith(("※", "＊", "*", "注")) or bool(_UNIT_NOTE.search(printed[0]))
    )
