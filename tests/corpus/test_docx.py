"""Word files: what the page shows in reading order, with the numbers that Word prints; what it hides is counted."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.library import read_file
from corpus.types import Document, Problem


def _read(folder: Path, word: WordFile, name: str = "t.docx") -> tuple[Document, list[Problem]]:
    word.save(str(folder / name))
    document, problems = read_file(folder / name)
    assert document is not None, problems
    return document, problems


def _body(folder: Path, *elements: str) -> tuple[str, list[Problem]]:
    """Return the text of a file with these elements, written in w: without its namespace."""
    word = docx.Document()
    for element in elements:
        word.element.body.insert(len(word.element.body) - 1, _xml(element))
    document, problems = _read(folder, word)
    return document.text, problems


def _xml(element: str) -> object:
    end = element.index(">") - (element[element.index(">") - 1] == "/")
    return parse_xml(f"{element[:end]} {nsdecls('w', 'wp', 'a', 'r')}{element[end:]}")


def _p(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def _r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_headings_paragraphs_and_tables_are_read_in_order(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("ごみの出し方", 1)
    word.add_paragraph("燃えるごみは月曜日です。")
    word.add_heading("料金", 2)
    table = word.add_table(rows=2, cols=3)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], "区分 大人 子 昼 300円 a|b".split(), strict=True
    ):
        cell.text = text
    word.add_paragraph("以上です。")
    document, problems = _read(tmp_path, word)
    assert document.text == (
        "# ごみの出し方\n\n燃えるごみは月曜日です。\n\n## 料金\n\n"
        "| 区分 | 大人 | 子 |\n| --- | --- | --- |\n| 昼 | 300円 | a｜b |\n\n以上です。"
    )
    assert (document.title, problems) == ("ごみの出し方", [])


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("decimal", "%1.", ["1. 紙", "2. 布"]),
        ("decimal", "(%1)", ["(1) 紙", "(2) 布"]),
        ("decimalFullWidth", "（%1）", ["（１）　紙", "（２）　布"]),
        ("aiueoFullWidth", "%1", ["ア　紙", "イ　布"]),
        ("aiueo", "%1", ["ア　紙", "イ　布"]),
        ("iroha", "%1", ["イ　紙", "ロ　布"]),
        ("decimalEnclosedCircle", "%1", ["①　紙", "②　布"]),
        ("decimal", "第%1条", ["第1条　紙", "第2条　布"]),
        ("japaneseCounting", "第%1章", ["第一章　紙", "第二章　布"]),
        ("upperRoman", "%1", ["I 紙", "II 布"]),
        ("lowerLetter", "%1)", ["a) 紙", "b) 布"]),
        ("ideographTraditional", "%1", ["甲　紙", "乙　布"]),
        ("bullet", "", ["・紙", "・布"]),
        ("none", "", ["紙", "布"]),
    ],
)
def test_a_list_has_the_numbers_that_word_prints(
    tmp_path: Path, form: str, text: str, printed: list[str]
) -> None:
    assert _numbered(tmp_path, [(form, text)], [(1, 0, "紙"), (1, 0, "布")]) == printed


def _numbered(
    folder: Path, levels: list[tuple[str, str]], items: list[tuple[int, int, str]], override: str = ""
) -> list[str]:
    """Return the lines of a file whose lists 1 and 2 have these levels; items are list, depth and text."""
    word = docx.Document()
    numbering = word.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    shown = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    numbering.append(_xml(f'<w:abstractNum w:abstractNumId="7">{shown}</w:abstractNum>'))
    numbering.append(_xml('<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'))
    numbering.append(_xml(f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'))
    for number, depth, text in items:
        told = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        word.element.body.insert(len(word.element.body) - 1, _xml(_p(told + _r(text))))
    return [line for line in _read(folder, word)[0].text.split("\n") if line]


def test_lists_in_lists_begin_anew_below_each_item_and_are_indented(tmp_path: Path) -> None:
    items = [(1, 0, "紙"), (1, 1, "新聞"), (1, 1, "雑誌"), (1, 0, "布"), (1, 1, "服")]
    assert _numbered(tmp_path, [("decimal", "%1."), ("decimal", "%1.%2")], items) == [
        "1. 紙",
        "　1.1 新聞",
        "　1.2 雑誌",
        "2. 布",
        "　2.1 服",
    ]


def test_a_list_of_the_same_form_counts_on_unless_it_says_where_it_begins(tmp_path: Path) -> None:
    items = [(1, 0, "紙"), (2, 0, "布"), (2, 0, "瓶")]
    assert _numbered(tmp_path, [("decimal", "%1.")], items) == ["1. 紙", "2. 布", "3. 瓶"]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert _numbered(tmp_path, [("decimal", "%1.")], items, anew) == ["1. 紙", "1. 布", "2. 瓶"]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (_r("受付") + f"<w:ins w:id='1'>{_r('時間')}</w:ins>", "受付時間"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>ごみ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>塵</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>" + _r("の日"),
            "塵の日",
        ),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
            + _r("式")
            + "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + _r("4月1日")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "4月1日",
        ),
        (f"<w:hyperlink>{_r('市民課')}</w:hyperlink>" + _r("へ"), "市民課へ"),
        (_r("本庁舎") + "<w:r><w:br/></w:r>" + _r("電話 012"), "本庁舎\n電話 012"),
        (_r("第1条") + "<w:r><w:tab/></w:r>" + _r("市に置く。"), "第1条　市に置く。"),
        (_r("国　際　局"), "国際局"),
        (f"<w:sdt><w:sdtContent>{_r('氏名')}</w:sdtContent></w:sdt>", "氏名"),
    ],
)
def test_each_piece_of_a_paragraph_reads_as_it_is_shown(tmp_path: Path, runs: str, text: str) -> None:
    assert _body(tmp_path, _p(runs)) == (text, [])


@pytest.mark.parametrize(
    ("runs", "counted"),
    [
        (_r("秘密", "<w:vanish/>"), "隠し文字 2 字"),
        (_r("白い字", '<w:color w:val="FFFFFF"/>'), "背景と同じ白い文字 3 字"),
        (_r("極小", '<w:sz w:val="4"/>'), "見えないほど小さな文字 2 字"),
        (
            "<w:del w:id='1'><w:r><w:delText>昔の文</w:delText></w:r></w:del>",
            "変更履歴で消した文字 3 字",
        ),
    ],
)
def test_what_is_hidden_is_left_out_and_counted(tmp_path: Path, runs: str, counted: str) -> None:
    text, (problem,) = _body(tmp_path, _p(_r("受付は九時です。") + runs))
    assert (text, problem.code) == ("受付は九時です。", "hidden")
    assert counted in problem.message


def test_white_letters_on_a_coloured_ground_are_read(tmp_path: Path) -> None:
    ground = '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>'
    assert _body(tmp_path, _p(_r("受付時間のご案内", ground))) == ("受付時間のご案内", [])


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    mark = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    assert _body(tmp_path, _p(mark + _r("受付は")), _p(_r("九時です。")))[0] == "受付は九時です。"


def test_cells_that_go_over_rows_are_said_in_each_and_over_columns_once(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, ("区分 料金 .", "昼 大人 子", ". 300円 100円"), strict=True):
        for cell, text in zip(row.cells, texts.split(), strict=True):
            cell.text = text.strip(".")
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    assert _read(tmp_path, word)[0].text.split("\n") == [
        "| 区分 | 料金 |  |",
        "| --- | --- | --- |",
        "| 昼 | 大人 | 子 |",
        "| 昼 | 300円 | 100円 |",
    ]


def test_a_table_that_holds_tables_or_one_column_is_text(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_table(rows=1, cols=1).cell(0, 0).text = "囲みの文です。"
    outer = word.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "案内文です。"
    inner = outer.cell(0, 1).add_table(rows=2, cols=2)
    for cell, text in zip(inner._cells, ("館", "数", "本館", "1"), strict=True):
        cell.text = text
    assert _read(tmp_path, word)[0].text == "囲みの文です。\n\n案内文です。\n\n| 館 | 数 |\n| 本館 | 1 |"


def test_a_first_row_in_bold_is_the_header_of_a_table_of_two_columns(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("館", "数", "本館", "1"), strict=True):
        cell.paragraphs[0].add_run(text).bold = text in "館数"
    assert _read(tmp_path, word)[0].text == "| 館 | 数 |\n| --- | --- |\n| 本館 | 1 |"


def test_a_short_line_in_bold_is_a_heading_below_those_with_a_style(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("計画", 1)
    for text, bold in (
        ("申請の方法", True),
        ("窓口で申請します。", False),
        ("必ず本人が来てください。", True),
    ):
        word.add_paragraph().add_run(text).bold = bold
    assert _read(tmp_path, word)[0].text.split("\n\n") == [
        "# 計画",
        "##### 申請の方法",
        "窓口で申請します。",
        "必ず本人が来てください。",
    ]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>枠の文です。</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    drawn = (
        f"<w:r><mc:AlternateContent {spaces}><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert _body(tmp_path, _p(_r("本文です。") + drawn), _p(_r("続きです。")))[0] == (
        "本文です。\n\n枠の文です。\n\n続きです。"
    )


def _with_part(folder: Path, name: str, kind: str, content: str, body: str) -> tuple[str, list[Problem]]:
    """Return the text of a file with one part more, related to the document."""
    word = docx.Document()
    word.element.body.insert(0, _xml(body))
    held = BytesIO()
    word.save(held)
    path = folder / "t.docx"
    with ZipFile(held) as old, ZipFile(path, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "word/_rels/document.xml.rels":
                target = f'<Relationship Id="rIdX" Type="http://x/{kind}" Target="{name}"/></Relationships>'
                data = data.replace(b"</Relationships>", target.encode())
            new.writestr(part, data)
        new.writestr(f"word/{name}", content.replace(">", f" {nsdecls('w')}>", 1).encode())
    document, problems = read_file(path)
    assert document is not None
    return document.text, problems


def test_a_note_stands_below_its_paragraph_with_its_mark(tmp_path: Path) -> None:
    notes = "<w:footnotes><w:footnote w:id='2'><w:p><w:r><w:t>祝日を除きます。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    body = _p(_r("平日に開きます") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + _r("。"))
    text, problems = _with_part(tmp_path, "footnotes.xml", "footnotes", notes, body)
    assert (text, problems) == ("平日に開きます※1。\n\n※1 祝日を除きます。", [])


def test_a_note_of_a_table_stands_below_it(tmp_path: Path) -> None:
    notes = "<w:footnotes><w:footnote w:id='2'><w:p><w:r><w:t>税込みです。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    called = _p(_r("300円") + "<w:r><w:footnoteReference w:id='2'/></w:r>")
    table = f"<w:tbl><w:tr><w:tc>{_p(_r('昼'))}</w:tc><w:tc>{called}</w:tc></w:tr></w:tbl>"
    text, _ = _with_part(tmp_path, "footnotes.xml", "footnotes", notes, table)
    assert text == "| 昼 | 300円※1 |\n\n※1 税込みです。"


def test_comments_are_counted_and_not_read(tmp_path: Path) -> None:
    comments = "<w:comments><w:comment w:id='0'><w:p/></w:comment></w:comments>"
    text, (problem,) = _with_part(tmp_path, "comments.xml", "comments", comments, _p(_r("本文です。")))
    assert (text, "コメント 1 件" in problem.message) == ("本文です。", True)


def test_pages_are_those_that_word_drew_and_those_that_were_set(tmp_path: Path) -> None:
    drawn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    set_by_hand = "<w:r><w:br w:type='page'/></w:r>"
    word = docx.Document()
    for runs in (
        _r("一頁の文です。"),
        _p(set_by_hand)[5:-6],
        drawn + _r("二頁の文で") + drawn + _r("す。"),
        _r("三頁の文です。"),
    ):
        word.element.body.insert(len(word.element.body) - 1, _xml(_p(runs)))
    document, _ = _read(tmp_path, word)
    assert [document.text[page.start : page.end].strip() for page in document.pages] == [
        "一頁の文です。",
        "二頁の文です。",
        "三頁の文です。",
    ]


def test_headers_footers_and_the_table_of_contents_are_left_out(tmp_path: Path) -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "頁頭"
    word.sections[0].footer.paragraphs[0].text = "頁末"
    word.styles.add_style("toc 1", 1)
    word.add_paragraph("総則\t3", style="toc 1")
    word.add_paragraph("本文です。")
    assert _read(tmp_path, word)[0].text == "本文です。"


def test_a_line_that_a_typist_ended_at_the_margin_goes_on_in_the_next(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("設備の無償譲渡に係る町の負担金の額と本市などが設備の譲渡に際")
    word.add_paragraph("して行う業務の経費について計上する予定です。")
    word.add_paragraph("ごみの出し方は次のとおりです。")
    text = _read(tmp_path, word)[0].text
    assert text.split("\n\n") == [
        "設備の無償譲渡に係る町の負担金の額と本市などが設備の譲渡に際して行う業務の経費について計上する予定です。",
        "ごみの出し方は次のとおりです。",
    ]


def test_the_title_that_a_file_names_counts_where_its_text_says_so_too(tmp_path: Path) -> None:
    for named, title in (("青葉町の計画", "青葉町の計画"), ("隣町の計画", "本町の案内")):
        word = docx.Document()
        word.core_properties.title = named
        word.add_heading("本町の案内", 1)
        word.add_paragraph("青葉町の計画を定めます。")
        assert _read(tmp_path, word)[0].title == title


def test_a_file_with_macros_and_one_in_the_strict_form_are_read(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("本文です。")
    assert _read(tmp_path, word, "t.docm")[0].text == "本文です。"
    with ZipFile(tmp_path / "t.docm") as usual, ZipFile(tmp_path / "s.docx", "w") as strict:
        for part in usual.namelist():
            data = usual.read(part).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            strict.writestr(part, data)
    document, _ = read_file(tmp_path / "s.docx")
    assert document is not None
    assert document.text == "本文です。"


@pytest.mark.parametrize(
    ("data", "code", "cure"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "format", "docx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "format",
            "パスワード",
        ),
        (b"PK\x03\x04broken", "unreadable", "保存し直して"),
    ],
)
def test_an_old_a_locked_and_a_broken_file_are_refused_with_the_cure(
    tmp_path: Path, data: bytes, code: str, cure: str
) -> None:
    (tmp_path / "t.docx").write_bytes(data)
    document, (problem,) = read_file(tmp_path / "t.docx")
    assert (document, problem.code) == (None, code)
    assert cure in problem.message
