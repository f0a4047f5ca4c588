"""A budget in running text that prints every amount beside its name → figures, and what is said of each item.

Read are: a name with its amounts on one line, in either order of years as the labels and brackets say; a name with
its amounts on the lines right below it; rows below a header that names two years.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.budgets.marks import NUMBERING
from corpus.budgets.offices import office_in
from corpus.budgets.pieces import UNITS
from corpus.budgets.printed.apart import Apart
from corpus.budgets.printed.entries import printed_entries
from corpus.budgets.printed.forms import Entry, Text, first_value
from corpus.budgets.printed.numbers import Printed, narrow
from corpus.budgets.printed.told_whole import told_whole
from corpus.budgets.years import fiscal_years, parse_fiscal_year
from corpus.types import Attribute, Basis, Document, Figure, Measure, Problem, Stage, Tables

_ENDED = "皆減"
_BUDGET, _GENERAL = "予算", "一般財源"
_UNIT = re.compile(rf"単位 *:? *({UNITS})")
_UNIT_SAID = re.compile(
    rf"(?:金額|単位|予算額|数字)[^\n。0-9]{{0,24}}?({UNITS})(?:です|とする|とします|である|単位|で(?:表|示)|。| {{2}}|$)",
    re.MULTILINE,
)
_UNIT_IN_HEAD = re.compile(rf"\(({UNITS})[、,)]")
_HEAD_LETTERS = 300
_GOES_ON = re.compile(r"[一-龠々ァ-ヶーA-Za-z0-9]")
_OF_BUDGETS = ("千円", "百万円", "億円")  # an amount alone in 円 or 万円 is a fee or a limit
_TWO = 2
_HEAD = 3  # lines
_DEPARTMENT, _REASON, _DESCRIPTION = "所管課", "増減理由", "事業概要"


def read_printed_outline(document: Document) -> Tables:
    """Return what a budget prints beside its names; nothing where the document is no budget of two years."""
    year = fiscal_year_of(document)
    if year is None or _BUDGET not in document.title + document.text[:300]:
        return Tables()
    apart = Apart()
    entries = list(printed_entries(document.text, year, apart))
    _name_years(entries, year)
    unit = _common_unit(document, entries)
    kept = [entry for entry in entries if _is_of_the_budget(entry, unit)]
    kept = kept if any(entry.total for entry in kept) else [*told_whole(document, year), *kept]
    if not any(_last(entry, year) for entry in kept):
        return Tables()
    _fund_by_columns(entries, apart, year)
    kept = _without_repeats(_below_headings(_with_totals_of_budget(kept, year)), apart)
    root = _root_name(document)
    if any(entry.total for entry in kept):
        apart_of_it = _not_of_the_whole(kept, year)
        for entry in kept:
            entry.parents = (root, *entry.parents) if not entry.total and entry not in apart_of_it else ()
    for entry in kept:
        told = [text for name, text in apart.reasons if name == entry.name.text]
        entry.reason = entry.reason or (told[0] if len(told) == 1 else None)
    figures = [figure for entry in kept for figure in _figures(document, entry, year, unit, root)]
    figures += _yearly(document, apart, year, unit, root) if any(entry.total for entry in kept) else []
    attributes = [cell for entry in kept for cell in _attributes(document, entry)]
    problems = [problem for entry in kept for problem in _problems(document, entry, year)]
    return Tables(tuple(figures), tuple(attributes), tuple(problems))


def _not_of_the_whole(entries: Sequence[Entry], year: int) -> list[Entry]:
    """Return the entries that hang below nothing and are no part of the whole: highlights, another office's items.

    They are those without others below, where the ones that have some are the whole.
    """
    wholes = [this.value for entry in entries if entry.total and (this := _this(entry, year))]
    tops = [entry for entry in entries if not entry.total and not entry.parents]
    groups = {entry.parents[0] for entry in entries if entry.parents}
    having = {entry.name.text: _this(entry, year) for entry in tops if entry.name.text in groups}
    amounts = [this.value for this in having.values() if this and this.value is not None]
    if not wholes or len(amounts) != len(having) or sum(amounts, Decimal(0)) != wholes[0]:
        return []
    return [entry for entry in tops if entry.name.text not in having]


def _fund_by_columns(entries: Sequence[Entry], apart: Apart, year: int) -> None:
    """Give each column of a table of sources to the one entry without sources whose amount it adds up to."""
    for matrix in apart.matrices:
        for column in matrix.columns() if matrix.rows else ():
            total = sum((cell.value for _, cell in column if cell.value is not None), Decimal(0))
            owners = [entry for entry in entries if not entry.sources and first_value(entry, year) == total]
            if owners and len({entry.name.text for entry in owners}) == 1:
                owners[0].sources += column


def _below_headings(entries: list[Entry]) -> list[Entry]:
    """Hang entries below the items that their headings name: 【都市計画費の事業】, whose amounts stand elsewhere."""
    names = sorted({entry.name.text for entry in entries if not entry.total}, key=lambda name: -len(name))
    for entry in entries:
        named = [named_by(heading, names) for heading in entry.headings]
        found = [name for name in named if name and name != entry.name.text]
        if len(found) > len(entry.parents):
            entry.parents = tuple(found)
    return entries


def _with_totals_of_budget(entries: list[Entry], year: int) -> list[Entry]:
    """Leave out totals of one amount where others print both years: that of a table of funds, or of visitors."""
    of_two = [e for e in entries if e.total and _this(e, year) and _last(e, year)]
    return [e for e in entries if not of_two or not e.total or e in of_two or len(e.printed) != 1]


def named_by(heading: str, names: Sequence[str]) -> str | None:
    """Return the first name that a heading says, behind its number: 環境保全費 of 「### 3-1 環境保全費」."""
    plain = NUMBERING.sub("", heading.strip("【】〔〕[]━─ 　■◆◇□●○#◎"))
    return next((n for n in names if plain.startswith(n) and not _GOES_ON.match(plain[len(n) :])), None)


def _without_repeats(entries: list[Entry], apart: Apart) -> list[Entry]:
    """Leave out entries that repeat a change alone of an item that prints its amounts elsewhere: below it stands why."""
    having = {entry.name.text for entry in entries if any(not p.change for p in entry.printed)}
    kept = []
    for entry in entries:
        repeats = all(p.change for p in entry.printed) and entry.name.text in having
        if not repeats:
            kept.append(entry)
        elif len(entry.description) == 1:
            apart.reasons.append((entry.name.text, entry.description[0]))
    return kept


def _name_years(entries: Sequence[Entry], year: int) -> None:
    """Give two bare amounts of an entry their years, in the order in which the document prints years that it names.

    Where it names none, or in both orders, nothing tells which is which.
    """
    orders = {
        [p.year for p in entry.printed if p.year in (year, year - 1)] == [year, year - 1]
        for entry in entries
        if {p.year for p in entry.printed} >= {year, year - 1}
    }
    if len(orders) != 1:
        return
    order = (year, year - 1) if orders == {True} else (year - 1, year)
    for entry in entries:
        entry.printed = _with_difference(entry.printed)
        bare = [p for p in entry.printed if p.year is None and not p.change and not p.bracketed]
        if len(bare) == _TWO and len(entry.printed) <= _TWO + 1:
            dated = dict(zip(map(id, bare), order, strict=True))
            entry.printed = [replace(p, year=dated[id(p)]) if id(p) in dated else p for p in entry.printed]


def _with_difference(printed: list[Printed]) -> list[Printed]:
    """Return three bare amounts with the third as a change, where it is the first less the second."""
    values = [p.value for p in printed if p.value is not None and p.year is None and not p.bracketed]
    if len(printed) == len(values) == _TWO + 1 and abs(values[0] - values[1]) == abs(values[2]):
        return [*printed[:_TWO], replace(printed[_TWO], change=True)]
    return printed


def fiscal_year_of(document: Document) -> int | None:
    """Return the fiscal year of a budget: as stored, as its title says, else the first that its text names at once."""
    said_first = next((found.year for found in fiscal_years(document.text[:300])), None)
    return document.fiscal_year or parse_fiscal_year(document.title) or said_first


def _plain(entry: Entry, *, bracketed: bool) -> list[Printed]:
    return [p for p in entry.printed if p.year is None and not p.change and p.bracketed is bracketed]


def _this(entry: Entry, year: int) -> Printed | None:
    said = [p for p in entry.printed if p.year == year]
    open_ = _plain(entry, bracketed=False)
    return said[0] if len(said) == 1 else open_[0] if not said and len(open_) == 1 else None


def _last(entry: Entry, year: int) -> Printed | None:
    said = [p for p in entry.printed if p.year == year - 1]
    open_ = _plain(entry, bracketed=True)
    return said[0] if len(said) == 1 else open_[0] if not said and len(open_) == 1 else None


def _change(entry: Entry) -> Printed | None:
    found = [p for p in entry.printed if p.change and p.value is not None]
    return found[0] if len(found) == 1 else None


def unit_said(text: str) -> str | None:
    """Return the unit that a document says its amounts are in."""
    said = (
        _UNIT_SAID.search(narrow(text))
        or _UNIT.search(narrow(text), 0, _HEAD_LETTERS)
        or _UNIT_IN_HEAD.search(narrow(text), 0, _HEAD_LETTERS)
    )
    return said[1] if said else None


def _ended(entry: Entry) -> Printed | None:
    """Return what says that an entry's amount is gone, where it stands in place of this year's."""
    nothing = [p for p in entry.printed if p.change and p.value is None]
    return nothing[0] if len(nothing) == 1 and not _plain(entry, bracketed=False) else None


def _common_unit(document: Document, entries: Sequence[Entry]) -> str:
    """Return the unit of numbers without one: as the document says, or its first note says before any entry.

    A note further down is of the table below it alone.
    """
    text = narrow(document.text)
    said = unit_said(text)
    if said:
        return said
    first = min((entry.name.start for entry in entries), default=len(text))
    note = _UNIT.search(text, 0, first)
    if note:
        return note[1]
    counted = Counter(p.unit for entry in entries for p in entry.printed if p.unit)
    return counted.most_common(1)[0][0] if counted else "千円"


def _is_of_the_budget(entry: Entry, unit: str) -> bool:
    """An amount alone in another unit than the budget's is a fee or a limit, no item."""
    units = {p.unit for p in entry.printed if p.unit}
    shaped = bool(entry.style or entry.name.marks or entry.total) and units <= {unit, *_OF_BUDGETS}
    return shaped or len(entry.printed) >= _TWO


def _root_name(document: Document) -> str:
    """Return what the whole is called: 文化国際局予算 of 「令和５年度 文化国際局予算の概要」, or by its publisher."""
    for text in (document.title, *document.text[:300].split("\n")):
        years = fiscal_years(text)
        rest = (text[years[0].end :] if years else text).strip(" 　")
        named = re.sub(r"[ 　]", "", rest[: rest.index(_BUDGET) + len(_BUDGET)]) if _BUDGET in rest else ""
        if named and office_in(named):
            return named
    office = next(filter(None, map(office_in, (document.publisher, *document.text.split("\n")[:_HEAD]))), "")
    return f"{office}{_BUDGET}"


def _figures(document: Document, entry: Entry, year: int, unit: str, root: str) -> Iterator[Figure]:
    label = root if entry.total else entry.name.text
    printed = [
        (_this(entry, year) or _ended(entry), year, Measure.AMOUNT, None),
        (_last(entry, year), year - 1, Measure.AMOUNT, None),
        (_change(entry), year, Measure.DIFFERENCE, None),
        *((p, p.year, Measure.AMOUNT, None) for p in entry.printed if p.year not in (None, year, year - 1)),
        *((each, year, Measure.FUNDING, source) for source, each in entry.sources),
    ]
    for each, of, measure, aspect in printed:
        if each is None or (each.value is None and not _is_nothing(document, each, measure)):
            continue
        yield Figure(
            label=label, parents=entry.parents, fiscal_year=of, stage=Stage.INITIAL, measure=measure,
            value=each.value or Decimal(0), unit=each.unit or entry.unit or unit, document=document.id,
            page=document.page_at(each.start), start=each.start, end=each.end, basis=Basis.PRINTED, name_start=entry.name.start,
            name_end=entry.name.end, aspect=aspect, marks=entry.name.marks,
        )  # fmt: skip


def _is_nothing(document: Document, printed: Printed, measure: Measure) -> bool:
    """Tell whether what stands in place of an amount says that there is none any more."""
    return measure is Measure.AMOUNT and document.text[printed.start : printed.end] == _ENDED


def _yearly(document: Document, apart: Apart, year: int, unit: str, root: str) -> Iterator[Figure]:
    """Yield the whole's amounts of years that are printed nowhere else: rounded, in a table by year."""
    for heading, each in apart.yearly:
        if each.value is None or each.year is None or each.year in (year, year - 1):
            continue
        yield Figure(
            label=root, parents=(), fiscal_year=each.year, stage=Stage.INITIAL, measure=Measure.AMOUNT,
            value=each.value, unit=each.unit or unit, document=document.id, page=document.page_at(each.start),
            start=each.start, end=each.end, basis=Basis.PRINTED, name_start=heading.start, name_end=heading.end,
        )  # fmt: skip


def _attributes(document: Document, entry: Entry) -> Iterator[Attribute]:
    """Yield who is in charge, why the amount changed, what is done."""
    told = [
        (_DEPARTMENT, entry.department),
        (_REASON, entry.reason),
        (_DESCRIPTION, _joined(document, entry)),
    ]
    for column, text in told:
        if text is not None:
            yield Attribute(
                entry.name.text, entry.parents, column, text.text, document.id,
                document.page_at(text.start), text.start, text.end,
            )  # fmt: skip


def _joined(document: Document, entry: Entry) -> Text | None:
    """Return the lines that tell what is done as one piece of the document."""
    if not entry.description:
        return None
    start, end = entry.description[0].start, entry.description[-1].end
    return Text(document.text[start:end], start, end)


def _problems(document: Document, entry: Entry, year: int) -> Iterator[Problem]:
    this, last, change = _this(entry, year), _last(entry, year), _change(entry)
    sources = [one for name, one in entry.sources if one.value is not None]
    told = {name for name, _ in entry.sources}
    of_one_unit = this is not None and len({one.unit or this.unit for one in (this, *sources)}) == 1
    whole = sum((one.value for one in sources if one.value is not None), Decimal(0))
    if this and _GENERAL in told and len(sources) >= _TWO and of_one_unit and whole != this.value:
        message = f"「{entry.name.text}」の財源を足しても、予算額になりません。原本を確かめてください。"
        place = sources[0].start, sources[-1].end
        yield Problem(document.id, message, document.page_at(place[0]), *place, "sum")
    if not (this and last and change) or None in (this.value, last.value, change.value):
        return
    if this.value - last.value != change.value:  # type: ignore[operator]
        message = f"「{entry.name.text}」の増減が、本年度と前年度の差と合いません。原本を確かめてください。"
        yield Problem(document.id, message, document.page_at(change.start), change.start, change.end, "sum")
