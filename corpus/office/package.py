"""The parts of a zipped office file: each an XML tree, with the parts that it is related to."""

import posixpath
from typing import TYPE_CHECKING, Any

from corpus.file_limits import LARGEST_FILE
from corpus.refusing import RefusedError

if TYPE_CHECKING:
    from zipfile import ZipFile

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
"""The strict form of the standard names the same elements in another namespace."""


class Package:
    """A zipped file of parts; a part that is not there has no root."""

    def __init__(self, archive: "ZipFile") -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def root(self, part: str) -> Any:
        """Return the root of a part, None where there is none; entities are not followed."""
        from lxml import etree

        if part not in self._names:
            return None
        size = self._archive.getinfo(part).file_size
        if size > LARGEST_FILE:  # it is held in memory as a whole
            message = (
                f"展開すると {size / 1e6:,.0f} MB になるので読みません。文書を分けて保存し直してください。"
            )
            raise RefusedError(message, code="size")
        data = self._archive.read(part)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )

    def main_part(self, otherwise: str) -> str:
        """Return the part that holds the document."""
        return next((part for kind, part in self.related("") if kind == "officeDocument"), otherwise)

    def related(self, part: str) -> list[tuple[str, str]]:
        """Return the parts that a part is related to, each with the kind of relation; "" is the package."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        return [
            (
                element.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for element in root
            if isinstance(element.tag, str) and element.get("TargetMode") != "External"
        ]

    def related_root(self, part: str, kind: str) -> Any:
        """Return the root of the part that a part is related to in this way, None where there is none."""
        return next((self.root(target) for found, target in self.related(part) if found == kind), None)
