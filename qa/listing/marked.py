"""Lists whose members are marked lines: bullets, numbers, numbered headings and 【names】."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.listing.marks import Line
from qa.listing.text import COUNT, COUNTED, N, intro_above, open_at, value
from qa.listing.types import Enumeration, Span

_BRACKETED = re.compile(
    r"[ 　]*(?:【([^】\n]+)】|〔([^〕\n]+)〕|＜([^＞\n]+)＞|〈([^〉\n]+)〉|《([^》\n]+)》)"
)
# What a bullet names before it explains it: 植樹：木を植える, 植樹　木を植える, 植樹（毎年）.
_NAMED = re.compile(r"(?P<name>[^：:　（(［【《〔…。、\n]{2,24}?)(?: ?[：:（(［【《〔…]|　| {2,})(?=\S)")
_NOTE = re.compile(r"[※＊]|[（(]?注[)）0-9０-９ 　：:]")
_SYMBOLS = "◎◇◆■□●○◯〇【"
_UNFINISHED = re.compile(r"(?:[、・のをにはがでとやへ]|及び|並びに|又は)$")
# The last word of a line of an ordinance.
_DUTY_ENDS = re.compile(r"(?:こと|もの|とき)$")
_NEXT_COUNT = re.compile(rf"(?:次の|以下の|下記の)({N}{{1,2}})(?:{COUNTED})")
_TITLE_COUNT = re.compile(rf"{N}つの[^、。]*$")


@dataclass(slots=True, eq=False)
class _Group:
    """A list as far as it is read: members with marks of one style."""

    style: str
    intro: Span | None
    members: list[Span]
    numbers: list[int | None]
    interrupted: bool = False  # other lines stand after the last member
    loose: bool = False  # other lines stand between the members


def marked_lists(text: str, lines: Sequence[Line]) -> list[Enumeration]:
    """Return the lists whose members are marked lines of `text`."""
    whole = list(_marked(text, lines))
    named = [short for found in whole for short in _named(text, found)]
    return [_counted(text, found) for found in (*whole, *named, *_titled(text, lines))]


def _marked(text: str, lines: Sequence[Line]) -> Iterator[Enumeration]:
    """Group lines by their marks, one inside the other; a numbered list may have paragraphs between its headings."""
    groups: list[_Group] = []
    reading: list[_Group] = []  # the lists that may still go on, the outermost first
    above: Line | None = None
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        if line.style:
            reading = _listed(text, reading, line)
            groups += [group for group in reading if group not in groups]
        elif above and above.style and reading and _continues(text, reading[-1], above, line, below):
            reading[-1].members[-1] = (reading[-1].members[-1][0], line.body[1])
            line.style, line.number = above.style, above.number
        elif _NOTE.match(text, *line.body):
            continue
        else:
            reading = [group for group in reading if _spans_text(group)]
            for group in reading:
                group.interrupted = True
        above = line
    for group in groups:
        clarity = _clarity(group)
        if clarity:
            members = tuple(group.members)
            yield Enumeration(members[0][0], members[-1][1], members, clarity, group.intro, "lines")
            yield from _parts(text, group)


def _parts(text: str, group: _Group) -> Iterator[Enumeration]:
    """Bullets that blank lines part may be several lists."""
    parts: list[list[Span]] = []
    for member in group.members if group.numbers[0] is None else ():
        if not parts or "\n\n" in text[parts[-1][-1][1] : member[0]]:
            parts.append([])
        parts[-1].append(member)
    for part in parts if len(parts) > 1 else ():
        if len(part) > 1:
            intro = intro_above(text, text.rfind("\n", 0, part[0][0]) + 1)
            yield Enumeration(part[0][0], part[-1][1], tuple(part), 0.8, intro, "lines")


def _named(text: str, found: Enumeration) -> Iterator[Enumeration]:
    """The names alone, where most members explain what they name."""
    names = [_NAMED.match(text, *member) for member in found.members]
    if sum(name is not None for name in names) * 2 > len(names):
        members = tuple(
            name.span("name") if name else member for name, member in zip(names, found.members, strict=True)
        )
        yield replace(found, members=members, clarity=found.clarity * 0.9, form="names")


def _listed(text: str, reading: Sequence[_Group], line: Line) -> list[_Group]:
    """Add a marked line to the list that it continues, which ends those inside it; or begin a list inside the last."""
    depth = next((n for n, group in enumerate(reading) if group.style == line.style), len(reading))
    outer = list(reading[:depth])
    while depth == len(reading) and outer and line.style[0] in _SYMBOLS and not _spans_text(outer[-1]):
        outer.pop()  # A heading is no part of the bullets above it.
    if depth < len(reading) and _takes(reading[depth], line):
        group = reading[depth]
        group.loose |= group.interrupted
    else:
        group = _Group(line.style, intro_above(text, line.start), [], [])
        if outer and outer[-1].numbers[0] is None:
            outer[-1].interrupted = True
    group.members.append(line.body)
    group.numbers.append(line.number)
    return [*outer, group]


def _takes(group: _Group, line: Line) -> bool:
    """A number that stands in the list already, or a 1 below a paragraph, begins another list."""
    return line.number is None or (
        line.number not in group.numbers and not (line.number == 1 and group.interrupted)
    )


def _spans_text(group: _Group) -> bool:
    return group.numbers[0] is not None or group.style[0] in _SYMBOLS


def _clarity(group: _Group) -> float:
    if len(group.members) < 2:
        return 0.0
    numbers = [number for number in group.numbers if number is not None]
    whole = sorted(numbers) == list(range(1, len(group.members) + 1))
    if not group.loose:
        return 1.0 if whole or not numbers else 0.0 if group.style == "plain" else 0.7
    if numbers:
        return 0.8 if whole else 0.0
    return 0.5


def _continues(text: str, group: _Group, above: Line, line: Line, below: Line | None) -> bool:
    """Say whether an unmarked line is the rest of the member above it, broken by the width of the page."""
    member = text[slice(*group.members[-1])]
    if line.gap or text[group.members[-1][1]] == "。":
        return False
    if open_at(member, len(member)) or _UNFINISHED.search(member):
        return True
    if _DUTY_ENDS.search(text, *line.body) and len(member) >= 12 and not _DUTY_ENDS.search(member):
        return True
    between = below is not None and below.style == above.style and not below.gap and above.number is None
    bulleted = group.numbers[0] is None and group.style[0] not in _SYMBOLS
    return (bulleted and _indent(text, line) > _indent(text, above)) or (between and len(member) >= 20)


def _indent(text: str, line: Line) -> int:
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def _titled(text: str, lines: Sequence[Line]) -> Iterator[Enumeration]:
    """【A】 … 【B】 …: the names in brackets of one kind that head the parts of a passage."""
    titles: dict[int, list[Span]] = {}
    for line in lines:
        at = line.start
        while match := _BRACKETED.match(text, at):
            kind = match.lastindex or 0
            titles.setdefault(kind, []).append(match.span(kind))
            at = match.end()
    for members in titles.values():
        if len(members) > 1:
            intro = intro_above(text, members[0][0] - 1)
            yield Enumeration(members[0][0], members[-1][1], tuple(members), 0.5, intro, "titles")


def _counted(text: str, found: Enumeration) -> Enumeration:
    """Weigh what the words above a list say of its number."""
    if not found.intro:
        return found
    intro, size = text[slice(*found.intro)], len(found.members)
    if size in (value(number) for number in COUNT.findall(intro)):
        return replace(found, clarity=min(1.0, found.clarity + 0.2))
    heading = text[found.intro[1]] == "\n" and _TITLE_COUNT.search(intro)
    if heading or _NEXT_COUNT.search(intro):
        return replace(found, clarity=found.clarity * 0.7)
    return found
