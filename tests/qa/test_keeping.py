"""Documents are added, replaced and removed; nothing a person stored is lost."""

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.building import EmptyCorpusError, build
from qa.keeping import UnknownDocumentError, add_documents, held_documents, remove_document
from qa.types import Answer


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
    assert reply.short == "3か所"

    assert remove_document(home, "pool").documents == 1
    assert [document.id for document in held_documents(home)[0]] == ["library"]
    assert list((home / "removed").rglob("pool.txt")), "what was stored is kept"


def test_a_file_that_cannot_be_read_is_refused_by_name_and_nothing_changes(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes("市民".encode("cp932"))
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
