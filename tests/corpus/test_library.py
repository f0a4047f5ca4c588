"""Folders of documents: what can be read is read, the rest is reported by name."""

from pathlib import Path

import pytest

from corpus.library import read_file, read_folder


def _codes(folder: Path) -> dict[str, str]:
    return {problem.document: problem.code for problem in read_folder(folder)[1]}


def test_unreadable_files_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("図書館は九時に開きます。\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "sjis.txt").write_bytes("市民課の窓口".encode("cp932"))
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    (tmp_path / "noise.txt").write_bytes(b"\x00\xff\x81\x00\xfe")
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8")
    documents, _ = read_folder(tmp_path)
    assert [document.id for document in documents] == ["good", "sjis"]
    assert _codes(tmp_path) == {
        "empty": "empty",
        "binary": "format",
        "picture": "format",
        "noise": "encoding",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16", "euc_jp", "iso2022_jp"])
def test_a_text_in_an_old_encoding_is_read_without_a_problem(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "text.txt").write_bytes("市民課の窓口は九時に開きます。".encode(encoding))
    (document,), problems = read_folder(tmp_path)
    assert (document.text, problems) == ("市民課の窓口は九時に開きます。", [])


def test_a_header_gives_title_and_year(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("計画の本文です。", encoding="utf-8")
    (tmp_path / "plan.toml").write_text('title = "総合計画"\nfiscal_year = 2024\n', encoding="utf-8")
    (document,), problems = read_folder(tmp_path)
    assert (document.title, document.fiscal_year, problems) == ("総合計画", 2024, [])


@pytest.mark.parametrize("header", ['title = "切れた', 'titel = "題"', 'fiscal_year = "四"'])
def test_a_broken_header_is_a_problem_and_the_document_is_still_read(tmp_path: Path, header: str) -> None:
    (tmp_path / "plan.txt").write_text("計画の本文です。", encoding="utf-8")
    (tmp_path / "plan.toml").write_text(header, encoding="utf-8")
    documents, problems = read_folder(tmp_path)
    assert [document.title for document in documents] == ["plan"]
    assert [problem.code for problem in problems] == ["header"]


def test_two_documents_of_one_name_are_reported(tmp_path: Path) -> None:
    for name in ("plan.md", "plan.txt"):
        (tmp_path / name).write_text("本文です。", encoding="utf-8")
    documents, problems = read_folder(tmp_path)
    assert len(documents) == 1
    assert [problem.code for problem in problems] == ["duplicate"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="文書フォルダー"):
        read_folder(tmp_path / "none")


def test_what_office_leaves_beside_an_open_file_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "~$計画.docx").write_bytes(b"\x05owner" + bytes(150))
    (tmp_path / "計画.txt").write_text("計画の本文です。", encoding="utf-8")
    documents, problems = read_folder(tmp_path)
    assert ([document.id for document in documents], problems) == (["計画"], [])


def test_a_name_with_no_room_for_a_header_beside_it_is_read(tmp_path: Path) -> None:
    """A name has 255 bytes at most, and that of its header is two longer."""
    (tmp_path / f"{'あ' * 84}.md").write_text("会議室は8室あります。", encoding="utf-8")
    document, problems = read_file(tmp_path / f"{'あ' * 84}.md")
    assert document is not None
    assert problems == []


@pytest.mark.parametrize(("header", "cure"), [("題名".encode("cp932"), "UTF-8"), (b"title", "一行に一項目")])
def test_a_broken_header_is_told_with_the_cure_and_the_text_is_read(
    tmp_path: Path, header: bytes, cure: str
) -> None:
    (tmp_path / "a.txt").write_text("会議室は8室あります。", encoding="utf-8")
    (tmp_path / "a.toml").write_bytes(header)
    document, (problem,) = read_file(tmp_path / "a.txt")
    assert document is not None
    assert "a.toml" in problem.message
    assert cure in problem.message
