"""Pages of a PDF that are only pictures: read by Tesseract where it is installed, marked, never counted with.

Tests that need the program are skipped without it. The others run a script in its place, which writes what
Tesseract 5.3 wrote of such a page.
"""

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Timer

import pytest
from rapidfuzz.distance import Levenshtein

from corpus.budgets import read_tables
from corpus.guarded_reading import GuardedReader, answer_of
from corpus.pdf.ocr_glyphs import ocr_glyphs
from corpus.pdf.ocr_words import mean_confidence, ocr_lines
from corpus.pdf.page_layout import page_layout
from corpus.pdf.pdf_document import pdf_document
from corpus.pdf.tesseract import TESSERACT, Tesseract
from corpus.pdf.types import PageContent
from corpus.reading.text import text_document
from corpus.reading_child import PICTURE, Limits
from corpus.tables.document_tables import tables_of
from corpus.types import Document, Page
from index.passages import PassageWriter, SegmentPassages
from qa.replies.citing import cite
from tests.corpus.written_pdfs import Area, Text, pdf

CHROMIUM = Path("/usr/bin/chromium")
NONE = Tesseract(Path("/nowhere/tesseract"))
SCAN = tuple(Area(60 + 5 * n, 60, 3.5, 9) for n in range(40))
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
TITLE = """1\t1\t0\t0\t0\t0\t0\t0\t2479\t3508\t-1\t
2\t1\t1\t0\t0\t0\t265\t324\t595\t70\t-1\t
3\t1\t1\t1\t0\t0\t265\t324\t595\t70\t-1\t
4\t1\t1\t1\t1\t0\t265\t324\t595\t70\t-1\t
5\t1\t1\t1\t1\t1\t265\t324\t70\t70\t38.175392\t家庭
5\t1\t1\t1\t1\t2\t489\t320\t42\t98\t91.309601\tご
5\t1\t1\t1\t1\t3\t530\t320\t42\t98\t93.036217\tみ
5\t1\t1\t1\t1\t4\t571\t320\t82\t98\t92.537819\tの
5\t1\t1\t1\t1\t5\t653\t320\t74\t98\t88.775642\t分
5\t1\t1\t1\t1\t6\t726\t320\t74\t98\t93.188354\tけ
5\t1\t1\t1\t1\t7\t800\t320\t66\t98\t96.760620\t方"""
"""The first line of a page, as Tesseract told it: the box of 家庭 is half as wide as the word."""
FEE = """5\t1\t2\t1\t1\t1\t265\t480\t420\t42\t95.1\t粗大ごみの手数料は
5\t1\t2\t1\t1\t2\t685\t480\t63\t42\t94.2\t400
5\t1\t2\t1\t1\t3\t748\t480\t168\t42\t96.3\t円です。"""


def _machine(folder: Path, across: str, vertical: str = "") -> Tesseract:
    """Return a program that writes these rows, whatever it is shown."""
    (folder / "across.tsv").write_text(f"{HEAD}\n{across}\n", encoding="utf-8")
    (folder / "vertical.tsv").write_text(f"{HEAD}\n{vertical}\n", encoding="utf-8")
    program = folder / "tesseract"
    program.write_text(
        f'#!/bin/sh\ncat >/dev/null\ncase "$*" in *jpn_vert*) kind=vertical;; *) kind=across;; esac\n'
        f"cat {folder}/$kind.tsv\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return Tesseract(program)


def _doubtful(rows: str) -> str:
    """Return the same words, each told to be hardly sure."""
    words = (row.split("\t") for row in rows.splitlines() if row.startswith("5"))
    return "\n".join("\t".join([*word[:10], "41.0", word[11]]) for word in words)


def test_the_words_of_each_line_are_read_with_their_places_and_how_sure_they_are() -> None:
    first, second = ocr_lines(f"{HEAD}\n{TITLE}\n{FEE}\n")
    assert ["".join(word.text for word in line) for line in (first, second)] == [
        "家庭ごみの分け方",
        "粗大ごみの手数料は400円です。",
    ]
    assert (first[0].left, first[0].top, first[0].right, first[0].bottom) == (265, 324, 335, 394)
    assert first[0].confidence == 38.175392
    assert ocr_lines(f"{HEAD}\n") == []


def test_a_word_counts_as_much_as_it_is_long() -> None:
    rows = "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\t三文字\n5\t1\t1\t1\t1\t2\t9\t0\t9\t9\t50\t一"
    assert mean_confidence(ocr_lines(f"{HEAD}\n{rows}\n")) == 80
    assert mean_confidence([]) == 0


def test_a_quotation_mark_among_the_words_is_a_word() -> None:
    rows = '5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\t"\n5\t1\t1\t1\t1\t2\t9\t0\t9\t9\t90\t窓口'
    [[mark, word]] = ocr_lines(f"{HEAD}\n{rows}\n")
    assert (mark.text, word.text) == ('"', "窓口")


def test_letters_are_set_evenly_where_boxes_of_words_are_wrong() -> None:
    glyphs = ocr_glyphs(ocr_lines(f"{HEAD}\n{TITLE}\n"), 300 / 72, vertical=False)
    assert "".join(glyph.text for glyph in glyphs) == "家庭ごみの分け方"
    widths = {round(glyph.right - glyph.left, 3) for glyph in glyphs}
    assert widths == {round((866 - 265) / 8 / (300 / 72), 3)}


def test_words_that_stand_apart_in_a_line_stay_apart() -> None:
    rows = "5\t1\t1\t1\t1\t1\t100\t0\t80\t40\t90\t窓口\n5\t1\t1\t1\t1\t2\t600\t0\t80\t40\t90\t電話"
    [line] = page_layout(_page(rows))
    assert line.text == "窓口　　電話"


def test_words_of_latin_letters_keep_the_space_between_them() -> None:
    rows = "5\t1\t1\t1\t1\t1\t100\t0\t80\t40\t90\tCity\n5\t1\t1\t1\t1\t2\t196\t0\t80\t40\t90\tHall"
    [line] = page_layout(_page(rows))
    assert line.text == "City Hall"


def _page(rows: str) -> PageContent:
    return PageContent(1, 595, 842, ocr_glyphs(ocr_lines(f"{HEAD}\n{rows}\n"), 300 / 72, vertical=False))


def test_a_scan_is_read_and_its_page_says_so(tmp_path: Path) -> None:
    machine = _machine(tmp_path, f"{TITLE}\n{FEE}")
    document, [problem] = pdf_document(pdf((Text(60, 60, "表紙です。"),), SCAN), id="d", machine=machine)
    assert document is not None
    assert document.text.split() == ["表紙です。", "家庭ごみの分け方", "粗大ごみの手数料は400円です。"]
    assert document.pages[0].machine_read is None
    assert document.pages[1].machine_read == pytest.approx(89.9, abs=0.1)
    assert (problem.code, problem.page) == ("ocr", 2)
    assert (
        "2ページは画像だけのページなので、文字を機械で読み取りました（確かさの平均 90%）" in problem.message
    )


def test_a_layer_of_text_that_nobody_sees_is_not_believed(tmp_path: Path) -> None:
    scan_with_layer = (*SCAN, Text(60, 60, "写し取られた文", mode=3))
    document, [problem] = pdf_document(pdf(scan_with_layer), id="d", machine=_machine(tmp_path, FEE))
    assert document is not None
    assert document.text == "粗大ごみの手数料は400円です。"
    assert problem.code == "ocr"


def test_a_page_that_is_read_too_unsurely_has_no_text(tmp_path: Path) -> None:
    machine = _machine(tmp_path, _doubtful(FEE))
    document, [problem] = pdf_document(pdf((Text(60, 60, "表紙です。"),), SCAN), id="d", machine=machine)
    assert document is not None
    assert document.text == "表紙です。"
    assert (problem.code, problem.page) == ("ocr-unsure", 2)
    assert "確かさの平均 41%" in problem.message
    assert "スキャンし直してください" in problem.message


def test_a_file_of_unsure_pages_only_is_no_document(tmp_path: Path) -> None:
    document, [problem] = pdf_document(pdf(SCAN), id="d", machine=_machine(tmp_path, _doubtful(FEE)))
    assert (document, problem.code) == (None, "ocr-unsure")


def test_a_page_that_is_read_more_surely_as_vertical_is_vertical(tmp_path: Path) -> None:
    vertical = "\n".join(
        f"5\t1\t1\t{line}\t1\t1\t{1800 - 70 * line}\t264\t42\t{42 * len(text)}\t93\t{text}"
        for line, text in enumerate(("市では、地震や大雨に備えて、", "避難所を見直しています。"))
    )
    machine = _machine(tmp_path, _doubtful(FEE), vertical)
    document, [problem] = pdf_document(pdf(SCAN), id="d", machine=machine)
    assert document is not None
    assert document.text == "市では、地震や大雨に備えて、避難所を見直しています。"
    assert problem.code == "ocr"


def test_without_the_program_the_cure_is_told() -> None:
    document, [problem] = pdf_document(pdf(SCAN), id="d", machine=NONE)
    assert (document, problem.code) == (None, "scanned")
    assert "make ocr で文字認識（tesseract）を入れ" in problem.message


def test_a_program_that_fails_is_told_and_the_other_pages_are_read(tmp_path: Path) -> None:
    machine = _machine(tmp_path, FEE)
    machine.program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    document, [problem] = pdf_document(pdf((Text(60, 60, "表紙です。"),), SCAN), id="d", machine=machine)
    assert document is not None
    assert document.text == "表紙です。"
    assert (problem.code, problem.page) == ("ocr-failed", 2)
    assert "make ocr" in problem.message


BUDGET = """令和5年度　環境局予算
（単位：千円）
１　ごみ収集運営費
　　令和5年度　120,000　令和4年度　100,000　増減　20,000
２　里山整備事業
　　令和5年度　30,000　令和4年度　40,000　増減　△10,000
"""
TABLE = "| 施設 | 定員 | 電話 |\n| --- | --- | --- |\n| 東館 | 300 | 11 |\n| 西館 | 120 | 12 |\n"


def _read_by_machine(text: str) -> tuple[Document, Document]:
    """Return a document of one page, and the same as a machine would have read it."""
    printed = text_document(text, id="d", title="予算", fiscal_year=2023)
    return printed, replace(printed, pages=(Page(1, 0, len(printed.text), machine_read=95.0),))


def test_numbers_that_a_machine_read_never_enter_the_ledger() -> None:
    printed, scanned = _read_by_machine(BUDGET)
    assert {int(figure.value) for figure in read_tables(printed).figures} >= {120_000, 30_000}
    assert read_tables(scanned).figures == ()


def test_numbers_that_a_machine_read_never_enter_the_tables() -> None:
    printed, scanned = _read_by_machine(TABLE)
    assert len(tables_of(printed)) == 1
    assert tables_of(scanned) == []


def test_of_a_document_with_both_only_what_is_printed_is_counted_with() -> None:
    printed, _ = _read_by_machine(BUDGET)
    half = printed.text.index("２　里山")
    pages = (Page(1, 0, half), Page(2, half, len(printed.text), machine_read=95.0))
    mixed = replace(printed, pages=pages)
    assert {figure.page for figure in read_tables(mixed).figures} == {1}
    assert 120_000 in {int(figure.value) for figure in read_tables(mixed).figures}


def test_what_a_machine_read_is_quoted_with_the_mark() -> None:
    _, scanned = _read_by_machine("粗大ごみの手数料は400円です。")
    assert cite(scanned, 0, 5, 1).machine_read
    halves = replace(scanned, pages=(Page(1, 0, 6), Page(2, 6, len(scanned.text), machine_read=91.5)))
    assert [cite(halves, *place, 1).machine_read for place in ((0, 6), (5, 7), (6, 9))] == [False, True, True]


def test_a_bundle_keeps_which_pages_a_machine_read(tmp_path: Path) -> None:
    _, scanned = _read_by_machine("粗大ごみの手数料は400円です。")
    writer = PassageWriter(tmp_path / "passages.sqlite")
    writer.add(scanned, [])
    writer.close()
    assert SegmentPassages(tmp_path / "passages.sqlite").document("d") == scanned


GUARDED = """
import subprocess
from corpus.reading_child import Limits, hold_back
from corpus.pdf.tesseract import ENVIRONMENT, TESSERACT, Setting
hold_back(Limits())
own = TESSERACT.command(Setting.ACROSS)
for command, more in (
    (own, {}), (["/bin/true"], {}), ([*own, "more"], {}), (own, {"env": None}), (own, {"executable": "/bin/true"}),
    (own, {"cwd": "/"}), (" ".join(own), {"shell": True}),
):
    try:
        subprocess.run(command, **{"env": ENVIRONMENT, "input": b"", "capture_output": True, **more})
    except PermissionError:
        print("refused")
    except FileNotFoundError:
        print("started")
    else:
        print("started")
"""


def test_a_reader_may_start_the_one_program_with_the_one_command_and_nothing_else() -> None:
    told = subprocess.run([sys.executable, "-c", GUARDED], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["started", *["refused"] * 6]


@pytest.fixture
def line() -> Iterator[tuple[Connection, Connection]]:
    ours, child = Pipe()
    with ours, child:
        yield ours, child


def test_each_picture_that_has_to_be_read_gives_more_time(line: tuple[Connection, Connection]) -> None:
    ours, child = line
    child.send_bytes(PICTURE)
    later = Timer(0.05, child.send_bytes, [b"answer"])
    later.start()
    assert answer_of(ours, 0, Limits()) == b"answer"
    later.join()


def test_but_no_more_than_a_document_may_have(line: tuple[Connection, Connection]) -> None:
    ours, child = line
    child.send_bytes(PICTURE)
    with pytest.raises(TimeoutError):
        answer_of(ours, 0, replace(Limits(), most_pictures=0))


PAPER = """<!doctype html><html lang="ja"><meta charset="utf-8"><style>@page { size: A4; margin: 20mm }
body { font: 11pt/1.8 serif } h1 { font-size: 18pt }</style><body><h1>家庭ごみの分け方</h1>
<p>燃えるごみは、毎週月曜日と木曜日の朝8時までに、決められた集積所へ出してください。</p>
<p>粗大ごみは有料です。申し込みは電話（0123-45-6789）で受け付けています。</p>
<p>1回に出せる数は5点までで、手数料は1点につき400円からです。</p></body></html>"""
SAID = """家庭ごみの分け方
燃えるごみは、毎週月曜日と木曜日の朝8時までに、決められた集積所へ出してください。
粗大ごみは有料です。申し込みは電話（0123-45-6789）で受け付けています。
1回に出せる数は5点までで、手数料は1点につき400円からです。"""
LEAST_RIGHT = 0.97
"""Of the letters; all were right when this was written (Tesseract 5.3.0)."""


@pytest.mark.browser
@pytest.mark.skipif(not TESSERACT.installed, reason="no Tesseract: make ocr installs it")
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium: scripts/install-browser.sh installs it")
def test_the_scan_of_a_printed_page_is_read_under_guard(tmp_path: Path) -> None:
    (tmp_path / "写し.pdf").write_bytes(_scanned(_printed(tmp_path)))
    reader = GuardedReader()
    document, [problem] = reader.read(tmp_path / "写し.pdf")
    reader.close()
    assert document is not None
    assert (document.title, problem.code, problem.page) == ("家庭ごみの分け方", "ocr", 1)
    assert document.is_machine_read(0, 1)
    said, found = ("".join(unicodedata.normalize("NFKC", text).split()) for text in (SAID, document.text))
    assert Levenshtein.normalized_similarity(said, found) >= LEAST_RIGHT


def _printed(folder: Path) -> bytes:
    (folder / "page.html").write_text(PAPER, encoding="utf-8")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    places = (f"--user-data-dir={folder}", f"--print-to-pdf={folder / 'page.pdf'}")
    page = (folder / "page.html").as_uri()
    subprocess.run([str(CHROMIUM), *places, *flags, page], check=True, capture_output=True)
    return (folder / "page.pdf").read_bytes()


def _scanned(data: bytes) -> bytes:
    """Return a PDF whose page is nothing but a picture of another's, at 200 dpi."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as printed, pypdfium2.PdfDocument.new() as scan:
        width, height = printed[0].get_size()
        picture = pypdfium2.PdfImage.new(scan)
        picture.set_bitmap(printed[0].render(scale=200 / 72))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page = scan.new_page(width, height)
        page.insert_obj(picture)
        page.gen_content()
        written = BytesIO()
        scan.save(written)
        return written.getvalue()
