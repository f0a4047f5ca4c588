"""A budget outline (予算の概要) whose tables came out of the PDF in pieces → figures that its own sums prove.

Pages are told apart by what they print, never by a name or a place: a total in two years (summary), amounts with
circled years (highlights), 本年度予算額 and 前年度予算額 (a breakdown page), 単位：百万円 (overview). What is
printed beside its name is taken as printed; the rest is assigned as `pairing` and `naming` say; every number is
then weighed by `proving`. Only what survives is PRINTED or PROVEN; the rest is ORDER or left out, with a Problem.
"""

import re
from collections.abc import Iterator

from corpus.normalizing import squash
from corpus.tables.amounts import decimal_of, parse_amounts
from corpus.tables.highlights import Label
from corpus.tables.outline_problems import outline_problems
from corpus.tables.outline_reading import Item, Outline, Part, squashed, understand
from corpus.tables.pieces import Number, page_lines
from corpus.tables.rounded import printed_name, rounded_number
from corpus.tables.years import fiscal_years
from corpus.types import Attribute, Basis, Document, Figure, Measure, Problem, Stage, Tables

REASON = "主な増減理由"
_COUNTERS = "人|件|回|か所|箇所|カ所|団体|校|社|世帯|台|戸|言語|都市|名"
_COUNT = re.compile(rf"([0-9０-９][0-9０-９,，]*)[ 　]*({_COUNTERS})")
_COUNTED_LINE = re.compile(
    rf"[ 　]*+(?P<name>\S.*?)(?<![ 　])[ 　]++(?P<this>[0-9０-９][0-9０-９,，]*)[ 　]*(?P<unit>{_COUNTERS})"
    rf"[(（](?P<year>[^()（）：:]{{2,8}})[：:][ 　]*(?P<last>[0-9０-９][0-9０-９,，]*)[ 　]*(?P=unit)[)）][ 　]*"
)
_WHOLE = re.compile(
    r"[ 　]*(?P<year>\S+年度)[ 　]+(?P<name>\S*(?:予算額|予算総額|予算規模))[ 　]+(?P<amount>\S+円)[ 　]*"
)


def read_outline(document: Document) -> Tables:
    """Return the figures, reasons and problems of a budget outline; nothing where the document is none."""
    outline = understand(document)
    if outline is None:
        return Tables()
    figures = [
        *_whole(outline),
        *(figure for part in outline.parts for figure in _part(outline, part)),
        *_highlights(outline),
        *_overview(outline),
        *_counted_lines(outline),
        *_printed_totals(outline),
    ]
    attributes, problems = _reasons(outline)
    return Tables(
        tuple(figures), tuple(attributes), (*outline.problems, *problems, *outline_problems(outline, figures))
    )


def _figure(
    outline: Outline,
    name: Label,
    parents: tuple[str, ...],
    number: Number,
    unit: str,
    *,
    basis: Basis,
    year: int | None = None,
    measure: Measure = Measure.AMOUNT,
    aspect: str | None = None,
    marks: tuple[str, ...] = (),
) -> Iterator[Figure]:
    if number.value is None:
        return
    yield Figure(
        label=name.text, parents=parents, fiscal_year=outline.year if year is None else year,
        stage=Stage.INITIAL, measure=measure, value=number.value, unit=number.unit or unit,
        document=outline.document.id, page=outline.document.page_at(number.start),
        start=number.start, end=number.end, basis=basis,
        name_start=name.start, name_end=name.end, aspect=aspect, marks=marks,
    )  # fmt: skip


def _root(outline: Outline) -> tuple[str, ...]:
    return (outline.summary.label.text,) if outline.summary else ()


def _whole(outline: Outline) -> Iterator[Figure]:
    summary = outline.summary
    if summary is None:
        return
    unit = summary.unit or (outline.parts[0].unit if outline.parts else "千円")
    for number, year, measure in (
        (summary.this, outline.year, Measure.AMOUNT),
        (summary.last, outline.last_year, Measure.AMOUNT),
        (summary.difference, outline.year, Measure.DIFFERENCE),
    ):
        if number:
            basis = outline.proof.basis(number, beside=True)
            yield from _figure(
                outline, summary.label, (), number, unit, basis=basis, year=year, measure=measure
            )


def _part(outline: Outline, part: Part) -> Iterator[Figure]:
    section = part.section
    if section.name is None:
        return
    name = Label(section.name.label, section.name.start, section.name.end)
    for number, year, measure in (
        (section.this, outline.year, Measure.AMOUNT),
        (section.last, outline.last_year, Measure.AMOUNT),
        (section.difference, outline.year, Measure.DIFFERENCE),
    ):
        if number:
            basis = outline.proof.basis(number, beside=False)
            yield from _figure(
                outline, name, _root(outline), number, part.unit, basis=basis, year=year, measure=measure
            )
    yield from _funding(outline, part, name)
    for item in sorted(part.items, key=lambda item: item.name.number):
        yield from _project(outline, part, item, (*_root(outline), name.text))


def _funding(outline: Outline, part: Part, name: Label) -> Iterator[Figure]:
    for source in part.sources:
        if source.number is None:
            continue
        known = outline.proof.basis(source.number, beside=False)
        basis = Basis.PRINTED if source.printed and known is Basis.PROVEN else known
        yield from _figure(
            outline, name, _root(outline), source.number, part.unit,
            basis=basis, measure=Measure.FUNDING, aspect=source.label,
        )  # fmt: skip


def _project(outline: Outline, part: Part, item: Item, parents: tuple[str, ...]) -> Iterator[Figure]:
    name = Label(item.name.label, item.name.start, item.name.end)
    for number, year in ((item.pair.this, outline.year), (item.pair.last, outline.last_year)):
        if number is None:
            continue
        beside = number.start in item.beside
        sure = beside or (item.named and item.linked)
        basis = outline.proof.basis(number, beside=beside) if sure else Basis.ORDER
        yield from _figure(
            outline, name, parents, number, part.unit, basis=basis, year=year, marks=item.name.marks
        )
    yield from _counts(outline, part, item, parents)


def _counts(outline: Outline, part: Part, item: Item, parents: tuple[str, ...]) -> Iterator[Figure]:
    """A count in the indented line right below a project's name belongs to the project: 職員（59人）."""
    name = Label(item.name.label, item.name.start, item.name.end)
    below = next((x for x in part.section.lines if x.number == item.name.line + 1), None)
    if below is None or below.gap is None or "。" in below.text or not re.match("[ 　]", below.text):
        return
    found = list(_COUNT.finditer(below.text))
    if len(found) == 1:
        start, end = below.start + found[0].start(), below.start + found[0].end()
        number = Number(decimal_of(found[0][1]), found[0][2], False, start, end, below.number)
        yield from _figure(
            outline, name, parents, number, found[0][2],
            basis=Basis.PRINTED, measure=Measure.COUNT, aspect=found[0][2], marks=item.name.marks,
        )  # fmt: skip


def _highlights(outline: Outline) -> Iterator[Figure]:
    for highlight, name, pairs in outline.highlights:
        if name is None or not pairs:
            continue
        parents = (highlight.heading or "予算のポイント",)
        beside = highlight.name is not None
        for number, year in ((highlight.this, highlight.years[0]), (highlight.last, highlight.years[1])):
            basis = outline.proof.basis(number, beside=False)
            basis = Basis.PRINTED if beside and basis is Basis.PROVEN else basis
            yield from _figure(outline, name, parents, number, number.unit or "", basis=basis, year=year)


def _overview(outline: Outline) -> Iterator[Figure]:
    """A number in 百万円 is a project's where the project's amount, itself believed, rounds to it alone."""
    projects = [
        (item, part)
        for part in outline.parts
        for item in part.items
        if item.pair.this.value is not None
        and (item.pair.this.start in item.beside or (item.named and item.linked))
        and outline.proof.basis(item.pair.this, beside=False) is Basis.PROVEN
    ]
    for overview in outline.overviews:
        rows = [
            (name, number)
            for item, part in projects
            if (name := printed_name(overview, item.name.label))
            and (number := rounded_number(overview, item.pair.this, item.pair.this.unit or part.unit))
        ]
        starts = [number.start for _, number in rows]
        for name, number in rows:
            if starts.count(number.start) == 1:
                yield from _figure(
                    outline, name, (overview.heading,), number, overview.unit, basis=Basis.PROVEN
                )


def _counted_lines(outline: Outline) -> Iterator[Figure]:
    """Lines such as 客船の受入れ対応等 200回（R3：194回） print a count in two years beside its name."""
    for page in outline.document.pages:
        for line in page_lines(outline.document, page):
            match = _COUNTED_LINE.fullmatch(line.text)
            years = fiscal_years(match["year"]) if match else []
            if match is None or len(years) != 1:
                continue
            name = Label(match["name"], line.start + match.start("name"), line.start + match.end("name"))
            for group, year in (("this", outline.year), ("last", years[0].year)):
                start = line.start + match.start(group)
                end = line.start + match.end(group) + len(match["unit"])
                number = Number(decimal_of(match[group]), match["unit"], False, start, end, line.number)
                yield from _figure(
                    outline, name, (), number, match["unit"],
                    basis=Basis.PRINTED, year=year, measure=Measure.COUNT, aspect=match["unit"],
                )  # fmt: skip


def _printed_totals(outline: Outline) -> Iterator[Figure]:
    """A line of its own such as 令和４年度 国際関連事業予算額　34億6,800万円 prints an amount beside its name."""
    for page in outline.document.pages:
        for line in page_lines(outline.document, page):
            match = _WHOLE.fullmatch(line.text)
            amounts = parse_amounts(match["amount"]) if match else []
            years = fiscal_years(match["year"]) if match else []
            if match is None or len(amounts) != 1 or len(years) != 1:
                continue
            start = line.start + match.start("amount")
            number = Number(
                amounts[0].value, amounts[0].unit, False,
                start + amounts[0].start, start + amounts[0].end, line.number,
            )  # fmt: skip
            name = Label(match["name"], line.start + match.start("name"), line.start + match.end("name"))
            yield from _figure(
                outline, name, (), number, amounts[0].unit, basis=Basis.PRINTED, year=years[0].year
            )


def _reasons(outline: Outline) -> tuple[list[Attribute], list[Problem]]:
    """Give each reason for change to the line whose pages alone hold most of its words."""
    if outline.summary is None:
        return [], []
    texts = _texts_of_lines(outline)
    attributes: list[Attribute] = []
    problems: list[Problem] = []
    for reason in outline.summary.reasons:
        owner = _owner(reason.text, [text for _, text in texts])
        if owner is None:
            message = f"増減理由「{reason.text}」がどの費目のものか決められません。原本を確かめてください。"
            problems.append(_reason_problem(outline, reason, message))
            continue
        attributes.append(
            Attribute(
                texts[owner][0], _root(outline), REASON, reason.text,
                outline.document.id, outline.summary.page, reason.start, reason.end,
            )
        )  # fmt: skip
    return attributes, problems


def _reason_problem(outline: Outline, reason: Label, message: str) -> Problem:
    page = outline.summary.page if outline.summary else None
    return Problem(outline.document.id, message, page, reason.start, reason.end, "reason")


def _texts_of_lines(outline: Outline) -> list[tuple[str, str]]:
    return [(p.section.name.label, squashed(p.section)) for p in outline.parts if p.section.name]


def _owner(reason: str, texts: list[str]) -> int | None:
    """Return the only text that holds runs of three letters of the reason that no other text holds."""
    word = squash(reason)
    pieces = [word[i : i + 3] for i in range(len(word) - 2)]
    own = [
        sum(p in text and not any(p in other for other in texts if other is not text) for p in pieces)
        for text in texts
    ]
    best = max(range(len(own)), key=lambda i: own[i], default=None)
    if best is None or own[best] < 3:
        return None
    rest = max((count for i, count in enumerate(own) if i != best), default=0)
    return best if own[best] >= 3 * rest else None
