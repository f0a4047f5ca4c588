"""Units that stand under a table's header, over the numbers: told in the header, where each reader looks for them."""

from collections.abc import Sequence

from corpus.pdf.cell_forms import is_amount, unit_in

Row = list[str]


def with_units(rows: Sequence[Row], *, headed: bool) -> list[Row]:
    """Return rows without units under the header, and these in it.

    >>> with_units([["目", "本年度"], ["", "千円"], ["文書費", "61,802"]], headed=True)
    [['目', '本年度（千円）'], ['文書費', '61,802']]
    """
    if not headed or len(rows) < 2:
        return [*rows]
    header, first, rest = list(rows[0]), list(rows[1]), rows[2:]
    for column, text in enumerate(first):
        unit, number = _parted(text)
        if unit and (number or _all_amounts(rest, column)):
            header[column] = f"{header[column]}（{unit}）"
            first[column] = number
    return [header, *([first] if any(first) else []), *rest]


def _parted(text: str) -> tuple[str, str]:
    """Return the unit with which a cell begins, and the number under it: 千円 and 13 of 「千円 13」."""
    head, _, rest = text.partition(" ")
    return (unit_in(head), rest) if not rest or is_amount(rest) else ("", "")


def _all_amounts(rows: Sequence[Row], column: int) -> bool:
    """Tell whether nothing but amounts stands in a column."""
    return all(not row[column] or is_amount(row[column]) for row in rows)
