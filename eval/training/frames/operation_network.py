"""Fits the networks that tell the operation of a question: one hidden layer over its signs, some of them left out each time.

Leaving out words keeps it from hanging on one of them (Iyyer et al. 2015).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from scipy.sparse import csr_matrix
from torch import nn

from qa.frames.operation_model import Layer, Numbers

_NETWORKS, _WIDTH = 3, 32
_DROPPED_SIGNS, _DROPPED_HIDDEN = 0.4, 0.1
_EPOCHS, _AT_ONCE = 8, 128
_RATE, _DECAY = 1e-2, 1e-2
_SPREAD = 0.05  # of the weights of the signs, at first


class _Network(nn.Module):
    def __init__(self, signs: int, dimension: int, labels: int) -> None:
        super().__init__()
        self.signs = nn.EmbeddingBag(signs, _WIDTH, mode="sum")
        nn.init.normal_(self.signs.weight, std=_SPREAD)
        self.meaning = nn.Linear(dimension, _WIDTH)
        self.told = nn.Linear(_WIDTH, labels)

    def forward(self, signs: csr_matrix, meaning: torch.Tensor) -> torch.Tensor:
        """Return the logits, of shape (n, labels)."""
        places, starts = (
            torch.from_numpy(own.astype(np.int64)) for own in (signs.indices, signs.indptr[:-1])
        )
        lengths = nn.functional.dropout(torch.from_numpy(signs.data), _DROPPED_SIGNS, self.training)
        hidden = self.signs(places, starts, per_sample_weights=lengths) + self.meaning(meaning)
        kept = nn.functional.dropout(nn.functional.relu(hidden), _DROPPED_HIDDEN, self.training)
        return torch.as_tensor(self.told(kept))


def fitted_networks(
    signs: csr_matrix, meaning: Numbers, labels: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Layer, Layer]]:
    """Return the labels in order, and the layers of `OperationModel`: of the signs, then of the meaning.

    `signs` are of shape (n, signs) and sparse, `meaning` of shape (n, dimension).
    """
    names = tuple(sorted(set(labels)))
    right = torch.tensor([names.index(label) for label in labels])
    fitted = [_fitted(signs, torch.from_numpy(meaning), right, len(names), seed) for seed in range(_NETWORKS)]
    first = torch.cat(
        [torch.cat([network.signs.weight, network.meaning.weight.T]) for network in fitted], dim=1
    )
    inner = _array(first), _array(torch.cat([network.meaning.bias for network in fitted]))
    last = _array(torch.stack([network.told.weight.T for network in fitted]))
    return names, (inner, (last, _array(torch.stack([network.told.bias for network in fitted]))))


def _fitted(
    signs: csr_matrix, meaning: torch.Tensor, right: torch.Tensor, labels: int, seed: int
) -> _Network:
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    network = _Network(signs.shape[1], meaning.shape[1], labels)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(right) // _AT_ONCE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    for _ in range(_EPOCHS):
        order = chance.permutation(len(right))
        for first in range(0, len(right), _AT_ONCE):
            own = order[first : first + _AT_ONCE]
            loss = nn.functional.cross_entropy(network(signs[own], meaning[own]), right[own])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
    return network


def _array(weights: torch.Tensor) -> npt.NDArray[np.float32]:
    return weights.detach().numpy()
