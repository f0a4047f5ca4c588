"""Funding sources in the lines of a budget in running text: their names, before or behind their amounts."""

import re
from collections.abc import Sequence

from corpus.budgets.printed.numbers import Line, Printed
from corpus.budgets.printed.rows import SOURCES

_SOURCE = re.compile(
    r"(?:市の|うち)?(?P<name>[^\s0-9、,・()\[\]／/:。][^\s0-9、,()\[\]／/:。]{0,15}?)(?:が|は)?[ :\])]*$"
)
KNOWN_SOURCE = re.compile(rf"(?:市の)?(?:{SOURCES})|[^ぁ-ん]*?(?:金|債|税|料|収入等?|財源|市)|一財|他")
_BEFORE_SOURCE = re.compile(r"^(?:.*?(?<![般定])財源(?:の?内訳)?(?:は)?[)\]: ]++|うち ?)")


def is_funding(read: Line | None) -> bool:
    """Tell whether every amount of a line is called a source: 〔国〕16,305 〔市債〕81,540."""
    if read is None or len(read.printed) < 2:
        return False
    return all(KNOWN_SOURCE.fullmatch(one.label.strip("[]() ")) for one in read.printed[1:])


def labelled_sources(labelled: Sequence[Printed]) -> list[tuple[str, Printed]]:
    """Return the amounts that the line calls a funding source: the rest are parts of the item."""
    named = [(_BEFORE_SOURCE.sub("", one.label), one) for one in labelled if one.value is not None]
    return [(name, one) for name, one in named if KNOWN_SOURCE.fullmatch(name)]


def named_before(line: str, begin: int, printed: Sequence[Printed]) -> list[tuple[str, Printed]]:
    """Return each amount with the name before it; none where the first one has none."""
    found: list[tuple[str, Printed]] = []
    position = begin
    for one in printed:
        said = _SOURCE.search(line[position : one.start].strip(" 、,+()[]⇒"))
        if said is None and not found:
            return []
        if said and one.value is not None:
            found.append((said["name"], one))
        position = one.end
    return found


def named_behind(line: str, printed: Sequence[Printed]) -> list[tuple[str, Printed]]:
    """Return each amount with the name in brackets right behind it."""
    behind = [(re.match(r" ?[(\[]([^()\[\]]{1,10})[)\]]", line[one.end :]), one) for one in printed]
    return [(name[1], one) for name, one in behind if name and one.value is not None]
