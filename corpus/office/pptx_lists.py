"""What a slide sets before the paragraphs of a shape: bullets and numbers, which its layout and its master tell."""

from collections.abc import Iterator
from typing import Any

from corpus.office.list_numbers import BULLET, numbered

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MARKS = tuple(f"{_A}{name}" for name in ("buNone", "buChar", "buAutoNum", "buBlip"))
_FORMS = {
    "arabic": "decimal", "arabicDb": "decimalFullWidth", "alphaLc": "lowerLetter", "alphaUc": "upperLetter",
    "romanLc": "lowerRoman", "romanUc": "upperRoman", "circleNumDb": "decimalEnclosedCircle",
    "circleNumWdBlack": "decimalEnclosedCircle", "circleNumWdWhite": "decimalEnclosedCircle",
    "ea1JpnKor": "japaneseCounting", "ea1JpnChsDb": "japaneseCounting", "ea1Chs": "japaneseCounting",
    "ea1Cht": "japaneseCounting",
}  # fmt: skip
"""The names of a presentation's numbers, without what stands around them, by those that Word has."""
_AROUND = {"Plain": "{}", "Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Minus": "-{}-"}


class Lists:
    """Counts the items of one shape; without a shape nothing but the paragraphs themselves tell what is set."""

    def __init__(self, shape: Any) -> None:
        self._levels = list(_list_styles(shape)) if shape is not None else []
        self._counts: dict[int, tuple[str, int]] = {}

    def mark(self, paragraph: Any) -> tuple[str, int]:
        """Return what is set before a paragraph, "" for nothing, and how deep it stands."""
        properties = paragraph.find(f"{_A}pPr")
        depth = int(properties.get("lvl", 0)) if properties is not None else 0
        found = self._told(properties, depth)
        self._counts = {level: count for level, count in self._counts.items() if level <= depth}
        if found is None or found.tag == f"{_A}buNone":
            self._counts.pop(depth, None)
            return "", 0
        if found.tag != f"{_A}buAutoNum":
            self._counts.pop(depth, None)
            return BULLET, depth
        return self._counted(found.get("type", "arabicPeriod"), int(found.get("startAt", 1)), depth), depth

    def _told(self, properties: Any, depth: int) -> Any:
        levels = (styles.find(f"{_A}lvl{depth + 1}pPr") for styles in self._levels)
        for owner in (properties, *levels):
            if owner is not None and (found := next((e for e in owner if e.tag in _MARKS), None)) is not None:
                return found
        return None

    def _counted(self, kind: str, start: int, depth: int) -> str:
        before = self._counts.get(depth)
        count = before[1] + 1 if before is not None and before[0] == kind else start
        self._counts[depth] = (kind, count)
        around = next((name for name in _AROUND if kind.endswith(name)), "")
        return _AROUND.get(around, "{}").format(numbered(count, _FORMS.get(kind.removesuffix(around), "")))


def _list_styles(shape: Any) -> Iterator[Any]:
    """Yield what tells the levels of a shape: itself, then what it takes its place from, then the master's texts."""
    kind = shape.placeholder_format.type.name if shape.is_placeholder else ""
    above = shape
    while above is not None:
        style = above.element.find(f"{_P}txBody/{_A}lstStyle")
        if style is not None:
            yield style
        above = getattr(above, "_base_placeholder", None) if kind else None
    if kind in ("BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT"):
        layout = getattr(shape.part, "slide_layout", None)
        texts = layout.slide_master.element.find(f"{_P}txStyles/{_P}bodyStyle") if layout else None
        if texts is not None:
            yield texts
