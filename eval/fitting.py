"""Learns how answers are chosen and how sure they are: `python -m eval.fitting HOME=SET … --output qa/judgement.json`.

Both models are linear over named signs, so that a person can read why an answer was shown: the choice is a
conditional logit over the drafts of a question (McFadden 1974), the probability a logistic model (Platt 1999).
Every figure and every threshold comes from cross-validation by question.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.certainty import Floats, Judged, report, share, thresholds
from eval.citations import citation_recall
from eval.datasets.reading import read_set
from eval.judging import is_correct, is_correct_leniently
from eval.replies import record
from eval.types import GoldQuestion
from qa.answering import Considered
from qa.assistant import Assistant
from qa.confidence import sort_of
from qa.drafts import Draft

FOLDS = 10
SEED = 20_221
_CHOICE_RIDGE = 1.0
_SURE_RIDGE = 3.0
_LENIENT = 0.3
"""What a draft that says the answer only somewhere in its sentence is worth."""
_KEPT = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One question: its drafts, how right each is (1 strictly, less leniently, 0), and which counter answers.

    `lenient` and `touching` tell which say the answer somewhere, and which quote the evidence at all.

    `table` (drafts, signs) holds the drafts' signs in the order of the names that are fitted.
    """

    gold: GoldQuestion
    assistant: Assistant
    found: Considered
    worth: Floats
    lenient: npt.NDArray[np.bool_]
    touching: npt.NDArray[np.bool_]
    table: Floats = field(default_factory=lambda: np.empty((0, 0)))


def collect(assistant: Assistant, questions: Sequence[GoldQuestion]) -> Iterator[Row]:
    """Yield the questions that passages have to answer, with every draft judged; some have none."""
    for gold in questions:
        found = assistant.answering.considered(gold.question)
        if found is None:
            continue
        replies = [record(assistant.answering.cited(found.question, d, 0.0)) for d in found.drafts]
        plain = replace(gold, note="")
        strict = np.array([gold.answerable and is_correct(plain, reply) for reply in replies], bool)
        lenient = np.array([gold.answerable and is_correct_leniently(plain, r) for r in replies], bool)
        touching = np.array([citation_recall(r.citations, gold.evidence) > 0 for r in replies], bool)
        worth = np.where(strict & touching, 1.0, np.where(lenient & touching, _LENIENT, 0.0))
        yield Row(gold, assistant, found, worth, lenient, touching)


def fit_choice(rows: Sequence[Row]) -> Floats:
    """Return the weights that make right drafts likeliest among all drafts of their questions."""
    kept = [row for row in rows if row.worth.any()]
    table = np.vstack([row.table for row in kept])
    worth = np.concatenate([row.worth for row in kept])
    sizes = np.array([len(row.worth) for row in kept])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def chances(scores: Floats) -> Floats:
        raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        return np.asarray(raised)

    def loss(weights: Floats) -> tuple[float, Floats]:
        likely = chances(table @ weights)
        right = likely * worth
        whole, part = np.add.reduceat(likely, starts), np.add.reduceat(right, starts)
        pull = likely / np.repeat(whole, sizes) - right / np.repeat(part, sizes)
        total = _CHOICE_RIDGE * weights @ weights / 2 - np.log(part / whole).sum()
        return float(total), _CHOICE_RIDGE * weights + table.T @ pull

    return _minimum(loss, table.shape[1])


def fit_sure(judged: Sequence[Judged], names: Sequence[str]) -> Floats:
    """Return weights, the bias last, of the probability that a chosen draft is right."""
    inputs = np.column_stack([_columns(judged, names), np.ones(len(judged))])
    right = np.array([1.0 if j.right else 0.6 * j.lenient for j in judged])

    def loss(weights: Floats) -> tuple[float, Floats]:
        chances = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        likelihood = right * np.log(chances + 1e-9) + (1 - right) * np.log(1 - chances + 1e-9)
        ridge = np.append(weights[:-1], 0.0)
        return float(_SURE_RIDGE * ridge @ ridge / 2 - likelihood.sum()), (
            inputs.T @ (chances - right) + _SURE_RIDGE * ridge
        )

    return _minimum(loss, inputs.shape[1])


def _minimum(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    from scipy.optimize import minimize

    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x)


def choose(row: Row, weights: Floats) -> Judged:
    """Return the draft that the weights prefer, judged."""
    scores = row.table @ weights
    order = np.argsort(-scores, kind="stable")[:_KEPT]
    ranked = [replace(row.found.drafts[n], score=float(scores[n])) for n in order]
    signs = row.assistant.answering.signs(row.found.question, ranked)
    best = order[0]
    return Judged(
        signs,
        sort_of(row.found.question, ranked[0]),
        right=bool(row.worth[best] == 1),
        lenient=bool(row.lenient[best]),
        touching=bool(row.touching[best]),
        answerable=row.gold.answerable,
    )


def cross_validated(rows: Sequence[Row]) -> tuple[list[Judged], Floats]:
    """Return what is chosen for each question, and its probability, by models that have not seen the question."""
    folds = np.random.default_rng(SEED).permutation(len(rows)) % FOLDS
    judged: list[Judged | None] = [None] * len(rows)
    for fold in range(FOLDS):
        weights = fit_choice([row for row, f in zip(rows, folds, strict=True) if f != fold])
        for n in np.flatnonzero(folds == fold):
            judged[n] = choose(rows[int(n)], weights)
    whole = [j for j in judged if j]
    of_answers = sign_names(whole)
    chances = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights = fit_sure([j for j, f in zip(whole, folds, strict=True) if f != fold], of_answers)
        chances[folds == fold] = _chances(
            [whole[n] for n in np.flatnonzero(folds == fold)], of_answers, weights
        )
    return whole, chances


def sign_names(judged: Sequence[Judged]) -> list[str]:
    """Return every sign that any answer has, in order."""
    return sorted({name for j in judged for name in j.signs})


def tabulated(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """Lay out every row's signs in the order of `names`."""
    return [replace(row, table=_table(row, names)) for row in rows]


def _table(row: Row, names: Sequence[str]) -> Floats:
    return np.array([[draft.signs.get(name, 0.0) for name in names] for draft in row.found.drafts])


def _columns(judged: Sequence[Judged], names: Sequence[str]) -> Floats:
    return np.array([[j.signs.get(name, 0.0) for name in names] for j in judged])


def _chances(judged: Sequence[Judged], names: Sequence[str], weights: Floats) -> Floats:
    inputs = np.column_stack([_columns(judged, names), np.ones(len(judged))])
    return np.asarray(1 / (1 + np.exp(-inputs @ weights)))


def draft_signs(rows: Sequence[Row]) -> list[str]:
    """Return every sign that any draft has, in order."""
    drafts: Iterator[Draft] = (draft for row in rows for draft in row.found.drafts)
    return sorted({name for draft in drafts for name in draft.signs})


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on every set, report by cross-validation, write the judgement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="HOME=SET", help="a home and a test set that it answers")
    parser.add_argument(
        "--split", default="dev", help="rows whose field `split` is something else are left out"
    )
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    rows: list[Row] = []
    for pair in chosen.sets:
        home, _, path = pair.partition("=")
        questions = read_set(Path(path)).questions
        kept = [q for q in questions if q.fields.get("split", chosen.split) == chosen.split]
        rows += collect(Assistant.open(Path(home)), kept)
    rows = [row for row in rows if row.found.drafts]
    names = draft_signs(rows)
    rows = tabulated(rows, names)
    judged, chances = cross_validated(rows)
    limits = thresholds(judged, chances)
    weights = fit_choice(rows)
    final = [choose(row, weights) for row in rows]
    of_answers = sign_names(judged)
    sure = fit_sure(judged, of_answers)
    chosen.output.write_text(
        json.dumps(
            {
                "choice": dict(zip(names, map(_rounded, weights), strict=True)),
                "sure": dict(zip(of_answers, map(_rounded, sure), strict=False)),
                "bias": _rounded(sure[-1]),
                "thresholds": {str(key): dict(least) for key, least in limits.items()},
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    sys.stderr.write(report(judged, chances, limits) + f"（学習した質問では {share(final)}）\n")


def _rounded(value: float) -> float:
    return round(float(value), 4)


if __name__ == "__main__":
    main()
