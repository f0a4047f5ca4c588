"""The parts of an XLSX package: which sheets there are, the shared strings, the number format of each style."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.tables.format_codes import built_in_codes
from corpus.tables.unseen_colours import fill_colours, font_colours, unseen_styles

if TYPE_CHECKING:
    from zipfile import ZipFile

_PACKAGE = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets share. `sheets` are names, parts and whether they are hidden; `codes` the format of each style.

    `unseen` tells for each style whether its letters have the colour of their ground.
    """

    sheets: Sequence[tuple[str, str, bool]]
    strings: Sequence[str]
    codes: Sequence[str]
    from_1904: bool
    unseen: Sequence[bool] = ()


def open_workbook(archive: "ZipFile") -> Workbook:
    """Read what the sheets of a workbook share."""
    part = next(
        (target for kind, target in _related(archive, _PACKAGE, "").values() if kind == "officeDocument"), ""
    )
    part = part or "xl/workbook.xml"
    folder, name = posixpath.split(part)
    related = _related(archive, f"{folder}/_rels/{name}.rels", folder)
    by_kind = dict(related.values())
    sheets, from_1904 = [], False
    for tag, element in elements(archive, part, ("sheet", "workbookPr")):
        if tag == "workbookPr":
            from_1904 = element.get("date1904") in ("1", "true")
            continue
        kind, target = related.get(_relation(element), ("", ""))
        if kind == "worksheet":
            sheets.append((element.get("name"), target, element.get("state", "visible") != "visible"))
    codes, unseen = _styles(archive, by_kind.get("styles"))
    return Workbook(sheets, _strings(archive, by_kind.get("sharedStrings")), codes, from_1904, unseen)


def count_comments(archive: "ZipFile", part: str) -> int:
    """Return how many comments the cells of a sheet have."""
    folder, name = posixpath.split(part)
    related = _related(archive, f"{folder}/_rels/{name}.rels", folder).values()
    parts = [target for kind, target in related if kind == "comments" and target in archive.namelist()]
    return sum(1 for target in parts for _ in elements(archive, target, ("comment",)))


def elements(archive: "ZipFile", part: str, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Yield the elements of these names in a part, each whole, and forget it; entities are not followed."""
    from lxml import etree

    with archive.open(part) as file:
        tags = [f"{{*}}{name}" for name in names]
        for _, element in etree.iterparse(
            file, events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=True
        ):
            yield etree.QName(element).localname, element
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]


def plain_text(element: Any) -> str:
    """Return the text of a string and its runs, without the readings above it (furigana)."""
    return "".join(
        child.text or ""
        for child in element.iter("{*}t")
        if not any(above.tag.endswith("}rPh") for above in child.iterancestors())
    )


def _strings(archive: "ZipFile", part: str | None) -> list[str]:
    if part is None or part not in archive.namelist():
        return []
    return [plain_text(element) for _, element in elements(archive, part, ("si",))]


def _styles(archive: "ZipFile", part: str | None) -> tuple[list[str], list[bool]]:
    """Return the number format of each cell style, and whether its letters are not to be seen."""
    if part is None or part not in archive.namelist():
        return [], []
    codes = dict(built_in_codes())
    fonts: list[str | None] = []
    fills: list[str | None] = []
    formats: list[str] = []
    unseen: list[bool] = []
    for tag, element in elements(archive, part, ("numFmt", "fonts", "fills", "cellXfs")):
        if tag == "numFmt" and element.get("numFmtId"):
            codes[int(element.get("numFmtId"))] = element.get("formatCode") or "General"
        elif tag == "fonts":
            fonts = font_colours(element)
        elif tag == "fills":
            fills = fill_colours(element)
        elif tag == "cellXfs":
            formats = [codes.get(int(style.get("numFmtId", 0)), "General") for style in element]
            unseen = list(unseen_styles(fonts, fills, element))
    return formats, unseen


def _related(archive: "ZipFile", part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return what a part is related to, by id: the kind and the part."""
    if part not in archive.namelist():
        return {}
    return {
        element.get("Id"): (
            element.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join(folder, element.get("Target", ""))).lstrip("/"),
        )
        for _, element in elements(archive, part, ("Relationship",))
    }


def _relation(element: Any) -> str:
    return next((value for name, value in element.items() if name.endswith("}id")), "")
