"""A server process, and clients in a second one."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from urllib.request import urlopen

import psutil

from bench.processes import ROOT, environment


@dataclass(frozen=True, slots=True)
class Load:
    """What a number of clients saw: questions per second, the 50th and 99th percentile in ms, errors."""

    clients: int
    questions: int
    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int


class Server:
    """A server on a free port while the context is open; `started` is seconds until it first answered."""

    def __init__(self, home: Path) -> None:
        begun = perf_counter()
        command = [sys.executable, "-m", "ui", "serve", "--port", "0"]
        self._process = subprocess.Popen(
            command, env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.address = self._address()
        urlopen(f"{self.address}/healthz", timeout=120).close()  # noqa: S310 - our own address
        self.started = perf_counter() - begun

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    def megabytes(self) -> float:
        """Return the server's resident size."""
        return float(psutil.Process(self._process.pid).memory_info().rss) / 2**20

    def load(self, questions: Sequence[str], *, clients: int, seconds: float, again: bool = False) -> Load:
        """Let a second process ask the questions with so many clients for so long, each once or `again` and again."""
        call = {
            "address": self.address,
            "questions": questions,
            "clients": clients,
            "seconds": seconds,
            "again": again,
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.clients"],
            input=json.dumps(call),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=True,
        )
        return Load(clients=clients, **json.loads(done.stdout))

    def _address(self) -> str:
        for line in self._process.stdout or ():
            if "http://" in line:
                return line.split()[-1].rstrip("/")
        raise RuntimeError("the server ended before it said its address")
