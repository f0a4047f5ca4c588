"""The largest memory of a process and all that it starts."""

from threading import Event, Thread
from types import TracebackType

import psutil

_EVERY = 0.5  # seconds between two looks


class PeakMemory:
    """Looks at a process and its children while the context is open; `megabytes` is the most that was seen.

    What several processes share is counted once (proportional set size).
    """

    def __init__(self, process: int) -> None:
        self.megabytes = 0.0
        self._process = psutil.Process(process)
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.megabytes = max(self.megabytes, self._now())

    def _now(self) -> float:
        try:
            family = [self._process, *self._process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return 0.0
        return sum(map(_megabytes, family))


def _megabytes(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 2**20
    except psutil.Error:  # it has just ended
        return 0.0
