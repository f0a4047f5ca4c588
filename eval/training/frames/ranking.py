"""Fits the networks that tell which item a piece of a question means, or none: a softmax over all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from eval.training.frames.examples import Example
from qa.frames.meant.reference_model import Layer, ReferenceModel, inputs_of

_WIDTH = 32
_DROPPED = 0.2
_EPOCHS, _AT_ONCE = 14, 128
_RATE, _DECAY = 4e-3, 1e-2
_NETWORKS = 3
_OUT = -1e9


@dataclass(frozen=True)
class _Batch:
    """`items` of shape (n, most items, inputs), which of them are `there`, the `wholes`, and the `right` place of each."""

    items: torch.Tensor
    there: torch.Tensor
    wholes: torch.Tensor
    right: torch.Tensor


class _Network(nn.Module):
    """What speaks for each item, and for none."""

    def __init__(self, of_item: int, of_whole: int) -> None:
        super().__init__()
        self.item = nn.Sequential(
            nn.Linear(of_item, _WIDTH), nn.ReLU(), nn.Dropout(_DROPPED), nn.Linear(_WIDTH, _WIDTH), nn.ReLU(),
            nn.Linear(_WIDTH, 1),
        )  # fmt: skip
        self.none = nn.Sequential(
            nn.Linear(of_whole, _WIDTH), nn.ReLU(), nn.Dropout(_DROPPED), nn.Linear(_WIDTH, 1)
        )

    def forward(self, items: torch.Tensor, there: torch.Tensor, wholes: torch.Tensor) -> torch.Tensor:
        """Return the logits, of shape (n, most items + 1): each item's, then none's."""
        told = self.item(items)[..., 0].masked_fill(~there, _OUT)
        return torch.cat([told, self.none(wholes)], dim=1)


def fitted_references(examples: Sequence[Example]) -> ReferenceModel:
    """Return the model fitted on examples."""
    batch = _batch(examples)
    scales = {"item": _scale(batch.items[batch.there]), "none": _scale(batch.wholes)}
    scaled = _Batch(
        (batch.items - scales["item"][0]) / scales["item"][1],
        batch.there,
        (batch.wholes - scales["none"][0]) / scales["none"][1],
        batch.right,
    )
    return ReferenceModel([_layers(_fitted(scaled, seed), scales) for seed in range(_NETWORKS)])


def save_references(model: ReferenceModel, path: Path) -> None:
    """Write what `load_references` reads."""
    arrays: dict[str, Any] = {}
    for number, network in enumerate(model.networks):
        for part, layers in network.items():
            for depth, (weights, bias) in enumerate(layers):
                arrays[f"{number} {part} {depth} weights"] = weights
                arrays[f"{number} {part} {depth} bias"] = bias
    np.savez_compressed(path, **arrays)


def _batch(examples: Sequence[Example]) -> _Batch:
    told = [inputs_of(example.near, example.piece) for example in examples]
    most = max(len(items) for items, _ in told)
    items = np.zeros((len(told), most, told[0][0].shape[1]), np.float32)
    there = np.zeros((len(told), most), bool)
    for number, (own, _) in enumerate(told):
        items[number, : len(own)] = own
        there[number, : len(own)] = True
    right = [most if example.item is None else example.item for example in examples]
    wholes = np.stack([whole for _, whole in told])
    return _Batch(
        torch.from_numpy(items), torch.from_numpy(there), torch.from_numpy(wholes), torch.tensor(right)
    )


def _scale(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return values.mean(dim=0), values.std(dim=0) + 1e-6


def _fitted(batch: _Batch, seed: int) -> _Network:
    torch.manual_seed(seed)
    network = _Network(batch.items.shape[2], batch.wholes.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(batch.right) // _AT_ONCE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    for _ in range(_EPOCHS):
        for own in torch.split(torch.randperm(len(batch.right)), _AT_ONCE):
            logits = network(batch.items[own], batch.there[own], batch.wholes[own])
            optimizer.zero_grad()
            torch.autograd.backward(nn.functional.cross_entropy(logits, batch.right[own]))
            optimizer.step()
            schedule.step()
    return network.eval()


def _layers(
    network: _Network, scales: Mapping[str, tuple[torch.Tensor, torch.Tensor]]
) -> dict[str, list[Layer]]:
    """Return the weights as NumPy reads them; the scaling of the input is in the first layer's."""
    found: dict[str, list[Layer]] = {}
    for name, part in (("item", network.item), ("none", network.none)):
        mean, deviation = scales[name]
        layers = [layer for layer in part if isinstance(layer, nn.Linear)]
        weights = [(layer.weight.detach().T, layer.bias.detach()) for layer in layers]
        first, bias = weights[0]
        weights[0] = (first / deviation[:, None], bias - (mean / deviation) @ first)
        found[name] = [(weight.numpy(), bias.numpy()) for weight, bias in weights]
    return found
