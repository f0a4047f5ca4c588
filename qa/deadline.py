"""A question may take so long and no longer: one clock, looked at between the stages and inside the loops.

Nothing is stopped in the middle of a step: what runs between two looks at the clock has to be short by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic

LONGEST_ANSWER = 5.0
"""Seconds from a question to its reply; the slowest of 5,000 adversarial ones takes less than two."""
_ends: ContextVar[float] = ContextVar("deadline", default=inf)


class OutOfTimeError(Exception):
    """The question at hand has taken as long as it may; caught where the limit was set, and nowhere else."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let what is done inside take at most `seconds`; `check_time` raises OutOfTimeError after them."""
    token = _ends.set(min(_ends.get(), monotonic() + seconds))
    try:
        yield
    finally:
        _ends.reset(token)


def check_time() -> None:
    """Raise OutOfTimeError if the time of the question at hand is up; without a limit there is none. Some 100 ns."""
    if monotonic() > _ends.get():
        raise OutOfTimeError
