"""Damages small files of every format at random: each must give a document or a problem, soon, and kill no reader.

`python -m bench.fuzzing --count 500 --seed 1` prints what does not; the same seed damages the same files the same way.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from zipfile import ZIP_DEFLATED, ZipFile

import typer

from corpus.guarded_reading import GuardedReader, Limits
from corpus.kinds import BY_ENDING

SECONDS = 20.0
"""Seconds of CPU that a damaged file of some kilobytes may take: whole ones take a tenth of one."""
_FAULTS = frozenset({"time", "memory"})
_ROWS = (("施設", "電話", "料金"), ("東館", "0XX-231-4100", "1,500円"), ("西館", "0XX-231-4200", "無料"))
_TEXT = "# 窓口のご案内\n\n平日の午前9時に開きます。\n\n## 休み\n- 土曜日\n- 日曜日\n"
_HTML = (
    "<!doctype html><html><head><title>窓口</title></head><body><main><h1>窓口</h1><p>午前9時に開きます。</p>"
    "<table><tr><th>館<th>電話</tr><tr><td rowspan=2>東館<td>0XX-231-4100</tr><tr><td>西館</tr></table></main></body></html>"
)


def _delimited(mark: str) -> bytes:
    return "\n".join(mark.join(f'"{cell}"' for cell in row) for row in _ROWS).encode()


def _saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in _ROWS:
        book.active.append(row)
    book.active.merge_cells("A4:B5")
    return _saved(book)


def _xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("窓口")
    for number, row in enumerate(_ROWS):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    return _saved(book)


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
    return _saved(book)


def _odt() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="窓口のご案内"))
    document.text.addElement(P(text="平日の午前9時に開きます。"))
    return _saved(document)


def _docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("窓口のご案内", 1)
    document.add_paragraph("平日の午前9時に開きます。")
    table = document.add_table(len(_ROWS), len(_ROWS[0]))
    for number, row in enumerate(_ROWS):
        for column, cell in enumerate(row):
            table.cell(number, column).text = cell
    return _saved(document)


def _pptx() -> bytes:
    from pptx import Presentation

    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "窓口のご案内"
    slide.placeholders[1].text = "平日の午前9時に開きます。"
    return _saved(slides)


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


_MADE: Mapping[str, Callable[[], bytes]] = {
    **dict.fromkeys((".txt", ".text", ".md"), _TEXT.encode),
    **dict.fromkeys((".html", ".htm"), _HTML.encode),
    **{".csv": lambda: _delimited(","), ".tsv": lambda: _delimited("\t")},
    **{".xlsx": _xlsx, ".xlsm": _xlsx, ".xls": _xls, ".ods": _ods},
    **{".docx": _docx, ".pptx": _pptx, ".odt": _odt, ".pdf": _pdf},
}


@cache
def samples() -> Mapping[str, bytes]:
    """Return a small whole file of every ending that is read and of which one can be made."""
    return {ending: _MADE[ending]() for ending in BY_ENDING if ending in _MADE}


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file to be read: its name says its number, its bytes are damaged."""

    name: str
    data: bytes


def damaged(count: int, seed: int) -> Iterator[Damaged]:
    """Yield damaged files, all endings in turn."""
    endings = sorted(samples())
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - to be repeated, not to be secret
        ending = endings[number % len(endings)]
        data = samples()[ending]
        for _ in range(chance.choice((1, 1, 2, 8))):
            data = chance.choice(_DAMAGES)(data, chance)
        yield Damaged(f"{number:05d}{ending}", data)


def fault(file: Damaged, folder: Path, reader: GuardedReader) -> str | None:
    """Return what is wrong with how a file is read, None where it gives a document or a problem that names it."""
    path = folder / file.name
    path.write_bytes(file.data)
    document, problems = reader.read(path)
    path.unlink()
    if document is None and not problems:
        return "neither a document nor a problem"
    told = [problem.message for problem in problems]
    if any(problem.code in _FAULTS or "プログラムが止まりました" in problem.message for problem in problems):
        return " ".join(told)
    return next((message for message in told if file.name not in message), None)


def careful_reader() -> GuardedReader:
    """Return a reader that gives a file SECONDS."""
    return GuardedReader(replace(Limits(), seconds=SECONDS, seconds_a_megabyte=0))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _without(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.randint(1, 200) :]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start : start + 200] * chance.randint(2, 300) + data[start:]


def _numbers_changed(data: bytes, chance: random.Random) -> bytes:
    """Put a huge or senseless number in the place of some digits."""
    places = [place for place, byte in enumerate(data) if chr(byte).isdigit() and byte < 128]
    if not places:
        return data
    place = chance.choice(places)
    other = chance.choice((b"-1", b"0", b"65536", b"1048577", b"99999999999", b"1e999"))
    return data[:place] + other + data[place + 1 :]


def _part_damaged(data: bytes, chance: random.Random) -> bytes:
    """Damage a part of a zipped file and pack it again: the damage is behind the packing."""
    try:
        with ZipFile(BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except Exception:  # noqa: BLE001 - what was damaged before is no archive any more, in whatever way
        return _flipped(data, chance)
    if not parts:
        return data
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice(_DAMAGES[:-1])(parts[name], chance)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for own, part in parts.items():
            new.writestr(own, part)
    return packed.getvalue()


_DAMAGES = (_flipped, _cut_short, _without, _repeated, _numbers_changed, _part_damaged)


def main(count: Annotated[int, typer.Option()] = 500, seed: Annotated[int, typer.Option()] = 1) -> None:
    """Read damaged files and print every one that is not read as it must; exit status 1 if there is one."""
    found = 0
    reader = careful_reader()
    with TemporaryDirectory() as folder:
        for file in damaged(count, seed):
            wrong = fault(file, Path(folder), reader)
            if wrong:
                found += 1
                print(f"seed {seed} {file.name}: {wrong}")
    reader.close()
    print(f"{count} files of {len(samples())} formats, {found} faults")
    raise typer.Exit(1 if found else 0)


if __name__ == "__main__":
    typer.run(main)
