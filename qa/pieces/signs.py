"""What tells whether a piece answers a question: nearness in meaning and in words, its form, its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from qa.deadline import check_time
from qa.evidence.term_weights import AskedWords, WordVectors
from qa.pieces.cutting import Piece, Size
from qa.pieces.letters import pairs
from qa.pieces.told import Told
from qa.question.kanji import SharedKanji
from qa.types import Evidence

Numbers = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

READ = 12
"""Passages whose pieces are weighed: the evidence lies in them in .97."""
_ALIKE = 0.4  # cosines of two words up to this say nothing
_MOST = 0.7  # two different words are at most so alike
_FAR = 100  # the rank of what a leg did not find
_SMALL = 1e-6

SIGNS = (
    "bare", "told", "above", "passage", "before", "after",
    "bare_gap", "told_gap", "above_gap", "passage_gap",
    "same", "alike", "same_under", "alike_under", "alike_after", "same_passage", "heaviest", "last", "terms",
    "pairs", "pairs_under", "pairs_above", "pairs_passage", "pairs_gap", "alike_gap", "under_gap",
    "rank", "score_gap", "meaning_rank", "words_rank",
    "is_row", "is_pair", "is_line", "is_items", "is_section", "is_titled", "is_title",
    "length", "lines", "ends", "new", "has_form", "asks", "depth",
    "terms_elsewhere", "terms_nowhere", "heaviest_elsewhere", "pairs_elsewhere", "pairs_nowhere",
    "kanji", "kanji_under", "kanji_gap", "is_part",
)  # fmt: skip
_GAPS = {
    "bare_gap": "bare", "told_gap": "told", "above_gap": "above", "passage_gap": "passage",
    "pairs_gap": "pairs_under", "alike_gap": "alike", "under_gap": "alike_under",
    "kanji_gap": "kanji_under",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question as pieces are measured by it: its words, its vector, its letters; `asking` is what is asked now.

    `wanting` is the vector of what is asked now, which differs from `vector` where the turns before are read with it
    (`follows`): what is wanted is said now, what it is about may have been said before.
    """

    text: str
    asking: str
    words: AskedWords
    vector: Numbers
    wanting: Numbers
    kanji: SharedKanji
    follows: bool = False

    @property
    def before(self) -> str:
        """What was asked before it, where it is read with that."""
        return self.text.removesuffix(self.asking).strip() if self.follows else ""

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Its pairs of letters."""
        return pairs(self.text)


@dataclass(frozen=True)
class Found:
    """The pieces of the passages found, and what is known of them, row by row: `signs` (pieces, SIGNS), `forms`."""

    pieces: tuple[Piece, ...]
    evidence: tuple[Evidence, ...]
    signs: Numbers
    forms: Numbers


def measured(
    asked: Asked,
    passages: Sequence[tuple[Evidence, Told]],
    vectors: WordVectors,
) -> Found:
    """Return the pieces of `passages`, the best first, with their signs."""
    words = [_Words(asked.words, told, vectors) for _, told in passages]
    blocks = [
        _of_passage(asked, evidence, told, own) for (evidence, told), own in zip(passages, words, strict=True)
    ]
    pieces = tuple(piece for _, told in passages for piece in told.pieces)
    evidence = tuple(evidence for evidence, told in passages for _ in told.pieces)
    if not pieces:
        return Found((), (), np.zeros((0, len(SIGNS)), np.float32), np.zeros((0, 0), np.float32))
    signs = np.concatenate(blocks)
    best = passages[0][0].score
    signs[:, SIGNS.index("score_gap")] = [
        np.log(max(item.score, _SMALL) / max(best, _SMALL)) for item in evidence
    ]
    for name, column in _of_other_things(asked, [told for _, told in passages], words).items():
        signs[:, SIGNS.index(name)] = column
    for gap, of in _GAPS.items():
        own = signs[:, SIGNS.index(of)]
        signs[:, SIGNS.index(gap)] = own - own.max()
    return Found(pieces, evidence, signs, np.concatenate([told.forms for _, told in passages]))


def _of_passage(asked: Asked, evidence: Evidence, told: Told, words: "_Words") -> Numbers:
    check_time()
    count = len(told.pieces)
    bare, behind, above = (part @ asked.vector for part in (told.bare, told.told, told.above))
    mean = told.bare[told.units or slice(None)].mean(axis=0)
    whole = float(mean @ asked.vector) / (float(np.linalg.norm(mean)) + _SMALL)
    earlier, later = _neighbours(told)
    letters, titles = told.letters, told.letters_above
    share = 1 / max(1, len(asked.pairs))
    passage_letters = frozenset().union(*letters, *titles)
    columns = {
        "bare": bare, "told": behind, "above": above, "passage": np.full(count, whole),
        "before": np.where(earlier >= 0, bare[earlier], 0.0),
        "after": np.where(later >= 0, bare[later], 0.0),
        "same": words.held(words.same), "alike": words.held(words.alike),
        "same_under": words.held(words.same_under), "alike_under": words.held(words.alike_under),
        "alike_after": words.alike_after(earlier), "same_passage": np.full(count, words.passage()),
        "heaviest": words.heaviest(), "last": words.last(), "terms": np.full(count, np.log1p(words.count)),
        "pairs": [len(asked.pairs & own) * share for own in letters],
        "pairs_under": [len(asked.pairs & (own | over)) * share for own, over in zip(letters, titles, strict=True)],
        "pairs_above": [len(asked.pairs & over) * share for over in titles],
        "pairs_passage": np.full(count, len(asked.pairs & passage_letters) * share),
        "rank": np.full(count, np.log(evidence.rank)),
        "meaning_rank": np.full(count, _rank(evidence, meaning=True)),
        "words_rank": np.full(count, _rank(evidence, meaning=False)),
        **{f"is_{size}": [piece.size is size for piece in told.pieces] for size in Size if size is not Size.SENTENCE},
        "is_title": [piece.is_title for piece in told.pieces],
        "length": np.log1p([len(piece.text) for piece in told.pieces]),
        "lines": np.log1p([len(piece.spans) + piece.text.count("\n") for piece in told.pieces]),
        "ends": [piece.text.endswith("。") for piece in told.pieces],
        "new": words.new(), "has_form": told.forms.any(axis=1),
        "asks": [piece.text.rstrip().endswith(("？", "?", "か。")) for piece in told.pieces],
        "depth": [len(piece.path) for piece in told.pieces],
        "kanji": [asked.kanji.share(own) for own in told.kanji],
        "kanji_under": [asked.kanji.share(own | over) for own, over in zip(told.kanji, told.kanji_above, strict=True)],
    }  # fmt: skip
    empty = np.zeros(count)
    return np.stack([np.asarray(columns.get(name, empty), np.float32) for name in SIGNS], axis=1)


def _of_other_things(asked: Asked, told: Sequence[Told], words: Sequence["_Words"]) -> dict[str, Numbers]:
    """Return how much of the question a piece lacks that other pieces found have, and how much none of them has.

    What is asked of 北分館 and stands under 中央館 is of another thing, however near it is in meaning.
    """
    same = np.concatenate([own.same_under for own in words])
    weights = asked.words.weights
    there = same.max(axis=0, initial=0)
    lacking = (there - same) * weights
    letters = [own | over for one in told for own, over in zip(one.letters, one.letters_above, strict=True)]
    held = asked.pairs & frozenset().union(*letters)
    share = 1 / max(1, len(asked.pairs))
    return {
        "terms_elsewhere": lacking.sum(axis=1),
        "terms_nowhere": np.full(len(same), float((1 - there) @ weights), np.float32),
        "heaviest_elsewhere": lacking.max(axis=1, initial=0),
        "pairs_elsewhere": np.array([len(held - own) * share for own in letters], np.float32),
        "pairs_nowhere": np.full(len(same), 1 - len(held) * share, np.float32),
    }


def _neighbours(told: Told) -> tuple[Ints, Ints]:
    """Return for each piece the sentence that ends before it and the one that begins after it; −1 for none."""
    starts, ends = told.places
    units = np.array([*told.units, -1])
    earlier = np.searchsorted(ends[told.units], starts, side="right") - 1
    later = np.searchsorted(starts[told.units], ends)
    return units[earlier], units[later]


def _rank(evidence: Evidence, *, meaning: bool) -> float:
    ranks = [rank for leg, rank in evidence.legs.items() if leg.startswith("dense") == meaning]
    return float(np.log(min(ranks, default=_FAR)))


class _Words:
    """How much of a question's words each piece of a passage has: `same` and `alike` are (pieces, terms), 0–1."""

    def __init__(self, asked: AskedWords, told: Told, vectors: WordVectors) -> None:
        self._weights, self._told = asked.weights, told
        self._said = frozenset().union(*asked.accepts)
        self.count = len(asked.accepts)
        alike, over_alike = _likeness(asked, told, vectors)
        self.same = _same(asked.accepts, told.words)
        over = _same(asked.accepts, told.over)
        self.same_under = np.maximum(self.same, over)
        self.alike = np.maximum(self.same, alike)
        self.alike_under = np.maximum(self.alike, np.maximum(over, over_alike))

    def held(self, matrix: Numbers) -> Numbers:
        return np.asarray(matrix @ self._weights, np.float32)

    def alike_after(self, earlier: Ints) -> Numbers:
        before = np.where(earlier[:, None] >= 0, self.alike[earlier], 0)
        return np.asarray(np.maximum(self.alike_under, before) @ self._weights, np.float32)

    def passage(self) -> float:
        return (
            float(self.same_under.max(axis=0, initial=0.0) @ self._weights) if len(self.same_under) else 0.0
        )

    def heaviest(self) -> Numbers:
        return np.asarray(((1 - self.alike_under) * self._weights).max(axis=1, initial=0.0), np.float32)

    def last(self) -> Numbers:
        return np.asarray(1 - self.alike_under[:, -1] if self.count else np.zeros(len(self.same)), np.float32)

    def new(self) -> Numbers:
        """The share of a piece's words that the question does not say."""
        return np.array(
            [1 - len(own & self._said) / len(own) if own else 0.0 for own in self._told.words], np.float32
        )


def _likeness(asked: AskedWords, told: Told, vectors: WordVectors) -> tuple[Numbers, Numbers]:
    """Return how alike the best word of each piece, and of its titles, is to each term, (pieces, terms), by their vectors."""
    lexicon, terms, count = told.lexicon, len(asked.accepts), len(told.pieces)
    found = np.zeros((2 * count, terms), np.float32)
    if len(lexicon.filled) and len(asked.told):
        cosines = np.maximum.reduceat(asked.vectors @ vectors.of(lexicon.keys).T, asked.begins, axis=0)
        alike = np.zeros((len(lexicon.keys), terms), np.float32)
        alike[:, asked.told] = np.clip((cosines.T - _ALIKE) / (1 - _ALIKE), 0, _MOST)
        found[lexicon.filled] = np.maximum.reduceat(alike[lexicon.flat], lexicon.begins, axis=0)
    return found[:count], found[count:]


def _same(accepts: Sequence[frozenset[str]], texts: Sequence[frozenset[str]]) -> Numbers:
    rows = [[not own.isdisjoint(text) for own in accepts] for text in texts]
    return np.array(rows, np.float32).reshape(len(texts), len(accepts))
