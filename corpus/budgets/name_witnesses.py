"""What witnesses to the names of nameless pairs of amounts; each witness can err alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.budgets.amounts import yen
from corpus.budgets.highlights import Highlight, Pair
from corpus.budgets.kept_order import column_runs, order_gaps
from corpus.budgets.name_likeness import letter_pairs, most_like, told_of
from corpus.budgets.pieces import Line, Number, NumberedName, is_prose, numbers_of

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


class Witnesses:
    """The witnesses of one section, asked about assignments of its open pairs to its open names.

    - `rounded`: the table in 百万円 names the project on a page, and of all open pairs only one rounds to a number there;
    - `composed`: a highlight that is a sum of pairs is clearly most like one name, so that name's pair is in the sum;
    - `description`: a sentence right below a run of loose amounts is clearly about one open name: that run holds it;
    - `column`: amounts on neighbouring lines come in the order of their numbers, as long as the document's numbered
      names on neighbouring lines always do, so often that it is chance at most once in a hundred;
    - `staff`: a project that pays n people (人件費 n人) costs at least a million yen a head;
    - `order`: the pairs whose names are known run steadily down (or up) the numbers, and between each two of them
      stand exactly as many open pairs as numbers are open there. That is believed only where it could be chance
      at most once in a hundred; then an open pair's number lies between its neighbours' numbers.
    """

    def __init__(
        self, evidence: Evidence, found: dict[int, Pair], names: list[NumberedName], pairs: list[Pair]
    ) -> None:
        self._evidence, self._names, self._pairs = evidence, names, pairs
        self._anchors = dict(evidence.known) | found
        self._runs = described_runs(evidence, names, pairs)
        self._gaps = order_gaps(self._anchors, names, pairs, evidence.beside)
        self._columns = column_runs(pairs) if evidence.columns else []

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
            for pool in composed_sums(self._evidence, name, self._pairs):
                yield "composed", pair.this.start in pool
            for project, people in self._evidence.staff:
                if project == name.number:
                    yield "staff", _pays(pair, people)


def _pays(pair: Pair, people: int) -> bool:
    value = pair.this.value or Decimal(0)
    return yen(value, pair.this.unit or "円") >= people * _STAFF_COST


def composed_sums(evidence: Evidence, name: NumberedName, pairs: Sequence[Pair]) -> list[set[int]]:
    """Return the open pairs (their starts) of each sum of pairs that a highlight clearly like the name prints."""
    pools = []
    for highlight, parts in evidence.highlights:
        if highlight.name and len(parts) > 1 and any(p in pairs for p in parts):
            like = most_like(highlight.name.text, [n.label for n in evidence.names])
            if like is not None and evidence.names[like] == name:
                pools.append({p.this.start for p in parts if p in pairs})
    return pools


def described_runs(
    evidence: Evidence, names: Sequence[NumberedName], pairs: Sequence[Pair]
) -> list[tuple[int, list[Pair]]]:
    """Return (project number, the open pairs of a run) for each sentence right below a run of loose amounts."""
    found = []
    blocks = _prose_blocks(evidence.lines)
    often = Counter(piece for _, text in blocks for piece in letter_pairs(text))
    for first, text in blocks:
        run = set(_amount_lines_above(evidence.lines, first))
        members = [p for p in pairs if run & {n.line for n in (p.this, p.last) if n is not None}]
        owner = told_of(text, names, often) if members else None
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
