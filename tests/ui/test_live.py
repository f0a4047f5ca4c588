"""A running server takes up a new bundle by itself, and keeps the last good one."""

import shutil
from pathlib import Path

import pytest

from index.home import Layout, point
from ui import live as module
from ui.live import LiveAssistant


@pytest.fixture
def home(built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, looked at on every call."""
    monkeypatch.setattr(module, "_LOOK_EVERY", 0.0)
    shutil.copytree(built_home, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def _swap(home: Path, *, damage: bool) -> Path:
    """Let `current` lead to a copy of the bundle, the way a build does."""
    current = Layout(home).current.resolve()
    fresh = current.with_name("fresh")
    shutil.copytree(current, fresh)
    if damage:
        for path in fresh.glob("segments/*/passages.sqlite"):
            path.write_bytes(b"no database")
        Layout(home).previous.unlink(missing_ok=True)
    point(Layout(home).current, fresh)
    return fresh


def test_a_new_bundle_is_taken_up_without_a_restart(home: Path) -> None:
    live = LiveAssistant(home)
    before = live.assistant
    _swap(home, damage=False)
    live.ask("姉妹都市は？")
    assert live.assistant is not before
    assert live.warning is None


def test_a_damaged_new_bundle_leaves_the_old_one_serving_and_is_told(home: Path) -> None:
    live = LiveAssistant(home)
    before = live.ask("国際連携課の仕事は何ですか")
    _swap(home, damage=True)
    assert live.ask("国際連携課の仕事は何ですか") == before
    assert "passages.sqlite" in (live.warning or "")


def test_the_same_question_is_worked_out_once_a_bundle(home: Path) -> None:
    live = LiveAssistant(home)
    first = live.ask("姉妹都市は？")
    assert live.ask("姉妹都市は？") is first
    assert live.ask("姉妹都市は？", ["国際連携課の仕事は？"]) is not first
    _swap(home, damage=False)
    assert live.ask("姉妹都市は？") is not first
