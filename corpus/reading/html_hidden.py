"""What a web page holds and does not show: by an attribute, by its style, by letters of the ground's colour."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.lexicon.scripts import KANA, KANJI

_SIZE = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%)?")
_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3}).*\)")
_WHITE = "#ffffff"
_NAMED = {"white": _WHITE, "black": "#000000"}
_TINY = {"px": 3.0, "pt": 2.0, "em": 0.2, "rem": 0.2, "%": 20.0, None: 0.0}
"""Letters of this size and smaller are no letters to a reader: the smallest print has 5 points."""
_FAR = -900.0
"""Pixels to the left of or above the page, from which on nothing of a text is seen."""
_LEAST = 2
"""Japanese characters of a hidden stretch that is told: one alone is an icon."""


def is_hidden(element: Any) -> bool:
    """Tell whether an element itself says that it is not shown."""
    if "hidden" in element.attrib or element.get("aria-hidden", "").lower() == "true":
        return True
    declared = element.get("style")
    style = _declarations(declared) if declared else {}
    if style and (_is_removed(style) or _is_tiny(style)):
        return True
    letters = style.get("color") or (element.get("color") if element.tag == "font" else None)
    return bool(letters) and (letters == "transparent" or _colour(str(letters)) == _ground(element))


def hidden_texts(part: Any, left_out: frozenset[str]) -> Iterator[str]:
    """Yield what is written in a part of a page and not shown, each stretch whole; not in elements `left_out`."""
    for element in part.iter("*"):
        if element.tag in left_out or (element.tag != "template" and not is_hidden(element)):
            continue
        above = list(element.iterancestors())
        if any(is_hidden(a) or a.tag == "template" or a.tag in left_out for a in above):
            continue
        said = " ".join("".join(element.itertext(tag="*", with_tail=True)).split())
        if len(KANA.findall(said)) + len(KANJI.findall(said)) >= _LEAST:
            yield said


def _declarations(style: str) -> Mapping[str, str]:
    """Return the declarations of an inline style.

    >>> _declarations("Display: NONE !important; color:#FFF")
    {'display': 'none', 'color': '#fff'}
    """
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value.strip()
    }


def _is_removed(style: Mapping[str, str]) -> bool:
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if _number(style.get("opacity")) == 0:
        return True
    return any(
        (_number(style.get(side)) or 0) <= _FAR for side in ("left", "top", "text-indent", "margin-left")
    )


def _is_tiny(style: Mapping[str, str]) -> bool:
    size = _SIZE.fullmatch(style.get("font-size", ""))
    return size is not None and float(size[1]) <= _TINY[size[2]]


def _number(value: str | None) -> float | None:
    found = _SIZE.fullmatch(value or "")
    return float(found[1]) if found else None


def _ground(element: Any) -> str:
    """Return the colour behind an element as far as the page itself says; white where nothing does."""
    for around in (element, *element.iterancestors()):
        style = _declarations(around.get("style") or "")
        ground = style.get("background-color") or style.get("background") or around.get("bgcolor")
        if ground and ground not in ("none", "transparent"):
            return _colour(ground.lower())
    return _WHITE


def _colour(value: str) -> str:
    """Return a colour in one form.

    >>> _colour("#FFF"), _colour("rgb(255, 255, 255)"), _colour("white"), _colour("red")
    ('#ffffff', '#ffffff', '#ffffff', 'red')
    """
    value = value.strip().lower()
    short, parts = _HEX.fullmatch(value), _RGB.fullmatch(value)
    if short:
        return f"#{short[1] * 2}{short[2] * 2}{short[3] * 2}"
    if parts:
        return "#" + "".join(f"{int(part):02x}" for part in parts.groups())
    return _NAMED.get(value, value)
