"""The child process of `corpus.guarded_reading`: reads one file after the other, held to limits, and lets nothing out."""

import pickle
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.library import document_id, read_file
from corpus.pdf.page_ocr import MOST_SCANS
from corpus.pdf.tesseract import ENVIRONMENT, TESSERACT, Setting
from corpus.reading_time import listen
from corpus.types import Document, Problem

_TIRED = 700_000_000
"""Bytes of memory from which a child ends after a file: what it holds is not given back."""
_HELD = Path("/proc/self/statm")
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


def serve(number: int) -> None:
    """Read files for the process at the other end of a line, of that file number, until it is closed."""
    line = Connection(number)
    with suppress(EOFError):
        limits: Limits = line.recv()
        hold_back(limits)
        listen(lambda: _take_picture_time(line, limits))
        while True:
            path: Path = line.recv()
            _allow_seconds(limits.cpu(size_of(path)))
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
    """Return how many bytes this process holds: the most that the system has on record begins with its parent's."""
    import resource

    try:
        return int(_HELD.read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def size_of(path: Path) -> int:
    """Return how many bytes a file has, 0 where it cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
