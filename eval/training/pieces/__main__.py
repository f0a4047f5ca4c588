"""Fits the models of `qa/pieces`: `python -m eval.training.pieces CITY=HOME=FILE[,FILE] … --measure CITY … --output FOLDER`.

Each city's questions are answered by models that saw none of its fold's cities, so that how sure an answer is, is
learned from answers to strangers. Cities after `--measure` are fitted on by nothing.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.training.cross.trials import Trial, trial
from eval.training.pieces.examples import Example, read_city, read_strangers
from eval.training.pieces.headline_fitting import fit_headline
from eval.training.regression import logistic
from index.encoders.use_encoder import fresh_use
from qa.cross.reading import PairReader
from qa.learned.linear_models import LinearModel
from qa.learned.networks import Networks
from qa.pieces.choosing import Choice, Picked, choice_signs, pick, sure_signs, texts_of
from qa.pieces.forms import FORMS, LIST
from qa.pieces.signs import SIGNS

Floats = npt.NDArray[np.float32]
_FOLDS = 3
_WANTS_RIDGE = 0.01
_NEAREST = 40
_SHARES = {"balanced": 0.757, "95": 0.90, "99": 0.95}
"""How many of the pieces shown are to be those that the questions' writers marked, by the certainty asked for.

Some five in a hundred others tell the answer too, in other words (read on the development cities).
"""


@dataclass(frozen=True)
class Outcome:
    """How a question fared with models that had not seen its city."""

    example: Example
    signs: Floats
    right: bool
    choices: tuple[Choice, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, save."""
    from eval.training.cross.trained import fitted_on

    parser = argparse.ArgumentParser()
    parser.add_argument("cities", nargs="+")
    parser.add_argument("--measure", nargs="*", default=[])
    parser.add_argument("--pretrained", type=Path, required=True, help="of `python -m eval.training.cross`")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--cross-output", type=Path, required=True)
    given = parser.parse_args(arguments)
    reader = PairReader(fresh_use())
    examples = [example for city in given.cities for example in _read(city)]
    examples += [example for city in given.cities for example in _strangers(city, examples)]
    measured = [example for city in given.measure for example in _read(city)]
    picked = _picked_by_strangers(examples)
    trials = [_trial(example, one, reader) for example, one in zip(examples, picked, strict=True)]
    outcomes = _read_by_strangers(examples, picked, trials, reader, given.pretrained)
    _say("left out", outcomes)
    wants, choice = _fit_choice(examples, seeds=range(2))
    cross = fitted_on(trials, reader, given.pretrained)
    sure = _fit_sure(outcomes)
    headline = fit_headline(examples, wants)
    given.output.mkdir(parents=True, exist_ok=True)
    wants.save(given.output / "wants.npz")
    for name, networks in (("choice", choice), ("sure", sure), ("headline", headline)):
        networks.save(given.output / f"{name}.npz")
    cross.save(given.cross_output / "cross.npz")
    chances = _chances_of_strangers(outcomes)
    _risk("left out", outcomes, chances)
    limits = {name: least_shown(outcomes, chances, share) for name, share in _SHARES.items()}
    (given.output / "thresholds.json").write_text(json.dumps(limits, indent=1) + "\n", encoding="utf-8")
    if measured:
        own = [_picked(example, wants, choice) for example in measured]
        tried = [_trial(example, one, reader) for example, one in zip(measured, own, strict=True)]
        strangers = [_outcome(*each) for each in zip(measured, own, cross.shares(tried, reader), strict=True)]
        _say("measured", strangers)
        _risk("measured", strangers, _probability(sure, strangers))


def _folds(examples: Sequence[Example]) -> list[set[str]]:
    cities = sorted({example.city for example in examples})
    return [set(cities[fold::_FOLDS]) for fold in range(_FOLDS)]


def _picked_by_strangers(examples: Sequence[Example]) -> list[Picked]:
    """Return what is picked for each example by models that saw nothing of its fold's cities."""
    found: dict[int, Picked] = {}
    for out in _folds(examples):
        wants, choice = _fit_choice([e for e in examples if e.city not in out], seeds=(0, 1))
        found |= {n: _picked(e, wants, choice) for n, e in enumerate(examples) if e.city in out}
    return [found[n] for n in range(len(examples))]


def _read_by_strangers(
    examples: Sequence[Example],
    picked: Sequence[Picked],
    trials: Sequence[Trial],
    reader: PairReader,
    pretrained: Path,
) -> list[Outcome]:
    """Return how each example fares with a cross-encoder that saw nothing of its fold's cities."""
    from eval.training.cross.trained import fitted_on

    found: dict[int, Outcome] = {}
    for out in _folds(examples):
        cross = fitted_on([one for one in trials if one.city not in out], reader, pretrained)
        own = [n for n, example in enumerate(examples) if example.city in out]
        shares = cross.shares([trials[n] for n in own], reader)
        found |= {n: _outcome(examples[n], picked[n], share) for n, share in zip(own, shares, strict=True)}
    return [found[n] for n in range(len(examples))]


def _fit_sure(outcomes: Sequence[Outcome]) -> Networks:
    from eval.training.pieces.fitting import Plan, fit_chance

    signs = np.stack([outcome.signs for outcome in outcomes])
    right = np.array([outcome.right for outcome in outcomes], np.float32)
    return fit_chance(signs, right, Plan(hidden=24, epochs=6, seeds=range(4), batch=64, rate=2e-3, decay=0.3))


def _probability(sure: Networks, outcomes: Sequence[Outcome]) -> Floats:
    scores = sure.scores(np.stack([outcome.signs for outcome in outcomes]))
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


def _chances_of_strangers(outcomes: Sequence[Outcome]) -> Floats:
    """Return how likely each outcome is right by networks that saw neither its question's city nor its half."""
    cities = sorted({outcome.example.city for outcome in outcomes})
    chances = np.zeros(len(outcomes), np.float32)
    for half in (0, 1):
        out = set(cities[half::2])
        own = [n for n, outcome in enumerate(outcomes) if outcome.example.city in out]
        sure = _fit_sure([outcome for outcome in outcomes if outcome.example.city not in out])
        chances[own] = _probability(sure, [outcomes[n] for n in own])
    return chances


def least_shown(outcomes: Sequence[Outcome], chances: Floats, share: float) -> float:
    """Return from which probability on so large a share of what is shown is right; dialogues aside."""
    single = [n for n, outcome in enumerate(outcomes) if not outcome.example.asked.follows]
    order = sorted(single, key=lambda n: -float(chances[n]))
    right = np.cumsum([outcomes[n].right for n in order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= share)
    return round(float(chances[order[int(enough[-1])]]), 3) if len(enough) else 1.0


def _read(given: str) -> list[Example]:
    city, home, files = given.split("=")
    return read_city(city, Path(home), [Path(file) for file in files.split(",")])


def _strangers(given: str, examples: Sequence[Example]) -> list[Example]:
    """Return questions of other cities, to be asked of this one."""
    city, home, _ = given.split("=")
    others = [e.row for e in examples if e.city != city and not e.asked.follows and "language" not in e.row]
    return read_strangers(city, Path(home), others)


def _fit_choice(examples: Sequence[Example], *, seeds: Sequence[int]) -> tuple[LinearModel, Networks]:
    from eval.training.pieces.fitting import Plan, fit_choice

    told = [example for example in examples if example.answerable]
    vectors = np.stack([example.asked.wanting for example in told])
    wants = logistic(vectors, [example.wanted for example in told], (*FORMS, LIST), ridge=_WANTS_RIDGE)
    chances = wants.each(vectors)
    groups = [
        _thinned(choice_signs(example.found, own), example.right)
        for example, own in zip(told, chances, strict=True)
    ]
    return wants, fit_choice(groups, Plan(hidden=64, epochs=12, seeds=seeds))


def _thinned(signs: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Leave out some of the wrong pieces: those nearest in meaning and one in three of the others stay."""
    told = signs[:, SIGNS.index("told")]
    kept = (right > 0) | (told >= np.sort(told)[-_NEAREST:][0]) | (np.arange(len(right)) % 3 == 0)
    return signs[kept], right[kept]


def _picked(example: Example, wants: LinearModel, choice: Networks) -> Picked:
    return pick(example.found, wants.each(example.asked.wanting[None])[0], choice)


def _trial(example: Example, picked: Picked, reader: PairReader) -> Trial:
    """Return a question as the cross-encoder is trained on it: its choices, and a right piece that is not one of them."""
    rows = [choice.row for choice in picked.choices]
    right = np.flatnonzero(example.right > 0)
    if len(right) and not example.right[rows].any():
        row = int(right[np.argmax(picked.scores[right])])
        found = example.found
        missed = Choice(found.pieces[row], found.evidence[row], row, 0.0, 0.0)
        picked = replace(picked, choices=(*picked.choices, missed))
        rows.append(row)
    texts = texts_of(picked.choices, example.titles)
    asked, answers = example.asked, example.row.get("answers") or ()
    return trial(
        example.city, asked.asking, asked.before, texts, example.right[rows].tolist(), picked.signs_read, answers, reader
    )  # fmt: skip


def _outcome(example: Example, picked: Picked, shares: Floats) -> Outcome:
    shares = np.append(
        shares[:-1][: len(picked.choices)], shares[-1]
    )  # without a right piece that was not chosen
    order = np.argsort(-shares[:-1], kind="stable")
    choices = tuple(picked.choices[n] for n in order)
    told = sure_signs(example.asked, example.found, picked, shares)
    return Outcome(example, told, bool(example.right[choices[0].row] > 0), choices)


def _say(name: str, outcomes: Sequence[Outcome]) -> None:
    told = [o for o in outcomes if o.example.answerable]
    first = np.mean([o.right for o in told]) if told else 0.0
    three = np.mean([any(o.example.right[c.row] > 0 for c in o.choices[:3]) for o in told]) if told else 0.0
    sys.stderr.write(
        f"{name}: {len(told)} answerable, right piece first {first:.3f}, among three {three:.3f}\n"
    )


def _risk(name: str, outcomes: Sequence[Outcome], chances: Floats) -> None:
    right = np.array([outcome.right for outcome in outcomes])
    told = np.array([outcome.example.answerable for outcome in outcomes])
    sys.stderr.write(f"{name}: least, right, shown right, kept quiet, gave up\n")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        shown = chances >= least
        quiet = ~shown
        row = (
            least, right[shown].sum() / told.sum(), right[shown].mean() if shown.any() else 1.0,
            quiet[~told].mean() if (~told).any() else 1.0, quiet[told].mean(),
        )  # fmt: skip
        sys.stderr.write("  ".join(f"{value:.3f}" for value in row) + "\n")


if __name__ == "__main__":
    main()
