"""Lines of text on their way from a marked-up file to a Document."""

from collections.abc import Sequence
from dataclasses import dataclass

APART = 2
"""Blank lines between paragraphs: lines so far apart are never taken for one that was wrapped."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text, the blank lines above it, and what it is: "heading", "item", "row", or "" for a paragraph."""

    text: str
    gap: int
    kind: str = ""
    page: int = 1


def joined(lines: Sequence[TextLine]) -> str:
    """Return lines as one text, the blank lines between them as told; a form feed opens each page but the first."""
    pieces: list[str] = []
    for number, line in enumerate(lines):
        turned = number > 0 and line.page != lines[number - 1].page
        pieces.append("\n" * (line.gap + 1 if number else 0) + "\f" * turned + line.text)
    return "".join(pieces)
