"""What the styles of an OpenDocument text say: hidden, bold, white or tiny letters, pages, the numbers of lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.office.list_numbers import BULLET, numbered
from corpus.office.types import Look

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, TABLE, STYLE, DRAW = (
    f"{{{_NAMES}:{name}:1.0}}" for name in ("office", "text", "table", "style", "drawing")
)
FO = f"{{{_NAMES}:xsl-fo-compatible:1.0}}"
OUTLINE = "Outline"
"""The name of the list that numbers headings."""
_TINY = 2
"""Points: nobody reads letters so small."""
_NO_FILL = ("transparent", "#ffffff", None)
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "ア, イ, ウ, ...": "aiueo", "ｱ, ｲ, ｳ, ...": "aiueo", "イ, ロ, ハ, ...": "iroha", "ｲ, ﾛ, ﾊ, ...": "iroha",
    "一, 二, 三, ...": "japaneseCounting", "壱, 弐, 参, ...": "japaneseLegal", "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth", "甲, 乙, 丙, ...": "ideographTraditional", "子, 丑, 寅, ...": "ideographZodiac",
}  # fmt: skip
"""The samples by which OpenDocument names a form of number, by the names that Word has."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is set: `shown` levels of numbers, with what stands before and behind them."""

    form: str
    before: str = ""
    behind: str = ""
    start: int = 1
    shown: int = 1


class Styles:
    """The styles of one file, common and automatic ones; what a style does not say its ancestors do."""

    def __init__(self, *roots: Any) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}family"), style.get(f"{STYLE}name")] = style
            for style in root.iter(f"{TEXT}list-style"):
                self._lists[style.get(f"{STYLE}name")] = dict(_levels(style))
            for style in root.iter(f"{TEXT}outline-style"):
                self._lists[OUTLINE] = dict(_levels(style))

    def says(self, family: str, name: str | None, properties: str, key: str) -> str | None:
        """Return what a style or the nearest of its ancestors says of a property."""
        for style in self._chain(family, name):
            for element in style.iterchildren(f"{STYLE}{properties}"):
                if (said := element.get(key)) is not None:
                    return str(said)
        return None

    def named(self, name: str | None) -> set[str]:
        """Return the names of a paragraph's style and those that it is made from."""
        return {style.get(f"{STYLE}name") for style in self._chain("paragraph", name)}

    def list_of(self, name: str | None) -> str | None:
        """Return the list style of a paragraph's style."""
        styles = self._chain("paragraph", name)
        return next((said for style in styles if (said := style.get(f"{STYLE}list-style-name"))), None)

    def level(self, name: str | None, depth: int) -> Level | None:
        """Return how a list is set at a depth, 0 the outermost."""
        return self._lists.get(name or "", {}).get(depth)

    def is_filled(self, family: str, name: str | None) -> bool:
        """Tell whether a cell, a row or a table is coloured."""
        return self.says(family, name, f"{family}-properties", f"{FO}background-color") not in _NO_FILL

    def look(self, spans: list[str | None], paragraph: str | None, *, filled: bool) -> Look:
        """Return how letters are shown that stand in these spans, the innermost first, of a paragraph.

        `filled` tells that something coloured is behind the paragraph.
        """

        def told(key: str) -> str | None:
            families = [*(("text", name) for name in spans), ("paragraph", paragraph)]
            said = (self.says(family, name, "text-properties", key) for family, name in families)
            return next((value for value in said if value is not None), None)

        ground = self.says("paragraph", paragraph, "paragraph-properties", f"{FO}background-color")
        filled = filled or told(f"{FO}background-color") not in _NO_FILL or ground not in _NO_FILL
        return Look(
            hidden=told(f"{TEXT}display") == "none",
            white=(told(f"{FO}color") or "").lower() == "#ffffff" and not filled,
            tiny=_is_tiny(told(f"{FO}font-size")),
            bold=told(f"{FO}font-weight") in ("bold", "600", "700", "800", "900"),
        )

    def _chain(self, family: str, name: str | None) -> Iterator[Any]:
        seen = set()
        while name is not None and (family, name) in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get(f"{STYLE}parent-style-name")


def _levels(style: Any) -> Iterator[tuple[int, Level]]:
    for element in style:
        if not isinstance(element.tag, str) or not element.get(f"{TEXT}level", "").isdecimal():
            continue
        depth = int(element.get(f"{TEXT}level")) - 1
        if element.tag not in (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
            yield depth, Level(BULLET)
            continue
        yield (
            depth,
            Level(
                element.get(f"{STYLE}num-format") or "",
                element.get(f"{STYLE}num-prefix") or "",
                element.get(f"{STYLE}num-suffix") or "",
                int(element.get(f"{TEXT}start-value") or 1),
                int(element.get(f"{TEXT}display-levels") or 1),
            ),
        )


def printed(levels: list[Level], counts: list[int]) -> str:
    """Return the number of an item from those of the lists that it stands in, the outermost first.

    >>> printed([Level("1", "", "."), Level("1", "", ")", shown=2)], [2, 1]), printed([Level("ア, イ, ウ, ...")], [2])
    ('2.1)', 'イ')
    """
    own = levels[-1]
    if own.form == BULLET:
        return BULLET
    if not own.form:
        return ""
    pairs = list(zip(levels, counts, strict=True))[-max(1, own.shown) :]
    said = [
        numbered(count, _FORMS.get(level.form, ""))
        for level, count in pairs
        if level.form not in ("", BULLET)
    ]
    return (own.before + ".".join(said) + own.behind).strip(" 　")


def _is_tiny(size: str | None) -> bool:
    return size is not None and size.endswith("pt") and size[:-2].isdecimal() and int(size[:-2]) <= _TINY
