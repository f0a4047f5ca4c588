"""Which loose amount of this year belongs with which of last year: every way, then those the document allows.

A project's two amounts may be printed together, one beside its name and one elsewhere, or both apart. Every way
of linking them leaves both years' sums as they are, so sums cannot choose. Highlights can: each is a sum over
the same projects in both years. A highlight that some ways explain and others do not rules out the others. A
link that all remaining ways share is proven; the rest stays open.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from corpus.budgets.highlights import Highlight, Pair, parts_of
from corpus.budgets.pieces import Number, NumberedName
from corpus.budgets.sections import Section

_MOST_WAYS = 3000
_MOST_HIGHLIGHTS = 40
_MOST_LOOKS = 1_000_000
"""Ways times the square of their pairs: what a highlight may cost, about a second; 3,000 ways of 18 pairs."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of linking: the pair of each name that prints an amount, and the pairs without a name."""

    named: tuple[Pair, ...]
    nameless: tuple[Pair, ...]

    @property
    def pairs(self) -> list[Pair]:
        """All pairs, named ones first."""
        return [*self.named, *self.nameless]


@dataclass(frozen=True, slots=True)
class Amounts:
    """A section's projects: names that print an amount, names that do not, and every way left to pair amounts."""

    inline: tuple[NumberedName, ...]
    bare: tuple[NumberedName, ...]
    ways: tuple[Way, ...]

    @property
    def affordable(self) -> bool:
        """Whether a highlight may be compared with all ways."""
        return _affordable(self.ways)


def _affordable(ways: Sequence[Way]) -> bool:
    return not ways or len(ways) * len(ways[0].pairs) ** 2 <= _MOST_LOOKS


def pair_amounts(section: Section, highlights: list[Highlight]) -> Amounts | None:
    """Return the ways of pairing a section's amounts that its highlights allow; None where the counts do not fit."""
    inline = tuple(name for name in section.names if name.numbers)
    bare = tuple(name for name in section.names if not name.numbers)
    ways = list(_ways(section, inline, len(bare)))
    if not ways or section.doubtful:
        return None
    for highlight in highlights[:_MOST_HIGHLIGHTS]:
        if not _affordable(ways):
            break
        kept = [way for way in ways if parts_of(highlight, way.pairs)]
        ways = kept or ways
    return Amounts(inline, bare, tuple(ways))


def _ways(section: Section, inline: tuple[NumberedName, ...], bare: int) -> Iterator[Way]:
    pairs, this, last = _loose(section.loose)
    partial = [_own(name) for name in inline]
    if any(own is None for own in partial):
        return
    own = [p for p in partial if p is not None]
    lacks_this = sum(t is None for t, _ in own)
    lacks_last = sum(t is not None and x is None for t, x in own)
    apart = bare - len(pairs)
    # Every new project prints （―）, so the amounts of both years must come out even.
    if apart < 0 or len(this) != lacks_this + apart or len(last) != lacks_last + apart:
        return
    count = 0
    seen: set[tuple[object, ...]] = set()
    for first in permutations(this, lacks_this):
        rest = [n for n in this if n not in first]
        for lasts in _arrangements(last, lacks_last, rest):
            count += 1
            if count > _MOST_WAYS:
                return
            way = _way(own, list(first), lasts[0], pairs, rest, lasts[1])
            key = _key(way)
            if key not in seen:
                seen.add(key)
                yield way


def _arrangements(
    last: list[Number], lacking: int, rest: list[Number]
) -> Iterator[tuple[list[Number], list[Number]]]:
    for chosen in permutations(last, lacking):
        others = [n for n in last if n not in chosen]
        for order in permutations(others, len(rest)):
            yield list(chosen), list(order)


def _way(
    own: list[tuple[Number | None, Number | None]],
    this: list[Number],
    last: list[Number],
    pairs: list[Pair],
    rest_this: list[Number],
    rest_last: list[Number],
) -> Way:
    named = []
    firsts, seconds = iter(this), iter(last)
    for t, x in own:
        one = t if t is not None else next(firsts)
        two = x if t is None or x is not None else next(seconds)
        named.append(Pair(one, two))
    loose = [Pair(t, x) for t, x in zip(rest_this, rest_last, strict=True)]
    return Way(tuple(named), (*pairs, *loose))


def _key(way: Way) -> tuple[object, ...]:
    """Ways that differ only in which of two equal numbers stands where are one way."""
    named = tuple((p.this.value, p.last.value if p.last else None) for p in way.named)
    loose = Counter((p.this.value, p.last.value if p.last else None) for p in way.nameless)
    return named, frozenset(loose.items())


def _own(name: NumberedName) -> tuple[Number | None, Number | None] | None:
    """Return what a name prints itself: this year's and last year's number; None where it prints too many."""
    this = [n for n in name.numbers if not n.bracketed]
    last = [n for n in name.numbers if n.bracketed]
    if len(this) > 1 or len(last) > 1:
        return None
    return (this[0] if this else None), (last[0] if last else None)


def _loose(rows: list[tuple[Number, ...]]) -> tuple[list[Pair], list[Number], list[Number]]:
    pairs: list[Pair] = []
    this: list[Number] = []
    last: list[Number] = []
    for row in rows:
        if len(row) == 2 and not row[0].bracketed and row[1].bracketed:
            pairs.append(Pair(row[0], row[1]))
        else:
            this += [n for n in row if not n.bracketed]
            last += [n for n in row if n.bracketed]
    return pairs, this, last


def shared_links(ways: tuple[Way, ...]) -> frozenset[tuple[int, int]]:
    """Return the links (starts of this and last year's number) that every way makes."""
    links = [frozenset((p.this.start, p.last.start) for p in way.pairs if p.last is not None) for way in ways]
    return frozenset.intersection(*links) if links else frozenset()
