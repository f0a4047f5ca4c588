"""Which item a question means that it does not name: a probability for each, and for none of them.

A small network over the signs of each item, fitted on how people refer to the items of invented budgets
(eval/training/frames/ledgers), measured on those of ledgers and writers left out; read with NumPy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from qa.frames.meant.described_items import Described, Numbers, Piece

LARGEST = 2_000
"""Of a ledger of more items than this none is meant unless named: reading them all would take seconds."""
_LEAST_LEAD = 0.1  # of the only item of a ledger
Layer = tuple[Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Meant:
    """Which item (its number among those described) a piece means, with what probability (0–1)."""

    number: int
    probability: float
    piece: Piece


@dataclass(frozen=True)
class ReferenceModel:
    """Networks of an ensemble, each of two parts: what speaks for an `item`, and for `none` of them."""

    networks: Sequence[Mapping[str, Sequence[Layer]]]

    def chances(self, near: Numbers, piece: Piece) -> Numbers:
        """Return the probability of each item, of shape (items,), from signs of shape (items, signs); the rest is none's."""
        items, whole = inputs_of(near, piece)
        told = [
            np.append(_through(network["item"], items)[:, 0], _through(network["none"], whole)[0])
            for network in self.networks
        ]
        return np.asarray(np.mean([_softmax(logits) for logits in told], axis=0)[:-1], np.float32)


def load_references(path: Path) -> ReferenceModel:
    """Read a saved model."""
    with np.load(path) as held:
        names = sorted(name.rsplit(" ", 1)[0] for name in held.files if name.endswith(" bias"))
        networks: dict[str, dict[str, list[Layer]]] = {}
        for name in names:
            number, part, _ = name.split(" ")
            layers = networks.setdefault(number, {}).setdefault(part, [])
            layers.append((held[f"{name} weights"], held[f"{name} bias"]))
        return ReferenceModel(tuple(networks.values()))


@cache
def shipped_references() -> ReferenceModel:
    """Return the model that the project ships."""
    with as_file(files("qa.frames") / "model" / "references.npz") as path:
        return load_references(path)


def meant(ledger: Described, found: Sequence[Piece], model: ReferenceModel) -> list[Meant]:
    """Return the items that pieces of a question may mean, likeliest first; each with the piece that says it best."""
    if not found or not ledger.names or len(ledger.names) > LARGEST:
        return []
    told = [
        (piece, model.chances(near, piece).tolist())
        for piece, near in zip(found, ledger.signs(found), strict=True)
    ]
    best = []
    for number in range(len(ledger.names)):
        piece, chances = max(told, key=lambda each: each[1][number] * each[0].probability)
        best.append(Meant(number, chances[number], piece))
    return sorted(best, key=lambda each: -each.probability)


def inputs_of(near: Numbers, piece: Piece) -> tuple[Numbers, Numbers]:
    """Return what the networks see: (items, signs and leads, then the whole) and the whole.

    A lead is how far an item is before the nearest other one; the whole are the best signs, how far these are before
    the second best, and what the piece is like.
    """
    leads = np.stack([_lead(column) for column in near.T], axis=1)
    ordered = np.sort(near, axis=0)[::-1]
    first, second = ordered[0], ordered[min(1, len(ordered) - 1)]
    whole = np.concatenate([first, first - second, piece.traits()])
    items = np.concatenate([near, leads, np.broadcast_to(whole, (len(near), len(whole)))], axis=1)
    return np.asarray(items, np.float32), np.asarray(whole, np.float32)


def _lead(values: Numbers) -> Numbers:
    """Return how far each value is above the greatest of the others (below: negative)."""
    if len(values) < 2:
        return np.full(len(values), _LEAST_LEAD, np.float32)
    second, first = np.sort(values)[-2:]
    return np.asarray(np.where(values == first, first - second, values - first), np.float32)


def _through(layers: Sequence[Layer], values: Numbers) -> Numbers:
    """Return what a network makes of its input; every layer but the last is rectified."""
    *inner, (weights, bias) = layers
    for inner_weights, inner_bias in inner:
        values = np.maximum(values @ inner_weights + inner_bias, 0)
    return np.asarray(values @ weights + bias, np.float32)


def _softmax(logits: Numbers) -> Numbers:
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), np.float32)
