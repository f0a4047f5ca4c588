"""Trains the ranker: `python -m qa.reading.training --data FOLDER --output FOLDER`. The same bytes each time."""

import argparse
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.types import Passage
from qa.reading.asking import Asked, ask
from qa.reading.calibrating import fit_calibration
from qa.reading.candidates import bare, candidates
from qa.reading.datasets import ReadingQuestion, ReadingSet, read_set
from qa.reading.expectations import Expectations, Tally, new_tally
from qa.reading.features import Table, names, table
from qa.reading.folding import fold
from qa.reading.ranker import CALIBRATION, EXPECTATIONS, SIEVE, SIGNS, TREES, Calibration, Ranker
from qa.reading.reader import rank
from qa.reading.records import Record, record, spread
from qa.reading.scoring import answer_form, char_f1, exact_match
from qa.reading.sheet import sheet
from qa.reading.traits import traits_of
from qa.reading.trees import Trees, load_trees
from qa.reading.vectors import likeness_vectors
from qa.reading.weighing import WordWeights, count_words

FOLDS = 10
HELD_OUT = 9
"""Questions of this fold train no tree: the calibration is fitted on them."""
SEED = 20_221
_BACKGROUND = 20
_LEAST = 3
RANK_WEIGHT = 0.75
SCORE_WEIGHT = 4.0
"""Best on the questions of the held-out fold, read with the five passages that the index finds among its 872."""
SETTINGS: dict[str, Any] = {
    "objective": "lambdarank",
    "label_gain": [0, 1, 3, 7, 31],
    "lambdarank_truncation_level": 4,
    "num_leaves": 31,
    "learning_rate": 0.08,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "min_data_in_leaf": 60,
    "use_missing": False,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": SEED,
    "verbose": -1,
}
SIEVE_SETTINGS = {**SETTINGS, "num_leaves": 12, "learning_rate": 0.3, "feature_fraction": 0.4}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is trained: questions, wrong candidates a question, trees."""

    questions: int = 24_000
    near: int = 12
    hard: int = 48
    other: int = 6
    trees: int = 300
    sieve_trees: int = 24


PLAN = Plan()


@dataclass(frozen=True, slots=True)
class Read:
    """A passage ready for training. `traits` are the traits of its candidates in words."""

    passage: Passage
    text: str
    record: Record
    traits: tuple[tuple[str, str, str], ...]
    forms: tuple[str, ...]
    fold: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question whose answer is among the candidates `right` of its passage."""

    asked: Asked
    question: ReadingQuestion
    read: Read
    right: tuple[int, ...]


def train(data: ReadingSet, output: Path, *, plan: Plan) -> None:
    """Write the trees, the expectations and the calibration to `output`."""
    output.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(SEED)
    reads = prepare(data)
    weights = count_words([read.record for read in reads.values()])
    examples = find_examples(data, reads, chance)
    _say(f"{len(examples)} of {len(data.questions)} questions have their answer among the candidates")
    tallies = count_traits(examples, reads.values(), chance)
    whole = _sum(tallies).pruned(least=_LEAST)
    whole.save(output / EXPECTATIONS)
    by_fold = [_sum(tallies).less(own).pruned(least=_LEAST).expectations() for own in tallies]
    chosen = [e for e in examples if e.read.fold != HELD_OUT][: plan.questions]
    few = chosen[: plan.questions // 4]
    first = _fit(_sample(few, weights, by_fold, plan, chance, None), SIEVE_SETTINGS, plan.sieve_trees)
    _save_trees(first, output / SIEVE)
    sieve = load_trees(output / SIEVE)
    _say("the sieve stands; now the wrong candidates that it likes")
    final = _fit(_sample(chosen, weights, by_fold, plan, chance, sieve), SETTINGS, plan.trees)
    _save_trees(final, output / TREES)
    uncalibrated = Calibration((0.0,) * len(SIGNS), 0.0, RANK_WEIGHT, SCORE_WEIGHT)
    ranker = Ranker(sieve, load_trees(output / TREES), by_fold[HELD_OUT], uncalibrated)
    held = [q for q in data.questions if reads[q.passage_id].fold == HELD_OUT]
    _save_calibration(calibrate(held, reads, weights, ranker), output / CALIBRATION)


def prepare(data: ReadingSet) -> dict[str, Read]:
    """Find the candidates of every passage."""
    passages = list(data.passages.values())
    reads: dict[str, Read] = {}
    for number, passage in enumerate(passages, 1):
        reads[passage.id] = _prepare(passage)
        if number % 500 == 0:
            _say(f"{number} of {len(passages)} passages read")
    return reads


def _prepare(passage: Passage) -> Read:
    laid = sheet(passage.text)
    stored = record(laid)
    starts, ends = stored.starts[stored.first], stored.ends[stored.last - 1]
    traits = tuple(map(_interned, traits_of(laid, candidates(laid))))
    forms = tuple(answer_form(passage.text[a:b]) for a, b in zip(starts, ends, strict=True))
    # Articles stay whole: what is learnt of one is tried on others.
    fold_of = zlib.crc32(passage.document.encode()) % FOLDS
    return Read(passage, fold(passage.text), stored, traits, forms, fold_of)


def _interned(traits: tuple[str, str, str]) -> tuple[str, str, str]:
    entity, word, shape = map(sys.intern, traits)
    return entity, word, shape


def find_examples(data: ReadingSet, reads: dict[str, Read], chance: np.random.Generator) -> list[Example]:
    """Return the questions that can be trained on, in random order."""
    found: list[Example] = []
    for place in chance.permutation(len(data.questions)):
        question = data.questions[place]
        read = reads[question.passage_id]
        wanted = {answer_form(bare(answer)) for answer in question.answers}
        right = tuple(n for n, form in enumerate(read.forms) if form in wanted)
        if right:
            found.append(Example(ask(question.text), question, read, right))
    return found


def count_traits(
    examples: Sequence[Example], reads: Iterator[Read] | Any, chance: np.random.Generator
) -> list[Tally]:
    """Return a tally for each fold: the traits of right answers, and those of candidates at large."""
    tallies = [new_tally() for _ in range(FOLDS)]
    for example in examples:
        tallies[example.read.fold].answer(example.asked, example.read.traits[example.right[0]])
    for read in reads:
        many = len(read.traits)
        for n in chance.choice(many, min(_BACKGROUND, many), replace=False):
            tallies[read.fold].candidate(read.traits[n])
    return tallies


def _sum(tallies: Sequence[Tally]) -> Tally:
    total = new_tally()
    for tally in tallies:
        total.counts.update(tally.counts)
        total.totals.update(tally.totals)
    return total


@dataclass(frozen=True, slots=True)
class _Sample:
    """Rows of features, the grade of each (4 right, 2 and 1 partly), and how many rows each question has."""

    rows: Table
    grades: npt.NDArray[np.int32]
    groups: npt.NDArray[np.int32]


def _sample(
    examples: Sequence[Example],
    weights: WordWeights,
    by_fold: Sequence[Expectations],
    plan: Plan,
    chance: np.random.Generator,
    sieve: Trees | None,
) -> _Sample:
    most = len(examples) * (4 + plan.near + plan.hard + plan.other)
    rows = np.empty((most, len(names())), np.float32)
    grades: list[int] = []
    groups: list[int] = []
    for example in examples:
        read = example.read
        features = table(
            example.asked,
            spread([read.record], [read.text]),
            weights.of(example.asked.keys),
            by_fold[read.fold],
            likeness_vectors(),
        )
        order = (
            np.argsort(-sieve.predict(features), kind="stable")
            if sieve
            else chance.permutation(features.shape[1])
        )
        picked = _pick(example, plan, chance, order)
        rows[len(grades) : len(grades) + len(picked)] = features[:, picked].T
        grades += [_grade(read.forms[n], [bare(a) for a in example.question.answers]) for n in picked]
        groups.append(len(picked))
    return _Sample(rows[: len(grades)], np.array(grades, np.int32), np.array(groups, np.int32))


def _pick(
    example: Example, plan: Plan, chance: np.random.Generator, order: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Choose the right candidates, some that overlap them, those a first model likes, and some others."""
    stored, right = example.read.record, np.array(example.right[:4])
    begin, end = stored.first[right[0]], stored.last[right[0]]
    overlapping = np.flatnonzero((stored.first < end) & (stored.last > begin))
    hard = order[: plan.hard]
    near = chance.permutation(overlapping)[: plan.near]
    other = chance.permutation(len(stored.first))[: plan.other]
    wrong = np.setdiff1d(np.concatenate([near, hard, other]), np.array(example.right))
    return np.concatenate([right, wrong]).astype(np.int64)


def _grade(form: str, answers: Sequence[str]) -> int:
    if exact_match(form, answers):
        return 4
    shared = char_f1(form, answers)
    return 2 if shared >= 0.8 else 1 if shared >= 0.5 else 0


def _fit(sample: _Sample, settings: dict[str, Any], trees: int) -> str:
    import lightgbm

    data = lightgbm.Dataset(sample.rows, sample.grades, group=sample.groups, feature_name=list(names()))
    return str(lightgbm.train(settings, data, trees).model_to_string())


_NEEDED = ("leaf_weight", "leaf_count", "internal_", "split_gain", "tree_sizes")
HEADER = "# trained on JaQuAD (SkelterLabs), CC BY-SA 3.0; this file is under the same licence\n"


def _save_trees(model: str, path: Path) -> None:
    """Write LightGBM's text without what only training needs; LightGBM itself still reads it."""
    kept = model.split("\nfeature_importances:")[0]
    lines = [line for line in kept.splitlines() if not line.startswith(_NEEDED)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def calibrate(
    questions: Sequence[ReadingQuestion], reads: dict[str, Read], weights: WordWeights, ranker: Ranker
) -> Calibration:
    """Fit the probability that the best answer is right, on questions that trained no tree."""
    signs: list[list[float]] = []
    right: list[bool] = []
    for question in questions:
        read = reads[question.passage_id]
        found = rank(question.text, [(read.passage, 1.0)], [read.record], weights, likeness_vectors(), ranker)
        if found:
            signs.append(list(found[0].signs))
            right.append(bool(exact_match(found[0].text, map(bare, question.answers))))
    _say(f"held out: {sum(right) / len(right):.4f} of {len(right)} right")
    return fit_calibration(
        np.array(signs), np.array(right, np.float64), rank_weight=RANK_WEIGHT, score_weight=SCORE_WEIGHT
    )


def _save_calibration(fitted: Calibration, path: Path) -> None:
    stored = {
        "signs": SIGNS,
        "weights": [round(weight, 6) for weight in fitted.weights],
        "bias": round(fitted.bias, 6),
        "rank_weight": fitted.rank_weight,
        "score_weight": fitted.score_weight,
        "source": "held-out tenth of JaQuAD train, CC BY-SA 3.0",
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=PLAN.questions)
    parser.add_argument("--trees", type=int, default=PLAN.trees)
    given = parser.parse_args(arguments)
    plan = Plan(questions=given.questions, trees=given.trees)
    train(read_set(given.data), given.output, plan=plan)


if __name__ == "__main__":
    main()
