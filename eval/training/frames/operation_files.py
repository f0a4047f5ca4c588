"""The model of operations as it is fitted and written: signs of many questions at once, and its file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from qa.frames.operation_model import PAIRS, Numbers, OperationModel, known, pairs_of, runs_of

_BYTE = 127


def save_operations(model: OperationModel, path: Path) -> None:
    """Write what `load_operations` reads; what is large in one byte a weight, each unit at a scale of its own."""
    (weights, bias), (out, out_bias) = model.layers
    scale = np.abs(weights).max(axis=0) / _BYTE
    np.savez_compressed(
        path,
        runs=np.array(list(model.runs)),
        pairs=np.array(list(model.pairs)),
        words=np.array(sorted(model.words)),
        joins=np.array(sorted(model.joins)),
        labels=np.array(model.labels),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
        bias=bias,
        out=out,
        out_bias=out_bias,
    )


def signs_of(masked: Sequence[str], runs: Mapping[str, int], pairs: Mapping[str, int]) -> Numbers:
    """Return which runs and pairs are there, of shape (n, runs + pairs); those of each kind are of one length."""
    letters, words = _there(map(runs_of, masked), runs), _there(map(pairs_of, masked), pairs)
    return np.concatenate([letters, PAIRS * words], axis=1)


def _there(told: Iterable[Iterator[str]], numbers: Mapping[str, int]) -> Numbers:
    """Return which signs are there, each row of unit length."""
    rows = [known(signs, numbers) for signs in told]
    there = np.zeros((len(rows), len(numbers)), np.float32)
    for row, numbers_there in enumerate(rows):
        there[row, numbers_there] = 1 / max(len(numbers_there), 1) ** 0.5
    return there
