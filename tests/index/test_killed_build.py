"""A build killed at any moment leaves the old index serving and no half-written one."""

import multiprocessing
import random
import signal
import time
from pathlib import Path

import pytest

from index.bundle import open_bundle
from index.home import STALE, Layout
from index.verifying import verify_bundle
from tests.index import killed_build

MOMENTS = 15


def _running(home: Path, size: int) -> multiprocessing.context.ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=killed_build.build_one, args=(home, size))
    process.start()
    return process


def _wait(path: Path) -> None:
    """Wait until the build has begun to write, so that the moments are spread over its work."""
    limit = time.monotonic() + 60
    while not any(path.glob(f"{STALE}*")) and time.monotonic() < limit:
        time.sleep(0.001)


def _unharmed(home: Path, sizes: set[int]) -> int:
    """Check that one whole bundle serves, and that no bundle under its own name is half-written."""
    bundle = open_bundle(home)
    assert bundle.warning is None
    assert bundle.manifest.passages == len(list(bundle.passages)) in sizes
    assert bundle.retriever.search("旅券の申請", k=1)
    published = [path for path in Layout(home).bundles.iterdir() if not path.name.startswith(STALE)]
    assert {verify_bundle(path).passages for path in published} <= sizes
    return bundle.manifest.passages


@pytest.mark.slow
def test_builds_killed_at_random_moments_do_no_harm(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.index.killed_build"])
    home, clock = tmp_path / "home", tmp_path / "seconds"
    for size in (20, 21):
        first = context.Process(target=killed_build.timed_build, args=(home, size, clock))
        first.start()
        first.join()
        assert first.exitcode == 0
    duration = float(clock.read_text(encoding="utf-8"))
    moments = random.Random(20)  # noqa: S311 - moments to kill at, no secret
    serving, killed, swapped = 21, 0, 0
    for number in range(MOMENTS):
        process = _running(home, 30 + number)
        _wait(Layout(home).bundles)
        time.sleep(moments.uniform(0, duration))
        process.kill()  # a build that has just ended by itself is no error
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        now = _unharmed(home, {20, 21, *range(30, 31 + number)})
        assert now in (serving, 30 + number)
        swapped += now != serving
        serving = now
    assert killed >= MOMENTS // 4
    assert swapped < MOMENTS
    last = _running(home, 500)
    last.join()
    assert last.exitcode == 0
    assert _unharmed(home, {500, serving}) == 500
    assert len(list(Layout(home).bundles.iterdir())) == 2
    assert not list(Layout(home).root.glob(".*"))
