"""A model that is opened when it is first asked, once, whichever thread asks."""

import threading
from collections.abc import Callable
from typing import Any


class OpenedOnce:
    """Holds what `opening` returns; if it raises, the next caller tries again."""

    def __init__(self, opening: Callable[[], Any]) -> None:
        self._opening = opening
        self._opened: Any = None
        self._lock = threading.Lock()

    def __call__(self) -> Any:
        """Return the model."""
        with self._lock:
            if self._opened is None:
                self._opened = self._opening()
            return self._opened
