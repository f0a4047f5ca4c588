"""Figures that a single line of an outline prints: counts, and a total beside its name."""

import re
from collections.abc import Iterator

from corpus.budgets.amounts import decimal_of, parse_amounts
from corpus.budgets.highlights import Label
from corpus.budgets.outline_parts import Item, Outline, Part
from corpus.budgets.outline_writing import write_figure
from corpus.budgets.pieces import Number, page_lines
from corpus.budgets.years import fiscal_years
from corpus.types import Basis, Figure, Measure

_COUNTERS = "人|件|回|か所|箇所|カ所|団体|校|社|世帯|台|戸|言語|都市|名"
_COUNT = re.compile(rf"([0-9０-９][0-9０-９,，]*)[ 　]*({_COUNTERS})")
_COUNTED_LINE = re.compile(
    rf"[ 　]*+(?P<name>\S.*?)(?<![ 　])[ 　]++(?P<this>[0-9０-９][0-9０-９,，]*)[ 　]*(?P<unit>{_COUNTERS})"
    rf"[(（](?P<year>[^()（）：:]{{2,8}})[：:][ 　]*(?P<last>[0-9０-９][0-9０-９,，]*)[ 　]*(?P=unit)[)）][ 　]*"
)
_WHOLE = re.compile(
    r"[ 　]*(?P<year>\S+年度)[ 　]+(?P<name>\S*(?:予算額|予算総額|予算規模))[ 　]+(?P<amount>\S+円)[ 　]*"
)


def item_counts(outline: Outline, part: Part, item: Item, parents: tuple[str, ...]) -> Iterator[Figure]:
    """A count in the indented line right below a project's name belongs to the project: 職員（59人）."""
    name = Label(item.name.label, item.name.start, item.name.end)
    below = next((x for x in part.section.lines if x.number == item.name.line + 1), None)
    if below is None or below.gap is None or "。" in below.text or not re.match("[ 　]", below.text):
        return
    found = list(_COUNT.finditer(below.text))
    if len(found) == 1:
        start, end = below.start + found[0].start(), below.start + found[0].end()
        number = Number(decimal_of(found[0][1]), found[0][2], False, start, end, below.number)
        yield from write_figure(
            outline, name, parents, number, found[0][2],
            basis=Basis.PRINTED, measure=Measure.COUNT, aspect=found[0][2], marks=item.name.marks,
        )  # fmt: skip


def counted_lines(outline: Outline) -> Iterator[Figure]:
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
                yield from write_figure(
                    outline, name, (), number, match["unit"],
                    basis=Basis.PRINTED, year=year, measure=Measure.COUNT, aspect=match["unit"],
                )  # fmt: skip


def printed_totals(outline: Outline) -> Iterator[Figure]:
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
            yield from write_figure(
                outline, name, (), number, amounts[0].unit, basis=Basis.PRINTED, year=years[0].year
            )
