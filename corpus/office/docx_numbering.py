"""The numbers of a Word file's lists: the file tells their form, what is printed is counted here."""

import re
from dataclasses import dataclass
from typing import Any

from corpus.office.docx_styles import Styles
from corpus.office.docx_xml import W, value, whole
from corpus.office.list_numbers import BULLET, decimal, numbered

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    in_digits: bool
    restarts: int | None


@dataclass(frozen=True, slots=True)
class _List:
    """A list of the file: lists of one `definition` are counted on; `starts` are levels that this one begins anew.

    `of_style` tells the level that a style's paragraphs are of.
    """

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    of_style: dict[str, int]


class Numbering:
    """Counts the items of all lists in reading order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(root) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, paragraph: Any) -> tuple[str, int]:
        """Return what is printed before a paragraph ("" for nothing), and how deep in the list it stands."""
        number = self._told(paragraph, "numId")
        known = self._lists.get(number)
        if known is None:
            return "", 0
        style = self._styles.style_id(paragraph) or ""
        depth = whole(self._told(paragraph, "ilvl"), known.of_style.get(style, 0))
        level = known.levels.get(depth)
        if level is None:
            return "", 0
        if level.form == "bullet":
            return BULLET, depth
        return self._counted(number, known, depth, level), depth

    def _told(self, paragraph: Any, name: str) -> str:
        """Return what a paragraph or the nearest of its styles says: one may tell the list, another the level."""
        found = self._styles.paragraph_property(paragraph, f"numPr/{W}{name}")
        return found.get(f"{W}val", "") if found is not None else ""

    def _counted(self, number: str, known: _List, depth: int, level: _Level) -> str:
        counts = self._counts.setdefault(known.definition, {})
        anew = known.starts.get(depth)
        if anew is not None and (number, depth) not in self._begun:
            counts.pop(depth, None)
        self._begun.add((number, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else (level.start if anew is None else anew)
        for deeper in [other for other in counts if other > depth]:
            limit = known.levels[deeper].restarts if deeper in known.levels else None
            if limit is None or depth < limit:
                del counts[deeper]
        return _PLACE.sub(
            lambda place: self._said(counts, known, int(place[1]) - 1, level), level.text
        ).strip(" 　")

    @staticmethod
    def _said(counts: dict[int, int], known: _List, depth: int, level: _Level) -> str:
        of = known.levels.get(depth)
        if of is None:
            return ""
        count = counts.setdefault(depth, of.start)
        return decimal(count) if level.in_digits else numbered(count, of.form) if of.form != "none" else ""


def _lists(root: Any) -> dict[str, _List]:
    definitions = {e.get(f"{W}abstractNumId"): e for e in root.iterchildren(f"{W}abstractNum")}
    styled = {
        value(e, "styleLink"): name for name, e in definitions.items() if e.find(f"{W}styleLink") is not None
    }
    found: dict[str, _List] = {}
    for element in root.iterchildren(f"{W}num"):
        name = value(element, "abstractNumId")
        definition = definitions.get(name)
        if definition is None:
            continue
        linked = styled.get(value(definition, "numStyleLink"))
        name, definition = (linked, definitions[linked]) if linked else (name, definition)
        levels = _levels(definition)
        starts = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            depth = whole(override.get(f"{W}ilvl"), 0)
            levels |= _levels(override)
            if (start := override.find(f"{W}startOverride")) is not None:
                starts[depth] = whole(start.get(f"{W}val"), 1)
        found[element.get(f"{W}numId")] = _List(name, levels, starts, _of_style(definition))
    return found


def _of_style(definition: Any) -> dict[str, int]:
    levels = definition.iterchildren(f"{W}lvl")
    return {style: whole(e.get(f"{W}ilvl"), 0) for e in levels if (style := value(e, "pStyle"))}


def _levels(element: Any) -> dict[int, _Level]:
    return {whole(level.get(f"{W}ilvl"), 0): _level(level) for level in element.iterchildren(f"{W}lvl")}


def _level(element: Any) -> _Level:
    restarts = element.find(f"{W}lvlRestart")
    form = element.find(f"{W}numFmt")
    if form is None:  # newer forms stand beside one that older programs know
        form = element.find(f".//{W}numFmt")
    return _Level(
        start=whole(value(element, "start"), 0),
        form=form.get(f"{W}val", "decimal") if form is not None else "decimal",
        text=value(element, "lvlText"),
        in_digits=element.find(f"{W}isLgl") is not None,
        restarts=whole(restarts.get(f"{W}val"), _LEVELS) if restarts is not None else None,
    )
