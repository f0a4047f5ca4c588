"""What a turn of the encoder is fitted on, batch by batch."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from eval.training.encoder.pairs import Pairs, QuestionSet
from index.encoders.use_tuning import turn
from index.encoders.use_turn_fitting import Turn, fit_turn

_STEPS, _BATCH = 600, 64


def fitted_turn(told: Sequence[tuple[QuestionSet, int]], *, seed: int = 0) -> Turn:
    """Return the turn fitted on sets of questions; a set is drawn as often as its number tells."""
    chance = random.Random(seed)  # noqa: S311 - an order to learn in, no secret
    return fit_turn(_batches(told, chance), seed=seed)


def matrix(fitted: Turn) -> npt.NDArray[np.float32]:
    """Return the matrix of a turn as it is shipped: half precision, read back."""
    return turn(*fitted)


def _batches(
    told: Sequence[tuple[QuestionSet, int]], chance: random.Random
) -> Iterator[list[npt.NDArray[np.float32]]]:
    """Yield questions, their windows, and HARD times a window that is none of theirs; no window twice."""
    drawn = [some.pairs for some, times in told for _ in range(times)]
    for _ in range(_STEPS):
        pairs = chance.choice(drawn)
        rows = _rows(pairs, chance)
        yield [pairs.questions[rows], pairs.right[rows], *pairs.hard[rows].swapaxes(0, 1)]


def _rows(pairs: Pairs, chance: random.Random) -> list[int]:
    order = list(range(len(pairs.numbers)))
    chance.shuffle(order)
    first = {int(pairs.numbers[row]): row for row in reversed(order)}
    return list(first.values())[:_BATCH]
