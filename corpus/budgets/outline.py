"""A budget outline (予算の概要) whose tables came out of the PDF in pieces → figures that its own sums prove."""

from collections.abc import Iterator

from corpus.budgets.highlights import Label
from corpus.budgets.line_figures import counted_lines, item_counts, printed_totals
from corpus.budgets.outline_parts import Item, Outline, Part
from corpus.budgets.outline_problems import outline_problems
from corpus.budgets.outline_reading import understand
from corpus.budgets.outline_reasons import outline_reasons
from corpus.budgets.outline_writing import write_figure
from corpus.budgets.rounded import printed_name, rounded_number
from corpus.types import Basis, Document, Figure, Measure, Tables


def read_outline(document: Document) -> Tables:
    """Return the figures, reasons and problems of a budget outline; nothing where the document is none.

    Pages are told apart by what they print, never by a name or a place: a total in two years (summary), amounts with
    circled years (highlights), 本年度予算額 and 前年度予算額 (a breakdown page), 単位：百万円 (overview). What is
    printed beside its name is taken as printed; the rest is assigned as `pairing` and `pair_naming` say; every number
    is then weighed by `proving`. Only what survives is PRINTED or PROVEN; the rest is ORDER or left out, with a Problem.
    """
    outline = understand(document)
    if outline is None:
        return Tables()
    figures = [
        *_whole(outline),
        *(figure for part in outline.parts for figure in _part(outline, part)),
        *_highlights(outline),
        *_overview(outline),
        *counted_lines(outline),
        *printed_totals(outline),
    ]
    attributes, problems = outline_reasons(outline)
    return Tables(
        tuple(figures), tuple(attributes), (*outline.problems, *problems, *outline_problems(outline, figures))
    )


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
            yield from write_figure(
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
            yield from write_figure(
                outline, name, outline.root, number, part.unit, basis=basis, year=year, measure=measure
            )
    yield from _funding(outline, part, name)
    for item in sorted(part.items, key=lambda item: item.name.number):
        yield from _project(outline, part, item, (*outline.root, name.text))


def _funding(outline: Outline, part: Part, name: Label) -> Iterator[Figure]:
    for source in part.sources:
        if source.number is None:
            continue
        known = outline.proof.basis(source.number, beside=False)
        basis = Basis.PRINTED if source.printed and known is Basis.PROVEN else known
        yield from write_figure(
            outline, name, outline.root, source.number, part.unit,
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
        yield from write_figure(
            outline, name, parents, number, part.unit, basis=basis, year=year, marks=item.name.marks
        )
    yield from item_counts(outline, part, item, parents)


def _highlights(outline: Outline) -> Iterator[Figure]:
    for highlight, name, pairs in outline.highlights:
        if name is None or not pairs:
            continue
        parents = (highlight.heading or "予算のポイント",)
        beside = highlight.name is not None
        for number, year in ((highlight.this, highlight.years[0]), (highlight.last, highlight.years[1])):
            basis = outline.proof.basis(number, beside=False)
            basis = Basis.PRINTED if beside and basis is Basis.PROVEN else basis
            yield from write_figure(outline, name, parents, number, number.unit or "", basis=basis, year=year)


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
                yield from write_figure(
                    outline, name, (overview.heading,), number, overview.unit, basis=Basis.PROVEN
                )
