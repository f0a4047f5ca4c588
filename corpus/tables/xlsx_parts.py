"""The parts of an XLSX package: which sheets there are, the shared strings, the number format of each style."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.tables.format_codes import built_in_codes

if TYPE_CHECKING:
    from zipfile import ZipFile

_PACKAGE = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets share. `sheets` are names, parts and whether they are hidden; `codes` the format of each style."""

    sheets: Sequence[tuple[str, str, bool]]
    strings: Sequence[str]
    codes: Sequence[str]
    from_1904: bool


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
    return Workbook(
        sheets,
        _strings(archive, by_kind.get("sharedStrings")),
        _codes(archive, by_kind.get("styles")),
        from_1904,
    )


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


def _codes(archive: "ZipFile", part: str | None) -> list[str]:
    """Return the number format of each cell style."""
    if part is None or part not in archive.namelist():
        return []
    codes = dict(built_in_codes())
    styles: list[str] = []
    for tag, element in elements(archive, part, ("numFmt", "cellXfs")):
        if tag == "numFmt" and element.get("numFmtId"):
            codes[int(element.get("numFmtId"))] = element.get("formatCode") or "General"
        elif tag == "cellXfs":
            styles = [codes.get(int(style.get("numFmtId", 0)), "General") for style in element]
    return styles


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
