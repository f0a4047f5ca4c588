"""What kind of thing answers what kind of question: counts from training, read as log ratios."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, find, hash_keys
from qa.reading.asking import Asked
from qa.reading.records import Floats
from qa.reading.vectors import LikenessVectors

_BACKGROUND = "*"
_PRIOR = 4.0
"""How many answers the coarser kind of question counts for where a finer one is rare."""
KEYS = ("gap", "unit", "near", "focus")
_NEAREST = 6
_LEAST_LIKE = 0.35
TRAITS = ("entity", "word", "shape")


def question_keys(asked: Asked) -> tuple[str, str, str]:
    """Return what the counts are kept by, the coarse before the fine."""
    return (
        f"G:{asked.gap.name}",
        f"U:{asked.gap.name}:{asked.unit or asked.focus[-1:]}",
        f"F:{asked.focus}",
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each known trait, by its number, was one of the answers to one kind of question, of `total` counted.

    The last count is 0: it is that of a trait never seen, whose number is −1.
    """

    counts: Floats
    total: float


class Expectations:
    """Scores the traits of candidates for a question: above 0 is likelier than among candidates at large.

    Kinds of question are `keys`, by ascending hash; kind i was answered `totals[i]` times, and the traits of
    its answers are `traits[bounds[i]:bounds[i + 1]]`, by ascending hash. `words[i]` is the hash of its focus,
    0 where it has none.
    """

    ARRAYS = ("keys", "totals", "bounds", "traits", "counts", "words")

    def __init__(
        self,
        *,
        keys: Hashes,
        totals: Floats,
        bounds: npt.NDArray[np.int64],
        traits: Hashes,
        counts: Floats,
        words: Hashes,
    ) -> None:
        self._keys, self._totals, self._bounds = keys, totals, bounds
        self._traits, self._counts, self._words = traits, counts, words
        self._known, numbers = np.unique(traits, return_inverse=True)
        self._numbers = numbers.astype(np.int32)
        self._rows_of_focus = np.flatnonzero(words)
        self._focuses: tuple[LikenessVectors, Floats] | None = None

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays to store, by the names in `ARRAYS`."""
        return {name: getattr(self, f"_{name}") for name in self.ARRAYS}

    def score(self, asked: Asked, traits: Hashes, vectors: LikenessVectors) -> dict[str, Floats]:
        """Return a column for each pair of `KEYS` and `TRAITS`; `traits` is (candidates, 3)."""
        columns: dict[str, Floats] = {}
        gap, unit, focus = question_keys(asked)
        background, *kinds = self._of([_BACKGROUND, gap, unit, focus])
        kinds.insert(2, self._near(asked, vectors))
        numbers = find(self._known, traits.ravel()).reshape(traits.shape)
        for own, trait in zip(numbers.T, TRAITS, strict=True):
            rarity = (background.counts[own] + 1) / np.float32(background.total + 1)
            expected = rarity
            for name, known in zip(KEYS, kinds, strict=True):
                expected = (known.counts[own] + _PRIOR * expected) / np.float32(known.total + _PRIOR)
                columns[f"expect_{name}_{trait}"] = np.log(expected / rarity)
        return columns

    def _near(self, asked: Asked, vectors: LikenessVectors) -> _Counts:
        """What answered questions for the likest things: 港 lends to 埠頭. Each counts by its likeness."""
        alike = self._focus_vectors(vectors) @ vectors.of(hash_keys([asked.focus]))[0]
        best = np.argsort(-alike, kind="stable")[:_NEAREST]
        rows = [(int(self._rows_of_focus[n]), float(alike[n])) for n in best if alike[n] > _LEAST_LIKE]
        counts, total = np.zeros(len(self._known) + 1), 0.0
        for row, like in rows:
            # A rare thing counts as much as a common one, 20 answers at most.
            scale = like * min(float(self._totals[row]), 20) / float(self._totals[row])
            own = slice(int(self._bounds[row]), int(self._bounds[row + 1]))
            counts[self._numbers[own]] += self._counts[own] * np.float32(scale)
            total += float(self._totals[row]) * scale
        return _Counts(counts.astype(np.float32), total)

    def _focus_vectors(self, vectors: LikenessVectors) -> Floats:
        if self._focuses is None or self._focuses[0] is not vectors:
            self._focuses = (vectors, vectors.of(self._words[self._rows_of_focus]))
        return self._focuses[1]

    def _of(self, keys: Sequence[str]) -> list[_Counts]:
        return [self._at(int(row)) for row in find(self._keys, hash_keys(keys))]

    def _at(self, row: int) -> _Counts:
        counts = np.zeros(len(self._known) + 1, np.float32)
        if row < 0:
            return _Counts(counts, 0.0)
        own = slice(int(self._bounds[row]), int(self._bounds[row + 1]))
        counts[self._numbers[own]] = self._counts[own]
        return _Counts(counts, float(self._totals[row]))


def _packed(counts: Mapping[tuple[str, str], int], totals: Mapping[str, int]) -> Expectations:
    kinds = list(totals)
    hashes = hash_keys(kinds)
    order = np.argsort(hashes)
    row_of = {kinds[n]: row for row, n in enumerate(order)}
    rows = np.array([row_of[kind] for kind, _ in counts], np.int64)
    traits = hash_keys(trait for _, trait in counts)
    sorting = np.lexsort((traits, rows))
    return Expectations(
        keys=hashes[order],
        totals=np.array([totals[kinds[n]] for n in order], np.float32),
        bounds=np.searchsorted(rows[sorting], np.arange(len(kinds) + 1)).astype(np.int64),
        traits=traits[sorting],
        counts=np.fromiter(counts.values(), np.float32, len(counts))[sorting],
        words=np.array([_focus_hash(kinds[n]) for n in order], np.uint64),
    )


def _focus_hash(kind: str) -> int:
    return int(hash_keys([kind[2:]])[0]) if kind.startswith("F:") and len(kind) > 2 else 0


@dataclass(slots=True)
class Tally:
    """Counts traits while training."""

    counts: Counter[tuple[str, str]]
    totals: Counter[str]

    def answer(self, asked: Asked, traits: Iterable[str]) -> None:
        """Count one right answer."""
        for key in question_keys(asked):
            self.totals[key] += 1
            self.counts.update((key, trait) for trait in traits)

    def candidate(self, traits: Iterable[str]) -> None:
        """Count one candidate, right or wrong."""
        self.totals[_BACKGROUND] += 1
        self.counts.update((_BACKGROUND, trait) for trait in traits)

    def less(self, other: "Tally") -> "Tally":
        """Return these counts without another's: what a fold may know of itself."""
        return Tally(self.counts - other.counts, self.totals - other.totals)

    def pruned(self, *, least: int) -> "Tally":
        """Keep what was the trait of at least `least` answers, and kinds of question asked that often."""
        answers = Counter[str]()
        for (key, trait), count in self.counts.items():
            if key.startswith("G:"):
                answers[trait] += count
        kept = {
            (key, trait): count
            for (key, trait), count in self.counts.items()
            if answers[trait] >= least and self.totals[key] >= least
        }
        return Tally(Counter(kept), Counter({k: n for k, n in self.totals.items() if n >= least}))

    def expectations(self) -> Expectations:
        """Return the scorer of these counts."""
        return _packed(self.counts, self.totals)

    def save(self, path: Path) -> None:
        """Write tab-separated lines: question key, trait (empty for the total), count."""
        lines = [f"{key}\t\t{count}" for key, count in sorted(self.totals.items())]
        lines += [f"{key}\t{trait}\t{count}" for (key, trait), count in sorted(self.counts.items())]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def new_tally() -> Tally:
    """Return a tally of nothing."""
    return Tally(Counter(), Counter())


def load_expectations(path: Path) -> Expectations:
    """Read what `Tally.save` wrote."""
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        key, trait, count = line.split("\t")
        if trait:
            counts[key, trait] = int(count)
        else:
            totals[key] = int(count)
    return _packed(counts, totals)
