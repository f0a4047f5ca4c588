"""Layouts in rows and columns, whole and as extraction tears them."""

from collections.abc import Sequence
from itertools import zip_longest
from random import Random
from unicodedata import east_asian_width

from eval.near_misses.types import Page, Sheet, Thing

_LACKING = ["－", "―", "…"]


def barred(sheet: Sheet, random: Random) -> Page:
    """A Markdown table, a row a thing; what it lacks is left empty or struck."""
    rows = _grid(sheet, random.choice(["", *_LACKING]))
    lines = [_bars(rows[0]), _bars(["---"] * len(rows[0])), *map(_bars, rows[1:])]
    evidence = _by_thing(sheet, [_bars(row) for row in rows[1:]])
    return Page("\n".join([f"# {sheet.title}", "", sheet.lead, "", *lines, ""]), evidence)


def aligned(sheet: Sheet, random: Random) -> Page:
    """A table set with spaces."""
    lines = _set(_grid(sheet, random.choice(_LACKING)))
    return Page("\n".join([sheet.title, sheet.lead, "", *lines, ""]), _by_thing(sheet, lines[1:]))


def across(sheet: Sheet, random: Random) -> Page:
    """A Markdown table for comparing: a column a thing, a row a fact."""
    columns = _grid(sheet, random.choice(["", *_LACKING]))
    rows = [list(row) for row in zip(*columns, strict=True)]
    rows[0][0] = random.choice(["", "項目", "区分"])
    lines = [_bars(row) for row in rows]
    evidence = {
        (thing.name, key): line
        for key, line in zip(sheet.labels, lines[1:], strict=True)
        for thing in sheet.things
        if key in thing.told
    }
    table = [lines[0], _bars(["---"] * len(rows[0])), *lines[1:]]
    return Page("\n".join([f"# {sheet.title}", "", sheet.lead, "", *table, ""]), evidence)


def cells_apart(sheet: Sheet, random: Random) -> Page:
    """A table of which extraction left each cell on a line of its own."""
    rows = _grid(sheet, random.choice(_LACKING))
    records = ["\n".join(row) for row in rows]
    text = "\n".join([sheet.title, sheet.lead, "", *records, ""])
    return Page(text, _by_thing(sheet, records[1:]))


def side_by_side(sheet: Sheet, random: Random) -> Page:
    """Two columns of a printed page, read line by line across both."""
    gap = random.choice(["　", "：", " "])
    lines: list[str] = [sheet.title, sheet.lead, ""]
    evidence = {
        (thing.name, key): f"{sheet.labels[key]}{gap}{value}"
        for thing in sheet.things
        for key, value in thing.told.items()
    }
    for pair in (sheet.things[at : at + 2] for at in range(0, len(sheet.things), 2)):
        columns = [
            [f"■{thing.name}", *(evidence[thing.name, key] for key in thing.told), ""] for thing in pair
        ]
        lines += [line.rstrip() for line in _set(list(zip_longest(*columns, fillvalue="")))]
    return Page("\n".join(lines), evidence)


def _grid(sheet: Sheet, lacking: str) -> list[list[str]]:
    """Return the names of the columns, then a row a thing."""
    rows = [[thing.name, *(thing.told.get(key, lacking) for key in sheet.labels)] for thing in sheet.things]
    return [[sheet.noun, *sheet.labels.values()], *rows]


def _by_thing(sheet: Sheet, told: Sequence[str]) -> dict[tuple[str, str], str]:
    pairs: list[tuple[Thing, str]] = list(zip(sheet.things, told, strict=True))
    return {(thing.name, key): line for thing, line in pairs for key in thing.told}


def _bars(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _set(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows whose columns begin under one another, two spaces apart at least."""
    widths = [max(map(_width, column)) + 2 for column in zip(*rows, strict=True)]
    return [
        "".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
