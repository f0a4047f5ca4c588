"""Files that are too large, or unpack to too much, are problems; sheets are read as far as they hold something."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from corpus.file_limits import LARGEST_FILE
from corpus.library import read_file

_SHEET = "xl/worksheets/sheet1.xml"


def _workbook(path: Path, rows: Iterator[str]) -> Path:
    """Write a real workbook whose sheet holds these rows of XML, as generators of reports write them."""
    from openpyxl import Workbook

    Workbook().save(path.with_suffix(".base"))
    with ZipFile(path.with_suffix(".base")) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != _SHEET:
                new.writestr(name, old.read(name))
        before, after = re.split("<sheetData ?/>|<sheetData></sheetData>", old.read(_SHEET).decode())
        with new.open(_SHEET, "w") as part:
            part.write(f"{before}<sheetData>".encode())
            for row in rows:
                part.write(row.encode())
            part.write(f"</sheetData>{after}".encode())
    path.with_suffix(".base").unlink()
    return path


def _row(number: int, cells: str) -> str:
    return f'<row r="{number}" spans="1:2" x="{number * 7919 % 1000003}">{cells}</row>'


def _word(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.slow
def test_a_million_formatted_empty_rows_are_passed_over(tmp_path: Path) -> None:
    def rows() -> Iterator[str]:
        yield _row(1, _word("A1", "施設") + _word("B1", "電話"))
        yield from (_row(n, f'<c r="A{n}" s="0"/>') for n in range(2, 1_048_576))

    path = _workbook(tmp_path / "t.xlsx", rows())
    begun = process_time()
    document, problems = read_file(path)
    assert document is not None, problems
    assert document.text == "# Sheet\n施設\t電話\n"
    assert process_time() - begun < 60


def test_a_word_in_the_last_column_costs_only_its_row(tmp_path: Path) -> None:
    path = _workbook(
        tmp_path / "t.xlsx",
        (_row(n, _word(f"A{n}", "館") + (_word("XFD1", "端") if n == 1 else "")) for n in range(1, 5_001)),
    )
    document, problems = read_file(path)
    assert document is not None, problems
    assert document.text.count("館") == 5_000
    assert len(document.text) < 50_000


def test_a_merge_over_all_rows_ends_with_the_rows(tmp_path: Path) -> None:
    merge = '</sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells><sheetData>'
    rows = [_row(1, _word("A1", "区分") + _word("B1", "a")), _row(2, _word("B2", "b"))]
    _workbook(tmp_path / "t.xlsx", iter([*rows, merge]))
    document, _ = read_file(tmp_path / "t.xlsx")
    assert document is not None
    assert document.text == "# Sheet\n区分\ta\n区分\tb\n"


def test_a_zip_bomb_is_a_problem(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "t.xlsx", "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"<x>" + b" " * 50_000_000)
    document, (problem,) = read_file(tmp_path / "t.xlsx")
    assert (document, problem.code) == (None, "size")
    assert "t.xlsx" in problem.message
    assert "ください" in problem.message


def test_entities_of_a_sheet_are_not_followed(tmp_path: Path) -> None:
    """Ten lines of entities that name one another would be a gigabyte of text."""
    names = "abcdefghij"
    bomb = '<!ENTITY a "ロロロロロロロロロロ">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    path = _workbook(tmp_path / "t.xlsx", iter([_row(1, _word("A1", "&j;") + _word("B1", "館"))]))
    with ZipFile(path) as old, ZipFile(tmp_path / "u.xlsx", "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            head, xml = b"<?xml version='1.0'?><!DOCTYPE worksheet [" + bomb.encode() + b"]>", text
            new.writestr(name, head + xml if name == _SHEET else text)
    document, _ = read_file(tmp_path / "u.xlsx")
    assert document is None or "ロロ" not in document.text


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "大きい.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    document, (problem,) = read_file(path)
    assert (document, problem.code) == (None, "size")
    assert "大きい.csv" in problem.message


@pytest.mark.parametrize(
    "name",
    [
        *("t.xlsx", "t.xls", "t.ods", "t.html", "t.csv", "t.tsv", "t.txt", "t.md", "t.xlsm"),
        *("t.docx", "t.docm", "t.pptx", "t.odt"),
    ],
)
@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "Workbook".encode("utf-16-le") + bytes(3000),
        b"PK\x03\x04" + b"\x07" * 300,
        b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xff" * 50,
        b"%PDF-1.4\n\x00",
        b"\xff\xfe\x00",
        bytes(range(256)) * 4,
        b"MIME-Version: 1.0\r\n\r\n",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "EncryptedPackage".encode("utf-16-le").join([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(600)]),
    ],
)
def test_whatever_cannot_be_read_is_a_problem_with_a_cure(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    document, problems = read_file(tmp_path / name)
    assert document is None
    assert problems
    assert all(name in problem.message and "ください" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", b"," * 300_000),
        ("t.html", b"<p>" + b" \n" * 300_000 + b"a"),
        ("t.html", b"<div>" * 1_500 + "<p>本文です。</p>".encode() * 5_000),
        ("t.html", b"<div class='share'>x</div>" * 5_000),
        (
            "t.html",
            b"<table><tr>" + b"<td colspan=1000 rowspan=60000>a</td>" * 99 + b"</tr>" + b"<tr><td>b" * 300,
        ),
    ],
)
def test_files_made_to_take_long_are_read_in_seconds(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    begun = process_time()
    read_file(tmp_path / name)
    assert process_time() - begun < 10
