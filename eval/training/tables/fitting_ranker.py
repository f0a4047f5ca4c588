"""Fits which candidate is right, if any: a softmax over all candidates of a question and "none of them"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from qa.tables.reading.frame_ranker import FrameRanker, Numbers

_WIDTH, _EPOCHS, _AT_ONCE, _RATE, _DECAY, _DROPPED = 48, 10, 16, 2e-3, 1e-2, 0.15


@dataclass(frozen=True)
class RankedExample:
    """The signs of a question's candidates, (candidates, signs), those of none of them, and which are right (none: empty)."""

    signs: Numbers
    none: Numbers
    right: frozenset[int]


class _Network(nn.Module):
    def __init__(self, signs: int, of_none: int) -> None:
        super().__init__()
        self.first, self.second, self.straight = (
            nn.Linear(signs, _WIDTH),
            nn.Linear(_WIDTH, 1),
            nn.Linear(signs, 1),
        )
        self.none_first, self.none_second = nn.Linear(of_none, 16), nn.Linear(16, 1)

    def forward(self, signs: torch.Tensor) -> torch.Tensor:
        """Return a logit a candidate."""
        inner = nn.functional.dropout(torch.relu(self.first(signs)), _DROPPED, self.training)
        return torch.as_tensor((self.second(inner) + self.straight(signs))[:, 0])

    def none(self, signs: torch.Tensor) -> torch.Tensor:
        """Return the logit of none of the candidates."""
        return torch.as_tensor(self.none_second(torch.relu(self.none_first(signs)))[:, 0])


def fit_ranker(examples: Sequence[RankedExample], seed: int = 0) -> FrameRanker:
    """Return the ranker fitted on the examples; one whose right frame is no candidate counts as none of them."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    together = np.concatenate([e.signs for e in examples if len(e.signs)])
    mean, spread = together.mean(axis=0), np.maximum(together.std(axis=0), 0.05)
    nones = np.stack([e.none for e in examples])
    none_mean, none_spread = nones.mean(axis=0), np.maximum(nones.std(axis=0), 0.05)
    network = _Network(together.shape[1], nones.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(examples) // _AT_ONCE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    for _ in range(_EPOCHS):
        shuffled = chance.permutation(len(examples))
        for first in range(0, len(examples), _AT_ONCE):
            own = [examples[n] for n in shuffled[first : first + _AT_ONCE]]
            counts = [len(e.signs) for e in own]
            signs = np.concatenate(
                [e.signs for e in own if len(e.signs)] or [np.zeros((0, len(mean)), np.float32)]
            )
            scaled = np.clip((signs - mean) / spread, -6, 6).astype(np.float32)
            none = np.clip((np.stack([e.none for e in own]) - none_mean) / none_spread, -6, 6).astype(
                np.float32
            )
            logits, of_none = network(torch.from_numpy(scaled)), network.none(torch.from_numpy(none))
            losses = []
            for n, (example, part) in enumerate(zip(own, torch.split(logits, counts), strict=True)):
                every = torch.cat([part, of_none[n : n + 1]])
                logs = torch.log_softmax(every, dim=0)
                right = sorted(example.right) or [len(example.signs)]
                losses.append(-torch.logsumexp(logs[right], dim=0))
            loss = torch.stack(losses).mean()
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
    h = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    return FrameRanker(
        mean.astype(np.float32), spread.astype(np.float32), h["first.weight"].T, h["first.bias"], h["second.weight"][0],
        h["straight.weight"][0], float(h["second.bias"][0] + h["straight.bias"][0]),
        none_mean.astype(np.float32), none_spread.astype(np.float32), h["none_first.weight"].T, h["none_first.bias"],
        h["none_second.weight"][0], float(h["none_second.bias"][0]),
    )  # fmt: skip
