"""Time and memory of whole processes."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall-clock seconds and the largest resident size in MB of one process."""

    seconds: float
    megabytes: float


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a child that lives in `home`."""
    return {**os.environ, "MADOGUCHI_HOME": str(home), "HF_HUB_OFFLINE": "1"}


def run(arguments: Sequence[str], home: Path) -> Spent:
    """Run a Python process to its end; CalledProcessError if it fails."""
    command = [sys.executable, *arguments]
    started = perf_counter()
    child = subprocess.Popen(
        command, env=environment(home), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Spent(perf_counter() - started, usage.ru_maxrss / 1024)


def best(arguments: Sequence[str], home: Path, *, times: int) -> Spent:
    """Return the quickest of several runs: the first one also warms the disk's cache."""
    return min((run(arguments, home) for _ in range(times)), key=lambda spent: spent.seconds)
