"""Queries with what the legs say of their candidates, and which of these are right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.chunking import chunk
from corpus.library import read_folder
from corpus.normalizing import normalize, squash
from corpus.types import Passage
from eval.datasets.beir import Qrels, RetrievalSet, read_beir
from eval.datasets.jsonl import read_jsonl
from eval.retrieving import passages
from index.fusion.signs import Signs, signs_of
from index.hybrid import HybridRetriever
from index.temporary_retriever import build_retriever


@dataclass(frozen=True, slots=True)
class Example:
    """One query: the signs of its candidates, their ids and grades, (rows,), and all that is judged of it."""

    query: str
    signs: Signs
    ids: Sequence[str]
    grades: npt.NDArray[np.float32]
    judged: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ExampleSet:
    """The examples of one collection; `name` tells which."""

    name: str
    examples: Sequence[Example]


def of_beir(folder: Path, legs: Sequence[str], *, limit: int | None = None) -> ExampleSet:
    """Return the examples of a retrieval set; with a limit, of the first so many queries by id."""
    gold = read_beir(folder)
    return _examples(folder.name, passages(gold.corpus), _some(gold, limit), gold.qrels, legs)


def of_city(documents: Path, questions: Sequence[Path], legs: Sequence[str]) -> ExampleSet:
    """Return the examples of question sets on a folder of documents: right is a passage that holds an evidence."""
    read, _ = read_folder(documents)
    held = [passage for document in read for passage in chunk(document)]
    spelled = [(passage.id, squash(passage.text)) for passage in held]
    asked: dict[str, str] = {}
    qrels: Qrels = {}
    for path in questions:
        for question in read_jsonl(path.read_text(encoding="utf-8"))[0]:
            wanted = [squash(evidence) for evidence in question.evidence]
            right = {id: 1 for id, text in spelled if any(evidence in text for evidence in wanted)}
            if right and not question.history:
                asked[f"{path.stem}/{question.id}"] = question.question
                qrels[f"{path.stem}/{question.id}"] = right
    return _examples(documents.name, held, asked, qrels, legs)


def _some(gold: RetrievalSet, limit: int | None) -> Mapping[str, str]:
    return dict(sorted(gold.queries.items())[:limit])


def _examples(
    name: str, held: Sequence[Passage], asked: Mapping[str, str], qrels: Qrels, legs: Sequence[str]
) -> ExampleSet:
    return ExampleSet(name, list(_asked(build_retriever(held), asked, qrels, legs)))


def _asked(
    retriever: HybridRetriever, asked: Mapping[str, str], qrels: Qrels, legs: Sequence[str]
) -> Iterator[Example]:
    for key, text in asked.items():
        signs = signs_of(retriever.rankings(normalize(text), legs=legs), legs)
        own = retriever.ids_of(signs.rows)
        grades = np.array([qrels[key].get(id, 0) for id in own], np.float32)
        yield Example(key, signs, own, grades, qrels[key])
