"""Fits what tells the operation and the kind of column that a question asks for: one hidden layer, signs left out by chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from qa.tables.asking.asked_model import BUCKETS, AskedModel, Numbers, buckets_of

_WIDTH, _EPOCHS, _AT_ONCE, _RATE, _DECAY = 64, 8, 64, 3e-3, 1e-2
_DROPPED_SIGNS, _DROPPED = 0.3, 0.2


@dataclass(frozen=True)
class AskedExample:
    """A masked question with its vector, the operation and the kind of column ("" where none is asked for)."""

    masked: str
    vector: Numbers
    operation: str
    kind: str


class _Network(nn.Module):
    def __init__(self, dimension: int, operations: int, kinds: int) -> None:
        super().__init__()
        self.letters = nn.EmbeddingBag(BUCKETS, _WIDTH, mode="sum")
        nn.init.normal_(self.letters.weight, std=0.05)
        self.meaning = nn.Linear(dimension, _WIDTH)
        self.operations = nn.Linear(_WIDTH, operations)
        self.kinds = nn.Linear(_WIDTH, kinds)

    def forward(self, signs: list[list[int]], vectors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of operations and of kinds."""
        flat = torch.tensor([n for own in signs for n in own])
        starts = torch.tensor(np.cumsum([0, *map(len, signs)])[:-1])
        lengths = torch.cat([torch.full((len(own),), len(own) ** -0.5) for own in signs])
        lengths = nn.functional.dropout(lengths, _DROPPED_SIGNS, self.training)
        hidden = self.letters(flat, starts, per_sample_weights=lengths) + self.meaning(vectors)
        hidden = nn.functional.dropout(torch.relu(hidden), _DROPPED, self.training)
        return self.operations(hidden), self.kinds(hidden)


def fit_asked(
    examples: Sequence[AskedExample], operations: Sequence[str], kinds: Sequence[str], seed: int = 0
) -> AskedModel:
    """Return the model fitted on the examples."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    signs = [buckets_of(example.masked) for example in examples]
    vectors = torch.from_numpy(np.stack([example.vector for example in examples]))
    right = torch.tensor([operations.index(example.operation) for example in examples])
    wanted = torch.tensor([kinds.index(example.kind) if example.kind else -100 for example in examples])
    network = _Network(vectors.shape[1], len(operations), len(kinds))
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(examples) // _AT_ONCE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    for _ in range(_EPOCHS):
        shuffled = chance.permutation(len(examples))
        for first in range(0, len(examples), _AT_ONCE):
            own = shuffled[first : first + _AT_ONCE]
            told, kind = network([signs[n] for n in own], vectors[own])
            loss = nn.functional.cross_entropy(told, right[own])
            if (wanted[own] >= 0).any():
                loss = loss + nn.functional.cross_entropy(kind, wanted[own])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
    held = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    return AskedModel(
        tuple(operations), tuple(kinds), held["letters.weight"], held["meaning.weight"].T, held["meaning.bias"],
        held["operations.weight"].T, held["operations.bias"], held["kinds.weight"].T, held["kinds.bias"],
    )  # fmt: skip
