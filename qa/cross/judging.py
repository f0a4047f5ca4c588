"""How likely each of a few pieces answers a question, and how likely none does."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from index.encoders.use_encoder import UseEncoder
from qa.cross.network import CrossEncoder
from qa.cross.reading import PairReader

Floats = npt.NDArray[np.float32]
Text = tuple[str, Sequence[str], str]
"""The title of a document, the titles above a piece of it, outermost first, and the piece's text."""


class PairJudge:
    """Reads a question together with each text; safe to share between threads."""

    def __init__(self, encoder: UseEncoder, network: CrossEncoder) -> None:
        self._reader = PairReader(encoder)
        self._network = network

    def shares(self, asked: str, before: str, texts: Sequence[Text], signs: Floats) -> Floats:
        """Return how likely each of `texts` (at least one) answers, and at last how likely none does; their sum is 1.

        `asked` is read after what was asked `before`; `signs` (texts, …) tell of each text what it was chosen by.
        """
        pairs = self._reader.pairs(asked, before, texts)
        every = np.concatenate([pair.pieces for pair in pairs])
        distinct, places = np.unique(every, return_inverse=True)
        judged = self._network.judged(pairs, self._reader.vectors(distinct), places, signs)
        scores = np.append(judged.score, judged.nothing.max())
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum(), np.float32)


@cache
def shipped_cross_encoder() -> CrossEncoder:
    """Return the network that the project ships (`python -m eval.training.cross`)."""
    with as_file(files("qa.cross") / "model" / "cross.npz") as path:
        return CrossEncoder.open(path)
