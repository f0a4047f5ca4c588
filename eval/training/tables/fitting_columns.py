"""Fits which column has which role for a question: a softmax over the columns of its table, role by role."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from qa.tables.asking.column_model import ColumnModel, Numbers

_RANK, _WIDTH, _EPOCHS, _AT_ONCE, _RATE, _DECAY, _DROPPED = 24, 64, 12, 32, 2e-3, 1e-2, 0.25


@dataclass(frozen=True)
class ColumnExample:
    """A question against its table; `roles` are the columns that are right in each role, none where none is."""

    signs: Numbers
    question: Numbers
    titles: Numbers
    operations: Numbers
    roles: tuple[frozenset[int], frozenset[int], frozenset[int]]


class _Network(nn.Module):
    def __init__(self, signs: int, dimension: int, operations: int) -> None:
        super().__init__()
        self.asked = nn.Linear(dimension, _RANK, bias=False)
        self.title = nn.Linear(dimension, _RANK, bias=False)
        self.first = nn.Linear(signs + _RANK + operations, _WIDTH)
        self.second = nn.Linear(_WIDTH, 3)

    def forward(
        self, signs: torch.Tensor, question: torch.Tensor, titles: torch.Tensor, told: torch.Tensor
    ) -> torch.Tensor:
        """Return a logit a column and role."""
        together = nn.functional.dropout(self.asked(question) * self.title(titles), _DROPPED, self.training)
        inner = torch.cat([nn.functional.dropout(signs, 0.1, self.training), together, told], dim=1)
        return torch.as_tensor(
            self.second(nn.functional.dropout(torch.relu(self.first(inner)), _DROPPED, self.training))
        )


def fit_columns(examples: Sequence[ColumnExample], seed: int = 0) -> ColumnModel:
    """Return the model fitted on the examples."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    together = np.concatenate([example.signs for example in examples])
    mean, spread = together.mean(axis=0), np.maximum(together.std(axis=0), 0.05)
    network = _Network(together.shape[1], examples[0].titles.shape[1], len(examples[0].operations))
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(examples) // _AT_ONCE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    for _ in range(_EPOCHS):
        shuffled = chance.permutation(len(examples))
        for first in range(0, len(examples), _AT_ONCE):
            own = [examples[n] for n in shuffled[first : first + _AT_ONCE]]
            counts = [len(example.signs) for example in own]
            signs = np.clip((np.concatenate([e.signs for e in own]) - mean) / spread, -6, 6)
            logits = network(
                torch.from_numpy(signs.astype(np.float32)),
                torch.from_numpy(np.repeat(np.stack([e.question for e in own]), counts, axis=0)),
                torch.from_numpy(np.concatenate([e.titles for e in own])),
                torch.from_numpy(np.repeat(np.stack([e.operations for e in own]), counts, axis=0)),
            )
            loss = _loss(logits, own, counts)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
    held = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    return ColumnModel(
        mean.astype(np.float32), spread.astype(np.float32), held["asked.weight"].T, held["title.weight"].T,
        held["first.weight"].T, held["first.bias"], held["second.weight"].T, held["second.bias"],
    )  # fmt: skip


def _loss(logits: torch.Tensor, own: Sequence[ColumnExample], counts: Sequence[int]) -> torch.Tensor:
    losses = []
    for example, part in zip(own, torch.split(logits, list(counts)), strict=True):
        for role, right in enumerate(example.roles):
            if right:
                logs = torch.log_softmax(part[:, role], dim=0)
                losses.append(-logs[list(right)].mean())
    return torch.stack(losses).sum() / len(own)
