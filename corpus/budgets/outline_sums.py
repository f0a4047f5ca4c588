"""What must add up in an outline: sums find a line's amounts among bare numbers, and prove what is printed."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.budgets.highlights import Highlight, Label, Pair
from corpus.budgets.outline_parts import Part
from corpus.budgets.pieces import Number
from corpus.budgets.proving import Equation
from corpus.budgets.sections import Section
from corpus.budgets.summary import Summary


def complete_amounts(section: Section) -> None:
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


def outline_equations(parts: list[Part], summary: Summary | None) -> Iterator[Equation]:
    """Yield the sums of the sections and of the summary above them."""
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


def highlight_equations(
    highlights: list[tuple[Highlight, Label | None, tuple[Pair, ...]]],
) -> Iterator[Equation]:
    """Yield the sums that highlights are of the pairs that make them up."""
    for highlight, name, pairs in highlights:
        if not pairs:
            continue
        about = f"ポイント「{name.text if name else '名称不明'}」"
        yield Equation(about, tuple(p.this for p in pairs), (highlight.this,), highlight.page)
        lasts = tuple(p.last for p in pairs if p.last)
        yield Equation(about, lasts, (highlight.last,), highlight.page)
