"""A watched folder's files become documents, change with them and go with them; nothing else is touched."""

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from index.artefacts import NO_ARTEFACTS
from index.bundle import open_bundle
from index.home import Layout, build_lock
from index.homes.folder_watch import FolderWatch
from tests.index.home_of_texts import POOL, ROOM, add, erase, ids, note, remove

Look = Callable[[], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


def _pack(folder: Path, files: dict[str, str], *, name: str = "notices.zip") -> Path:
    """Write an archive in one step, as a program does that has packed it elsewhere."""
    with ZipFile(folder / f".{name}", "w") as archive:
        for own, text in files.items():
            archive.writestr(own, text)
    return (folder / f".{name}").rename(folder / name)


def _watch(home: Path, folder: Path) -> Look:
    """Return what looks once, and returns what was told."""
    told: list[str] = []
    watch = FolderWatch(NO_ARTEFACTS, home, folder, told.append)

    def look() -> list[str]:
        told.clear()
        watch.look()
        return list(told)

    return look


def test_new_changed_and_deleted_files_are_followed_with_a_line_each(home: Path, folder: Path) -> None:
    look = _watch(home, folder)
    note(folder, "pool.txt", POOL)
    note(folder, "sub/room.txt", ROOM)
    assert look() == []
    assert look() == ["加えました：pool（pool.txt）", "加えました：room（room.txt）"]
    assert look() == []
    note(folder, "pool.txt", "市民プールは工事のため閉まっています。")
    assert (look(), look()) == ([], ["入れ替えました：pool（pool.txt）"])
    assert "閉まって" in open_bundle(home).document("pool").text
    (folder / "pool.txt").unlink()
    assert (look(), look()) == ([], ["外しました：pool（フォルダーからファイルがなくなりました）"])
    assert ids(home) == ["library", "room"]
    note(folder, "pool.txt", POOL)
    assert (look(), look()) == ([], ["加えました：pool（pool.txt）"])


def test_a_file_that_is_being_copied_waits_until_its_size_rests(home: Path, folder: Path) -> None:
    look = _watch(home, folder)
    for part in range(1, 4):
        note(folder, "pool.txt", POOL * part)
        assert look() == []
    assert look() == ["加えました：pool（pool.txt）"]
    assert open_bundle(home).document("pool").text == POOL * 3


def test_a_bad_file_is_named_once_and_again_when_it_changed(home: Path, folder: Path) -> None:
    look = _watch(home, folder)
    (folder / "bad.txt").write_bytes(b"\xff\xfe\x00")
    note(folder, "pool.txt", POOL)
    assert look() == []
    added, refused = look()
    assert added.startswith("加えました：pool")
    assert refused.startswith("加えません：bad：bad.txt")
    assert look() + look() == []
    note(folder, "bad.txt", ROOM)
    assert (look(), look()) == ([], ["加えました：bad（bad.txt）"])


def test_only_documents_that_came_from_the_folder_go_with_their_files(
    home: Path, folder: Path, tmp_path: Path
) -> None:
    look = _watch(home, folder)
    add(home, note(tmp_path / "elsewhere", "room.txt", ROOM))
    note(folder, "room.txt", ROOM)
    note(folder, "library.txt", POOL)
    look()
    same, taken = look()
    assert "同じ内容" in same
    assert "同じ名前の文書があります" in taken
    shutil.rmtree(folder)
    folder.mkdir()
    assert look() + look() == []
    assert ids(home) == ["library", "room"]


def test_of_two_files_of_one_name_one_is_the_document_and_takes_turns_when_it_goes(
    home: Path, folder: Path
) -> None:
    look = _watch(home, folder)
    note(folder, "a/room.txt", ROOM)
    note(folder, "b/room.txt", POOL)
    told = [*look(), *look(), *look()]
    assert [("同じ名前" in line, "加えました" in line) for line in told] == [(True, False), (False, True)]
    assert open_bundle(home).document("room").text == ROOM
    (folder / "a" / "room.txt").unlink()
    assert [*look(), *look()] == ["入れ替えました：room（room.txt）"]
    assert open_bundle(home).document("room").text == POOL


def test_a_watch_that_starts_anew_changes_nothing_that_it_knows(home: Path, folder: Path) -> None:
    note(folder, "pool.txt", POOL)
    note(folder, "room.txt", ROOM)
    first = _watch(home, folder)
    first()
    first()
    before = Layout(home).current.resolve()
    (folder / "room.txt").unlink()
    again = _watch(home, folder)
    assert again() == []
    assert Layout(home).current.resolve() == before
    assert again() == ["外しました：room（フォルダーからファイルがなくなりました）"]
    assert ids(home) == ["library", "pool"]


def test_an_empty_or_missing_folder_may_be_a_drive_that_is_away(home: Path, folder: Path) -> None:
    note(folder, "pool.txt", POOL)
    first = _watch(home, folder)
    first()
    first()
    (folder / "pool.txt").rename(folder.with_suffix(".kept"))
    again = _watch(home, folder)
    [told] = [*again(), *again(), *again()]
    assert "空です" in told
    folder.rmdir()
    [told] = [*again(), *again()]
    assert "次の回" in told
    assert ids(home) == ["library", "pool"]
    folder.mkdir()
    folder.with_suffix(".kept").rename(folder / "pool.txt")
    assert [*again(), *again()] == []


@pytest.mark.parametrize("taken_out", [remove, erase])
def test_what_a_person_removed_is_not_brought_back(
    home: Path, folder: Path, taken_out: Callable[[Path, str], object]
) -> None:
    note(folder, "pool.txt", POOL)
    look = _watch(home, folder)
    look()
    look()
    taken_out(home, "pool")
    again = _watch(home, folder)
    [told] = [*again(), *again(), *again()]
    assert "remove で外した" in told
    assert ids(home) == ["library"]
    add(home, folder / "pool.txt")
    assert ids(home) == ["library", "pool"]


def test_the_last_document_stays_and_that_is_said_once(tmp_path: Path, folder: Path, home: Path) -> None:
    note(folder, "pool.txt", POOL)
    look = _watch(home, folder)
    look()
    look()
    remove(home, "library")
    (folder / "pool.txt").unlink()
    [told] = [*look(), *look(), *look()]
    assert "最後の文書" in told
    assert ids(home) == ["pool"]


def test_a_home_that_is_being_changed_is_tried_again(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.homes.adding.WAIT", 0)
    note(folder, "pool.txt", POOL)
    look = _watch(home, folder)
    look()
    with build_lock(home):
        [told] = [*look(), *look()]
    assert "終わってから" in told
    assert look() == ["加えました：pool（pool.txt）"]


def test_hidden_files_headers_and_locks_of_office_are_no_documents(home: Path, folder: Path) -> None:
    look = _watch(home, folder)
    for name in (".hidden.txt", "~$pool.xlsx", "pool.toml", "README.md", ".sync/x.txt"):
        note(folder, name, "title = 'x'")
    assert look() + look() == []
    assert ids(home) == ["library"]


def test_the_files_of_an_archive_are_followed_as_if_they_lay_in_the_folder(home: Path, folder: Path) -> None:
    look = _watch(home, folder)
    _pack(
        folder, {"a/pool.txt": POOL, "a/pool.toml": 'title = "プール"', "b/room.txt": ROOM, "README.md": "x"}
    )
    assert look() == []
    assert look() == ["加えました：pool（notices.zip/pool.txt）", "加えました：room（notices.zip/room.txt）"]
    assert open_bundle(home).document("pool").title == "プール"
    assert look() == []
    _pack(folder, {"pool.txt": "市民プールは工事のため閉まっています。", "hall.txt": "ホールは500席です。"})
    assert look() == []
    assert look() == [
        "入れ替えました：pool（notices.zip/pool.txt）",
        "加えました：hall（notices.zip/hall.txt）",
        "外しました：room（フォルダーからファイルがなくなりました）",
    ]
    assert "閉まって" in open_bundle(home).document("pool").text
    again = _watch(home, folder)
    assert [*again(), *again()] == []
    (folder / "notices.zip").unlink()
    note(folder, "other.txt", ROOM)
    assert {line[:6] for line in [*again(), *again()]} == {"外しました：", "加えました："}
    assert ids(home) == ["library", "other"]


def test_an_archive_that_is_half_written_or_broken_takes_no_document_with_it(
    home: Path, folder: Path
) -> None:
    look = _watch(home, folder)
    whole = _pack(folder, {"pool.txt": POOL, "room.txt": ROOM}).read_bytes()
    look()
    look()
    for part in range(3):
        (folder / "notices.zip").write_bytes(whole[: 40 + 20 * part])
        assert look() == []
    [told] = [*look(), *look()]
    assert told.startswith("加えません：notices：notices.zip を開けません")
    assert ids(home) == ["library", "pool", "room"]
    (folder / "notices.zip").write_bytes(whole)
    assert [*look(), *look()] == []


def test_what_an_archive_has_and_cannot_be_taken_is_named_once(
    home: Path, folder: Path, tmp_path: Path
) -> None:
    add(home, note(tmp_path / "elsewhere", "room.txt", ROOM))
    note(folder, "hall.txt", POOL)
    _pack(folder, {"pool.txt": POOL, "bad.txt": "\0", "room.txt": POOL, "hall.txt": ROOM, "../out.txt": ROOM})
    look = _watch(home, folder)
    told = [*look(), *look(), *look(), *look()]
    assert len(told) == 6
    for said in (
        "加えました：hall",
        "加えました：pool",
        "加えません：bad",
        "加えません：room",
        "加えません：out",
    ):
        assert any(line.startswith(said) for line in told), said
    assert any("hall.txt」と同じ名前" in line for line in told)
    assert open_bundle(home).document("room").text == ROOM


def test_what_a_person_removed_of_an_archive_comes_back_by_the_command_that_is_told(
    home: Path, folder: Path
) -> None:
    archive = _pack(folder, {"pool.txt": POOL, "room.txt": ROOM})
    look = _watch(home, folder)
    look()
    look()
    remove(home, "pool")
    again = _watch(home, folder)
    [told] = [*again(), *again(), *again()]
    assert f"madoguchi add {archive / 'pool.txt'}" in told
    assert ids(home) == ["library", "room"]
    assert add(home, archive / "pool.txt").added == ("pool",)
    assert ids(home) == ["library", "room", "pool"]
