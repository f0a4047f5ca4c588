"""Puts the parts of an outline together: sections, pairs, names, sums."""

from collections import Counter

from corpus.budgets.highlights import Highlight, Label, Pair, lone_line, parts_of, read_highlights
from corpus.budgets.kept_order import columns_ascend
from corpus.budgets.outline_items import name_items
from corpus.budgets.outline_parts import Outline, Part
from corpus.budgets.outline_sums import complete_amounts, highlight_equations, outline_equations
from corpus.budgets.pairing import pair_amounts
from corpus.budgets.pieces import contents, unit_tokens
from corpus.budgets.proving import prove
from corpus.budgets.rounded import read_overviews
from corpus.budgets.sections import Section, filled_sources, read_section
from corpus.budgets.summary import Summary, line_titles, read_summary
from corpus.budgets.years import parse_fiscal_year
from corpus.types import Document, Problem


def understand(document: Document) -> Outline | None:
    """Return what the outline in `document` says, or None where it is none."""
    summary = read_summary(document)
    titles = line_titles(document, summary)
    chapters = contents(document)
    sections = [s for page in document.pages if (s := read_section(document, page, titles, chapters))]
    years = _years(document, summary)
    if years is None or not (sections or summary):
        return None
    for section in sections:
        complete_amounts(section)
    highlights = read_highlights(document, years[0])
    overviews = read_overviews(document)
    parts = [
        Part(s, _unit(s, summary), pair_amounts(s, highlights), *([], *filled_sources(s))) for s in sections
    ]
    problems: list[Problem] = []
    equations = list(outline_equations(parts, summary))
    sums = prove(document, equations)
    columns = columns_ascend([s.names for s in sections])
    explained = [(h, _explained(h, parts)) for h in highlights]
    for part in parts:
        name_items(document, part, explained, overviews, sums, columns, problems)
    named = [(h, _highlight_name(document, h, parts, found), found) for h, found in explained]
    equations += highlight_equations(named)
    proof = prove(document, equations)
    problems += proof.problems
    return Outline(document, *years, summary, parts, named, overviews, proof, problems)


def _years(document: Document, summary: Summary | None) -> tuple[int, int] | None:
    year = document.fiscal_year or (summary.years[0] if summary and summary.years else None)
    year = year or parse_fiscal_year(document.title)
    if year is None:
        return None
    said = summary.years[1] if summary and summary.years and summary.years[0] == year else year - 1
    return year, said


def _unit(section: Section, summary: Summary | None) -> str:
    counted = Counter(unit_tokens([line for line in section.lines if len(line.text) < 60]))
    if counted:
        return counted.most_common(1)[0][0]
    return (summary.unit if summary else None) or "千円"


def _explained(highlight: Highlight, parts: list[Part]) -> tuple[Pair, ...]:
    """Return the pairs that make up a highlight, if exactly one set of one section's pairs does."""
    found: list[tuple[Pair, ...]] = []
    for part in parts:
        if part.amounts is None or not part.amounts.affordable:
            continue
        sets = [
            tuple(way.pairs[i] for i in chosen)
            for way in part.amounts.ways
            for chosen in parts_of(highlight, way.pairs)
        ]
        found += {tuple(p.this.start for p in pairs): pairs for pairs in sets}.values()
    return found[0] if len(found) == 1 else ()


def _highlight_name(
    document: Document, highlight: Highlight, parts: list[Part], found: tuple[Pair, ...]
) -> Label | None:
    """The name beside a highlight, or the project's own where that stands alone on the highlight's page."""
    if highlight.name or len(found) != 1:
        return highlight.name
    for part in parts:
        for item in part.items:
            if item.named and item.linked and item.pair.this.start == found[0].this.start:
                return lone_line(document, highlight.page, item.name.label)
    return None
