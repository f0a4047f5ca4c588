"""Which nameless pair of amounts belongs to which name: witnesses, and when they are enough."""

from collections.abc import Sequence
from itertools import permutations

from corpus.budgets.highlights import Pair
from corpus.budgets.name_likeness import most_like
from corpus.budgets.name_witnesses import Evidence, Witnesses, composed_sums, described_runs
from corpus.budgets.pieces import NumberedName

_MOST_OPEN = 7  # 5,040 assignments


def name_pairs(evidence: Evidence) -> dict[int, Pair]:
    """Return the pairs that are proven to belong to project numbers.

    Sums never tell: exchanging two projects' amounts leaves every sum as it is. What tells is of two kinds.

    Decisive: a highlight equals one pair in both years and its name is clearly most like one project's name; or only
    one name and one pair are left.

    `Witnesses`, each of which can err alone. Two that agree on one pair settle it. For the rest, `order` must speak,
    for then the page is known to have kept its order; an assignment is proven when no witness contradicts it and some
    witness contradicts every other.

    What is not proven this way stays open: reading order alone proves nothing.
    """
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
        pools = composed_sums(evidence, name, pairs)
        kinds = [kind for kind in (says, rounds, pools) if kind]
        sets = [one for kind in kinds for one in kind]
        if len(kinds) < 2 or not any(len(one) == 1 for one in sets):
            continue
        agreed = set.intersection(*sets)
        chosen = [p for p in pairs if p.this.start in agreed]
        if len(chosen) == 1 and sum(len(one) == 1 for one in sets) >= 2:
            return {name.number: chosen[0]}
    return {}


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
