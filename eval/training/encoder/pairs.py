"""Questions with the window that answers each and windows that nearly do, as vectors of the encoder as it came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.chunking import chunk
from corpus.library import read_folder
from corpus.normalizing import normalize, squash
from corpus.types import Passage
from eval.datasets.beir import read_beir
from eval.datasets.jsonl import read_jsonl
from eval.retrieving import passages
from index.fields import text_of
from index.types import Encoder, Vectors
from index.windows import windows

HARD = 8
"""Windows a question that nearly answer it: the nearest of those that do not."""
_LOOKED_AT = 60


@dataclass(frozen=True)
class QuestionSet:
    """A collection's windows and its questions, as vectors.

    `owners[i]` is the number of the passage of which window i is; `answering[q]` are the passages that answer q.
    """

    name: str
    questions: Vectors
    answering: Sequence[frozenset[int]]
    windows: Vectors
    owners: npt.NDArray[np.int64]
    passages: int

    @cached_property
    def pairs(self) -> "Pairs":
        """Return what is learned from: questions without an answer or without enough others are left out."""
        found = list(self._pairs())
        return Pairs(
            self.questions[[q for q, _, _ in found]],
            np.array([w for _, w, _ in found]),
            self.windows[[w for _, w, _ in found]],
            self.windows[np.array([hard for _, _, hard in found]).reshape(-1, HARD)],
        )

    def _pairs(self) -> Iterator[tuple[int, int, list[int]]]:
        for q, answering in enumerate(self.answering):
            near = np.argsort(-(self.windows @ self.questions[q]), kind="stable")
            right = np.isin(self.owners[near], list(answering))
            hard = near[:_LOOKED_AT][~right[:_LOOKED_AT]][:HARD]
            if right.any() and len(hard) == HARD:
                yield q, int(near[right][0]), hard.tolist()


@dataclass(frozen=True)
class Pairs:
    """Row i of each: a question, the number and the vector of its window, and HARD windows that do not answer it."""

    questions: Vectors
    numbers: npt.NDArray[np.int64]
    right: Vectors
    hard: Vectors


def of_retrieval(folder: Path, encoder: Encoder, *, limit: int | None = None) -> QuestionSet:
    """Return a retrieval set (BEIR); with a limit, its first so many queries by id and the passages they need."""
    gold = read_beir(folder)
    asked = dict(sorted(gold.queries.items())[:limit])
    needed = {id for key in asked for id, grade in gold.qrels.get(key, {}).items() if grade > 0}
    held = [p for p in passages(gold.corpus) if limit is None or p.id in needed]
    judged = [{id for id, grade in gold.qrels.get(key, {}).items() if grade > 0} for key in asked]
    return _encoded(folder.name, list(asked.values()), judged, held, encoder)


def of_city(documents: Path, questions: Sequence[Path], encoder: Encoder) -> QuestionSet:
    """Return question sets on a folder of documents: a passage answers if it holds an evidence."""
    held = [passage for document in read_folder(documents)[0] for passage in chunk(document)]
    spelled = [(passage.id, squash(passage.text)) for passage in held]
    asked: list[str] = []
    judged: list[set[str]] = []
    for path in questions:
        for row in read_jsonl(path.read_text(encoding="utf-8"))[0]:
            if row.evidence and not row.history:
                wanted = [squash(evidence) for evidence in row.evidence]
                asked.append(row.question)
                judged.append({id for id, text in spelled if any(quote in text for quote in wanted)})
    return _encoded("+".join(path.stem for path in questions), asked, judged, held, encoder)


def _encoded(
    name: str,
    asked: Sequence[str],
    judged: Sequence[set[str]],
    held: Sequence[Passage],
    encoder: Encoder,
) -> QuestionSet:
    cut = [windows(text_of(passage)) for passage in held]
    numbers: Mapping[str, int] = {passage.id: number for number, passage in enumerate(held)}
    return QuestionSet(
        name,
        encoder.encode_queries([normalize(text) for text in asked]),
        [frozenset(numbers[id] for id in ids if id in numbers) for ids in judged],
        encoder.encode_passages([window for each in cut for window in each]),
        np.repeat(np.arange(len(held)), [len(each) for each in cut]),
        len(held),
    )
