"""Generated near misses are what they say: a twin's value stands under its thing, a near miss's fact does not."""

from pathlib import Path

import pytest

from eval.datasets.reading import read_set
from eval.near_misses.__main__ import SEEDS, main
from eval.near_misses.inventing import core
from eval.near_misses.measuring import counts, results
from eval.near_misses.types import World, WrittenSheet
from eval.near_misses.vocabulary import HALVES, MEASURED, TRAINING, vocabulary
from eval.near_misses.worlds import world
from eval.normalizing import squash
from qa.types import Answer, Decline, Reply

_OWN_STRETCH = {"見出しと項目行", "箇条書き", "文章", "折り返された文章", "ばらけた表"}
"""Layouts in which all that is told of a thing stands between its name and the next one's."""
_OWN_LINE = {"表（Markdown）", "表（桁そろえ）"}


@pytest.fixture(scope="module", params=[(half, seed) for half in HALVES for seed in (1, 2, 3)], ids=str)
def made(request: pytest.FixtureRequest) -> World:
    """Three worlds of each half."""
    half, seed = request.param
    return world(vocabulary(half), seed)


def test_every_value_stands_in_its_evidence_and_that_in_its_document(made: World) -> None:
    for written in made.sheets:
        text = squash(written.page.text)
        for thing in written.sheet.things:
            for key, value in thing.told.items():
                evidence = squash(written.page.evidence[thing.name, key])
                assert squash(value) in evidence, (written.file, thing.name, key)
                assert evidence in text, (written.file, thing.name, key)


def test_what_stands_under_a_thing_holds_the_values_it_has_and_none_of_its_neighbours(made: World) -> None:
    seen = 0
    for written in made.sheets:
        for name, stretch in _stretches(written).items():
            own = next(thing for thing in written.sheet.things if thing.name == name)
            for other in written.sheet.things:
                for key, value in other.told.items():
                    told = squash(core(value)) in squash(stretch)
                    assert told == (other is own), (written.layout, name, key, value)
                    seen += 1
    assert seen > 100


def _stretches(written: WrittenSheet) -> dict[str, str]:
    """Return what is told of each thing, found in the text alone, where the layout lets it be found so."""
    text, names = written.page.text, [thing.name for thing in written.sheet.things]
    if written.layout in _OWN_LINE:
        return {name: next(line for line in text.split("\n") if name in line) for name in names}
    if written.layout not in _OWN_STRETCH:
        return {}
    begins = [text.index(name) for name in names]
    assert begins == sorted(begins)
    return {
        name: text[start:end] for name, start, end in zip(names, begins, [*begins[1:], None], strict=True)
    }


def test_a_near_miss_asks_what_its_thing_lacks_and_its_twin_what_the_other_thing_has(made: World) -> None:
    told = {thing.name: thing.told for written in made.sheets for thing in written.sheet.things}
    for miss, twin in zip(made.cases[::2], made.cases[1::2], strict=True):
        assert miss.is_near_miss
        assert not twin.is_near_miss
        assert miss.fact == twin.fact
        assert miss.fact not in told[miss.thing]
        assert miss.others, "somebody has the fact"
        assert twin.gold.answers[0] == told[twin.thing][twin.fact]
        assert miss.gold.question.replace(miss.thing, "") == twin.gold.question.replace(twin.thing, "")
        assert not any(core(value) in other for value in twin.gold.answers[:1] for other in twin.others)


def test_the_measured_worlds_hold_300_near_misses_and_300_twins_in_every_layout() -> None:
    cases = [case for seed in SEEDS for case in world(vocabulary(MEASURED), seed).cases]
    assert [sum(case.is_near_miss for case in cases), len(cases)] == [300, 600]
    assert len({case.layout for case in cases}) == 11
    assert len({case.gold.id for case in cases}) == 600


def test_what_is_measured_shares_no_kind_name_or_wording_with_what_is_fitted_on() -> None:
    measured, training = vocabulary(MEASURED), vocabulary(TRAINING)
    assert not {kind.key for kind in measured.kinds} & {kind.key for kind in training.kinds}
    said = [{text for fact in half.facts.values() for text in fact.wordings} for half in (measured, training)]
    assert not said[0] & said[1]
    worlds = [[world(half, seed) for seed in SEEDS] for half in (measured, training)]
    names = [{thing.name for one in own for s in one.sheets for thing in s.sheet.things} for own in worlds]
    assert not names[0] & names[1]
    assert min(map(len, names)) > 200


@pytest.mark.parametrize("half", HALVES)
def test_each_fact_is_asked_for_in_twelve_wordings_or_more(half: str) -> None:
    for fact in vocabulary(half).facts.values():
        assert len(set(fact.wordings)) >= 12, fact.key
        assert all("{name}" in wording for wording in fact.wordings), fact.key


def test_a_world_is_written_as_a_test_set_with_its_documents(tmp_path: Path) -> None:
    main(["--write", str(tmp_path), "--seed", "3", "--pairs", "4"])
    gold = read_set(tmp_path / "questions.jsonl")
    told = "\n".join(squash(file.read_text("utf-8")) for file in (tmp_path / "documents").iterdir())
    assert gold.problems == ()
    assert len(gold.questions) == 80
    assert all(squash(quote) in told for question in gold.questions for quote in question.evidence)
    assert {question.kind for question in gold.questions} == {"fact", "unanswerable"}


class _Silent:
    def ask(self, question: str, *, history: object = ()) -> Reply:
        return Decline(question, "文書に見当たりません。", "not_told")


class _Careless:
    """Says every value there is of what it is asked for, the thing's own or not."""

    def __init__(self, made: World) -> None:
        self._told = {case.gold.question: (*case.gold.answers, *case.others) for case in made.cases}

    def ask(self, question: str, *, history: object = ()) -> Reply:
        told = self._told[question]
        return Answer(question, told[0], told[0], (), 0.9)


def test_a_silent_counter_misses_every_twin_and_a_careless_one_answers_with_neighbours_values() -> None:
    made = world(vocabulary(TRAINING), 1)
    silent, careless = counts(results(_Silent(), made)), counts(results(_Careless(made), made))
    assert [silent["misses_answered"].count, silent["twins_answered"].count] == [0, 0]
    assert [careless["misses_with_a_neighbours_value"].count, careless["twins_right"].count] == [50, 50]
    assert careless["misses_answered"].low > 0.9
