"""Puts the parts of an outline together: sections, pairs, names, sums; then writes the figures."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.normalizing import squash
from corpus.tables.highlights import Highlight, Label, Pair, lone_line, parts_of, read_highlights
from corpus.tables.naming import Evidence, assign, columns_ascend
from corpus.tables.pairing import Amounts, pair_amounts, shared_links
from corpus.tables.pieces import Number, NumberedName, contents, unit_tokens
from corpus.tables.proving import Equation, Proof, prove
from corpus.tables.rounded import Overview, printed_name, read_overviews, rounded_number
from corpus.tables.sections import Section, Source, filled_sources, read_section
from corpus.tables.summary import Summary, line_titles, read_summary
from corpus.tables.years import parse_fiscal_year
from corpus.types import Document, Problem

_PEOPLE = re.compile(r"人件費.*?([0-9０-９]+)[ 　]*人")


@dataclass(slots=True)
class Item:
    """One project: its name, its pair as far as known, and whether the pair's link and the name are proven."""

    name: NumberedName
    pair: Pair
    beside: frozenset[int]
    linked: bool
    named: bool


@dataclass(slots=True)
class Part:
    """One section with what was made of it."""

    section: Section
    unit: str
    amounts: Amounts | None
    items: list[Item] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    sources_fixed: bool = True


@dataclass(slots=True)
class Outline:
    """All that was read and proven of one outline, before figures are written."""

    document: Document
    year: int
    last_year: int
    summary: Summary | None
    parts: list[Part]
    highlights: list[tuple[Highlight, Label | None, tuple[Pair, ...]]]
    overviews: list[Overview]
    proof: Proof
    problems: list[Problem]


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
        _complete(section, summary)
    highlights = read_highlights(document, years[0])
    overviews = read_overviews(document)
    parts = [
        Part(s, _unit(s, summary), pair_amounts(s, highlights), *([], *filled_sources(s))) for s in sections
    ]
    problems: list[Problem] = []
    equations = list(_equations(parts, summary))
    sums = prove(document, equations)
    columns = columns_ascend([s.names for s in sections])
    explained = [(h, _explained(h, parts)) for h in highlights]
    for part in parts:
        _name_items(document, part, explained, overviews, sums, columns, problems)
    named = [(h, _highlight_name(document, h, parts, found), found) for h, found in explained]
    equations += _highlight_equations(named)
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


def _complete(section: Section, summary: Summary | None) -> None:
    """Find the line's amounts among the bare numbers where they are not printed beside their label."""
    this, last = _sums_of(section)
    if section.this is None:
        section.this = next((n for n in section.bare if this and n.value == _sum(this)), None)
    if section.last is None:
        section.last = next((n for n in section.bare if last and n.value == _sum(last)), None)
    used = {n.start for n in (section.this, section.last) if n}
    section.bare = [n for n in section.bare if n.start not in used]
    if section.difference is None:
        section.difference = _difference(section)
    if section.difference is not None:
        section.bare = [n for n in section.bare if n.start != section.difference.start]


def _difference(section: Section) -> Number | None:
    """The bare number that is this − last; failing that the only bare number no funding source can take."""
    if (
        section.this is None
        or section.last is None
        or section.this.value is None
        or section.last.value is None
    ):
        return None
    wanted = section.this.value - section.last.value
    exact = [n for n in section.bare if n.value == wanted]
    lacking = sum(source.number is None for source in section.sources)
    if exact:
        return exact[0]
    grouped = [n for n in section.bare if n.value is not None and abs(n.value) >= 1000]
    return grouped[0] if len(grouped) == 1 and len(section.bare) > lacking else None


def _sum(numbers: list[Number]) -> object:
    return sum(n.value for n in numbers if n.value is not None)


def _sums_of(section: Section) -> tuple[list[Number], list[Number]]:
    """Return all this-year and all last-year amounts of a section's projects, names aside."""
    numbers = [n for name in section.names for n in name.numbers] + [n for row in section.loose for n in row]
    return [n for n in numbers if not n.bracketed], [n for n in numbers if n.bracketed]


def _equations(parts: list[Part], summary: Summary | None) -> Iterator[Equation]:
    for part in parts:
        yield from _section_equations(part)
        if summary:
            yield from _row_equations(part, summary)
    if summary is None:
        return
    page = summary.page
    if summary.difference:
        yield Equation("合計の差引", (summary.difference, summary.last), (summary.this,), page)
    this = [p.section.this for p in parts if p.section.this]
    last = [p.section.last for p in parts if p.section.last]
    if parts and len(this) == len(last) == len(parts):
        yield Equation("費目の合計（本年度）", tuple(this), (summary.this,), page)
        yield Equation("費目の合計（前年度）", tuple(last), (summary.last,), page)


def _section_equations(part: Part) -> Iterator[Equation]:
    section = part.section
    name = section.name.label if section.name else "費目"
    if section.this and section.last and section.difference:
        yield Equation(f"{name}の差引", (section.difference, section.last), (section.this,), section.page)
    filled = [s.number for s in part.sources if s.number]
    if section.this and part.sources and part.sources_fixed and len(filled) == len(part.sources):
        yield Equation(f"{name}の財源", tuple(filled), (section.this,), section.page)
    for whole, numbers, word in zip(
        (section.this, section.last), _sums_of(section), ("本年度", "前年度"), strict=True
    ):
        if whole and numbers:
            yield Equation(f"{name}の事業の合計（{word}）", tuple(numbers), (whole,), section.page)


def _row_equations(part: Part, summary: Summary) -> Iterator[Equation]:
    """The summary repeats the line's amounts; a number it lacks is in doubt on both pages."""
    section = part.section
    name = section.name.label if section.name else "費目"
    for number, word in ((section.this, "本年度"), (section.last, "前年度"), (section.difference, "差引")):
        if number is None:
            continue
        same = [n for n in summary.numbers if n.value == number.value]
        if same:
            yield Equation(f"{name}（{word}）の二か所の記載", (number,), (same[0],), section.page)
        elif len(summary.numbers) >= 3:
            none = replace(number, value=None)
            yield Equation(f"{name}（{word}）の総括表での記載", (number,), (none,), section.page)


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


def _name_items(
    document: Document,
    part: Part,
    explained: list[tuple[Highlight, tuple[Pair, ...]]],
    overviews: list[Overview],
    sums: Proof,
    columns: bool,
    problems: list[Problem],
) -> None:
    if part.amounts is None:
        part.items = [*_only_printed(part.section)]
        return
    amounts = part.amounts
    links = shared_links(amounts.ways)
    way = amounts.ways[0]
    settled = len(amounts.ways) == 1
    for name, pair in zip(amounts.inline, way.named, strict=True):
        part.items.append(_item(name, pair, links, settled))
    if len(amounts.bare) == 0:
        return
    in_doubt = any(n.start in sums.doubtful for p in way.nameless for n in (p.this, p.last) if n)
    pairs = way.nameless if settled else tuple(p for p in way.nameless if _linked(p, links))
    found: dict[int, Pair] = {}
    if settled and not in_doubt:
        found = assign(_evidence(part, way.named, pairs, explained, overviews, columns))
    _add_nameless(document, part, list(way.nameless), found, links, problems)


def _evidence(
    part: Part,
    named: tuple[Pair, ...],
    pairs: tuple[Pair, ...],
    explained: list[tuple[Highlight, tuple[Pair, ...]]],
    overviews: list[Overview],
    columns: bool,
) -> Evidence:
    amounts = part.amounts
    inline = amounts.inline if amounts else ()
    bare = amounts.bare if amounts else ()
    return Evidence(
        bare,
        pairs,
        tuple((name.number, pair) for name, pair in zip(inline, named, strict=True)),
        frozenset(n.start for name in inline for n in name.numbers),
        tuple((h, found) for h, found in explained if found),
        tuple(_rounded(bare, pairs, overviews, part.unit)),
        tuple(part.section.lines),
        tuple(_staff(part.section, bare)),
        columns,
    )


def _rounded(
    names: tuple[NumberedName, ...], pairs: tuple[Pair, ...], overviews: list[Overview], unit: str
) -> Iterator[tuple[int, Number]]:
    for overview in overviews:
        fitting = [p for p in pairs if rounded_number(overview, p.this, p.this.unit or unit)]
        here = [name for name in names if printed_name(overview, name.label)]
        if len(fitting) == len(here) == 1:
            yield here[0].number, fitting[0].this


def _staff(section: Section, names: tuple[NumberedName, ...]) -> Iterator[tuple[int, int]]:
    """Yield the people paid by a project, as the line right below its name says."""
    for name in names:
        below = next((line for line in section.lines if line.number == name.line + 1), None)
        match = _PEOPLE.search(below.text) if below else None
        if match:
            yield name.number, int(match[1])


def _linked(pair: Pair, links: frozenset[tuple[int, int]]) -> bool:
    return pair.last is None or (pair.this.start, pair.last.start) in links


def _item(name: NumberedName, pair: Pair, links: frozenset[tuple[int, int]], settled: bool) -> Item:
    beside = frozenset(n.start for n in name.numbers)
    return Item(name, pair, beside, settled or _linked(pair, links), True)


def _only_printed(section: Section) -> Iterator[Item]:
    """Where the numbers of a section do not fit its names, only what stands beside a name counts."""
    for name in section.names:
        this = [n for n in name.numbers if not n.bracketed]
        last = [n for n in name.numbers if n.bracketed]
        if len(this) == 1 and len(last) <= 1:
            yield Item(
                name,
                Pair(this[0], last[0] if last else None),
                frozenset(n.start for n in name.numbers),
                True,
                True,
            )


def _add_nameless(
    document: Document,
    part: Part,
    pairs: list[Pair],
    found: dict[int, Pair],
    links: frozenset[tuple[int, int]],
    problems: list[Problem],
) -> None:
    taken = {pair.this.start for pair in found.values()}
    rest = iter(pair for pair in pairs if pair.this.start not in taken)
    for name in part.amounts.bare if part.amounts else ():
        if name.number in found:
            part.items.append(_item(name, found[name.number], links, False))
            continue
        pair = next(rest)
        part.items.append(Item(name, pair, frozenset(), False, False))
        shown = "、".join(
            document.text[p.this.start : p.this.end] for p in pairs if p.this.start not in taken
        )
        message = (
            f"「{name.label}」の金額は、本文の並びからは決められません（候補：{shown}）。"
            "答えに使わないので、原本で確かめて表（CSV など）で加えてください。"
        )
        problems.append(Problem(document.id, message, part.section.page, name.start, name.end, "ambiguous"))


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


def _highlight_equations(
    highlights: list[tuple[Highlight, Label | None, tuple[Pair, ...]]],
) -> Iterator[Equation]:
    for highlight, name, pairs in highlights:
        if not pairs:
            continue
        about = f"ポイント「{name.text if name else '名称不明'}」"
        yield Equation(about, tuple(p.this for p in pairs), (highlight.this,), highlight.page)
        lasts = tuple(p.last for p in pairs if p.last)
        yield Equation(about, lasts, (highlight.last,), highlight.page)


def squashed(section: Section) -> str:
    """Return a section's text squashed, for comparing words."""
    return squash("\n".join(line.text for line in section.lines))
