"""The Universal Sentence Encoder in NumPy: piece numbers in, unit vectors out.

Cer et al. 2018 and Yang et al. 2019 (multilingual, convolutional). Each piece's embedding is projected to three
groups of channels and normalised together; over each group two convolutions run (2, 3 and 5 pieces wide), each with what it
was given added; embedding and channels are normalised, summed over the text, divided by the square root of its
length, and go through four layers, two of which are skipped by a second path, to tanh and unit length.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from index.encoders.use_weights import BLOCKS, CHANNELS, DIMENSION, EPSILON, WINDOWS, UseWeights
from index.types import Vectors

_Places = npt.NDArray[np.int64]


def encode_pieces(weights: UseWeights, texts: Sequence[Sequence[int]]) -> Vectors:
    """Return unit vectors of shape (n, DIMENSION) for texts of at least one piece each.

    All pieces of all texts are one matrix. What depends on a piece alone is computed once for every distinct piece,
    what depends on its neighbours too once for every distinct neighbourhood: a sentence, the line that it stands in
    and the section around share nearly all of theirs.
    """
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    flat = np.fromiter(chain.from_iterable(texts), np.int64, int(lengths.sum()))
    distinct, places = np.unique(flat, return_inverse=True)
    embedded = embeddings(weights, distinct)
    projected = embedded @ weights.projection
    projected += weights.projection_bias
    _normalize(projected, weights.projection_gain, weights.projection_shift)
    windows = _windows(lengths)
    near_hoods, places = _neighbourhoods(places, windows, len(distinct))
    far_hoods, places = _neighbourhoods(places, windows, len(near_hoods))
    features = np.empty((len(far_hoods), DIMENSION + len(WINDOWS) * CHANNELS), np.float32)
    features[:, :DIMENSION] = embedded[near_hoods[far_hoods[:, _WIDEST_BEFORE], _WIDEST_BEFORE]]
    done = 0
    for number, (size, before) in enumerate(WINDOWS):
        layer = slice(done * CHANNELS, (done + size) * CHANNELS)
        channels = projected[:, number * CHANNELS : (number + 1) * CHANNELS]
        window = slice(_WIDEST_BEFORE - before, _WIDEST_BEFORE - before + size)
        near = _near(channels, weights.near[layer], weights.near_bias[number], near_hoods[:, window], before)
        start = DIMENSION + number * CHANNELS
        out = features[:, start : start + CHANNELS]
        _far(near, weights.far[layer], weights.far_bias[number], far_hoods[:, window], before, out)
        done += size
    _normalize(features, weights.gain, weights.shift)
    return _pooled(weights, features, places, lengths)


def embeddings(weights: UseWeights, pieces: _Places) -> Vectors:
    """Return the pieces' embeddings (n, DIMENSION)."""
    blocks = pieces % BLOCKS
    embedded: Vectors = weights.table[pieces].astype(np.float32)
    embedded *= weights.scale[blocks, None]
    embedded += weights.low[blocks, None]
    return embedded


_WIDEST_BEFORE = max(before for _, before in WINDOWS)
_WIDEST_AFTER = max(size - 1 - before for size, before in WINDOWS)


def _windows(lengths: _Places) -> _Places:
    """Return for each place the places from _WIDEST_BEFORE before to _WIDEST_AFTER after it.

    Where a window reaches over its text's end it holds the number of places: a row of zeros.
    """
    total = int(lengths.sum())
    ends = np.cumsum(lengths)
    first, last = np.repeat(ends - lengths, lengths)[:, None], np.repeat(ends, lengths)[:, None]
    window = np.arange(total)[:, None] + np.arange(-_WIDEST_BEFORE, _WIDEST_AFTER + 1)
    return np.where((window >= first) & (window < last), window, total)


def _neighbourhoods(numbers: _Places, windows: _Places, known: int) -> tuple[_Places, _Places]:
    """Return the distinct windows of numbers below `known` (which stands over a text's end), and each place's one."""
    rows = np.append(numbers, known)[windows]
    keys = rows[:, 0]
    for column in rows.T[1:]:
        _, first, keys = np.unique(keys * (known + 1) + column, return_index=True, return_inverse=True)
    return rows[first], keys


def _near(channels: Vectors, layer: Vectors, bias: Vectors, rows: _Places, before: int) -> Vectors:
    """Return the first convolution, ReLU, plus its input; the last row is zeros, for windows to reach over.

    `channels` has a row for each distinct piece, so the products are made once for each and summed up window by window.
    """
    size, known = rows.shape[1], len(channels)
    products = np.zeros((size, known + 1, CHANNELS), np.float32)
    np.matmul(channels, layer.reshape(size, CHANNELS, CHANNELS), out=products[:, :known])
    found = np.empty((len(rows) + 1, CHANNELS), np.float32)
    found[-1] = 0
    inner = found[:-1]
    np.take(products[0], rows[:, 0], axis=0, out=inner, mode="clip")
    for place in range(1, size):
        inner += products[place].take(rows[:, place], axis=0, mode="clip")
    inner += bias
    np.maximum(inner, 0, out=inner)
    inner += channels.take(rows[:, before], axis=0)
    return found


def _far(near: Vectors, layer: Vectors, bias: Vectors, rows: _Places, before: int, out: Vectors) -> None:
    """Write the second convolution, ReLU, plus its input into `out`."""
    gathered = near.take(rows, axis=0, mode="clip").reshape(len(rows), -1)
    found = gathered @ layer
    found += bias
    np.maximum(found, 0, out=found)
    np.add(found, near.take(rows[:, before], axis=0), out=out)


def _normalize(rows: Vectors, gain: Vectors, shift: Vectors) -> None:
    """Give each row mean 0 and variance 1, then gain and shift, in place."""
    rows -= rows.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[-1])
    rows *= (1 / np.sqrt(variance + np.float32(EPSILON)))[:, None]
    rows *= gain
    rows += shift


def _pooled(weights: UseWeights, features: Vectors, places: _Places, lengths: _Places) -> Vectors:
    """Return the texts' unit vectors. The sum comes before the (linear) layer: one row a text."""
    counts = lengths.astype(np.float32)[:, None]
    texts = np.split(places, np.cumsum(lengths)[:-1])
    pooled = np.stack([features[text].sum(axis=0) for text in texts]) @ weights.pooled
    pooled += counts * weights.pooled_bias
    pooled /= np.sqrt(counts)
    first = np.maximum(pooled @ weights.hidden0, 0)
    second = np.maximum(first @ weights.hidden1 + pooled @ weights.hidden1_skip, 0)
    third = np.maximum(second @ weights.hidden2, 0)
    vectors: Vectors = np.tanh(third @ weights.output + second @ weights.output_skip) @ weights.tuning
    vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    return vectors
