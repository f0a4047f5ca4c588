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
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from corpus.file_limits import too_much_memory
from corpus.kinds import BY_ENDING, Kind, kind_of
from corpus.library import document_id, read_file
from corpus.pdf.page_ocr import MOST_SCANS
from corpus.pdf.tesseract import ENVIRONMENT, TESSERACT, Setting
from corpus.reading_time import listen
from corpus.types import Document, Problem

SMALL = 300_000
"""Bytes of a plain text or table up to which it is read in this process: tests hold their readers to linear time."""
_PLAIN = (Kind.TEXT, Kind.TABLE)
_TIRED = 700_000_000
"""Bytes of memory from which a child ends after a file: what it holds is not given back."""
_CHILD = "from corpus.guarded_reading import serve; serve({})"
_PROCESS = "subprocess.Popen"
_FORBIDDEN = frozenset(
    {"socket.connect", "socket.getaddrinfo", _PROCESS, "os.system", "os.exec", "os.posix_spawn", "os.spawn"}
)
_COMMANDS = [TESSERACT.command(setting) for setting in Setting]
"""The only programs that a child may start: what reads the picture of a page, with exactly these arguments."""
PICTURE = b""
"""What a child sends for each picture of a page that it has to read, before its answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    Seconds of CPU are `seconds`, and `seconds_a_megabyte` more for each MB of the file, at most `most_seconds`: a printed
    budget of 300 pages has some 2 MB and takes a second a page. Each picture of a page that has to be read adds
    `seconds_a_picture`, for `most_pictures` at most. By the clock it may be `patience` times as long, on a busy machine.
    `memory` and `output` are bytes: a workbook of a million rows takes some 1.5 GB.
    """

    seconds: float = 60
    seconds_a_megabyte: float = 120
    most_seconds: float = 1_800
    seconds_a_picture: float = 30
    most_pictures: int = MOST_SCANS
    patience: float = 4
    memory: int = 3_000_000_000
    output: int = 500_000_000

    def cpu(self, size: int) -> float:
        """Return how many seconds of CPU a file of so many bytes may take."""
        return min(self.seconds + self.seconds_a_megabyte * size / 1e6, self.most_seconds)


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
        seconds = self._limits.cpu(_size(path))
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


def serve(number: int) -> None:
    """Read files for the process at the other end of a line, of that file number, until it is closed."""
    line = Connection(number)
    with suppress(EOFError):
        limits: Limits = line.recv()
        hold_back(limits)
        listen(lambda: _take_picture_time(line, limits))
        while True:
            path: Path = line.recv()
            _allow_seconds(limits.cpu(_size(path)))
            document, problems = read_file(path)
            goes_on = _memory_used() < _TIRED and all(problem.code != "memory" for problem in problems)
            line.send_bytes(_packed(path, document, problems, goes_on, limits.output))
            if not goes_on:
                return


def _packed(
    path: Path, document: Document | None, problems: list[Problem], goes_on: bool, most: int
) -> bytes:
    packed = pickle.dumps((document, problems, goes_on), protocol=pickle.HIGHEST_PROTOCOL)
    if len(packed) <= most:
        return packed
    message = f"{path.name} の中身は {len(packed) / 1e6:,.0f} MB になるので読みません。分けてください。"
    return pickle.dumps((None, [Problem(document_id(path), message, code="size")], goes_on))


def hold_back(limits: Limits) -> None:
    """Limit the memory and files of this process, and let nothing leave it."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output, limits.output))
    sys.addaudithook(_refuse)


def _refuse(event: str, told: tuple[object, ...]) -> None:
    if event in _FORBIDDEN and not (event == _PROCESS and _reads_pictures(*told)):
        raise PermissionError(f"a reader of documents needs no {event}")


def _reads_pictures(program: object, command: object, folder: object, environment: object) -> bool:
    """Tell whether a process is what reads the picture of a page, as it is started here and not otherwise."""
    own = program == command[0] if isinstance(command, list) and command else False
    return own and command in _COMMANDS and folder is None and environment == ENVIRONMENT


def _take_picture_time(line: Connection, limits: Limits) -> None:
    """Take the time to read the picture of a page; the process that waits is told."""
    line.send_bytes(PICTURE)
    _allow_more_seconds(limits.seconds_a_picture)


def _allow_seconds(seconds: float) -> None:
    """Let this process die by SIGXCPU when it has used so many seconds more."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _allow_more_seconds(seconds: float) -> None:
    """Let this process use so many seconds more than it was allowed."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft + int(seconds), hard))


def _memory_used() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _is_harmless(path: Path) -> bool:
    """Tell whether a file is read in linear time whatever it holds: a small plain one, or none at all."""
    named = BY_ENDING.get(path.suffix.lower())
    if named is None or not path.is_file():
        return True
    if named not in _PLAIN or _size(path) > SMALL:
        return False
    try:
        return kind_of(path.read_bytes(), path.suffix.lower()) in _PLAIN
    except OSError:
        return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


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
