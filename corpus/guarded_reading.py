"""Reads files in a child process that is held to limits: a file that breaks its parser harms only itself.

A parser that spins, fills the memory or dies by a signal becomes a Problem of its file, and the next file is read by a
new child. A child reads one file after the other, so that a thousand of them do not start a thousand processes. What
waits for it is one process a core (`index.segments.workers`), each with a child of its own.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from corpus.file_limits import too_much_memory
from corpus.kinds import BY_ENDING, Kind, kind_of
from corpus.library import document_id, read_file
from corpus.reading_child import PICTURE, Limits, size_of
from corpus.types import Document, Problem

SMALL = 300_000
"""Bytes of a plain text or table up to which it is read in this process: tests hold their readers to linear time."""
_PLAIN = (Kind.TEXT, Kind.TABLE)
_CHILD = "from corpus.reading_child import serve; serve({})"


Read = tuple[Document | None, list[Problem]]


class GuardedReader:
    """Reads files as `corpus.library.read_file` does; safe to share between threads, which wait for each other."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def read(self, path: Path) -> Read:
        """Read one document with its header; None where it cannot be read, with the Problem that says why."""
        if _is_harmless(path):
            return read_file(path)
        with self._lock:
            return self._guarded(path)

    def close(self) -> None:
        """End the child; a later file starts another one."""
        with self._lock:
            self._end()

    def _guarded(self, path: Path) -> Read:
        if self._child is None:
            self._child = _Child(self._limits)
        seconds = self._limits.cpu(size_of(path))
        try:
            answer = self._child.ask(path, seconds * self._limits.patience)
        except TimeoutError:
            answer = None
            problem = _too_long(path, seconds)
        except (EOFError, OSError):
            answer = None
            problem = _died(path, self._child.exit_signal(), seconds)
        if answer is None:
            self._end()
            return None, [problem]
        document, problems, goes_on = answer
        if not goes_on:
            self._end()
        return document, problems

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None


@cache
def shared_reader() -> GuardedReader:
    """Return the process's one reader."""
    return GuardedReader()


class _Child:
    """A process that reads what it is told to, and the line to it."""

    def __init__(self, limits: Limits) -> None:
        self._line, other = Pipe()
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
        with other:
            self._process = subprocess.Popen(  # noqa: S603 - this program itself
                [sys.executable, "-c", _CHILD.format(other.fileno())],
                pass_fds=[other.fileno()],
                env={**os.environ, "PYTHONPATH": paths},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._limits = limits
        self._line.send(limits)

    def ask(self, path: Path, seconds: float) -> tuple[Document | None, list[Problem], bool]:
        """Return what is read, and whether the child goes on; TimeoutError, EOFError or OSError where it does not."""
        self._line.send(path)
        document, problems, goes_on = pickle.loads(answer_of(self._line, seconds, self._limits))  # noqa: S301 - our own child wrote it
        return document, problems, goes_on

    def exit_signal(self) -> int:
        """Return the signal that ended the child, 0 if it ended by itself."""
        with suppress(subprocess.TimeoutExpired):
            return max(0, -self._process.wait(timeout=5))
        return 0

    def end(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()


def answer_of(line: Connection, seconds: float, limits: Limits) -> bytes:
    """Return what a child answers within so many seconds, and more for each picture of a page that it has to read."""
    until = monotonic() + seconds
    pictures = 0
    while line.poll(max(0.0, until - monotonic())):
        said = line.recv_bytes()
        if said != PICTURE:
            return said
        pictures += 1
        if pictures <= limits.most_pictures:
            until += limits.seconds_a_picture * limits.patience
    raise TimeoutError


def _is_harmless(path: Path) -> bool:
    """Tell whether a file is read in linear time whatever it holds: a small plain one, or none at all."""
    named = BY_ENDING.get(path.suffix.lower())
    if named is None or not path.is_file():
        return True
    if named not in _PLAIN or size_of(path) > SMALL:
        return False
    try:
        return kind_of(path.read_bytes(), path.suffix.lower()) in _PLAIN
    except OSError:
        return True


def _died(path: Path, number: int, seconds: float) -> Problem:
    if number == signal.SIGXCPU:
        return _too_long(path, seconds)
    if number == signal.SIGKILL:  # by the system, which is short of memory
        return Problem(document_id(path), too_much_memory(path.name), code="memory")
    reason = signal.Signals(number).name if number else "途中で終わりました"
    message = (
        f"{path.name} を読むプログラムが止まりました（{reason}）。元のソフトで開いて保存し直してください。"
    )
    return Problem(document_id(path), message, code="unreadable")


def _too_long(path: Path, seconds: float) -> Problem:
    message = (
        f"{path.name} を読むのに時間がかかりすぎたので読みません（上限 {seconds:,.0f} 秒）。"
        "いくつかに分けるか、元のソフトで開いて保存し直してください。"
    )
    return Problem(document_id(path), message, code="time")
