"""CSV and TSV files in the encodings, line ends and delimiters of city halls."""

import csv
from pathlib import Path

import pytest

from corpus.library import read_file
from corpus.types import BlockKind, Document, Problem

ROWS = [
    ["施設", "住所", "備考"],
    ["図書館", "本町1-2", "月曜休館、①階"],
    ["公民館", "西町3", "一行目\n二行目"],
]


def _read(path: Path, data: bytes) -> tuple[Document, list[Problem]]:
    path.write_bytes(data)
    document, problems = read_file(path)
    assert document is not None, problems
    return document, problems


def _written(path: Path, encoding: str, delimiter: str = ",") -> bytes:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(ROWS)
    return path.read_bytes()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jis_2004", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_encoding_gives_the_same_text_and_no_problem(tmp_path: Path, encoding: str) -> None:
    document, problems = _read(tmp_path / "t.csv", _written(tmp_path / "w.csv", encoding))
    assert document.text == ('施設,住所,備考\n図書館,本町1-2,月曜休館、①階\n公民館,西町3,"一行目\n二行目"')
    assert problems == []


def test_iso_2022_jp_is_read(tmp_path: Path) -> None:
    document, problems = _read(tmp_path / "t.csv", "施設,住所\n図書館,本町\n".encode("iso2022_jp"))
    assert (document.text, problems) == ("施設,住所\n図書館,本町", [])


@pytest.mark.parametrize("text", ["市役所,中央町", "番号,名称\n1,図書館"])
def test_kanji_alone_in_euc_are_not_taken_for_half_width_kana(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path / "t.csv", text.encode("euc_jp"))[0].text == text


def test_half_width_kana_of_shift_jis_are_not_taken_for_euc(tmp_path: Path) -> None:
    document, _ = _read(tmp_path / "t.csv", "ｶﾅ,ﾒｲ\nﾀﾅｶ,ﾊﾅｺ\n".encode("cp932"))
    assert document.text == "ｶﾅ,ﾒｲ\nﾀﾅｶ,ﾊﾅｺ"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("delimiter", "ending"), [(",", ".csv"), ("\t", ".tsv"), (";", ".csv"), ("\t", ".csv")]
)
def test_each_row_is_a_block_whatever_parts_cells_and_lines(
    tmp_path: Path, delimiter: str, ending: str, end: str
) -> None:
    text = _written(tmp_path / "w.csv", "utf-8", delimiter).decode().replace("\r\n", "\n")
    data = text.replace("\n", end).encode()
    document, problems = _read(tmp_path / f"t{ending}", data)
    blocks = [document.text[block.start : block.end] for block in document.blocks]
    assert blocks[1] == delimiter.join(ROWS[1])
    assert (len(blocks), problems) == (3, [])


def test_a_tab_parts_cells_though_amounts_hold_more_commas(tmp_path: Path) -> None:
    rows = "事業名\t令和6年度予算額（千円）\n道路\t1,200,000\n橋\t2,300,000\n"
    document, _ = _read(tmp_path / "t.tsv", rows.encode("cp932"))
    assert [block.kind for block in document.blocks] == [BlockKind.CELL, BlockKind.ROW, BlockKind.ROW]


def test_a_text_file_with_commas_stays_running_text(tmp_path: Path) -> None:
    document, _ = _read(tmp_path / "t.txt", "図書館は、9時に開きます。\n日曜は,休みます。\n".encode("cp932"))
    assert BlockKind.ROW not in {block.kind for block in document.blocks}


def test_a_row_of_more_or_fewer_cells_is_kept(tmp_path: Path) -> None:
    document, _ = _read(tmp_path / "t.csv", b"a,b\n1\n1,2,3,4\n")
    assert document.text == "a,b\n1\n1,2,3,4"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b\n1,\x002\n", "binary"),
        (b"\x00\xff\x81\x00\xfe", "encoding"),
        (b"\xff", "encoding"),
        ("市民,".encode("cp932") + b"\xa0\x80\xfd", "encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "format"),
        (b"\x1b$B\x30\x21\x7f\x7f\x1b(B,1\n", "encoding"),
        (b" \r\n", "empty"),
        (b",,\n", ""),
    ],
)
def test_what_is_no_table_is_a_problem_that_names_the_file(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(data)
    document, problems = read_file(path)
    assert [problem.code for problem in problems] == [code] * bool(code)
    assert document is None or not code
    assert all("表.csv" in problem.message and "ください" in problem.message for problem in problems)


def test_one_broken_character_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    data = "".join(f"施設{n},本町{n}番地\n" for n in range(300)).encode("cp932")
    document, problems = _read(tmp_path / "t.csv", data + "最後の施設,本町".encode("cp932")[:-1])
    assert document.text.startswith("施設0,本町0番地\n")
    assert [problem.code for problem in problems] == ["encoding"]
    assert "301 行目" in problems[0].message
