"""A ZIP is a folder of documents: each is read as if it stood alone, and one bad file never stops the rest."""

import stat
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from corpus.archives import MOST_FILES, flat_names, unpacked
from corpus.library import document_files, read_file
from corpus.types import Document, Problem
from index.homes.incoming import with_archives_opened


def _zip(files: dict[str, bytes | str]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _named(name: bytes) -> bytes:
    """Return an archive whose only file has this name, in bytes without the mark of UTF-8."""
    placed = b"n" * len(name)
    return _zip({placed.decode(): "本文です。"}).replace(placed, name)


def _read(folder: Path, unpacking: Path) -> tuple[list[Document], list[Problem]]:
    """Read a folder's files, archives opened, as an index is built from it."""
    files, problems = with_archives_opened(document_files(folder), unpacking)
    documents = []
    for file in files:
        document, found = read_file(file)
        problems += found
        documents += [document] if document else []
    return documents, problems


def test_each_file_is_read_with_its_header_as_if_it_stood_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "資料.zip").write_bytes(
        _zip(
            {
                "計画.txt": "計画の本文です。",
                "計画.toml": 'title = "総合計画"',
                "表/人口.csv": "町,人口\n青葉町,120\n",
            }
        )
    )
    (tmp_path / "in" / "別.txt").write_text("案内\n別の文書です。", encoding="utf-8")
    documents, problems = _read(tmp_path / "in", tmp_path / "out")
    assert {(document.id, document.title) for document in documents} == {
        ("別", "案内"),
        ("人口", "人口"),
        ("計画", "総合計画"),
    }
    assert problems == []


@pytest.mark.parametrize("name", ["窓口の表.txt".encode("cp932"), "窓口の表.txt".encode()])
def test_names_are_read_as_windows_and_macos_write_them(name: bytes) -> None:
    assert list(unpacked(_named(name))) == [("窓口の表.txt", "本文です。".encode())]


def test_a_name_that_two_files_share_has_its_folder_before_it() -> None:
    paths = [PurePosixPath(path) for path in ("税/窓口.txt", "福祉/窓口.txt", "福祉/窓口.toml", "料金.csv")]
    assert list(flat_names(paths).values()) == ["税-窓口.txt", "福祉-窓口.txt", "福祉-窓口.toml", "料金.csv"]


@pytest.mark.parametrize("name", ["../外.txt", "/etc/外.txt", "C:/外.txt", "中/../../外.txt", "..\\外.txt"])
def test_a_path_out_of_the_archive_is_refused_and_the_rest_is_read(name: str) -> None:
    problem, good = unpacked(_zip({name: "外です。", "中.txt": "本文です。"}))
    assert isinstance(problem, Problem)
    assert (problem.code, good) == ("archive", ("中.txt", "本文です。".encode()))
    assert "圧縮し直してください" in problem.message


def test_a_link_is_refused() -> None:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        link = ZipInfo("リンク.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    (problem,) = unpacked(held.getvalue())
    assert isinstance(problem, Problem)
    assert problem.code == "archive"


@pytest.mark.parametrize("inner", ["中.zip", "中.lzh"])
def test_an_archive_in_an_archive_is_refused(inner: str) -> None:
    (problem,) = unpacked(_zip({inner: _zip({"a.txt": "本文です。"})}))
    assert isinstance(problem, Problem)
    assert (problem.code, inner in problem.message) == ("archive", True)


def test_a_locked_file_is_refused_with_the_cure() -> None:
    data = bytearray(_zip({"a.txt": "本文です。"}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    (problem,) = unpacked(bytes(data), name="資料.zip")
    assert isinstance(problem, Problem)
    assert (problem.document, problem.code) == ("資料", "password")
    assert "パスワードを外して" in problem.message


def test_what_operating_systems_add_and_hidden_files_are_passed_over() -> None:
    furniture = dict.fromkeys(("__MACOSX/._a.txt", ".DS_Store", "図/Thumbs.db", "空/"), "")
    assert [
        found[0] for found in unpacked(_zip({**furniture, "a.txt": "文"})) if isinstance(found, tuple)
    ] == ["a.txt"]


def test_one_damaged_file_does_not_stop_the_rest() -> None:
    data = _zip({"悪.txt": "悪い文です。" * 50, "良.txt": "良い文です。"})
    start = data.index("悪.txt".encode()) + len("悪.txt".encode())
    broken = data[:start] + b"\x00\xff\x00" + data[start + 3 :]
    found = list(unpacked(broken))
    assert [one.code for one in found if isinstance(one, Problem)] == ["unreadable"]
    assert [one[0] for one in found if not isinstance(one, Problem)] == ["良.txt"]


def test_an_archive_that_is_too_large_or_broken_is_one_problem() -> None:
    bomb = _zip({"a.txt": b" " * 50_000_000})
    many = _zip({f"{number}.txt": "" for number in range(MOST_FILES + 1)})
    codes = [
        [found.code for found in unpacked(data) if isinstance(found, Problem)]
        for data in (bomb, many, b"PK\x03\x04x")
    ]
    assert codes == [["size"], ["size"], ["unreadable"]]


def test_a_file_of_an_archive_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "資料.zip").write_bytes(
        _zip({"写真.jpg": b"\xff\xd8\xff", "空.txt": "", "良.txt": "本文です。"})
    )
    documents, problems = _read(tmp_path / "in", tmp_path / "out")
    assert [document.id for document in documents] == ["良"]
    assert {problem.document: problem.code for problem in problems} == {"写真": "format", "空": "empty"}


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("資料.zip", "展開して"),
        ("古い.doc", "docx で保存"),
        ("古い.ppt", "pptx で保存"),
        ("古い.jtd", "docx で保存"),
    ],
)
def test_a_file_that_is_no_document_says_what_to_do(tmp_path: Path, name: str, cure: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    document, (problem,) = read_file(tmp_path / name)
    assert (document, problem.code, cure in problem.message) == (None, "format", True)


def test_a_name_that_no_file_can_have_is_refused_with_the_cure_and_the_rest_is_read() -> None:
    """Windows allows longer names than Linux: 85 characters of Japanese are the most that can be unpacked."""
    names = ("あ" * 90 + ".txt", ".", "a\x01b.txt")
    *problems, good = unpacked(
        _zip({**dict.fromkeys(names, "本文です。"), "良.txt": "本文です。"}), name="資料.zip"
    )
    assert good == ("良.txt", "本文です。".encode())
    assert len(problems) == len(names)
    for problem in problems:
        assert isinstance(problem, Problem)
        assert problem.message.startswith("資料.zip の ")
        assert problem.message.endswith("圧縮し直してください。")


def test_of_two_files_that_would_have_one_name_the_second_is_told() -> None:
    found = list(unpacked(_zip({"税-窓口.txt": "一", "税/窓口.txt": "二", "福祉/窓口.txt": "三"})))
    assert len(found) == 3
    [problem] = [one for one in found if isinstance(one, Problem)]
    assert "「税-窓口.txt」という名前の二つめのファイルです" in problem.message


@pytest.mark.parametrize("files", [{}, {"__MACOSX/._a.txt": "", ".DS_Store": ""}])
def test_an_archive_without_documents_is_told(files: dict[str, bytes | str]) -> None:
    (problem,) = unpacked(_zip(files), name="資料.zip")
    assert isinstance(problem, Problem)
    assert (problem.document, problem.code) == ("資料", "empty")
