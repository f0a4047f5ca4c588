"""An Excel number format, taken apart: its sections, and the tokens of each.

`#,##0"円";[赤]-#,##0` has two sections; the first holds four digits, a comma and the text 円.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache

from corpus.data_rows import data_rows


class Part(Enum):
    """What a token of a number format stands for."""

    TEXT = "text"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    EXPONENT = "exponent"
    GENERAL = "general"
    CELL_TEXT = "cell text"
    DATE = "date"
    ELAPSED = "elapsed"
    HALF = "half"


Token = tuple[Part, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format: its tokens, the condition of its numbers (`<=`, 999), its locale and digit shapes."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    locale: str = ""
    shapes: str = ""

    def has(self, *parts: Part) -> bool:
        """Tell whether one of these parts stands in the section."""
        return any(part in parts for part, _ in self.tokens)


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/標準)|(?P<exponent>E[+-])|(?P<half>AM/PM|A/P|午前/午後)"
    r"|(?P<date>g+|e+|y+|m+|d+|h+|s+|aaaa?)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_PLAIN = {".": Part.POINT, ",": Part.COMMA, "@": Part.CELL_TEXT}
_SYSTEM = {"F800": 'yyyy"年"m"月"d"日"', "F400": "h:mm:ss"}
"""What the long date and the time of a Japanese system look like."""


@lru_cache(maxsize=1)
def built_in_codes() -> dict[int, str]:
    """Return the formats that a workbook names by number only, as Excel shows them in Japan."""
    return {int(number): code for number, code in data_rows("corpus.tables", "built_in_formats.tsv")}


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """Return the sections of a format.

    >>> [len(section.tokens) for section in sections('0.0"人";-0')]
    [4, 2]
    """
    system = re.search(r"\[\$-(?:x-sys[^\]]*|(F800|F400))\]", code, re.IGNORECASE)
    if system and system[1]:
        code = _SYSTEM[system[1].upper()]
    return tuple(_section(part) for part in _split(code))


def _split(code: str) -> Iterator[list[re.Match[str]]]:
    part: list[re.Match[str]] = []
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    condition, locale, shapes = None, "", ""
    for match in matches:
        inside = match["bracket"]
        if inside is None:
            tokens += _token(match)
        elif _ELAPSED.fullmatch(inside):
            tokens.append((Part.ELAPSED, inside.lower()))
        elif inside.startswith("$"):
            sign, _, place = inside[1:].partition("-")
            tokens.append((Part.TEXT, sign))
            locale = place or locale
        elif inside.lower().startswith("dbnum"):
            shapes = inside[-1]
        else:
            condition = _condition(inside) or condition
    return Section(tuple(tokens), condition, locale, shapes)


def _condition(inside: str) -> tuple[str, Decimal] | None:
    found = _CONDITION.fullmatch(inside.strip())
    try:
        return (found[1], Decimal(found[2])) if found else None
    except InvalidOperation:
        return None


def _token(match: re.Match[str]) -> list[Token]:
    kind, text = str(match.lastgroup), match[match.lastgroup or 0]
    if kind == "fill":
        return []
    if kind in ("quoted", "escaped"):
        return [(Part.TEXT, text)]
    if kind == "width":
        return [(Part.TEXT, " ")]
    if kind == "other":
        return [(_PLAIN.get(text, Part.TEXT), text)]
    part = Part(kind)
    return [(part, text.lower() if part is Part.DATE else text)]
