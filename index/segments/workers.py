"""Who analyses: this process while there is little to do, else one process a core."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, TypeVar

from corpus.guarded_reading import shared_reader
from index.segments.analysis import Analyst, Recipe

Item = TypeVar("Item")
Result = TypeVar("Result")
# Bytes of text from which processes are started: they need some 2 s until they work, in which one process
# analyses about this much.
WORTH_PROCESSES = 150_000
# Tasks that wait for each process: enough that none is idle, few enough that little is held.
_AHEAD = 4


class WorkerError(Exception):
    """A worker process died. The message is Japanese and names the cure."""


class Workers(AbstractContextManager["Workers"], Protocol):
    """Does work on items and gives the results in the items' order."""

    def ordered(self, work: Callable[[Analyst, Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield one result an item; items are taken only as they are needed."""
        ...


def workers_for(recipe: Recipe, size: int) -> Workers:
    """Return who analyses about `size` bytes of text."""
    cores = len(os.sched_getaffinity(0))
    # A model of somebody else's uses all cores by itself, and once in memory is enough.
    alone = size < WORTH_PROCESSES or cores == 1 or recipe.encoder.name is not None
    return ThisProcess(recipe) if alone else Processes(recipe, cores)


class ThisProcess:
    """Does the work when the result is asked for."""

    def __init__(self, recipe: Recipe) -> None:
        self._analyst = Analyst(recipe)
        self._own_threads = recipe.encoder.name is None

    def ordered(self, work: Callable[[Analyst, Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield one result an item."""
        return (work(self._analyst, item) for item in items)

    def __enter__(self) -> "ThisProcess":
        if self._own_threads:
            self._limits = _one_thread()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give BLAS its threads back, and end the process that reads files."""
        shared_reader().close()
        if self._own_threads:
            self._limits.restore_original_limits()


class Processes:
    """Does the work in processes that start afresh (not forked: threads may be running here)."""

    def __init__(self, recipe: Recipe, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._ahead = count * _AHEAD
        self._pool = ProcessPoolExecutor(count, context, initializer=_begin, initargs=(recipe,))

    def ordered(self, work: Callable[[Analyst, Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield one result an item; a few more items are under way."""
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(self._pool.submit(_do, work, item))
                if len(waiting) >= self._ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerError(
                "索引づくりの途中で作業プロセスが止まりました（メモリー不足のことがあります）。"
                "空きメモリーを確かめて、もう一度実行してください。今の索引はそのまま答え続けます。"
            ) from error

    def __enter__(self) -> "Processes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the processes; what waits is not begun."""
        self._pool.shutdown(cancel_futures=True)


_analyst: Analyst | None = None


def _begin(recipe: Recipe) -> None:
    global _analyst
    _analyst = Analyst(recipe)
    _one_thread()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _do(work: Callable[[Analyst, Item], Result], item: Item) -> Result:
    if _analyst is None:
        raise RuntimeError("this process was not set up as a worker")
    return work(_analyst, item)


def _one_thread() -> Any:
    """Keep BLAS to one thread: for matrices of this size several mostly wait for one another, and use up the cores."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1, user_api="blas")


def _end_with_parent() -> None:
    """A parent that is killed cannot stop its workers: they end themselves."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
