"""Documents are added: what can be read is taken up, what cannot is named, nothing is replaced unasked."""

import os
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize
from zipfile import ZipFile

import pytest

from index.artefacts import NO_ARTEFACTS
from index.bundle import open_bundle
from index.home import Layout
from index.homes import home_building
from index.homes.home_documents import UnknownDocumentError
from index.homes.incoming import check_name
from index.homes.origins import read_origins
from tests.index.home_of_texts import LIBRARY, POOL, ROOM, add, ids, note, own_names


def test_one_bad_file_never_stops_the_rest_and_is_named_with_its_reason(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    note(folder, "pool.txt", POOL)
    note(folder, "sub/room.txt", ROOM)
    (folder / "bad.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    report = add(home, folder, tmp_path / "nowhere.txt")
    assert ids(home) == ["library", "pool", "room"]
    assert own_names(home) == ["pool.txt", "room.txt"]
    assert report.added == ("pool", "room")
    told = {problem.document: problem.message for problem in report.refused}
    assert set(told) == {"bad", "photo", str(tmp_path / "nowhere.txt")}
    assert "対応していない形式" in told["photo"]
    assert "bad.txt" in told["bad"]
    assert open_bundle(home).problems() == [], "the index keeps no problem of a file that is not in it"


def test_where_nothing_can_be_added_the_reasons_are_the_error_and_nothing_is_left(
    home: Path, tmp_path: Path
) -> None:
    before = set(home.rglob("*"))
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnknownDocumentError, match=r"bad.*\n?.*ありません"):
        add(home, tmp_path / "bad.txt", tmp_path / "none.txt")
    assert {path.name for path in set(home.rglob("*")) ^ before} <= {"verified.json"}


def test_the_first_documents_of_an_empty_home_come_in_though_one_is_bad(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    note(folder, "pool.txt", POOL)
    (folder / "bad.txt").write_bytes(b"\xff\xfe\x00")
    report = add(tmp_path / "home", folder)
    assert "pool" in ids(tmp_path / "home")
    assert [problem.document for problem in report.refused] == ["bad"]


def test_other_content_under_a_taken_name_is_refused_with_both_cures(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "room.txt", ROOM))
    with pytest.raises(UnknownDocumentError, match=r"同じ名前の文書があります.*--replace.*--as"):
        add(home, note(tmp_path, "room.csv", "室,定員\n一,8"))
    assert open_bundle(home).document("room").text == ROOM
    assert own_names(home) == ["room.txt"]


def test_a_document_of_the_corpus_has_its_name_too(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownDocumentError, match="同じ名前の文書があります"):
        add(home, note(tmp_path, "library.txt", ROOM))
    report = add(home, note(tmp_path, "library.txt", LIBRARY))
    assert not report.changed
    assert "同じ内容" in report.notes[0]


def test_the_same_content_again_is_nothing_to_do(home: Path, tmp_path: Path) -> None:
    room = note(tmp_path, "room.txt", ROOM)
    first = add(home, room)
    again = add(home, room)
    assert (again.changed, again.bundle_id, again.added) == (False, first.bundle_id, ())
    assert "同じ内容" in again.notes[0]
    (tmp_path / "room.toml").write_text('title = "会議室"\n', encoding="utf-8")
    with pytest.raises(UnknownDocumentError, match="同じ名前"):
        add(home, room)


def test_replacing_is_asked_for_and_keeps_the_first_file(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "room.txt", ROOM))
    report = add(home, note(tmp_path, "room.md", "会議室は9室です。"), replacing=True)
    assert "room.txt" in report.notes[0]
    assert own_names(home) == ["room.md"]
    assert [file.read_text(encoding="utf-8") for file in (home / "removed").rglob("*.txt")] == [f"{ROOM}\n"]
    assert open_bundle(home).document("room").text == "会議室は9室です。"


def test_a_bad_file_replaces_nothing(home: Path, tmp_path: Path) -> None:
    room = note(tmp_path, "room.txt", ROOM)
    add(home, room)
    room.write_bytes(b"\xff\xfe\x00")
    report = add(home, room, note(tmp_path, "pool.txt", POOL), replacing=True)
    assert report.added == ("pool",)
    assert report.notes == ()
    assert open_bundle(home).document("room").text == ROOM


def test_a_file_is_added_under_another_name(home: Path, tmp_path: Path) -> None:
    (tmp_path / "library.toml").write_text('title = "会議室のこと"\n', encoding="utf-8")
    add(home, note(tmp_path, "library.txt", ROOM), name="会議室")
    assert ids(home) == ["library", "会議室"]
    assert open_bundle(home).document("会議室").title == "会議室のこと"
    assert own_names(home) == ["会議室.toml", "会議室.txt"]


@pytest.mark.parametrize("name", ["", " ", "../room", "a/b", ".room", "a\nb"])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="名前にできません"):
        check_name(name)


def test_of_two_files_of_one_name_the_first_is_added_and_the_other_named(home: Path, tmp_path: Path) -> None:
    one, other = note(tmp_path / "a", "room.txt", ROOM), note(tmp_path / "b", "room.md", "9室です。")
    report = add(home, one, other, note(tmp_path / "c", "room.txt", ROOM))
    assert report.added == ("room",)
    assert [str(other) in problem.message for problem in report.refused] == [True]
    assert open_bundle(home).document("room").text == ROOM


def test_a_name_is_one_however_it_is_composed(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path / "mac", normalize("NFD", "ガイド.txt"), ROOM))
    assert not add(home, note(tmp_path / "pc", normalize("NFC", "ガイド.txt"), ROOM)).changed
    with pytest.raises(UnknownDocumentError, match="同じ名前"):
        add(home, note(tmp_path / "pc", normalize("NFC", "ガイド.txt"), POOL))


def test_where_a_document_came_from_and_when_is_kept(home: Path, tmp_path: Path) -> None:
    room = note(tmp_path, "room.txt", ROOM)
    add(home, room)
    origins = read_origins(home)
    assert list(origins) == ["library", "room"]
    assert origins["room"].file == str(room)
    assert origins["room"].added >= origins["library"].added


def test_the_files_of_an_archive_are_added_one_by_one(home: Path, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "notices.zip", "w") as archive:
        archive.writestr("a/pool.txt", POOL)
        archive.writestr("a/pool.toml", 'title = "プールのこと"')
        archive.writestr("b/bad.txt", b"\xff\xfe\x00")
        archive.writestr("library.txt", ROOM)
        archive.writestr("../evil.txt", ROOM)
    report = add(home, tmp_path / "notices.zip")
    assert report.added == ("pool",)
    assert {problem.document for problem in report.refused} == {"bad", "library", "evil"}
    assert open_bundle(home).document("pool").title == "プールのこと"
    assert read_origins(home)["pool"].file == str(tmp_path / "notices.zip" / "pool.txt")
    assert own_names(home) == ["pool.toml", "pool.txt"]
    assert not (home / ".adding").exists()


_ON_A_SMALL_DISK = """
import sys
from pathlib import Path
from index.publishing import DiskFullError
from tests.index.home_of_texts import add, ids
disk = Path(sys.argv[1])
before = {path for path in disk.rglob("*")}
try:
    add(disk, Path(sys.argv[2]))
except DiskFullError as error:
    print(error)
assert ids(disk) == ["library"]
left = {path for path in disk.rglob("*")} ^ before
assert {path.name for path in left} <= {"verified.json"}, left
"""


@pytest.mark.parametrize(
    ("letters", "spare"),
    [(2_000, 64), (100_000, 128)],
    ids=["no room for the index", "no room for the file"],
)
def test_a_full_disk_is_one_sentence_and_leaves_all_as_it_was(
    home: Path, tmp_path: Path, letters: int, spare: int
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    big = note(tmp_path, "big.txt", ROOM * (letters // len(ROOM)))
    used = sum(file.lstat().st_blocks // 2 for file in home.rglob("*"))
    mounted = f"mount -t tmpfs -o size={used + spare}k none {disk} && cp -a {home}/. {disk}/"
    check = [sys.executable, "-c", _ON_A_SMALL_DISK, str(disk), str(big)]
    done = subprocess.run(
        ["unshare", "--user", "--mount", "--map-root-user", "sh", "-c", f'{mounted} && "$@"', "sh", *check],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this machine lets nobody mount a small disk")
    assert done.returncode == 0, done.stderr
    assert "空きを作って" in done.stdout


def test_a_home_that_is_left_alone_has_no_staged_files(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "room.txt", ROOM))
    hidden = [path.name for path in home.iterdir() if path.name.startswith(".")]
    assert hidden == []
    assert len(list(Layout(home).bundles.iterdir())) == 2


def test_an_archive_in_the_folder_that_is_built_from_is_opened_too(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    note(folder, "library.txt", LIBRARY)
    with ZipFile(folder / "notices.zip", "w") as archive:
        archive.writestr("pool.txt", POOL)
        archive.writestr("../room.txt", ROOM)
    report = home_building.build(NO_ARTEFACTS, tmp_path / "home", corpus=folder)
    assert ids(tmp_path / "home") == ["library", "pool"]
    assert any("room.txt" in problem.message for problem in report.problems)
