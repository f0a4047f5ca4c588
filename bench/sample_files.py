"""A small whole file of every format that is read, made by the libraries that write it, and a ZIP of some of them."""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from zipfile import ZipFile

from bench.saved_documents import saved
from corpus.kinds import ARCHIVES, BY_ENDING

_ROWS = (("施設", "電話", "料金"), ("東館", "0XX-231-4100", "1,500円"), ("西館", "0XX-231-4200", "無料"))
_TEXT = "# 窓口のご案内\n\n平日の午前9時に開きます。\n\n## 休み\n- 土曜日\n- 日曜日\n"
_HTML = (
    "<!doctype html><html><head><title>窓口</title></head><body><main><h1>窓口</h1><p>午前9時に開きます。</p>"
    "<table><tr><th>館<th>電話</tr><tr><td rowspan=2>東館<td>0XX-231-4100</tr><tr><td>西館</tr></table></main></body></html>"
)


def _delimited(mark: str) -> bytes:
    return "\n".join(mark.join(f'"{cell}"' for cell in row) for row in _ROWS).encode()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in _ROWS:
        book.active.append(row)
    book.active.merge_cells("A4:B5")
    return saved(book)


def _xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("窓口")
    for number, row in enumerate(_ROWS):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    return saved(book)


def _ods() -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="窓口")
    for row in _ROWS:
        line = TableRow()
        for cell in row:
            held = TableCell(valuetype="string")
            held.addElement(P(text=cell))
            line.addElement(held)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    return saved(book)


def _odt() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="窓口のご案内"))
    document.text.addElement(P(text="平日の午前9時に開きます。"))
    return saved(document)


def _docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("窓口のご案内", 1)
    document.add_paragraph("平日の午前9時に開きます。")
    table = document.add_table(len(_ROWS), len(_ROWS[0]))
    for number, row in enumerate(_ROWS):
        for column, cell in enumerate(row):
            table.cell(number, column).text = cell
    return saved(document)


def _pptx() -> bytes:
    from pptx import Presentation

    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "窓口のご案内"
    slide.placeholders[1].text = "平日の午前9時に開きます。"
    return saved(slides)


def _pdf() -> bytes:
    """Return a page of two lines, written by hand."""
    shown = b"BT /F1 12 Tf 72 720 Td (Opening hours 9:00) Tj 0 -20 Td (Closed on Sundays) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    file, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(file)
    return file + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def _zip() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("窓口.txt", _TEXT)
        archive.writestr("窓口.toml", 'title = "窓口のご案内"')
        archive.writestr("表/施設.csv", _delimited(","))
    return file.getvalue()


_MADE: Mapping[str, Callable[[], bytes]] = {
    **dict.fromkeys((".txt", ".text", ".md"), _TEXT.encode),
    **dict.fromkeys((".html", ".htm"), _HTML.encode),
    **{".csv": lambda: _delimited(","), ".tsv": lambda: _delimited("\t")},
    **{".xlsx": _xlsx, ".xlsm": _xlsx, ".xls": _xls, ".ods": _ods},
    **{
        ".docx": _docx,
        ".docm": _docx,
        ".pptx": _pptx,
        ".pptm": _pptx,
        ".odt": _odt,
        ".pdf": _pdf,
        ".zip": _zip,
    },
}


@cache
def samples() -> Mapping[str, bytes]:
    """Return a small whole file of every ending that is read and of which one can be made."""
    return {ending: _MADE[ending]() for ending in (*BY_ENDING, *ARCHIVES) if ending in _MADE}
