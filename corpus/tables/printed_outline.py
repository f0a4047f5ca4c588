"""A budget in running text that prints every amount beside its name → figures.

Read are: a name with its amounts on one line, in either order of years as the labels and brackets say; a name with
its amounts on the lines right below it; rows below a header that names two years. What hangs below what is told by
the numbering alone, whatever it is: a style that opens inside another one is below it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.tables.marks import Name, is_total, parted
from corpus.tables.pieces import UNITS
from corpus.tables.printed_line import Column, Printed, amounts_at_end, columns, lines_of, marker, narrow, row
from corpus.tables.years import fiscal_years, parse_fiscal_year
from corpus.types import Attribute, Basis, Document, Figure, Measure, Problem, Stage, Tables

_BUDGET = "予算"
_UNIT = re.compile(rf"単位 *: *({UNITS})")
_DEPARTMENT = re.compile(
    r" *+[(【\[]?(?:担当課?|所管課?)?[】\]: ]*+(?P<name>[^\s、。()【】:]{1,18}(?:課|室|係|署|事務局|事務所|センター))[)\]]? *+"
)
_FUNDING = re.compile(r" *+[(【\[]?財源(?:内訳)?[)】\]: ]*+")
_SOURCE = re.compile(
    r"(?P<name>[^\s0-9、,・()／/:]{1,16}) *+(?:: *+)?(?:(?P<sign>[△-]) *+)?"
    rf"(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+) *(?P<unit>{UNITS})?"
)
_LETTER = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]")
_LONGEST_NAME = 45
_ROWS_APART = 2  # lines without a row end a table
_TWO = 2


@dataclass(slots=True)
class _Entry:
    """A name with what is printed of it."""

    name: Name
    style: str
    printed: list[Printed]
    total: bool = False
    parents: tuple[str, ...] = ()
    sources: list[tuple[str, Printed]] = field(default_factory=list)
    department: tuple[str, int, int] | None = None


def read_printed_outline(document: Document) -> Tables:
    """Return what a budget prints beside its names; nothing where the document is no budget of two years."""
    year = document.fiscal_year or parse_fiscal_year(document.title) or _said_first(document)
    if year is None or _BUDGET not in document.title + document.text[:300]:
        return Tables()
    entries = list(_entries(document, year))
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


def _entries(document: Document, year: int) -> Iterator[_Entry]:
    """Yield the names that print amounts, with those above them that do too."""
    above: list[
        tuple[str, str | None]
    ] = []  # styles open, outermost first, with the name where it has amounts
    table: Sequence[Column] = ()
    missed = 0
    waiting: tuple[Name, str] | None = None
    last: _Entry | None = None
    rows: list[str] = []
    for start, text in lines_of(document.text, 0):
        line = narrow(text)
        if not line.strip():
            continue
        header = columns(line, year)
        if header:
            table, missed, waiting = header, 0, None
            continue
        found = _row(line, table, start) if table else None
        if found:
            missed, last, waiting = 0, found, None
            rows.append(found.name.text)
            yield found
            continue
        if table:
            missed += 1
            table = () if missed >= _ROWS_APART else table
        begin, printed = amounts_at_end(line, year)
        style, words = marker(line)
        if _FUNDING.match(line) and last is not None:
            last.sources += list(_sources(line, start))
            continue
        if printed and not _LETTER.search(line[:begin]):
            owner = _opened(waiting, above) if waiting else None
            target = owner or (last if last and not _full(last) else None)
            if target is None:
                continue
            target.printed += _placed(printed, start)
            waiting = None
            if owner:
                last = owner
                yield owner
            continue
        waiting = None
        department = _DEPARTMENT.fullmatch(line)
        if department and last is not None and last.department is None:
            last.department = (
                department["name"],
                start + department.start("name"),
                start + department.end("name"),
            )
            continue
        name = _name(text, line, words, begin if printed else len(line), start)
        if name is None:
            continue
        if len(printed) == 1 and not (style or name.marks or is_total(name.text)):
            continue
        if printed:
            last = _opened((name, style), above)
            last.printed += _placed(printed, start)
            yield last
        elif style or name.marks:
            _close(style, above)
            above.append((style, _row_of(name.text, rows)))
            waiting = (name, style)
        else:
            waiting = (name, style)


def _row(line: str, table: Sequence[Column], start: int) -> _Entry | None:
    begin, printed = row(line, table)
    name = _name(line, line, marker(line)[1], begin, start) if printed else None
    if name is None:
        return None
    plain = re.sub(r"\s", "", name.text)
    return _Entry(replace(name, text=plain), "row", _placed(printed, start), total=is_total(plain))


def _name(text: str, line: str, words: int, end: int, start: int) -> Name | None:
    """Return the name between two places of a line; None where that is no name."""
    piece = text[words:end].rstrip(" 　…‥・.:：、")
    piece = piece if "【" in piece else piece.rstrip("】")
    if not piece.strip() or len(piece) > _LONGEST_NAME or "。" in piece or not _LETTER.search(piece):
        return None
    name = parted(piece, start + words)
    return name if name.text else None


def _opened(what: tuple[Name, str], above: list[tuple[str, str | None]]) -> _Entry:
    """Return an entry below the names that are open, and open it."""
    name, style = what
    _close(style, above)
    if is_total(name.text):
        above.clear()
        return _Entry(name, style, [], total=True)
    entry = _Entry(name, style, [], parents=tuple(text for _, text in above if text))
    above.append((style, name.text))
    return entry


def _row_of(heading: str, rows: Sequence[str]) -> str | None:
    """Return the row of the summary that a heading names, alone or first: 柱１ of 【柱１　世界とつながる】."""
    word = re.sub(r"\s", " ", narrow(heading))
    return next((row for row in rows if word == row or word.startswith(f"{row} ")), None)


def _close(style: str, above: list[tuple[str, str | None]]) -> None:
    """Close every style from this one on: a number after a number is its neighbour, not below it."""
    open_styles = [kind for kind, _ in above]
    if style in open_styles:
        del above[open_styles.index(style) :]


def _placed(printed: Sequence[Printed], start: int) -> list[Printed]:
    return [replace(each, start=each.start + start, end=each.end + start) for each in printed]


def _sources(line: str, start: int) -> Iterator[tuple[str, Printed]]:
    match = _FUNDING.match(line)
    for found in _SOURCE.finditer(line, match.end() if match else 0):
        value = Decimal(found["digits"].replace(",", ""))
        first = found.start("sign") if found["sign"] else found.start("digits")
        last = found.end("unit") if found["unit"] else found.end("digits")
        yield (
            found["name"],
            Printed(
                -value if found["sign"] else value,
                found["unit"],
                None,
                False,
                False,
                start + first,
                start + last,
            ),
        )


def _full(entry: _Entry) -> bool:
    return entry.style == "row" or len(entry.printed) > _TWO


def _this(entry: _Entry, year: int) -> Printed | None:
    said = [p for p in entry.printed if p.year == year]
    open_ = [p for p in entry.printed if p.year is None and not p.change and not p.bracketed]
    return said[0] if len(said) == 1 else open_[0] if not said and len(open_) == 1 else None


def _last(entry: _Entry, year: int) -> Printed | None:
    said = [p for p in entry.printed if p.year == year - 1]
    open_ = [p for p in entry.printed if p.year is None and not p.change and p.bracketed]
    return said[0] if len(said) == 1 else open_[0] if not said and len(open_) == 1 else None


def _change(entry: _Entry) -> Printed | None:
    found = [p for p in entry.printed if p.change]
    return found[0] if len(found) == 1 else None


def _common_unit(document: Document, entries: Sequence[_Entry]) -> str:
    said = _UNIT.findall(narrow(document.text))
    counted = Counter(p.unit for entry in entries for p in entry.printed if p.unit)
    return said[0] if said else counted.most_common(1)[0][0] if counted else "千円"


def _is_of_the_budget(entry: _Entry, unit: str) -> bool:
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


def _figures(document: Document, entry: _Entry, year: int, unit: str, root: str) -> Iterator[Figure]:
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


def _department(document: Document, entry: _Entry) -> Attribute:
    text, start, end = entry.department or ("", 0, 0)
    return Attribute(
        entry.name.text, entry.parents, "所管課", text, document.id, document.page_at(start), start, end
    )


def _problems(document: Document, entry: _Entry, year: int) -> Iterator[Problem]:
    this, last, change = _this(entry, year), _last(entry, year), _change(entry)
    if not (this and last and change) or None in (this.value, last.value, change.value):
        return
    if this.value - last.value != change.value:  # type: ignore[operator]
        message = f"「{entry.name.text}」の増減が、本年度と前年度の差と合いません。原本を確かめてください。"
        yield Problem(document.id, message, document.page_at(change.start), change.start, change.end, "sum")
