"""Documents are taken out; `--erase` leaves nothing of their text in the home, and proves it."""

from pathlib import Path
from unicodedata import normalize

import pytest

from index.bundle import open_bundle
from index.bundle_lock import hold_bundle
from index.home import Layout, read_settings
from index.homes.erasing import EraseError
from index.homes.home_documents import UnknownDocumentError, restore_previous
from index.homes.origins import read_origins
from tests.index.home_of_texts import POOL, ROOM, add, erase, ids, note, own_names, remove


def _files_with(home: Path, text: str) -> list[str]:
    return [
        str(file.relative_to(home))
        for file in home.rglob("*")
        if file.is_file() and not file.is_symlink() and text.encode() in file.read_bytes()
    ]


def test_removing_says_what_of_the_document_is_still_there(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "pool.txt", POOL))
    [said] = remove(home, "pool").notes
    assert list((home / "removed").rglob("pool.txt"))
    assert str(home / "removed") in said
    assert "一つ前の索引" in said
    assert "--erase" in said
    assert list(read_origins(home)) == ["library"]


def test_a_name_is_one_however_it_is_composed(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, normalize("NFC", "ガイド.txt"), POOL))
    remove(home, normalize("NFD", "ガイド"))
    assert ids(home) == ["library"]
    assert own_names(home) == []


def test_several_documents_are_removed_at_once_but_never_all(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "pool.txt", POOL), note(tmp_path, "room.txt", ROOM))
    with pytest.raises(UnknownDocumentError, match="最後の文書"):
        remove(home, "pool", "room", "library")
    with pytest.raises(UnknownDocumentError, match="nowhere"):
        remove(home, "pool", "nowhere")
    assert ids(home) == ["library", "pool", "room"]
    remove(home, "pool", "room")
    assert ids(home) == ["library"]


def test_an_erased_document_s_text_is_in_no_file_of_the_home(home: Path, tmp_path: Path) -> None:
    pool = note(tmp_path, "pool.txt", POOL)
    add(home, pool, note(tmp_path, "room.txt", ROOM))
    add(home, note(tmp_path / "later", "pool.txt", f"{POOL}冬は閉まります。"), replacing=True)
    assert len(_files_with(home, POOL)) > 3
    looked, unreached, named = erase(home, "pool").notes
    assert _files_with(home, POOL) == []
    assert ids(home) == ["library", "room"]
    assert open_bundle(home).document("room").text == ROOM
    assert "どこにも残っていません" in looked
    assert str(tmp_path / "later" / "pool.txt") in unreached
    assert "backup" in unreached
    assert "名前だけ" in named
    assert pool.exists(), "the person's own file is not the home's"
    assert not Layout(home).previous.exists()
    assert read_settings(home).removed == ("pool",)


def test_what_was_removed_long_ago_is_erased_as_well(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "pool.txt", POOL), note(tmp_path, "room.txt", ROOM))
    remove(home, "pool")
    assert _files_with(home, POOL)
    erase(home, "pool")
    assert _files_with(home, POOL) == []
    assert ids(home) == ["library", "room"]
    with pytest.raises(UnknownDocumentError, match="ありません"):
        erase(home, "pool")


def test_a_bundle_that_a_counter_has_open_is_named_and_erased_the_next_time(
    home: Path, tmp_path: Path
) -> None:
    add(home, note(tmp_path, "pool.txt", POOL))
    with (
        hold_bundle(Layout(home).current.resolve()),
        pytest.raises(EraseError, match=r"窓口を開き直して.*--erase pool"),
    ):
        erase(home, "pool")
    assert ids(home) == ["library"]
    erase(home, "pool")
    assert _files_with(home, POOL) == []


def test_a_copy_that_lies_about_in_the_home_is_found(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "pool.txt", POOL))
    (home / "counter.log").write_bytes(f"q: {POOL}".encode("cp932"))
    with pytest.raises(EraseError, match=r"counter\.log"):
        erase(home, "pool")


def test_words_that_stand_in_another_document_too_are_no_trace(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "pool.txt", f"{POOL}\n\n{ROOM}"), note(tmp_path, "room.txt", ROOM))
    assert "どこにも残っていません" in erase(home, "pool").notes[0]
    assert _files_with(home, POOL) == []


def test_after_a_rollback_the_document_is_back(home: Path, tmp_path: Path) -> None:
    add(home, note(tmp_path, "pool.txt", POOL))
    remove(home, "pool")
    restore_previous(home)
    assert ids(home) == ["library", "pool"]
