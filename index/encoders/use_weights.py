"""The weights of the Universal Sentence Encoder as one record of arrays, saved as mapped files."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import Array, load_array, save_arrays

DIMENSION = 512
CHANNELS = 256
# Each convolution: how many pieces its window has, and how many of them lie before its place.
WINDOWS = ((2, 0), (3, 1), (5, 2))
# The table is quantised in blocks: piece i belongs to block i % BLOCKS.
BLOCKS = 17
PIECES = 7530 * BLOCKS
EPSILON = 1e-12
_NAME = "use"

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class UseWeights:
    """All weights; what each is for is told in `index.encoders.use_model`.

    `table` (PIECES, DIMENSION) uint8: a piece's embedding is `table[i] * scale[i % BLOCKS] + low[i % BLOCKS]`.
    The others are float32. Of the convolutions, arrays of one name lie one below the other in the order of WINDOWS:
    `near` and `far` (2 + 3 + 5 times CHANNELS, CHANNELS) are the first and second convolution's. `tuning` (DIMENSION,
    DIMENSION) comes after the package's last layer: see `index.encoders.use_tuning`.
    """

    table: npt.NDArray[np.uint8]
    scale: _Floats
    low: _Floats
    projection: _Floats
    projection_bias: _Floats
    projection_gain: _Floats
    projection_shift: _Floats
    near: _Floats
    near_bias: _Floats
    far: _Floats
    far_bias: _Floats
    gain: _Floats
    shift: _Floats
    pooled: _Floats
    pooled_bias: _Floats
    hidden0: _Floats
    hidden1: _Floats
    hidden1_skip: _Floats
    hidden2: _Floats
    output: _Floats
    output_skip: _Floats
    tuning: _Floats

    def save(self, folder: Path) -> None:
        """Write each array to its own file."""
        save_arrays(folder, _NAME, arrays_of(self))


# The shape of every array.
SHAPES: dict[str, tuple[int, ...]] = {
    "table": (PIECES, DIMENSION),
    "scale": (BLOCKS,),
    "low": (BLOCKS,),
    "projection": (DIMENSION, 3 * CHANNELS),
    "projection_bias": (3 * CHANNELS,),
    "projection_gain": (3 * CHANNELS,),
    "projection_shift": (3 * CHANNELS,),
    "near": (10 * CHANNELS, CHANNELS),
    "near_bias": (3, CHANNELS),
    "far": (10 * CHANNELS, CHANNELS),
    "far_bias": (3, CHANNELS),
    "gain": (DIMENSION + 3 * CHANNELS,),
    "shift": (DIMENSION + 3 * CHANNELS,),
    "pooled": (DIMENSION + 3 * CHANNELS, DIMENSION),
    "pooled_bias": (DIMENSION,),
    "hidden0": (DIMENSION, 320),
    "hidden1": (320, 320),
    "hidden1_skip": (DIMENSION, 320),
    "hidden2": (320, DIMENSION),
    "output": (DIMENSION, DIMENSION),
    "output_skip": (320, DIMENSION),
    "tuning": (DIMENSION, DIMENSION),
}


def arrays_of(weights: UseWeights) -> dict[str, Array]:
    """Return the arrays by name."""
    return {field.name: getattr(weights, field.name) for field in fields(weights)}


def load_weights(folder: Path) -> UseWeights:
    """Map the saved arrays; ValueError if one is cut short or of another shape, OSError if it is missing."""
    arrays = {name: load_array(folder, _NAME, name) for name in SHAPES}
    for name, shape in SHAPES.items():
        if arrays[name].shape != shape:
            raise ValueError(f"{name}: shape {arrays[name].shape}, not {shape}")
    return UseWeights(**arrays)
