"""Documents are added, replaced and removed; nothing a person stored is lost."""

import shutil
from errno import ENOSPC
from pathlib import Path
from unicodedata import normalize

import pytest

from index.bundle import open_bundle
from index.home import Layout, Settings, read_settings
from index.homes.change_journal import Change, finish_change, stage_file, write_down
from index.homes.home_building import EmptyCorpusError
from index.homes.home_documents import UnknownDocumentError, restore_previous
from index.publishing import DiskFullError
from qa.assistant import Assistant
from qa.building.homes import add_documents, build, remove_document
from qa.ledger.folding import folded
from qa.types import Answer


def _ids(home: Path) -> list[str]:
    return [document.id for document in open_bundle(home).documents()]


def _files(home: Path) -> list[str]:
    return sorted(file.name for file in Layout(home).documents.glob("*"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "library.txt").write_text("図書館は市内に12か所あります。\n", encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    return folder


def test_a_document_is_added_answered_from_and_removed_again(corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    report = build(home, corpus=corpus)
    assert report.documents == 1
    assert [problem.document for problem in report.problems] == ["broken"]

    new = tmp_path / "pool.txt"
    new.write_text("市民プールは全部で3か所あります。\n", encoding="utf-8")
    assert add_documents(home, [new]).documents == 2
    reply = Assistant.open(home).ask("市民プールは何か所ありますか")
    assert isinstance(reply, Answer)
    assert "3か所" in reply.short

    assert remove_document(home, "pool").documents == 1
    assert _ids(home) == ["library"]
    assert list((home / "removed").rglob("pool.txt")), "what was stored is kept"
    reply = Assistant.open(home).ask("市民プールは何か所ありますか")
    assert not (isinstance(reply, Answer) and "3か所" in reply.short)
    assert build(home, corpus=corpus).documents == 1, "a build does not bring it back"


def test_a_file_that_cannot_be_read_is_refused_by_name_and_nothing_changes(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes("市民".encode("cp932") + b"\xff")
    with pytest.raises(UnknownDocumentError, match="UTF-8"):
        add_documents(tmp_path / "home", [bad])
    assert not (tmp_path / "home" / "documents").exists()


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownDocumentError, match="ありません"):
        add_documents(tmp_path, [tmp_path / "none.txt"])


def test_a_folder_without_a_readable_document_is_refused_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bad.txt").write_bytes(b"\xff")
    with pytest.raises(EmptyCorpusError, match=r"bad: .*UTF-8"):
        build(tmp_path / "home", corpus=tmp_path / "corpus")


def test_a_document_that_is_not_there_cannot_be_removed(built_home: Path) -> None:
    with pytest.raises(UnknownDocumentError, match="今ある文書"):
        remove_document(built_home, "none")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """A home that was built from the corpus; tests that write must copy it."""
    home = tmp_path_factory.mktemp("library")
    build(home, corpus=corpus)
    return home


@pytest.fixture
def home(library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(library, tmp_path / "home", symlinks=True))


def _note(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_name_that_macos_decomposed_is_found_as_it_is_typed(home: Path, tmp_path: Path) -> None:
    add_documents(home, [_note(tmp_path, normalize("NFD", "ガイドブック.txt"), "案内です。")])
    assert _ids(home) == ["library", "ガイドブック"]
    remove_document(home, normalize("NFD", "ガイドブック"))
    assert _ids(home) == ["library"]
    assert _files(home) == []


def test_the_file_of_a_failed_add_is_not_taken_by_the_next_build(
    home: Path, tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("index.segments.writing.write_array_file", full)
        with pytest.raises(DiskFullError, match="空きを作って"):
            add_documents(home, [_note(tmp_path, "pool.txt", "市民プールは3か所です。")])
    assert _files(home) == []
    build(home, corpus=corpus)
    assert _ids(home) == ["library"]


def test_what_a_killed_change_left_is_finished_where_its_bundle_serves_and_else_undone(
    home: Path, tmp_path: Path
) -> None:
    documents = Layout(home).documents
    documents.mkdir()
    _note(documents, "pool.txt", "古い")
    moves = (("documents/pool.txt", "removed/then/pool.txt"), (".adding/pool.txt", "documents/pool.txt"))
    settings = Settings(removed=("desk",))
    serving = open_bundle(home).manifest.id
    for bundle, kept in (("another", "古い"), (serving, "新しい")):
        stage_file(home, _note(tmp_path, "pool.txt", "新しい"))
        write_down(home, Change(bundle=bundle, moves=moves, settings=settings))
        finish_change(home)
        assert (documents / "pool.txt").read_text(encoding="utf-8") == kept
        assert not (home / ".adding").exists()
    assert (home / "removed/then/pool.txt").read_text(encoding="utf-8") == "古い"
    assert read_settings(home) == settings
    write_down(home, Change(bundle=serving, moves=moves, settings=settings))
    finish_change(home)
    assert (documents / "pool.txt").read_text(encoding="utf-8") == "新しい", "done twice is done once"


def test_rolling_back_brings_the_document_back(home: Path, tmp_path: Path) -> None:
    add_documents(home, [_note(tmp_path, "pool.txt", "市民プールは3か所です。")])
    restore_previous(home)
    assert _ids(home) == ["library"]
    restore_previous(home)
    assert _ids(home) == ["library", "pool"]


def test_a_removed_document_s_figures_leave_the_ledger(home: Path, tmp_path: Path) -> None:
    table = "事業名,令和4年度予算額（千円）\n港まつり事業,1200\n市民農園事業,3400\n合計,4600\n"
    assert add_documents(home, [_note(tmp_path, "budget.csv", table)]).figures > 0
    assert Assistant.open(home).ledger.names.mentions(folded("港まつり事業"))
    assert remove_document(home, "budget").figures == 0
    assert not Assistant.open(home).ledger.names.mentions(folded("港まつり事業"))
