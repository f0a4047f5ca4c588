"""Fits whether a stretch of a question that cells hold is meant to name them."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from qa.tables.naming.naming_model import NamingModel, Numbers

_WIDTH, _EPOCHS, _AT_ONCE, _RATE, _DECAY = 32, 6, 256, 3e-3, 1e-3


def fit_namings(signs: Numbers, meant: Sequence[bool], seed: int = 0) -> NamingModel:
    """Return the model fitted on signs (namings, signs), and whether each was meant."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    mean, spread = signs.mean(axis=0), np.maximum(signs.std(axis=0), 0.05)
    scaled = torch.from_numpy(np.clip((signs - mean) / spread, -5, 5).astype(np.float32))
    right = torch.tensor(np.asarray(meant, np.float32))
    network = nn.Sequential(
        nn.Linear(signs.shape[1], _WIDTH), nn.ReLU(), nn.Dropout(0.1), nn.Linear(_WIDTH, 1)
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _EPOCHS * -(-len(signs) // _AT_ONCE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    for _ in range(_EPOCHS):
        shuffled = chance.permutation(len(signs))
        for first in range(0, len(signs), _AT_ONCE):
            own = shuffled[first : first + _AT_ONCE]
            loss = nn.functional.binary_cross_entropy_with_logits(network(scaled[own])[:, 0], right[own])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
    held = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    return NamingModel(
        mean.astype(np.float32),
        spread.astype(np.float32),
        held["0.weight"].T,
        held["0.bias"],
        held["3.weight"][0],
        held["3.bias"],
    )
