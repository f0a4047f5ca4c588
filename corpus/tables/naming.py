"""Which nameless pair of amounts belongs to which name: witnesses, and when they are enough.

Sums never tell: exchanging two projects' amounts leaves every sum as it is. What tells is of two kinds.

Decisive: a highlight equals one pair in both years and its name is clearly most like one project's name; or only
one name and one pair are left.

Witnesses, each of which can err alone:
- `rounded`: the table in 百万円 names the project on a page, and of all open pairs only one rounds to a number there;
- `composed`: a highlight that is a sum of pairs is clearly most like one name, so that name's pair is in the sum;
- `description`: a sentence right below a run of loose amounts is clearly about one open name: that run holds it;
- `column`: amounts on neighbouring lines come in the order of their numbers, as long as the document's numbered
  names on neighbouring lines always do, so often that it is chance at most once in a hundred;
- `staff`: a project that pays n people (人件費 n人) costs at least a million yen a head;
- `order`: the pairs whose names are known run steadily down (or up) the numbers, and between each two of them
  stand exactly as many open pairs as numbers are open there. That is believed only where it could be chance
  at most once in a hundred; then an open pair's number lies between its neighbours' numbers.

Two witnesses that agree on one pair settle it. For the rest, `order` must speak, for then the page is known to have
kept its order; an assignment is proven when no witness contradicts it and some witness contradicts every other.
What is not proven this way stays open: reading order alone proves nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import factorial

from corpus.normalizing import squash
from corpus.tables.amounts import yen
from corpus.tables.highlights import Highlight, Pair
from corpus.tables.pieces import Line, Number, NumberedName, is_prose, numbers_of

_MOST_OPEN = 7  # 5,040 assignments
_CHANCE = 100
_STAFF_COST = 1_000_000  # yen a head and year: full-time staff cost several times that

Assignment = tuple[int, ...]  # the number of the pair for each open name, in order


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the document offers for one section besides its own page."""

    names: tuple[NumberedName, ...]
    pairs: tuple[Pair, ...]
    known: tuple[tuple[int, Pair], ...]  # project numbers whose pairs are printed beside the name
    beside: frozenset[int]  # starts of the numbers that stand on the line of their name
    highlights: tuple[tuple[Highlight, tuple[Pair, ...]], ...]
    rounded: tuple[tuple[int, Number], ...]  # project number, the one pair's this-year number that rounds
    lines: tuple[Line, ...]
    staff: tuple[tuple[int, int], ...]  # project number, people paid
    columns: bool


def assign(evidence: Evidence) -> dict[int, Pair]:
    """Return the pairs that are proven to belong to project numbers."""
    found: dict[int, Pair] = {}
    for _ in range(len(evidence.names) + 1):
        step = _settled(evidence, found)
        if not step:
            break
        found |= step
    open_names = [n for n in evidence.names if n.number not in found]
    open_pairs = [p for p in evidence.pairs if p not in found.values()]
    if len(open_names) == len(open_pairs) and 2 <= len(open_names) <= _MOST_OPEN:
        found |= _by_witnesses(evidence, found, open_names, open_pairs)
    return found


def _settled(evidence: Evidence, found: dict[int, Pair]) -> dict[int, Pair]:
    """One more pair settled decisively: the last one left, a highlight's own, or one two witnesses agree on."""
    names = [n for n in evidence.names if n.number not in found]
    pairs = [p for p in evidence.pairs if p not in found.values()]
    if len(names) == len(pairs) == 1:
        return {names[0].number: pairs[0]}
    new = _only_new(names, pairs)
    return new or _by_highlight(evidence, names, pairs) or _by_two(evidence, names, pairs)


def _only_new(names: Sequence[NumberedName], pairs: Sequence[Pair]) -> dict[int, Pair]:
    """The only project marked new has the only pair without last year's amount."""
    fresh = [p for p in pairs if p.last is None or p.last.value is None]
    marked = [n for n in names if "新規" in n.marks]
    return {marked[0].number: fresh[0]} if len(fresh) == len(marked) == 1 else {}


def _by_highlight(
    evidence: Evidence, names: Sequence[NumberedName], pairs: Sequence[Pair]
) -> dict[int, Pair]:
    for highlight, parts in evidence.highlights:
        if highlight.name and len(parts) == 1 and parts[0] in pairs:
            named = most_like(highlight.name.text, [n.label for n in evidence.names])
            if named is not None and evidence.names[named] in names:
                return {evidence.names[named].number: parts[0]}
    return {}


def _by_two(evidence: Evidence, names: Sequence[NumberedName], pairs: Sequence[Pair]) -> dict[int, Pair]:
    """A pair on which `rounded` and `description` (or `composed` with either, where it leaves one) agree."""
    runs = described_runs(evidence, names, pairs)
    for name in names:
        says: list[set[int]] = [{p.this.start for p in run} for number, run in runs if number == name.number]
        rounds = [{number.start} for project, number in evidence.rounded if project == name.number]
        pools = _composed(evidence, name, pairs)
        kinds = [kind for kind in (says, rounds, pools) if kind]
        sets = [one for kind in kinds for one in kind]
        if len(kinds) < 2 or not any(len(one) == 1 for one in sets):
            continue
        agreed = set.intersection(*sets)
        chosen = [p for p in pairs if p.this.start in agreed]
        if len(chosen) == 1 and sum(len(one) == 1 for one in sets) >= 2:
            return {name.number: chosen[0]}
    return {}


def _composed(evidence: Evidence, name: NumberedName, pairs: Sequence[Pair]) -> list[set[int]]:
    pools = []
    for highlight, parts in evidence.highlights:
        if highlight.name and len(parts) > 1 and any(p in pairs for p in parts):
            like = most_like(highlight.name.text, [n.label for n in evidence.names])
            if like is not None and evidence.names[like] == name:
                pools.append({p.this.start for p in parts if p in pairs})
    return pools


def _by_witnesses(
    evidence: Evidence, found: dict[int, Pair], names: list[NumberedName], pairs: list[Pair]
) -> dict[int, Pair]:
    witnesses = Witnesses(evidence, found, names, pairs)
    if not witnesses.orderly:
        return {}
    ways = list(permutations(range(len(pairs))))
    against = {way: witnesses.against(way) for way in ways}
    clear = [way for way in ways if not against[way]]
    if len(clear) != 1:
        return {}
    chosen = clear[0]
    return {name.number: pairs[chosen[i]] for i, name in enumerate(names)}


class Witnesses:
    """The witnesses of one section, asked about assignments of its open pairs to its open names."""

    def __init__(
        self, evidence: Evidence, found: dict[int, Pair], names: list[NumberedName], pairs: list[Pair]
    ) -> None:
        self._evidence, self._names, self._pairs = evidence, names, pairs
        self._anchors = dict(evidence.known) | found
        self._runs = described_runs(evidence, names, pairs)
        self._gaps = _order_gaps(self._anchors, names, pairs, evidence.beside)
        self._columns = _column_runs(evidence, pairs) if evidence.columns else []

    @property
    def orderly(self) -> bool:
        """Whether `order` speaks."""
        return bool(self._gaps)

    def against(self, way: Assignment) -> frozenset[str]:
        """Return the kinds of witness that contradict `way`."""
        number_of = {self._pairs[pair].this.start: self._names[i].number for i, pair in enumerate(way)}
        return frozenset(kind for kind, holds in self._asked(way, number_of) if not holds)

    def _asked(self, way: Assignment, number_of: dict[int, int]) -> Iterator[tuple[str, bool]]:
        for start, (low, high) in self._gaps.items():
            yield "order", low < number_of[start] < high
        for run in self._columns:
            numbers = [number_of[pair.this.start] for pair in run]
            yield "column", numbers == sorted(numbers)
        for number, members in self._runs:
            yield "description", number in {number_of.get(p.this.start) for p in members}
        for number, rounded in self._evidence.rounded:
            if rounded.start in number_of:
                yield "rounded", number_of[rounded.start] == number
        for i, name in enumerate(self._names):
            pair = self._pairs[way[i]]
            for pool in _composed(self._evidence, name, self._pairs):
                yield "composed", pair.this.start in pool
            for project, people in self._evidence.staff:
                if project == name.number:
                    yield "staff", _pays(pair, people)


def _pays(pair: Pair, people: int) -> bool:
    value = pair.this.value or Decimal(0)
    return yen(value, pair.this.unit or "円") >= people * _STAFF_COST


def _order_gaps(
    anchors: dict[int, Pair], names: list[NumberedName], pairs: list[Pair], beside: frozenset[int]
) -> dict[int, tuple[int, int]]:
    """Return, for each open pair, the numbers it lies between; empty where order could be chance."""
    stream: list[tuple[int, int | None, int]] = []  # place, number or None, start of the pair's amount
    for number, pair in anchors.items():
        apart = [n for n in (pair.this, pair.last) if n is not None and n.start not in beside]
        stream += [(n.start, number, pair.this.start) for n in apart]
    stream += [(pair.this.start, None, pair.this.start) for pair in pairs]
    stream.sort()
    known = [number for _, number, _ in stream if number is not None]
    total, unknown = len(set(known)) + len(pairs), len(pairs)
    if 2 * factorial(unknown) * _CHANCE > factorial(total) or len(set(known)) < 2:
        return {}
    falling = known == sorted(known, reverse=True)
    if not falling and known != sorted(known):
        return {}
    gaps = _gaps(stream, falling)
    return gaps if _fits(gaps, [name.number for name in names]) else {}


def _gaps(stream: list[tuple[int, int | None, int]], falling: bool) -> dict[int, tuple[int, int]]:
    gaps: dict[int, tuple[int, int]] = {}
    for place, number, start in stream:
        if number is None:
            before = [n for p, n, _ in stream if n is not None and p < place]
            after = [n for p, n, _ in stream if n is not None and p > place]
            outer = (10**6 if falling else 0, 0 if falling else 10**6)
            first = before[-1] if before else outer[0]
            second = after[0] if after else outer[1]
            gaps[start] = (min(first, second), max(first, second))
    return gaps


def _fits(gaps: dict[int, tuple[int, int]], numbers: list[int]) -> bool:
    """Each gap holds exactly as many open pairs as there are open numbers between its bounds."""
    for bounds, count in Counter(gaps.values()).items():
        if sum(bounds[0] < number < bounds[1] for number in numbers) != count:
            return False
    return True


def _column_runs(evidence: Evidence, pairs: list[Pair]) -> list[list[Pair]]:
    """Return runs of open pairs printed whole on neighbouring lines."""
    whole = {p.this.line: p for p in pairs if p.last is not None and p.last.line == p.this.line}
    runs: list[list[Pair]] = []
    for line in sorted(whole):
        if runs and line - 1 in whole and whole[line - 1] is runs[-1][-1]:
            runs[-1].append(whole[line])
        else:
            runs.append([whole[line]])
    return [run for run in runs if len(run) > 1]


def described_runs(
    evidence: Evidence, names: Sequence[NumberedName], pairs: Sequence[Pair]
) -> list[tuple[int, list[Pair]]]:
    """Return (project number, the open pairs of a run) for each sentence right below a run of loose amounts."""
    found = []
    blocks = _prose_blocks(evidence.lines)
    often = Counter(piece for _, text in blocks for piece in _bigrams(text))
    for first, text in blocks:
        run = set(_amount_lines_above(evidence.lines, first))
        members = [p for p in pairs if run & {n.line for n in (p.this, p.last) if n is not None}]
        owner = _about(text, names, often) if members else None
        if owner is not None:
            found.append((owner, members))
    return found


def _prose_blocks(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Return runs of prose lines with no blank line between, each with the number of its first line."""
    blocks: list[tuple[int, str]] = []
    goes_on = False
    for line in lines:
        if not is_prose(line):
            goes_on = False
        elif goes_on and not line.gap:
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + line.text)
        else:
            blocks.append((line.number, line.text))
            goes_on = True
    return blocks


def _amount_lines_above(lines: Sequence[Line], number: int) -> Iterator[int]:
    for line in reversed(lines[:number]):
        numbers = numbers_of(line)
        if not numbers or any(n.source for n in numbers):
            return
        yield line.number


def _about(text: str, names: Sequence[NumberedName], often: Counter[str]) -> int | None:
    """Return the number of the name a text is clearly about.

    A two-letter piece of a name counts the more, the fewer names and the fewer of the page's texts (`often`) have it.
    """
    pieces = [_bigrams(name.label) for name in names]
    shared = Counter(piece for own in pieces for piece in own)
    words = _bigrams(text)
    scores = [
        sum((Fraction(1, shared[p] * max(1, often[p])) for p in own & words), Fraction(0)) for own in pieces
    ]
    best = _clear_best(scores, Fraction(1))
    return None if best is None else names[best].number


def most_like(text: str, labels: Sequence[str]) -> int | None:
    """Return the place of the label that is `text`, or is clearly most like it (two-letter pieces, Dice), or None."""
    equal = [i for i, label in enumerate(labels) if squash(label) == squash(text)]
    if equal:
        return equal[0] if len(equal) == 1 else None
    own = _bigrams(text)
    scores = []
    for label in labels:
        other = _bigrams(label)
        scores.append(Fraction(2 * len(own & other), max(1, len(own) + len(other))))
    return _clear_best(scores, Fraction(3, 10))


def _clear_best(scores: Sequence[Fraction], least: Fraction) -> int | None:
    if not scores:
        return None
    ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
    best = ranked[0]
    second = scores[ranked[1]] if len(ranked) > 1 else Fraction(0)
    return best if scores[best] >= least and scores[best] >= 2 * second else None


def _bigrams(text: str) -> frozenset[str]:
    word = squash(text)
    return frozenset(word[i : i + 2] for i in range(len(word) - 1))


def columns_ascend(sections: Iterable[Sequence[NumberedName]]) -> bool:
    """Tell whether numbered names on neighbouring lines always ascend, and so often that it is no chance.

    A run of n lines ascends by chance once in n! times.
    """
    chance = 1
    for names in sections:
        for run in _neighbours({name.line: name.number for name in names if not name.numbers}):
            if run != sorted(run):
                return False
            chance *= factorial(len(run))
    return chance >= _CHANCE


def _neighbours(by_line: dict[int, int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for line in sorted(by_line):
        if line - 1 in by_line:
            runs[-1].append(by_line[line])
        else:
            runs.append([by_line[line]])
    return runs
