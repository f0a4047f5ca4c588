"""Fits the cross-encoder: of a question's texts, which answers, or that none does (softmax over them and nothing)."""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from eval.training.cross.torch_network import TorchCrossEncoder, padded
from eval.training.cross.trials import Trial
from qa.cross.reading import PairReader

Floats = npt.NDArray[np.float32]
_EXTREME = 5.0
_SPANS = 0.3  # weight of the loss of where an answer begins and ends
_NOTHING, _EMPTIED, _UNSIGNED = 0.04, 0.08, 0.15
"""How often what is right is left out, or stands without the clause that answers, or comes without its signs."""
_CHUNKS = 3  # pairs of like lengths go through together: less padding


@dataclass(frozen=True)
class Course:
    """How a network is trained: `epochs` over the trials, `batch` trials a step, at most `texts` of each."""

    epochs: float
    seed: int = 0
    batch: int = 24
    rate: float = 6e-4
    decay: float = 0.05
    texts: int = 8
    dropped: float = 0.15


@dataclass(frozen=True)
class Scale:
    """How the signs of a choice are scaled."""

    mean: Floats
    spread: Floats

    @classmethod
    def of(cls, trials: Sequence[Trial]) -> "Scale":
        """Return the scale of the trials' signs."""
        every = np.concatenate([trial.signs for trial in trials])
        return cls(every.mean(axis=0), every.std(axis=0) + np.float32(1e-3))

    def __call__(self, signs: Floats) -> Tensor:
        """Return signs scaled, as the network takes them."""
        return torch.from_numpy(
            np.clip((signs - self.mean) / self.spread, -_EXTREME, _EXTREME).astype(np.float32)
        )


class Vocabulary:
    """The word pieces of some trials: only their embeddings are held while training."""

    def __init__(self, trials: Sequence[Trial], reader: PairReader) -> None:
        pieces = [pair.pieces for one in trials for pair in (*one.pairs, *filter(None, one.emptied))]
        self._known = np.unique(np.concatenate(pieces))
        self.embeddings = torch.from_numpy(reader.vectors(self._known).astype(np.float32))

    def __call__(self, pieces: Tensor) -> Tensor:
        """Return the rows of `embeddings` for word pieces."""
        return torch.from_numpy(np.searchsorted(self._known, pieces.numpy()))


def fit(
    network: TorchCrossEncoder, trials: Sequence[Trial], known: Vocabulary, scale: Scale, course: Course
) -> TorchCrossEncoder:
    """Train `network` in place and return it; long work tells how far it is."""
    torch.manual_seed(course.seed)
    chance = random.Random(course.seed)  # noqa: S311 - an order to learn in, no secret
    steps = int(course.epochs * len(trials) / course.batch)
    optimizer = torch.optim.AdamW(network.parameters(), lr=course.rate, weight_decay=course.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, course.rate, total_steps=steps, pct_start=0.15)
    order: list[int] = []
    total = 0.0
    for step in range(steps):
        network.train()
        if len(order) < course.batch:
            order = list(range(len(trials)))
            chance.shuffle(order)
        drawn = [_drawn(trials[order.pop()], chance, course.texts) for _ in range(course.batch)]
        loss = _loss(network, drawn, known, scale, signed=chance.random() >= _UNSIGNED)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += float(loss.detach())
        if step % 50 == 49:
            sys.stderr.write(f"step {step + 1} of {steps}, loss {total / 50:.3f}\n")
            total = 0.0
    return network.eval()


def shares(
    network: TorchCrossEncoder, trials: Sequence[Trial], known: Vocabulary, scale: Scale, *, texts: int = 8
) -> list[Floats]:
    """Return for each trial how likely each of its first `texts` answers, and at last that none does."""
    network.eval()
    found: list[Floats] = []
    with torch.no_grad():
        for begin in range(0, len(trials), 24):
            own = [one.taken(range(min(texts, len(one.pairs)))) for one in trials[begin : begin + 24]]
            scores, nothing, _ = _run(network, own, known, scale, signed=True)
            place = 0
            for one in own:
                part = slice(place, place + len(one.pairs))
                joined = torch.cat([scores[part], nothing[part].max()[None]])
                found.append(torch.softmax(joined, 0).numpy())
                place += len(one.pairs)
    return found


def _drawn(one: Trial, chance: random.Random, texts: int) -> Trial:
    """Return a trial as it is shown once: cut to its first texts with a right one among them, or with none."""
    rows = list(range(min(texts, len(one.pairs))))
    right = np.flatnonzero(one.right > 0).tolist()
    if right and not set(right) & set(rows):
        rows.append(right[0])
    dice = chance.random()
    if dice < _NOTHING and len(right) < len(rows):
        rows = [row for row in rows if row not in right]
    elif dice < _NOTHING + _EMPTIED and right:
        emptied = [row for row in right if row in rows and one.emptied[row]]
        if emptied:
            rows = [row for row in rows if row not in right or row == emptied[0]]
            return _with_emptied(one, emptied[0]).taken(rows)
    return one.taken(rows)


def _with_emptied(one: Trial, row: int) -> Trial:
    pairs, right, spans = list(one.pairs), one.right.copy(), list(one.spans)
    emptied = one.emptied[row]
    if emptied:
        pairs[row], right[row], spans[row] = emptied, 0, None
    return replace(one, pairs=tuple(pairs), right=right, spans=tuple(spans))


def _run(
    network: TorchCrossEncoder, trials: Sequence[Trial], known: Vocabulary, scale: Scale, *, signed: bool
) -> tuple[Tensor, Tensor, Tensor]:
    pairs = [pair for one in trials for pair in one.pairs]
    pieces, parts, met, there = padded(pairs)
    signs = scale(np.concatenate([one.signs for one in trials]))
    signs = signs if signed else torch.zeros_like(signs)
    order = torch.argsort(there.sum(1))
    done = []
    for rows in torch.chunk(order, _CHUNKS):
        longest = int(there[rows].sum(1).max())
        scores, nothing, ends = network(
            known(pieces[rows, :longest]), parts[rows, :longest], met[rows, :longest], there[rows, :longest], signs[rows]
        )  # fmt: skip
        done.append((scores, nothing, functional.pad(ends, (0, 0, 0, pieces.shape[1] - longest), value=-1e4)))
    back = torch.argsort(order)
    scores, nothing, ends = (torch.cat(part)[back] for part in zip(*done, strict=True))
    return scores, nothing, ends


def _loss(
    network: TorchCrossEncoder, trials: Sequence[Trial], known: Vocabulary, scale: Scale, *, signed: bool
) -> Tensor:
    scores, nothing, ends = _run(network, trials, known, scale, signed=signed)
    total, place = torch.zeros(()), 0
    spans: list[Tensor] = []
    for one in trials:
        part = slice(place, place + len(one.pairs))
        share = torch.log_softmax(torch.cat([scores[part], nothing[part].max()[None]]), 0)
        right = torch.from_numpy(np.append(one.right > 0, not one.right.any()))
        total = total - torch.logsumexp(share[right], 0)
        spans += [
            functional.cross_entropy(ends[place + row].T, torch.tensor(span))
            for row, span in enumerate(one.spans)
            if span and one.right[row] > 0
        ]
        place += len(one.pairs)
    whole = total / len(trials)
    return whole + _SPANS * torch.stack(spans).mean() if spans else whole
