"""Fits small networks in torch: which row of each group is right (list-wise softmax, Cao et al. 2007), or how likely."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from qa.learned.networks import Networks

Floats = npt.NDArray[np.float32]
Group = tuple[Floats, Floats]
"""Rows of signs, and how right each is."""
_DROPPED = 0.15
_EXTREME = 6.0


@dataclass(frozen=True)
class Plan:
    """How networks are trained: `hidden` units a layer, `epochs` over the groups, `batch` groups a step, one network a seed."""

    hidden: int
    epochs: int
    seeds: Sequence[int]
    batch: int = 16
    rate: float = 4e-3
    decay: float = 0.02


Loss = Callable[[torch.Tensor, Sequence[torch.Tensor]], torch.Tensor]


class _Network(torch.nn.Module):
    def __init__(self, signs: int, hidden: int) -> None:
        super().__init__()
        self.first = torch.nn.Linear(signs, hidden)
        self.second = torch.nn.Linear(hidden, hidden)
        self.third = torch.nn.Linear(hidden, 1)
        self.straight = torch.nn.Linear(signs, 1)
        self.dropped = torch.nn.Dropout(_DROPPED)

    def forward(self, signs: torch.Tensor) -> torch.Tensor:
        hidden = self.dropped(torch.relu(self.first(signs)))
        hidden = self.dropped(torch.relu(self.second(hidden)))
        return torch.as_tensor((self.third(hidden) + self.straight(signs))[:, 0])


def fit_choice(groups: Sequence[Group], plan: Plan) -> Networks:
    """Return networks that score the right rows of each group highest; groups without one are left out."""
    told = [(signs, right) for signs, right in groups if right.any()]

    def loss(scores: torch.Tensor, own: Sequence[torch.Tensor]) -> torch.Tensor:
        total, place = torch.zeros(()), 0
        for right in own:
            part = torch.log_softmax(scores[place : place + len(right)], 0)
            total = total - torch.logsumexp(part + torch.log(right + 1e-9), 0)
            place += len(right)
        return total / len(own)

    return _fit(told, loss, plan)


def fit_chance(signs: Floats, right: Floats, plan: Plan) -> Networks:
    """Return networks whose score is the logit that a row is right."""
    groups = [(signs[n : n + 1], right[n : n + 1]) for n in range(len(signs))]

    def loss(scores: torch.Tensor, own: Sequence[torch.Tensor]) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(scores, torch.cat(list(own)))

    return _fit(groups, loss, plan)


def _fit(groups: Sequence[Group], loss: Loss, plan: Plan) -> Networks:
    every = np.concatenate([signs for signs, _ in groups])
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-4
    scaled = [
        (
            torch.from_numpy(np.clip((signs - mean) / spread, -_EXTREME, _EXTREME).astype(np.float32)),
            torch.from_numpy(right),
        )
        for signs, right in groups
    ]
    networks = [_trained(scaled, loss, plan, seed) for seed in plan.seeds]

    def stacked(name: str) -> Floats:
        return np.stack([dict(n.named_parameters())[name].detach().numpy() for n in networks])

    return Networks(
        mean=mean, spread=spread,
        first=stacked("first.weight").transpose(0, 2, 1), first_bias=stacked("first.bias"),
        second=stacked("second.weight").transpose(0, 2, 1), second_bias=stacked("second.bias"),
        third=stacked("third.weight")[:, 0], straight=stacked("straight.weight")[:, 0],
        bias=stacked("third.bias")[:, 0] + stacked("straight.bias")[:, 0],
    )  # fmt: skip


def _trained(
    groups: Sequence[tuple[torch.Tensor, torch.Tensor]], loss: Loss, plan: Plan, seed: int
) -> _Network:
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    network = _Network(groups[0][0].shape[1], plan.hidden)
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=plan.decay)
    steps = plan.epochs * ((len(groups) + plan.batch - 1) // plan.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total_steps=steps)
    for _ in range(plan.epochs):
        mixed = order.permutation(len(groups))
        for at in range(0, len(mixed), plan.batch):
            own = [groups[n] for n in mixed[at : at + plan.batch]]
            scores = network(torch.cat([signs for signs, _ in own]))
            value = loss(scores, [right for _, right in own])
            optimizer.zero_grad()
            value.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return network.eval()
