"""Looking into the elements of a Word file."""

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")


def value(element: Any, name: str) -> str:
    """Return what a child of that name says, "" where it or the element is not there."""
    found = element.find(f"{W}{name}") if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def whole(text: str | None, otherwise: int) -> int:
    """Return a text as a number, `otherwise` where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() else otherwise


def is_on(element: Any) -> bool:
    """Tell whether an element that switches something is there and on."""
    return element is not None and element.get(f"{W}val", "1") not in _OFF


def own_properties(paragraph: Any) -> Any:
    """Return the properties of a paragraph, None where it has none; they stand first, so that no run is looked at."""
    first = next(iter(paragraph), None)
    return first if first is not None and first.tag == f"{W}pPr" else None
