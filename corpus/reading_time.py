"""Time that a file turns out to need while it is read: who reads it asks, who holds the reading to limits listens."""

from collections.abc import Callable
from contextvars import ContextVar


def _nobody() -> None:
    """Hear nothing: a file that is read without limits needs no time from anybody."""


_LISTENER: ContextVar[Callable[[], None]] = ContextVar("listener", default=_nobody)


def ask_for_picture_time() -> None:
    """Ask for the time that a machine takes to read the picture of one page."""
    _LISTENER.get()()


def listen(listener: Callable[[], None]) -> None:
    """Have `listener` called for each page that time is asked for."""
    _LISTENER.set(listener)
