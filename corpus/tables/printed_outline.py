"""A budget in running text that prints every amount beside its name → figures.

Read are: a name with its amounts on one line, in either order of years as the labels and brackets say; a name with
its amounts on the lines right below it; rows below a header that names two years. What hangs below what is told by
the numbering alone, whatever it is: a style that opens inside another one is below it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.tables.pieces import UNITS
from corpus.tables.printed_entries import Entry, printed_entries
from corpus.tables.printed_line import Printed, narrow
from corpus.tables.years import fiscal_years, parse_fiscal_year
from corpus.types import Attribute, Basis, Document, Figure, Measure, Problem, Stage, Tables

_BUDGET = "予算"
_UNIT = re.compile(rf"単位 *: *({UNITS})")
_TWO = 2


def read_printed_outline(document: Document) -> Tables:
    """Return what a budget prints beside its names; nothing where the document is no budget of two years."""
    year = document.fiscal_year or parse_fiscal_year(document.title) or _said_first(document)
    if year is None or _BUDGET not in document.title + document.text[:300]:
        return Tables()
    entries = list(printed_entries(document.text, year))
    unit = _common_unit(document, entries)
    kept = [entry for entry in entries if _is_of_the_budget(entry, unit)]
    if not any(_last(entry, year) for entry in kept):
        return Tables()
    root = _root_name(document)
    if any(entry.total for entry in kept):
        for entry in kept:
            entry.parents = (root, *entry.parents) if not entry.total else ()
    figures = [figure for entry in kept for figure in _figures(document, entry, year, unit, root)]
    attributes = [_department(document, entry) for entry in kept if entry.department]
    problems = [problem for entry in kept for problem in _problems(document, entry, year)]
    return Tables(tuple(figures), tuple(attributes), tuple(problems))


def _said_first(document: Document) -> int | None:
    return next((found.year for found in fiscal_years(document.text[:300])), None)


def _this(entry: Entry, year: int) -> Printed | None:
    said = [p for p in entry.printed if p.year == year]
    open_ = [p for p in entry.printed if p.year is None and not p.change and not p.bracketed]
    return said[0] if len(said) == 1 else open_[0] if not said and len(open_) == 1 else None


def _last(entry: Entry, year: int) -> Printed | None:
    said = [p for p in entry.printed if p.year == year - 1]
    open_ = [p for p in entry.printed if p.year is None and not p.change and p.bracketed]
    return said[0] if len(said) == 1 else open_[0] if not said and len(open_) == 1 else None


def _change(entry: Entry) -> Printed | None:
    found = [p for p in entry.printed if p.change]
    return found[0] if len(found) == 1 else None


def _common_unit(document: Document, entries: Sequence[Entry]) -> str:
    said = _UNIT.findall(narrow(document.text))
    counted = Counter(p.unit for entry in entries for p in entry.printed if p.unit)
    return said[0] if said else counted.most_common(1)[0][0] if counted else "千円"


def _is_of_the_budget(entry: Entry, unit: str) -> bool:
    """An amount alone in another unit than the budget's is a fee or a limit, no item."""
    units = {p.unit for p in entry.printed if p.unit}
    shaped = bool(entry.style or entry.name.marks) and units == {unit}
    return shaped or len(entry.printed) >= _TWO


def _root_name(document: Document) -> str:
    """Return what the whole is called: 文化国際局予算 of 「令和５年度 文化国際局予算の概要」."""
    for text in (document.title, *document.text[:300].split("\n")):
        years = fiscal_years(text)
        rest = (text[years[0].end :] if years else text).strip(" 　")
        if _BUDGET in rest:
            return re.sub(r"[ 　]", "", rest[: rest.index(_BUDGET) + len(_BUDGET)])
    return "予算"


def _figures(document: Document, entry: Entry, year: int, unit: str, root: str) -> Iterator[Figure]:
    label = root if entry.total else entry.name.text
    printed = [
        (_this(entry, year), year, Measure.AMOUNT, None),
        (_last(entry, year), year - 1, Measure.AMOUNT, None),
        (_change(entry), year, Measure.DIFFERENCE, None),
        *((each, year, Measure.FUNDING, source) for source, each in entry.sources),
    ]
    for each, of, measure, aspect in printed:
        if each is None or each.value is None:
            continue
        yield Figure(
            label=label, parents=entry.parents, fiscal_year=of, stage=Stage.INITIAL, measure=measure,
            value=each.value, unit=each.unit or unit, document=document.id, page=document.page_at(each.start),
            start=each.start, end=each.end, basis=Basis.PRINTED, name_start=entry.name.start,
            name_end=entry.name.end, aspect=aspect, marks=entry.name.marks,
        )  # fmt: skip


def _department(document: Document, entry: Entry) -> Attribute:
    text, start, end = entry.department or ("", 0, 0)
    return Attribute(
        entry.name.text, entry.parents, "所管課", text, document.id, document.page_at(start), start, end
    )


def _problems(document: Document, entry: Entry, year: int) -> Iterator[Problem]:
    this, last, change = _this(entry, year), _last(entry, year), _change(entry)
    if not (this and last and change) or None in (this.value, last.value, change.value):
        return
    if this.value - last.value != change.value:  # type: ignore[operator]
        message = f"「{entry.name.text}」の増減が、本年度と前年度の差と合いません。原本を確かめてください。"
        yield Problem(document.id, message, document.page_at(change.start), change.start, change.end, "sum")
