"""A home goes into one file and comes back; what is damaged, foreign or in use is refused and changes nothing."""

import gzip
import io
import shutil
import tarfile
from pathlib import Path

import pytest

from index.bundle_lock import hold_bundle
from index.home import Certainty, Layout, read_settings, write_settings
from index.homes.change_journal import finish_change
from index.homes.home_backup import BackupError, back_up, read_contents, read_members
from index.homes.home_documents import restore_previous
from index.homes.origins import read_origins
from index.homes.restoring import restore
from tests.index.home_of_texts import (
    POOL,
    ROOM,
    add,
    build_library,
    copied,
    erase,
    ids,
    note,
    own_names,
    remove,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home of `library` and `pool`, which `room` was removed from, and its backup."""
    folder = tmp_path_factory.mktemp("kept")
    home = build_library(folder)
    add(home, note(folder, "pool.txt", POOL), note(folder, "room.txt", ROOM))
    remove(home, "room")
    back_up(home, folder / "home.tar.gz")
    return folder


def _state(home: Path) -> dict[str, bytes]:
    """Return all that a home is, but for what a look leaves behind."""
    files = (path for path in home.rglob("*") if path.is_file() and not path.is_symlink())
    links = {name: str((home / name).readlink()).encode() for name in ("current",) if (home / name).exists()}
    return links | {
        str(path.relative_to(home)): path.read_bytes()
        for path in files
        if path.name not in ("verified.json", "build.lock") and path.stat().st_size < 1_000_000
    }


def test_an_empty_home_becomes_the_one_that_was_backed_up(kept: Path, tmp_path: Path) -> None:
    backup = restore(kept / "home.tar.gz", tmp_path / "home")
    home = tmp_path / "home"
    assert backup.notes == ()
    assert ids(home) == ["library", "pool"]
    assert own_names(home) == ["pool.txt"]
    assert [file.name for file in (home / "removed").rglob("*.txt")] == ["room.txt"]
    assert read_settings(home) == read_settings(kept / "home")
    assert read_origins(home) == read_origins(kept / "home")
    assert add(home, note(tmp_path, "hall.txt", ROOM)).documents == 3


def test_the_home_of_before_is_put_aside_whole_and_said_where(kept: Path, home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "hall.txt", "公会堂は改修のため閉まっています。"))
    write_settings(home, read_settings(home).model_copy(update={"certainty": Certainty.MOST}))
    [said] = restore(kept / "home.tar.gz", home).notes
    [aside] = (home / "before-restore").iterdir()
    assert str(aside) in said
    assert ids(home) == ["library", "pool"]
    assert own_names(home) == ["pool.txt"]
    assert read_settings(home) == read_settings(kept / "home")
    assert ids(aside) == ["library", "hall"]
    assert read_settings(aside).certainty is Certainty.MOST
    assert own_names(aside) == ["hall.txt"]
    restore_previous(home)
    assert ids(home) == ["library", "hall"]


def test_a_home_is_put_back_onto_itself(kept: Path, tmp_path: Path) -> None:
    home = copied(kept / "home", tmp_path / "home")
    restore(kept / "home.tar.gz", home)
    assert ids(home) == ["library", "pool"]
    remove(home, "pool")
    assert ids(home) == ["library"]


def test_erasing_reaches_the_homes_that_were_put_aside(kept: Path, tmp_path: Path) -> None:
    home = copied(kept / "home", tmp_path / "home")
    restore(kept / "home.tar.gz", home)
    erase(home, "pool")
    assert not [file for file in home.rglob("*") if file.is_file() and POOL.encode() in file.read_bytes()]


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (0.0, "控えではありません"),
        (0.001, "壊れています"),
        (0.5, "壊れています"),
        (0.9999999, "壊れています"),
    ],
)
def test_a_bit_that_turned_anywhere_is_found_before_anything_is_touched(
    kept: Path, home: Path, tmp_path: Path, part: float, told: str
) -> None:
    content = (kept / "home.tar.gz").read_bytes()
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(_flipped(content, int(part * len(content))))
    before = _state(home)
    with pytest.raises(BackupError, match=told):
        restore(damaged, home)
    assert _state(home) == before


@pytest.mark.parametrize("length", [0, 100, 0.5, -10])
def test_a_file_that_was_cut_off_is_refused(kept: Path, home: Path, tmp_path: Path, length: float) -> None:
    content = (kept / "home.tar.gz").read_bytes()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(content[: int(length * len(content)) if isinstance(length, float) else length])
    before = _state(home)
    with pytest.raises(BackupError, match=r"壊れています|控えではありません"):
        restore(cut, home)
    assert _state(home) == before


def _packed(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a ZIP",
        gzip.compress(b"no tar"),
        _packed({"photo.jpg": b"x"}),
        _packed({"madoguchi-home.json": b"{}"}),
        _packed({"madoguchi-home.json": b'{"format":1,"created":"","bundle":"../../x","files":{}}'}),
        _packed(
            {
                "madoguchi-home.json": b'{"format":1,"created":"","bundle":"b","files":'
                b'{"bundles/b/m":{"size":1,"sha256":"0"},"../evil":{"size":1,"sha256":"0"}}}',
                "../evil": b"x",
            }
        ),
    ],
    ids=["a ZIP", "no tar", "another tar", "no digests", "a bundle outside", "a file outside"],
)
def test_what_is_no_backup_is_refused_in_one_sentence(home: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "foreign").write_bytes(content)
    with pytest.raises(BackupError, match=r"foreign」は(壊れています|窓口の控えではありません)"):
        restore(tmp_path / "foreign", home)
    assert ids(home) == ["library"]
    assert not (tmp_path / "evil").exists()


def test_a_backup_of_another_version_is_refused(home: Path, tmp_path: Path) -> None:
    told = b'{"format":99,"created":"","bundle":"b","files":{"bundles/b/m":{"size":0,"sha256":""}}}'
    (tmp_path / "future").write_bytes(_packed({"madoguchi-home.json": told}))
    with pytest.raises(BackupError, match="別の版"):
        restore(tmp_path / "future", home)


def test_a_home_that_a_counter_has_open_is_not_replaced(kept: Path, home: Path) -> None:
    with hold_bundle(Layout(home).current.resolve()), pytest.raises(BackupError, match="窓口を止めて"):
        restore(kept / "home.tar.gz", home)
    assert ids(home) == ["library"]


def test_a_killed_restore_is_finished_or_undone_by_the_next_change(
    kept: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(home, note(tmp_path, "hall.txt", ROOM))

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    for name, expected in (("write_down", ["library", "hall"]), ("finish_change", ["library", "pool"])):
        with monkeypatch.context() as patched:
            if name == "write_down":
                patched.setattr("index.homes.restoring.write_down", killed)
            turns = iter([finish_change, killed])
            patched.setattr("index.homes.restoring.finish_change", lambda home, t=turns: next(t)(home))
            with pytest.raises(Killed):
                restore(kept / "home.tar.gz", home)
        assert ids(home) == expected
        add(home, note(tmp_path, "desk.txt", "総合案内は一階にあります。"))
        assert ids(home) == [*expected, "desk"]
        assert own_names(home) == sorted(f"{key}.txt" for key in [*expected[1:], "desk"])
        remove(home, "desk")
    assert [ids(aside) for aside in (home / "before-restore").iterdir()] == [["library", "hall"]]


def test_a_backup_does_not_take_another_file_s_place_unasked(home: Path, tmp_path: Path) -> None:
    note(tmp_path, "home.tar.gz", "大事なファイル")
    with pytest.raises(BackupError, match=r"もうあります.*--replace"):
        back_up(home, tmp_path / "home.tar.gz")
    back_up(home, tmp_path / "home.tar.gz", replacing=True)
    contents = read_contents(tmp_path / "home.tar.gz")
    assert set(read_members(tmp_path / "home.tar.gz", contents)) == set(contents.files)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_backup_that_cannot_be_written_says_why(home: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"フォルダー.*ありません"):
        back_up(home, tmp_path / "nowhere" / "home.tar.gz")
    shutil.rmtree(Layout(home).current.resolve() / "encoder")
    with pytest.raises(Exception, match="madoguchi build"):
        back_up(home, tmp_path / "home.tar.gz")
    assert not (tmp_path / "home.tar.gz").exists()
