"""Measures the reader: `python -m qa.reading.measuring --data FOLDER [--limit N] [--retrieval K]`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from corpus.types import Passage
from qa.reading.datasets import ReadingQuestion, ReadingSet, read_set
from qa.reading.ranker import read_ranker, shipped_ranker
from qa.reading.reader import Reader, ShortAnswer
from qa.reading.records import Record, read_text
from qa.reading.scoring import answer_form, char_f1, exact_match
from qa.reading.vectors import likeness_vectors
from qa.reading.weighing import count_words


@dataclass(frozen=True, slots=True)
class Measured:
    """Means over questions, times in milliseconds a question (reading alone, retrieval not counted)."""

    questions: int
    exact_match: float
    char_f1: float
    candidate_recall: float
    candidates_per_passage: float
    brier: float
    ms_median: float
    ms_99th: float


Given = dict[str, list[tuple[Passage, float]]]
"""The passages that each question is read with."""


def measure(
    data: ReadingSet,
    *,
    limit: int | None = None,
    retrieve: int | None = None,
    model: Path | None = None,
) -> Measured:
    """Read each question's own passage, or the first `retrieve` that the index finds for it."""
    passages = list(data.passages.values())
    records = [read_text(passage.text) for passage in passages]
    questions = _some(data.questions, limit)
    given = _retrieved(passages, questions, retrieve) if retrieve else _own(data, questions)
    ranker = read_ranker(model) if model else shipped_ranker()
    answered, times = _answer(Reader(count_words(records), likeness_vectors(), ranker), questions, given)
    by_id = dict(zip(data.passages, records, strict=True))
    return _measured(data, questions, answered, times, by_id)


def _some(questions: Sequence[ReadingQuestion], limit: int | None) -> list[ReadingQuestion]:
    if limit is None or limit >= len(questions):
        return list(questions)
    chosen = np.random.default_rng(0).choice(len(questions), limit, replace=False)
    return [questions[n] for n in sorted(chosen)]


def _own(data: ReadingSet, questions: Sequence[ReadingQuestion]) -> Given:
    return {q.id: [(data.passages[q.passage_id], 1.0)] for q in questions}


def _retrieved(passages: Sequence[Passage], questions: Sequence[ReadingQuestion], k: int) -> Given:
    from index.temporary_retriever import build_retriever

    retriever = build_retriever(passages)
    by_id = {p.id: p for p in passages}
    return {
        q.id: [(by_id[hit.passage_id], hit.score) for hit in retriever.search(q.text, k=k)] for q in questions
    }


def _answer(
    reader: Reader, questions: Sequence[ReadingQuestion], given: Given
) -> tuple[list[ShortAnswer | None], list[float]]:
    answered: list[ShortAnswer | None] = []
    times: list[float] = []
    for question in questions:
        begin = perf_counter()
        found = reader.read(question.text, given[question.id])
        times.append(1000 * (perf_counter() - begin))
        answered.append(found[0] if found else None)
    return answered, times


def _measured(
    data: ReadingSet,
    questions: Sequence[ReadingQuestion],
    answered: Sequence[ShortAnswer | None],
    times: Sequence[float],
    records: dict[str, Record],
) -> Measured:
    pairs = list(zip(questions, answered, strict=True))
    exact = np.array([exact_match(a.text, q.answers) if a else 0.0 for q, a in pairs])
    chances = np.array([a.probability if a else 0.0 for a in answered])
    forms = {i: _forms(data.passages[i], records[i]) for i in {q.passage_id for q in questions}}
    return Measured(
        questions=len(pairs),
        exact_match=round(float(exact.mean()), 4),
        char_f1=round(float(np.mean([char_f1(a.text, q.answers) if a else 0.0 for q, a in pairs])), 4),
        candidate_recall=round(float(np.mean([_holds(forms[q.passage_id], q) for q, _ in pairs])), 4),
        candidates_per_passage=round(float(np.mean([len(r.first) for r in records.values()])), 1),
        brier=round(float(np.mean((chances - exact) ** 2)), 4),
        ms_median=round(float(np.percentile(times, 50)), 2),
        ms_99th=round(float(np.percentile(times, 99)), 2),
    )


def _forms(passage: Passage, stored: Record) -> set[str]:
    starts, ends = stored.starts[stored.first], stored.ends[stored.last - 1]
    return {answer_form(passage.text[a:b]) for a, b in zip(starts, ends, strict=True)}


def _holds(forms: set[str], question: ReadingQuestion) -> bool:
    return any(answer_form(answer) in forms for answer in question.answers)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--retrieval", type=int, help="read the first K passages found, not the one given")
    parser.add_argument("--model", type=Path, help="a folder that training wrote; else the shipped one")
    given = parser.parse_args(arguments)
    measured = measure(
        read_set(given.data),
        limit=given.limit,
        retrieve=given.retrieval,
        model=given.model,
    )
    sys.stdout.write(json.dumps(asdict(measured), indent=1) + "\n")


if __name__ == "__main__":
    main()
