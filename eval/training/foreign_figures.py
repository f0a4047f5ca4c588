"""Fits what tells the operation and the item of a question about figures, on invented ledgers in many languages."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.training.regression import logistic, multinomial
from index.types import Encoder
from qa.foreign.figures import SURE
from qa.foreign.items import both_vectors, item_signs, topic_vectors, without_topic
from qa.frames.operations import OF_ONE, Operation
from qa.learned.linear_models import LinearModel

TRAINING = Path(__file__).parent
_FOLDER = TRAINING / "figures"
_COLUMNS = {"ja": 1, "en": 2, "zh-Hans": 3, "zh-Hant": 4, "ko": 5}
_MANY = ("ja", "en", "zh-Hans", "ko")  # drawn twice a ledger
_SEED = 20_261
_AS_PRINTED = 0.15  # of the questions name the item as it is printed, in brackets
_OPERATION_RIDGE, _ITEM_RIDGE = 0.00002, 0.01
_FOLDS = 5
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """A question to the passages of a city, as its vector."""

    city: str
    vector: Numbers


@dataclass(frozen=True)
class Drawn:
    """A question drawn from a frame: an operation on an item of an invented ledger."""

    ledger: str
    operation: Operation
    language: str
    item: str
    question: str
    printed: bool


def draw() -> list[Drawn]:
    """Return several hundred questions a ledger; the same at every call."""
    chance = random.Random(_SEED)  # noqa: S311 - the same draw every time is what is wanted
    items, templates, years = _rows("items"), _rows("questions"), _rows("years")
    found: list[Drawn] = []
    for ledger in ledgers():
        own = [row for row in items if row[0] == ledger]
        for operation, language, template in templates:
            said = [year for tag, year in years if tag == language] or [y for tag, y in years if tag == "*"]
            for row in chance.sample(own, 2 if language in _MANY else 1):
                printed = chance.random() < _AS_PRINTED
                name = f"「{row[1]}」" if printed else row[_COLUMNS.get(language, 2)]
                question = template.format(i=name, y=chance.choice(said))
                found.append(Drawn(ledger, Operation(operation), language, row[1], question, printed))
    return list({drawn.question: drawn for drawn in found}.values())


def ledgers() -> list[str]:
    """Return the names of the invented ledgers."""
    return list(dict.fromkeys(row[0] for row in _rows("items")))


def fit_operations(
    encoder: Encoder, drawn: Sequence[Drawn], vectors: Numbers, others: Sequence[Asked]
) -> tuple[LinearModel, dict[str, float]]:
    """Return the model of operations; `others` are questions to passages.

    Measured in folds: some ledgers and some cities are left out of each.
    """
    near = _near(encoder)
    names = np.array([each.operation.value for each in drawn])
    where = np.array([each.ledger for each in drawn])
    asked = np.stack([without_topic(v, *near[each.ledger]) for each, v in zip(drawn, vectors, strict=True)])
    chance = random.Random(_SEED)  # noqa: S311 - the same draw every time is what is wanted
    beside = np.stack([without_topic(each.vector, *near[chance.choice(ledgers())]) for each in others])
    cities = np.array([each.city for each in others])
    right, claimed = [], []
    for fold in range(_FOLDS):
        held = np.isin(where, ledgers()[fold::_FOLDS])
        city = np.isin(cities, sorted(set(cities))[fold::_FOLDS])
        model = _operations(asked[~held], names[~held], beside[~city])
        told = model.one_of(asked[held])
        right += (np.array(model.labels)[told.argmax(axis=1)] == names[held]).tolist()
        claimed += (model.one_of(beside[city])[:, model.labels.index(Operation.OTHER)] < 0.5).tolist()
    figures = {"operation right": float(np.mean(right)), "passage questions claimed": float(np.mean(claimed))}
    return _operations(asked, names, beside), figures


def _near(encoder: Encoder) -> dict[str, tuple[Numbers, Numbers]]:
    """Return for each ledger the vectors of its items, as asked for and by name."""
    named = {ledger: [row[1] for row in _rows("items") if row[0] == ledger] for ledger in ledgers()}
    return {ledger: both_vectors(own, encoder) for ledger, own in named.items()}


def fit_items(
    encoder: Encoder, drawn: Sequence[Drawn], vectors: Numbers
) -> tuple[LinearModel, dict[str, float]]:
    """Return the model of how surely an item is meant; half of the rows are asked of a ledger without the item."""
    signs, right, where, tops = [], [], [], []
    names = {ledger: [row[1] for row in _rows("items") if row[0] == ledger] for ledger in ledgers()}
    near, topics = _near(encoder), topic_vectors(encoder)
    for number, (each, vector) in enumerate(zip(drawn, vectors, strict=True)):
        if each.operation not in OF_ONE or each.printed:
            continue
        absent = list(names)[(list(names).index(each.ledger) + 1 + number % 4) % len(names)]
        for ledger in (each.ledger, absent):
            asked, plain = (own @ vector for own in near[ledger])
            best = int(np.argmax(asked + plain))
            signs.append(item_signs(vector, near[ledger], topics)[best])
            right.append(ledger == each.ledger and names[ledger][best] == each.item)
            where.append(ledger)
            tops.append(ledger == each.ledger)
    table, truth, places = np.array(signs), np.array(right, float), np.array(where)
    chances = np.zeros(len(truth))
    for ledger in names:
        model = logistic(
            table[places != ledger], truth[places != ledger, None], ("right",), ridge=_ITEM_RIDGE
        )
        chances[places == ledger] = model.each(table[places == ledger].astype(np.float32))[:, 0]
    present = np.array(tops)
    sure = chances >= SURE
    figures = {
        "item first": float(truth[present].mean()),
        "answered of those present": float(sure[present].mean()),
        "right of those answered": float(truth[sure & present].mean()),
        "answered though absent": float(sure[~present].mean()),
    }
    return logistic(table, truth[:, None], ("right",), ridge=_ITEM_RIDGE), figures


def _operations(vectors: Numbers, names: npt.NDArray[np.str_], beside: Numbers) -> LinearModel:
    labels = [*names.tolist(), *[Operation.OTHER.value] * len(beside)]
    return multinomial(np.concatenate([vectors, beside]), labels, ridge=_OPERATION_RIDGE)


def _rows(name: str) -> list[list[str]]:
    return list(_read(name))


def _read(name: str) -> Iterator[list[str]]:
    for line in (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")
