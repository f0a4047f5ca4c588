"""The network of `qa/cross/network.py` in torch, for training; a test holds the two equal."""

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from qa.cross.reading import ASKED, SIGNS, START, TEXT, Pair

WIDTH, HEADS, INNER, LAYERS, REACH, POOLED = 128, 4, 256, 2, 16, 64
_PARTS = START + 1
_FROM_INPUT = 0.1
_NEVER = -1e4
Floats = npt.NDArray[np.float32]


class Layer(nn.Module):
    """Attention, then two linear layers; each is given what comes in, normalised, and adds to it."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.a, self.b = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropped = dropped

    def forward(self, told: Tensor, bias: Tensor) -> Tensor:
        """Return `told` (pairs, places, WIDTH) one layer on; `bias` is added to what a place looks at."""
        pairs, places, _ = told.shape
        asked = self.qkv(self.n1(told)).view(pairs, places, 3, HEADS, WIDTH // HEADS)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        rate = self.dropped if self.training else 0.0
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias, dropout_p=rate)
        told = told + self._dropped(self.o(seen.transpose(1, 2).reshape(pairs, places, WIDTH)))
        inner = functional.gelu(self.a(self.n2(told)), approximate="tanh")
        return told + self._dropped(self.b(inner))

    def _dropped(self, values: Tensor) -> Tensor:
        return functional.dropout(values, self.dropped, self.training)


class TorchCrossEncoder(nn.Module):
    """`embeddings` (word pieces, dimension) are fixed; `signs` is how many signs of a choice come with a pair."""

    def __init__(self, embeddings: Tensor, signs: int, *, dropped: float = 0.1) -> None:
        super().__init__()
        self.scale = float(embeddings.std())
        self.embeddings = embeddings / self.scale  # fixed, and no part of what is saved
        self.dropped = dropped
        dimension = embeddings.shape[1]
        self.proj = nn.Linear(dimension, WIDTH, bias=False)
        nn.init.normal_(self.proj.weight, std=2 / math.sqrt(dimension))
        self.seg, self.feat = nn.Embedding(_PARTS, WIDTH), nn.Linear(SIGNS, WIDTH)
        nn.init.normal_(self.seg.weight, std=0.1)
        self.cls = nn.Parameter(torch.randn(WIDTH) * 0.1)
        self.n0, self.nf = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.rel = nn.Parameter(torch.zeros(LAYERS, HEADS, 2 * REACH + 1))
        self.ls = nn.ModuleList(Layer(dropped) for _ in range(LAYERS))
        self.pool, self.signs = nn.Linear(3 * WIDTH, POOLED), nn.Linear(signs, POOLED)
        self.out, self.none, self.span = nn.Linear(POOLED, 1), nn.Linear(3 * WIDTH, 1), nn.Linear(WIDTH, 2)
        self.told = nn.Linear(2, POOLED, bias=False)
        nn.init.zeros_(self.told.weight)
        nn.init.zeros_(self.signs.weight)
        nn.init.zeros_(self.signs.bias)

    def forward(
        self, pieces: Tensor, parts: Tensor, met: Tensor, there: Tensor, signs: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return for each pair the score, that of nothing, and of each place those of a begin and an end.

        `pieces`, `parts`, `there` are (pairs, places); `met` is (pairs, places, SIGNS); `signs` (pairs, …) are scaled.
        """
        told = self.nf(self._encoded(pieces, parts, met, there))
        is_asked, is_text = (parts == ASKED) & there, (parts == TEXT) & there
        asked = (told * is_asked[:, :, None]).sum(1) / is_asked.sum(1, keepdim=True).clamp(min=1)
        own = told.masked_fill(~is_text[:, :, None], -4).amax(1)
        pooled = torch.cat([told[:, 0], asked, own], 1)
        ends = self.span(told).masked_fill(~is_text[:, :, None], _NEVER)
        phrase = ends.amax(1).clamp(min=-POOLED)
        hidden = functional.relu(self.pool(pooled) + self.signs(signs) + self.told(phrase))
        score = self.out(functional.dropout(hidden, self.dropped, self.training))[:, 0]
        return score, self.none(pooled)[:, 0], ends

    def _encoded(self, pieces: Tensor, parts: Tensor, met: Tensor, there: Tensor) -> Tensor:
        known = functional.dropout(self.embeddings[pieces], _FROM_INPUT, self.training)
        told = self.proj(known) + self.seg(parts) + self.feat(met)
        first = self.cls + self.seg.weight[START]
        told = self.n0(torch.where((parts == START)[:, :, None], first, told))
        order = torch.arange(pieces.shape[1])
        distance = (order - order[:, None]).clamp(-REACH, REACH) + REACH
        hidden = torch.zeros(there.shape).masked_fill(~there, _NEVER)[:, None, None, :]
        for number, layer in enumerate(self.ls):
            told = layer(told, self.rel[number][:, distance][None] + hidden)
        return torch.as_tensor(told)

    def save(self, path: Path, mean: Floats, spread: Floats) -> None:
        """Write the weights as `CrossEncoder.open` reads them, with how signs of a choice are scaled."""
        held = {name: weight.detach().numpy() for name, weight in self.named_parameters()}
        held |= {"scale": np.array(self.scale), "signs.mean": mean, "signs.spread": spread}
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = {name: array.astype(np.float16) for name, array in held.items()}
        np.savez_compressed(path, allow_pickle=False, **kept)


def padded(pairs: list[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return pieces, parts, meetings of pairs as one batch, and which places are no padding."""
    longest = max(len(pair.pieces) for pair in pairs)
    pieces = np.zeros((len(pairs), longest), np.int64)
    parts = np.full((len(pairs), longest), START)
    met = np.zeros((len(pairs), longest, SIGNS), np.float32)
    there = np.zeros((len(pairs), longest), bool)
    for row, pair in enumerate(pairs):
        size = len(pair.pieces)
        pieces[row, :size], parts[row, :size] = pair.pieces, pair.parts
        met[row, :size], there[row, :size] = pair.signs, True
    return tuple(map(torch.from_numpy, (pieces, parts, met, there)))  # type: ignore[return-value]
