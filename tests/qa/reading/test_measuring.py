"""What the measuring command counts, and that the shipped ranker reads well enough."""

import json
from pathlib import Path

import pytest

from qa.reading.datasets import ReadingSet, read_set
from qa.reading.measuring import measure

SHARED = Path(__file__).parents[4] / "shared"


def write_set(folder: Path) -> Path:
    corpus = [
        {"_id": "p0", "title": "港", "text": "港は1859年に開かれた。"},
        {"_id": "p1", "title": "市長", "text": "初代の市長は山田太郎である。"},
    ]
    answers = [
        {"id": "q0", "question": "港は何年に開かれましたか", "passage_id": "p0", "answers": ["1859年"]},
        {"id": "q1", "question": "初代の市長は誰ですか", "passage_id": "p1", "answers": ["海原の名は無い"]},
    ]
    for file, rows in (("corpus.jsonl", corpus), ("answers.jsonl", answers)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / file).write_text(lines, encoding="utf-8")
    return folder


def test_right_and_reachable_answers_are_counted(tmp_path: Path) -> None:
    """One of two questions is answered; the other's answer is no candidate anywhere."""
    measured = measure(read_set(write_set(tmp_path)))
    assert (measured.questions, measured.exact_match, measured.candidate_recall) == (2, 0.5, 0.5)


def test_with_retrieval_the_passages_that_the_index_finds_are_read(tmp_path: Path) -> None:
    """The question on the harbour finds the harbour's passage; one with no such passage beside it cannot."""
    data = read_set(write_set(tmp_path))
    assert measure(data, retrieve=1, limit=2).exact_match == 0.5
    without = ReadingSet({i: p for i, p in data.passages.items() if i == "p1"}, data.questions[1:])
    assert measure(without, retrieve=1).exact_match == 0.0


def test_jsquad_is_read_as_well_as_promised() -> None:
    """On 60 passages of JSQuAD valid, the passage given: EM of .58 and F1 of .70 at least."""
    folder = SHARED / "data" / "jsquad-valid"
    if not folder.is_dir():
        pytest.skip("the JSQuAD set is not beside the project")
    data = read_set(folder)
    chosen = dict(list(data.passages.items())[::19])
    questions = tuple(q for q in data.questions if q.passage_id in chosen)
    measured = measure(ReadingSet(chosen, questions))
    assert measured.exact_match >= 0.58
    assert measured.char_f1 >= 0.70
    assert measured.candidate_recall >= 0.93
