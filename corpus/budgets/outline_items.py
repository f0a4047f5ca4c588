"""Which amounts belong to which project of a section of an outline, and which projects stay open."""

import re
from collections.abc import Iterator

from corpus.budgets.highlights import Highlight, Pair
from corpus.budgets.name_witnesses import Evidence
from corpus.budgets.outline_parts import Item, Part
from corpus.budgets.pair_naming import name_pairs
from corpus.budgets.pairing import shared_links
from corpus.budgets.pieces import Number, NumberedName
from corpus.budgets.proving import Proof
from corpus.budgets.rounded import Overview, printed_name, rounded_number
from corpus.budgets.sections import Section
from corpus.types import Document, Problem

_PEOPLE = re.compile(r"人件費.*?([0-9０-９]+)[ 　]*人")


def name_items(
    document: Document,
    part: Part,
    explained: list[tuple[Highlight, tuple[Pair, ...]]],
    overviews: list[Overview],
    sums: Proof,
    columns: bool,
    problems: list[Problem],
) -> None:
    """Give a section its projects with the pairs that are known to be theirs, and a problem for each that stays open."""
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
        found = name_pairs(_evidence(part, way.named, pairs, explained, overviews, columns))
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
