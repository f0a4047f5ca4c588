"""A cross-encoder fitted on trials, with all that is needed to use it on others and to save it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from eval.training.cross.fitting import Course, Scale, Vocabulary, fit, shares
from eval.training.cross.torch_network import TorchCrossEncoder
from eval.training.cross.trials import Trial
from qa.cross.reading import PairReader

Floats = npt.NDArray[np.float32]
CITIES = Course(epochs=2.0)
"""How the cities are learned, from what was learned of JaQuAD."""


@dataclass(frozen=True)
class Trained:
    """A network and how the signs of its trials are scaled."""

    network: TorchCrossEncoder
    scale: Scale

    def shares(self, trials: Sequence[Trial], reader: PairReader) -> list[Floats]:
        """Return for each trial how likely each of its texts answers, and at last that none does."""
        known = Vocabulary(trials, reader)
        return shares(self.over(known), trials, known, self.scale)

    def save(self, path: Path) -> None:
        """Write what the question path reads."""
        self.network.save(path, self.scale.mean, self.scale.spread)

    def over(self, known: Vocabulary) -> TorchCrossEncoder:
        """Return the network over the embeddings of other word pieces, scaled as in training."""
        other = TorchCrossEncoder(known.embeddings, len(self.scale.mean))
        other.load_state_dict(self.network.state_dict())
        other.embeddings, other.scale = known.embeddings / self.network.scale, self.network.scale
        return other


def fitted_on(
    trials: Sequence[Trial], reader: PairReader, pretrained: Path | None, course: Course = CITIES
) -> Trained:
    """Return a network fitted on `trials`, from the weights in `pretrained` where there are any."""
    known, scale = Vocabulary(trials, reader), Scale.of(trials)
    torch.manual_seed(course.seed)
    network = TorchCrossEncoder(known.embeddings, len(scale.mean), dropped=course.dropped)
    if pretrained:
        held = torch.load(pretrained, weights_only=True)
        own = network.state_dict()
        fitting = {name: weight for name, weight in held.items() if weight.shape == own[name].shape}
        network.load_state_dict(fitting, strict=False)
    return Trained(fit(network, trials, known, scale, course), scale)
