"""A child of `bench.scale`: an index of very many passages whose vectors are drawn, not encoded, as JSON.

All legs are built as ever, of every passage's words; what answers need besides is left out.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bench.drawn import open_drawn
from index.artefacts import NO_ARTEFACTS
from index.encoders.settings import EncoderSettings
from index.segments.analysis import Analyst, Recipe
from index.types import Vectors

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD = 8
_ASKED = 200
_DRAWN = "drawn"


class DrawnAnalyst(Analyst):
    """Analyses as ever, but draws the vectors."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Recipe(EncoderSettings(), folder, _DRAWN, NO_ARTEFACTS))
        self._drawn = open_drawn(folder)

    def encode(self, texts: Any) -> Vectors:
        """Return drawn vectors."""
        return self._drawn.encode_passages(texts)


class DrawnWorkers:
    """One process a core; each has an analyst that draws."""

    def __init__(self, folder: Path) -> None:
        cores = len(os.sched_getaffinity(0))
        self._pool = ProcessPoolExecutor(cores, initializer=_begin, initargs=(folder,))

    def ordered(self, work: Callable[[Analyst, Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield one result an item, in order."""
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(self._pool.submit(_do, work, item))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def __enter__(self) -> "DrawnWorkers":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()


_analyst: DrawnAnalyst | None = None


def _begin(folder: Path) -> None:
    global _analyst
    _analyst = DrawnAnalyst(folder)


def _do(work: Callable[[Analyst, Item], Result], item: Item) -> Result:
    if _analyst is None:
        raise RuntimeError("this process was not set up as a worker")
    return work(_analyst, item)
