"""The bundled test sets are what they say: readable, distinct, and true to the built-in documents."""

import json
from collections import Counter
from pathlib import Path

import pytest

from eval.datasets.reading import BUNDLED, read_set
from eval.normalizing import squash

_DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
# A line end parts the documents, so no evidence is found across two of them.
_TEXT = "\n".join(squash(path.read_text("utf-8")) for path in sorted(_DOCUMENTS.glob("*.txt")))
_SETS = tuple(sorted(path.stem for path in BUNDLED.glob("*.jsonl")))
_SPLIT = ("yokohama-counter", "yokohama-silent")
# A computed or compared value is not printed, and a table prints its unit far from its figures.
_PRINTED = ("fact", "list")


def rows(name):
    lines = (BUNDLED / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", _SETS)
def test_a_bundled_set_loads_by_its_name_without_a_problem(name):
    gold = read_set(Path(name))
    assert gold.problems == ()
    assert len(gold.questions) == len(rows(name)) > 0


def test_no_id_and_no_question_is_used_twice_over_all_sets():
    questions = [question for name in _SETS for question in read_set(Path(name)).questions]
    ids = Counter(question.id for question in questions)
    asked = Counter(
        (squash(question.question) or question.question, question.history) for question in questions
    )
    assert [id for id, times in ids.items() if times > 1] == []
    assert [words for words, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("name", _SETS)
def test_every_evidence_and_every_tempting_text_stands_in_the_documents(name):
    quotes = [
        (row["id"], quote) for row in rows(name) for quote in (*row["evidence"], *row.get("tempting", ()))
    ]
    assert [(id, quote) for id, quote in quotes if not squash(quote) or squash(quote) not in _TEXT] == []


@pytest.mark.parametrize("name", _SETS)
def test_every_fact_and_every_member_of_a_list_can_be_read_in_the_documents(name):
    wanted = [
        (question.id, variants)
        for question in read_set(Path(name)).questions
        if question.kind in _PRINTED
        for variants in (question.members or (question.answers,))
    ]
    assert [(id, all_of) for id, all_of in wanted if not any(squash(one) in _TEXT for one in all_of)] == []


def test_the_counter_answers_stand_in_the_evidence_they_name():
    for question in read_set(Path("yokohama-counter")).questions:
        evidence = "\n".join(map(squash, question.evidence))
        for variants in question.members or (question.answers,):
            assert any(squash(variant) in evidence for variant in variants), (question.id, variants)


def test_the_silent_set_holds_sixty_unanswerables_each_with_its_temptation():
    silent = rows("yokohama-silent")
    assert [row["kind"] for row in silent] == ["unanswerable"] * 60
    assert [row["id"] for row in silent if not row["tempting"] or not row["note"]] == []


def test_the_counter_set_holds_forty_eight_facts_fourteen_lists_and_eight_with_two_readings():
    questions = read_set(Path("yokohama-counter")).questions
    kinds = Counter("ambiguous" if question.ambiguous else question.kind for question in questions)
    assert kinds == {"fact": 48, "list": 14, "ambiguous": 8}


@pytest.mark.parametrize("name", _SPLIT)
def test_half_of_each_kind_is_held_back_from_tuning(name):
    questions = read_set(Path(name)).questions
    assert {question.fields["split"] for question in questions} == {"dev", "held"}
    for kind in {(question.kind, question.ambiguous) for question in questions}:
        splits = [q.fields["split"] for q in questions if (q.kind, q.ambiguous) == kind]
        assert splits.count("dev") == splits.count("held")
