"""What was learned beside the package's weights: a turn of its vectors that brings questions nearer to their passages.

`use_tuning.npz` holds `down` (DIMENSION, rank) and `up` (rank, DIMENSION): a vector v becomes v + v · down · up, of
unit length again. `python -m eval.training.encoder` fits it and tells what it is worth.
"""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.use_package import WEIGHTS_FINGERPRINT
from index.encoders.use_weights import DIMENSION, UseWeights

TUNING = Path(__file__).with_name("use_tuning.npz")
# Names the vectors: of an index built with others nothing is read.
FINGERPRINT = f"{WEIGHTS_FINGERPRINT}-{sha256(TUNING.read_bytes()).hexdigest()[:8]}"


def tuned(weights: UseWeights, turning: Path = TUNING) -> UseWeights:
    """Return the package's weights with what was learned."""
    with np.load(turning, allow_pickle=False) as learned:
        return replace(weights, tuning=turn(learned["down"], learned["up"]))


def turn(down: npt.NDArray[np.floating], up: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Return the matrix (DIMENSION, DIMENSION) of a turn of low rank."""
    product = down.astype(np.float32) @ up.astype(np.float32)
    return np.eye(DIMENSION, dtype=np.float32) + product
