"""The built-in encoder as a module of sentence-transformers: for fine-tuning and evaluation, in torch.

`UseModule` computes what `index.encoders.use_model` computes, on padded batches, and its parameters have the names of
`UseWeights`. torch and sentence-transformers are imported with this module: import it inside the function that
needs it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from torch.nn import functional

from index.encoders.use_package import read_package
from index.encoders.use_tokenizer import MOST_PIECES, PieceData, UseTokenizer, load_pieces
from index.encoders.use_tuning import tuned
from index.encoders.use_weights import (
    BLOCKS,
    CHANNELS,
    DIMENSION,
    EPSILON,
    WINDOWS,
    UseWeights,
    arrays_of,
    load_weights,
)
from index.offline import sentence_transformers

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

# The quantised embeddings stay as they are: only what comes after them can be trained.
_FROZEN = ("table", "scale", "low")
_InputModule: Any = sentence_transformers().base.modules.InputModule


class UseModule(_InputModule):  # type: ignore[misc]
    """Texts to unit vectors of DIMENSION numbers."""

    save_in_root = False

    def __init__(self, weights: UseWeights, pieces: PieceData) -> None:
        super().__init__()
        self._pieces = pieces
        self._cutter = UseTokenizer(pieces)
        for name, array in arrays_of(weights).items():
            tensor = torch.from_numpy(np.array(array))
            if name in _FROZEN:
                self.register_buffer(name, tensor)
            else:
                self.register_parameter(name, torch.nn.Parameter(tensor))

    @property
    def max_seq_length(self) -> int:
        """Return how many pieces of a text are read."""
        return MOST_PIECES

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return DIMENSION

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: object
    ) -> dict[str, "Tensor"]:
        """Return `input_ids` and `attention_mask` of shape (texts, longest)."""
        cut = [torch.tensor(self._cutter.encode((prompt or "") + text)) for text in inputs]
        padded = torch.nn.utils.rnn.pad_sequence(cut, batch_first=True)
        lengths = torch.tensor([len(pieces) for pieces in cut])
        mask = torch.arange(padded.shape[1]) < lengths[:, None]
        return {"input_ids": padded, "attention_mask": mask.long()}

    def forward(self, features: dict[str, "Tensor"], **_: object) -> dict[str, "Tensor"]:
        """Add `sentence_embedding` of shape (texts, DIMENSION)."""
        pieces, mask = features["input_ids"], features["attention_mask"][..., None].float()
        blocks = pieces % BLOCKS
        embedded = self.table[pieces].float() * self.scale[blocks][..., None] + self.low[blocks][..., None]
        projected = functional.layer_norm(
            embedded @ self.projection + self.projection_bias,
            self.projection_gain.shape,
            self.projection_gain,
            self.projection_shift,
            EPSILON,
        )
        convolved = [
            self._convolved(group, mask, number)
            for number, group in enumerate(torch.split(projected, CHANNELS, dim=-1))
        ]
        together = torch.cat([embedded, *convolved], dim=-1)
        normal = functional.layer_norm(together, self.gain.shape, self.gain, self.shift, EPSILON)
        features["sentence_embedding"] = self._pooled((normal * mask).sum(1), mask.sum(1))
        return features

    def _convolved(self, group: "Tensor", mask: "Tensor", number: int) -> "Tensor":
        size, before = WINDOWS[number]
        start = sum(size for size, _ in WINDOWS[:number]) * CHANNELS
        for layer, bias in ((self.near, self.near_bias), (self.far, self.far_bias)):
            edges = (0, 0, before, size - 1 - before)
            windows = functional.pad(group * mask, edges).unfold(1, size, 1).transpose(-1, -2).flatten(-2)
            group = torch.relu(windows @ layer[start : start + size * CHANNELS] + bias[number]) + group
        return group

    def _pooled(self, total: "Tensor", counts: "Tensor") -> "Tensor":
        pooled = (total @ self.pooled + counts * self.pooled_bias) / counts.sqrt()
        first = torch.relu(pooled @ self.hidden0)
        second = torch.relu(first @ self.hidden1 + pooled @ self.hidden1_skip)
        third = torch.relu(second @ self.hidden2)
        last = torch.tanh(third @ self.output + second @ self.output_skip)
        return functional.normalize(last @ self.tuning, dim=-1)

    def weights(self) -> UseWeights:
        """Return the weights as they are now, for the query path."""
        return UseWeights(
            **{name: tensor.detach().cpu().numpy() for name, tensor in self.state_dict().items()}
        )

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the files of the query path: this folder can be opened by both."""
        self.weights().save(Path(output_path))
        self._pieces.save(Path(output_path))

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: object) -> Self:
        """Read what `save` wrote."""
        folder = Path(model_name_or_path, subfolder)
        return cls(load_weights(folder), load_pieces(folder))


def use_sentence_transformer() -> "SentenceTransformer":
    """Return the built-in encoder as a SentenceTransformer on the CPU; EncoderError if pip's files are bad."""
    weights, pieces = read_package()
    model: SentenceTransformer = sentence_transformers().SentenceTransformer(
        modules=[UseModule(tuned(weights), pieces)], device="cpu"
    )
    return model
