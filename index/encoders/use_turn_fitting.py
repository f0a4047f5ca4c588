"""Fits a turn of low rank with sentence-transformers' loss of ranked pairs (Henderson et al. 2017)."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from index.encoders.use_weights import DIMENSION
from index.offline import sentence_transformers

RANK = 64
"""Measured on sets left out: 128 is no better."""
_PULL = 0.05  # of .02 it overfits the cities (municipal FAQ .378 for .391)
_RATE, _SCALE, _SPREAD = 1e-3, 20.0, 0.02
Turn = tuple[npt.NDArray[np.float16], npt.NDArray[np.float16]]


def fit_turn(batches: Iterable[Sequence[npt.NDArray[np.float32]]], *, seed: int = 0) -> Turn:
    """Return `down` (DIMENSION, RANK) and `up` (RANK, DIMENSION).

    A batch holds vectors (rows, DIMENSION) of questions, of what answers each, and any number of times of what
    does not. The negatives of a question are those of its whole batch, and the others' answers.
    """
    import torch

    sentence_transformers()
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    torch.manual_seed(seed)
    down = torch.nn.Parameter(torch.randn(DIMENSION, RANK) * _SPREAD)
    up = torch.nn.Parameter(torch.zeros(RANK, DIMENSION))

    class Turning(torch.nn.Module):
        """Turns vectors that are encoded already."""

        def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
            vectors = features["vectors"]
            return {"sentence_embedding": vectors + vectors @ down @ up}

    loss = MultipleNegativesRankingLoss(Turning(), scale=_SCALE)  # type: ignore[arg-type] # a module is enough for it
    optimizer = torch.optim.Adam([down, up], lr=_RATE)
    for batch in batches:
        features = [{"vectors": torch.from_numpy(vectors)} for vectors in batch]
        total = loss(features, None) + _PULL * ((down @ up) ** 2).sum()
        optimizer.zero_grad()
        total.backward()
        optimizer.step()
    return tuple(part.detach().numpy().astype(np.float16) for part in (down, up))  # type: ignore[return-value]
