"""A measure over the questions as two arrays: values, and weights that are 0 where it does not apply."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.types import Score

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """`values` and 0/1 `weights` of shape (questions,); the aggregate is sum(values) / sum(weights).

    Written as a ratio of sums, means over a subset that depends on the reply (precision) and plain means
    are resampled alike: by question, numerator and denominator together.
    """

    values: Floats
    weights: Floats

    @property
    def n(self) -> int:
        """Return the number of questions to which the measure applies."""
        return int(self.weights.sum())

    @property
    def mean(self) -> float:
        """Return the aggregate; nan if it applies to no question."""
        return float(self.values.sum() / self.weights.sum()) if self.n else float("nan")

    @property
    def applied(self) -> Floats:
        """Return the values where the measure applies."""
        kept: Floats = self.values[self.weights > 0]
        return kept

    @property
    def binary(self) -> bool:
        """True if every value is 0 or 1."""
        return bool(np.isin(self.applied, (0.0, 1.0)).all())


def column(values: Iterable[float | None]) -> Column:
    """Return a column; None means that the measure does not apply."""
    read = list(values)
    weights = np.array([value is not None for value in read], dtype=np.float64)
    return Column(np.array([value or 0.0 for value in read], dtype=np.float64), weights)


def measure_column(scores: Sequence[Score], name: str) -> Column:
    """Return one measure of a run."""
    return column(score.measures.get(name) for score in scores)


def measure_names(scores: Sequence[Score]) -> list[str]:
    """Return the measures that apply to at least one question, in the order of the first score."""
    applied = {name for score in scores for name, value in score.measures.items() if value is not None}
    listed = dict.fromkeys(name for score in scores for name in score.measures)
    return [name for name in listed if name in applied]
