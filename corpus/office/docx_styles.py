"""What a Word file's styles say of its paragraphs and letters: hidden, bold, how large, white, how deep a heading."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.office.docx_xml import W, is_on, own_properties, value, whole
from corpus.office.types import Look

_HEADING = re.compile(r"heading ([1-9])")
_OUTLINE = 9
"""Outline levels are 0 to 8; 9 is that of running text."""
_TINY = 4
"""Half points: nobody reads letters of two points or less."""
_NO_FILL = ("auto", "FFFFFF", None)


class Styles:
    """The styles of one file, by their ids; what a style does not say its ancestors do."""

    def __init__(self, root: Any) -> None:
        styles = root.iterchildren(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId"): style for style in styles}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )

    def name(self, paragraph: Any) -> str:
        """Return the name of a paragraph's style in small letters, as Word itself calls it: heading 1, toc 2."""
        style = next(self._chain(self.style_id(paragraph)), None)
        return value(style, "name").lower() if style is not None else ""

    def style_id(self, paragraph: Any) -> str | None:
        """Return the id of a paragraph's style."""
        return value(own_properties(paragraph), "pStyle") or self._default

    def heading_level(self, paragraph: Any) -> int:
        """Return how deep a paragraph stands as a heading, 0 for running text."""
        said = self.paragraph_property(paragraph, "outlineLvl")
        if said is not None:
            level = whole(said.get(f"{W}val"), _OUTLINE)
            return level + 1 if level < _OUTLINE else 0
        for style in self._chain(self.style_id(paragraph)):
            name = value(style, "name").lower()
            if name == "title":
                return 1
            if found := _HEADING.fullmatch(name):
                return int(found[1])
        return 0

    def paragraph_property(self, paragraph: Any, name: str) -> Any:
        """Return an element of a paragraph's properties: its own, or the nearest of its styles."""
        styles = (style.find(f"{W}pPr") for style in self._chain(self.style_id(paragraph)))
        said = (e for e in (own_properties(paragraph), *styles) if e is not None)
        return next((e for owner in said if (e := owner.find(f"{W}{name}")) is not None), None)

    def is_shaded(self, cell: Any) -> bool:
        """Tell whether a cell is coloured of itself."""
        return _fills(cell.find(f"{W}tcPr"))

    def look(self, run: Any, paragraph: Any) -> Look:
        """Return how the letters of a run are shown."""
        named = [*self._chain(value(run.find(f"{W}rPr"), "rStyle")), *self._chain(self.style_id(paragraph))]
        said = [e for owner in (run, *named) if (e := owner.find(f"{W}rPr")) is not None]
        return Look(
            hidden=_is_on(said, "vanish"),
            white=_first(said, "color") == "FFFFFF" and not self._is_filled(said, paragraph),
            tiny=whole(_first(said, "sz"), _TINY + 1) <= _TINY,
            bold=_is_on(said, "b"),
        )

    def _is_filled(self, said: Sequence[Any], paragraph: Any) -> bool:
        """Tell whether something coloured is behind letters: of their own, of the paragraph, cell, table, box or page."""
        if any(_fills(owner) for owner in said) or any(e.find(f"{W}highlight") is not None for e in said):
            return True
        shading = self.paragraph_property(paragraph, "shd")
        if shading is not None and shading.get(f"{W}fill") not in _NO_FILL:
            return True
        for above in paragraph.iterancestors(f"{W}tc", f"{W}tbl", f"{W}txbxContent", f"{W}document"):
            if above.tag == f"{W}txbxContent" or above.find(f"{W}background") is not None:
                return True
            if _fills(above.find(f"{W}tcPr")) or self._fills_table(above.find(f"{W}tblPr")):
                return True
        return False

    def _fills_table(self, properties: Any) -> bool:
        styles = self._chain(value(properties, "tblStyle"))
        return _fills(properties) or any(_fills(e) for style in styles for e in style.iter(f"{W}tcPr"))

    def _chain(self, name: str | None) -> Iterator[Any]:
        """Yield a style and those that it is based on."""
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name], "basedOn") or None


def _fills(properties: Any) -> bool:
    shading = properties.find(f"{W}shd") if properties is not None else None
    return shading is not None and shading.get(f"{W}fill") not in _NO_FILL


def _first(said: Sequence[Any], name: str) -> str | None:
    return next((e.get(f"{W}val") for owner in said if (e := owner.find(f"{W}{name}")) is not None), None)


def _is_on(said: Sequence[Any], name: str) -> bool:
    return is_on(next((e for owner in said if (e := owner.find(f"{W}{name}")) is not None), None))
