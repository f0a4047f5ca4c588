"""What a file is by its content: an Excel file named .csv and a web page named .xls are read as what they are."""

import re
import struct
from enum import StrEnum

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_ZIP = b"PK\x03\x04"
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_WEB_TABLE = re.compile(rb"\s*(?:<meta[^>]*>\s*)*<(?:table|style|div|font)\b", re.I)
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")


class Kind(StrEnum):
    """What a file holds."""

    TEXT = "テキスト"
    TABLE = "CSV"
    XLSX = "Excel（xlsx）"
    XLS = "Excel（xls）"
    ODS = "OpenDocument 表（ods）"
    HTML = "HTML"
    PDF = "PDF"
    DOCX = "Word（docx）"
    PPTX = "PowerPoint（pptx）"
    ODT = "OpenDocument 文書（odt）"
    PICTURE = "画像"
    LOCKED = "パスワード付きの文書"
    XML_SHEET = "XML スプレッドシート"
    MHTML = "MHTML"
    OFFICE = "Office の文書"
    ZIP = "ZIP"


BY_ENDING = {
    ".txt": Kind.TEXT, ".text": Kind.TEXT, ".md": Kind.TEXT, ".csv": Kind.TABLE, ".tsv": Kind.TABLE,
    ".xlsx": Kind.XLSX, ".xlsm": Kind.XLSX, ".xls": Kind.XLS, ".ods": Kind.ODS,
    ".html": Kind.HTML, ".htm": Kind.HTML,
    ".docx": Kind.DOCX, ".docm": Kind.DOCX, ".pptx": Kind.PPTX, ".pptm": Kind.PPTX,
    ".odt": Kind.ODT,
}  # fmt: skip
ARCHIVES = (".zip",)
"""Endings of files that are folders of documents."""
_WORKBOOKS = (Kind.XLSX, Kind.XLS, Kind.ODS)
_ZIPPED = (Kind.XLSX, Kind.ODS, Kind.DOCX, Kind.PPTX, Kind.ODT)


def kind_of(data: bytes, ending: str) -> Kind:
    """Return what `data` is; text is what its ending says, and a table where the ending names a workbook.

    >>> kind_of(b"<html><table>", ".xls"), kind_of("市,人口".encode(), ".xlsx"), kind_of("本文".encode(), ".txt")
    (<Kind.HTML: 'HTML'>, <Kind.TABLE: 'CSV'>, <Kind.TEXT: 'テキスト'>)
    """
    named = BY_ENDING[ending]
    binary = _binary_kind(data, named)
    if binary is not None:
        return binary
    head = _ascii(data[:_HEAD])
    if head.lstrip().startswith(b"MIME-Version:"):
        return Kind.MHTML
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<Workbook" in head:
        return Kind.XML_SHEET
    if _WEB_PAGE.match(head) or (named in _WORKBOOKS and _WEB_TABLE.match(head)):
        return Kind.HTML
    return Kind.TABLE if named in _WORKBOOKS else named


def is_hidden(name: str) -> bool:
    """Tell whether a file or a folder is none that a person put there: hidden, or what Office leaves while it writes.

    >>> is_hidden(".DS_Store"), is_hidden("~$計画.docx"), is_hidden("計画.docx")
    (True, True, False)
    """
    return name.startswith((".", "~$"))


def _ascii(head: bytes) -> bytes:
    """Return the beginning of a file without the mark and the zeros of UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _binary_kind(data: bytes, named: Kind) -> Kind | None:
    if data.startswith(_ZIP):
        return _zipped_kind(data) or (named if named in _ZIPPED else Kind.ZIP)
    if data.startswith(_OLE):
        return _office_kind(data)
    if _OLD_EXCEL.match(data):
        return Kind.XLS
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    return Kind.PICTURE if data.startswith(_PICTURES) and b"\x00" in data[:_HEAD] else None


def _zipped_kind(data: bytes) -> Kind | None:
    """Return what a ZIP holds, None where it is broken."""
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    try:
        names = ZipFile(BytesIO(data)).namelist()
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, struct.error):
        return None
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if b"opendocument.spreadsheet" in data[:_HEAD]:
        return Kind.ODS
    if any(name.startswith("ppt/") for name in names):
        return Kind.PPTX
    if b"opendocument.text" in data[:_HEAD]:
        return Kind.ODT
    if b"opendocument" in data[:200]:
        return Kind.OFFICE
    return Kind.ZIP


def _office_kind(data: bytes) -> Kind:
    """Tell Excel files from other ones of the same container by the names of their streams, which are UTF-16."""
    for stream, kind in (("EncryptedPackage", Kind.LOCKED), ("Workbook", Kind.XLS), ("Book", Kind.XLS)):
        if stream.encode("utf-16-le") in data:
            return kind
    return Kind.OFFICE
