"""An `add` or a `remove` killed at any moment leaves the old or the new state: of the index, the files, the settings."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from index.bundle import open_bundle
from index.home import STALE, Layout, read_settings
from index.homes.home_documents import UnknownDocumentError
from index.verifying import verify_bundle
from qa.building.homes import build, remove_document
from tests.qa import killed_change

MOMENTS = int(os.environ.get("MADOGUCHI_KILLS", "10"))  # `make kills` tries 30


def _wait(home: Path) -> None:
    """Wait until the change has begun, so that the moments are spread over its work."""
    limit = time.monotonic() + 60
    while not any(Layout(home).bundles.glob(f"{STALE}*")) and time.monotonic() < limit:
        time.sleep(0.001)


def _served(home: Path) -> set[str]:
    """Check that one whole bundle serves; return its documents."""
    bundle = open_bundle(home)
    assert bundle.warning is None
    assert len(list(bundle.passages)) == bundle.manifest.passages
    published = [path for path in Layout(home).bundles.iterdir() if not path.name.startswith(STALE)]
    assert all(verify_bundle(path).documents for path in published)
    return set(bundle.passages.document_ids())


def _owned(home: Path) -> set[str]:
    """Finish or undo what was left, as the next change does; return the ids of the home's own files."""
    with pytest.raises(UnknownDocumentError):
        remove_document(home, "nowhere")
    assert not list(home.glob(".adding*")) + list(home.glob(".change*"))
    return {file.stem for file in Layout(home).documents.glob("*.txt")}


@pytest.mark.slow
def test_changes_killed_at_random_moments_leave_the_old_or_the_new_state(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.qa.killed_change"])
    home, clock, corpus = tmp_path / "home", tmp_path / "seconds", tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "guide.txt").write_text("図書館は市内に12か所あります。\n", encoding="utf-8")
    build(home, corpus=corpus)
    notes = [tmp_path / f"note{number}.txt" for number in range(MOMENTS + 1)]
    for number, note in enumerate(notes):
        note.write_text(f"お知らせ第{number}号。市民プールは{number + 2}か所あります。\n", encoding="utf-8")
    first = context.Process(target=killed_change.timed_turn, args=(home, notes[-1], clock))
    first.start()
    first.join()
    assert first.exitcode == 0
    duration = float(clock.read_text(encoding="utf-8"))
    moments = random.Random(20)  # noqa: S311 - moments to kill at, no secret
    served, killed, changed = {"guide", notes[-1].stem}, 0, 0
    for number in range(MOMENTS):
        gone = min(served - {"guide"}) if number % 3 == 2 and len(served) > 1 else ""
        wanted = served - {gone} if gone else served | {notes[number].stem}
        process = context.Process(target=killed_change.turn, args=(home, notes[number], gone))
        process.start()
        _wait(home)
        time.sleep(moments.uniform(0, duration))
        process.kill()  # a change that has just ended by itself is no error
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        now = _served(home)
        assert now in (served, wanted)
        assert _owned(home) == now - {"guide"}
        assert not set(read_settings(home).removed) & now
        assert _served(home) == now
        changed += now != served
        served = now
    assert killed >= MOMENTS // 4
    assert changed < MOMENTS
    assert len(list(Layout(home).bundles.iterdir())) <= 2
