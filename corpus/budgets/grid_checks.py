"""The arithmetic a grid offers: this − last = difference, sources add up to the amount, rows to totals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.marks import group_of, is_subtotal, is_total
from corpus.normalizing import squash
from corpus.types import Basis, Document, Figure, Measure, Problem

# Sources that together make up an amount; a table that prints only 国 and 県 leaves the rest out.
_LAST_SOURCE = "一般財源"
_LEAST_SOURCES = 2


def check_row(document: Document, figures: list[Figure]) -> tuple[list[Figure], list[Problem]]:
    """Return the figures of one row, those of a broken sum no longer servable, and the Problems."""
    figures, problems = _unlike(document, figures)
    for involved, expected, printed in (*_differences(figures), *_funding(figures)):
        if expected == printed.value:
            continue
        places = {(f.start, f.end) for f in involved}
        figures = [replace(f, basis=Basis.ORDER) if (f.start, f.end) in places else f for f in figures]
        problems.append(_mismatch(document, involved, expected, printed))
    return figures, problems


def _unlike(document: Document, figures: list[Figure]) -> tuple[list[Figure], list[Problem]]:
    """Two columns that give one item two amounts of the same year and stage: neither can be served."""
    kinds = [(f.fiscal_year, f.stage, f.measure, f.aspect) for f in figures]
    twice = [
        f
        for f, kind in zip(figures, kinds, strict=True)
        if kinds.count(kind) > 1 and f.measure is not Measure.COUNT
    ]
    if len({(f.value, f.unit) for f in twice}) < 2:
        return figures, []
    shown = "、".join(document.text[f.start : f.end] for f in twice)
    message = (
        f"「{twice[0].label}」に同じ年度の金額が二つあります（{shown}）。"
        "見出しに年度と当初・補正・決算の別を入れてください。"
    )
    places = {f.start for f in twice}
    changed = [replace(f, basis=Basis.ORDER) if f.start in places else f for f in figures]
    return changed, [Problem(document.id, message, twice[0].page, twice[0].start, twice[0].end, "twice")]


def _mismatch(document: Document, involved: list[Figure], expected: Decimal, printed: Figure) -> Problem:
    shown = "、".join(document.text[f.start : f.end] for f in involved)
    message = f"「{printed.label}」の計算が合いません（{shown}：計算では {expected:,}{printed.unit}）。原本を確かめてください。"
    return Problem(document.id, message, printed.page, printed.start, printed.end, "arithmetic")


def _differences(figures: list[Figure]) -> Iterator[tuple[list[Figure], Decimal, Figure]]:
    amounts = [f for f in figures if f.measure is Measure.AMOUNT and f.fiscal_year is not None]
    printed = [f for f in figures if f.measure is Measure.DIFFERENCE]
    years = sorted({f.fiscal_year for f in amounts if f.fiscal_year is not None}, reverse=True)
    if len(printed) != 1 or len(amounts) != 2 or len(years) != 2:
        return
    this, last = sorted(amounts, key=lambda f: f.fiscal_year or 0, reverse=True)
    if this.unit == last.unit == printed[0].unit:
        yield [this, last, printed[0]], this.value - last.value, printed[0]


def _funding(figures: list[Figure]) -> Iterator[tuple[list[Figure], Decimal, Figure]]:
    sources = [f for f in figures if f.measure is Measure.FUNDING]
    if len(sources) < _LEAST_SOURCES or not any(f.aspect == _LAST_SOURCE for f in sources):
        return  # 「うち一般財源」 alone is a part
    year = sources[0].fiscal_year
    amounts = [f for f in figures if f.measure is Measure.AMOUNT and f.fiscal_year == year]
    if len(amounts) == 1 and all(f.unit == amounts[0].unit for f in sources):
        yield [*sources, amounts[0]], sum((f.value for f in sources), Decimal(0)), amounts[0]


def check_totals(document: Document, rows: Sequence[list[Figure]]) -> tuple[list[Figure], list[Problem]]:
    """Return all figures; a total that its rows do not add up to is not servable and becomes a Problem."""
    checked: list[Figure] = []
    problems: list[Problem] = []
    items: list[Figure] = []
    since: list[Figure] = []
    above = {parent for row in rows for parent in row[0].parents}
    plain = [row for row in rows if not is_total(row[0].label)]
    every = [figure for row in plain if row[0].label not in above for figure in row]
    for number, row in enumerate(rows):
        if not is_total(row[0].label):
            items += row
            since += row
            checked += row
            continue
        part = is_subtotal(row[0].label)
        for figure in row:
            ok = _adds_up(figure, since) or (
                not part and (_adds_up(figure, items) or _adds_up(figure, every))
            )
            ok = (
                ok
                or _adds_up(figure, _until_total(rows[number + 1 :]))
                or _adds_up(figure, _of_name(figure, every))
            )
            ok = ok or _has_own_sources(figure, every)
            checked.append(figure if ok else replace(figure, basis=Basis.ORDER))
            if not ok:
                problems.append(_wrong_total(document, figure))
        since = []
    return checked, problems


def _has_own_sources(total: Figure, items: Sequence[Figure]) -> bool:
    """Tell whether a source is that of a total alone: the rows tell none, and its sources add up to it."""
    return total.measure is Measure.FUNDING and not any(f.measure is Measure.FUNDING for f in items)


def _until_total(rows: Sequence[list[Figure]]) -> list[Figure]:
    """Return the figures of the rows before the next total: a total may stand above its rows."""
    found: list[Figure] = []
    for row in rows:
        if is_total(row[0].label):
            break
        found += row
    return found


def _of_name(total: Figure, items: Sequence[Figure]) -> list[Figure]:
    """Return the figures of the rows that are in the group a total names, or that it stands in."""
    group = squash(group_of(total.label) or (total.parents[-1] if total.parents else ""))
    return [figure for figure in items if group and any(squash(parent) == group for parent in figure.parents)]


def _adds_up(total: Figure, items: list[Figure]) -> bool:
    same = [
        f for f in items
        if (f.fiscal_year, f.stage, f.measure, f.aspect, f.unit)
        == (total.fiscal_year, total.stage, total.measure, total.aspect, total.unit)
    ]  # fmt: skip
    difference = abs(sum((f.value for f in same), Decimal(0)) - total.value)
    # Figures rounded to 百万円 or 億円 may be off by half a unit each; 千円 and 円 must add up exactly.
    slack = len(same) // 2 if total.unit in ("百万円", "億円") else 0
    return (bool(same) or not total.value) and difference <= slack


def _wrong_total(document: Document, total: Figure) -> Problem:
    shown = document.text[total.start : total.end]
    message = (
        f"「{total.label}」{shown}{total.unit} は各行の合計と合いません。行の抜けや数字を確かめてください。"
    )
    return Problem(document.id, message, total.page, total.start, total.end, "total")
