"""Reads passages for a question: the candidates of all of them, ranked, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.types import Passage
from qa.reading.asking import ask
from qa.reading.features import names, table
from qa.reading.folding import fold
from qa.reading.narrowing import narrow
from qa.reading.ranker import Ranker, open_ranker
from qa.reading.records import Record, Spread, read_text, spread
from qa.reading.scoring import answer_form
from qa.reading.vectors import LikenessVectors
from qa.reading.weighing import WordWeights

KEPT = 64
"""So many candidates pass the sieve."""
_RECORDS = 512
"""So many passages are kept as they were read: some 15 MB."""
_SHOWN = 12
_COVERED = "cover_outside"


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The phrase that answers: `passage.text[start:end] == text`.

    A higher `score` is better; `margin` is its distance to the best other answer (below 0 for all but the
    first); `probability` (0–1, calibrated) is how likely it is right if the passages hold an answer at all.
    `signs` are what the probability was read from.
    """

    passage_id: str
    start: int
    end: int
    text: str
    score: float
    probability: float
    margin: float
    signs: tuple[float, ...] = ()


class Reader:
    """Finds short answers; the passages read last are kept as they were read. Safe to share between threads."""

    def __init__(self, weights: WordWeights, vectors: LikenessVectors, ranker: Ranker) -> None:
        self._weights, self._vectors, self._ranker = weights, vectors, ranker
        self._record = lru_cache(maxsize=_RECORDS)(read_text)

    @classmethod
    def open(cls, folder: Path, weights: WordWeights, vectors: LikenessVectors) -> "Reader":
        """Open the ranker that `ReadingModel` wrote to a bundle's folder; nothing of a trainer is imported.

        ValueError (Japanese) if it was built for another version.
        """
        return cls(weights, vectors, open_ranker(folder))

    def read(self, question: str, passages: Sequence[tuple[Passage, float]]) -> list[ShortAnswer]:
        """Return the best answers, distinct in wording, best first. Passages come with their retrieval scores.

        Scores above 0 count by their share of the best; of others (such as −rank) only the order counts.
        """
        if not passages or not question.strip():
            return []
        ordered = sorted(passages, key=lambda pair: (-pair[1], pair[0].id))
        records = [self._record(passage.text) for passage, _ in ordered]
        return rank(question, ordered, records, self._weights, self._vectors, self._ranker)


def rank(
    question: str,
    passages: Sequence[tuple[Passage, float]],
    records: Sequence[Record],
    weights: WordWeights,
    vectors: LikenessVectors,
    ranker: Ranker,
) -> list[ShortAnswer]:
    """Rank the candidates of passages given best first, each with its retrieval score."""
    read = [(p, s, r) for (p, s), r in zip(passages, records, strict=True) if len(r.first)]
    if not read:
        return []
    behind = ranker.calibration.behind(np.array([score for _, score, _ in read]))
    asked = ask(question)
    pages = spread([r for _, _, r in read], [fold(p.text) for p, _, _ in read])
    counted = weights.of(asked.keys)
    pages = narrow(asked, pages, counted)
    # Kernels of BLAS may compute on lanes behind the last number; what is there can raise a flag, and is no result.
    with np.errstate(invalid="ignore"):
        features = table(asked, pages, counted, ranker.expectations, vectors)
    kept = _sieved(ranker.sieve.predict(features))
    scores = ranker.trees.predict(features[:, kept]) - behind[pages.passage[kept]]
    covered = features[names().index(_COVERED), kept]
    found = [
        _Found(read[n][0], start, end, score, cover)
        for n, start, end, score, cover in zip(
            *_places(pages, kept), scores.tolist(), covered.tolist(), strict=True
        )
    ]
    distinct = _distinct(found)[: _SHOWN + 1]
    return _answers(distinct, ranker, no_interrogative=asked.gap == 0)


def _sieved(liked: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    if len(liked) <= KEPT:
        return np.arange(len(liked))
    return np.sort(np.argpartition(-liked, KEPT)[:KEPT])


@dataclass(frozen=True, slots=True)
class _Found:
    passage: Passage
    start: int
    end: int
    score: float
    covered: float

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def _places(pages: Spread, kept: npt.NDArray[np.int64]) -> tuple[list[int], list[int], list[int]]:
    """Return each candidate's passage, start and end."""
    columns, passage = pages.columns, pages.passage[kept]
    starts = columns.starts[columns.first[kept]] - pages.shift[passage]
    ends = columns.ends[columns.last[kept] - 1] - pages.shift[passage]
    return passage.tolist(), starts.tolist(), ends.tolist()


def _distinct(found: Sequence[_Found]) -> list[_Found]:
    """Keep the best of each wording, best first; ties by place."""
    best: dict[str, _Found] = {}
    for one in sorted(found, key=lambda f: (-f.score, f.passage.id, f.start, f.end)):
        best.setdefault(answer_form(one.text), one)
    return list(best.values())


def _answers(found: Sequence[_Found], ranker: Ranker, *, no_interrogative: bool) -> list[ShortAnswer]:
    if not found:
        return []
    second = found[1].score if len(found) > 1 else found[0].score - 5.0
    margins = [f.score - (second if n == 0 else found[0].score) for n, f in enumerate(found)]
    signs = np.array([[f.score, m, f.covered, no_interrogative] for f, m in zip(found, margins, strict=True)])
    chances = ranker.calibration.probability(signs.astype(np.float64))
    return [
        ShortAnswer(f.passage.id, f.start, f.end, f.text, f.score, float(p), m, tuple(map(float, s)))
        for f, p, m, s in zip(found, chances, margins, signs, strict=True)
    ][:_SHOWN]
