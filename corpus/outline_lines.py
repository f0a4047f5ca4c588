"""Text → Lines: what says something, whole again where a wrap cut it, each with the mark that it opens with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.outline_beside import columns_beside
from corpus.outline_cells import Span

_MARKS = re.compile(
    r"[ 　>]*+(?:\*\*)?+(?:(?P<hashes>#{1,6})[ 　]|(?P<asked>(?:Q|Ｑ|問)[ 　]?[0-9０-９]{0,3}[ 　.．：:、)）])"
    r"|(?P<answered>(?:A|Ａ|答)[ 　]?[0-9０-９]{0,3}[ 　.．：:、)）])"
    r"|第[ 　]?[0-9０-９一二三四五六七八九十百]{1,4}[ 　]?(?P<chapter>[部編章節款条])"
    r"(?:の[0-9０-９一二三四五六七八九十]{1,2})?(?=[ 　（(\n]|$)"
    r"|(?P<sign>[●○◎■□◆◇▼▽▲△★☆▶◉])|(?P<bracket>[【《〈＜])|(?P<dot>[・･]|[-*＊–][ 　]|--[ 　])"
    r"|[(（](?P<round>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}|[ア-ン]|[a-z])[)）]|(?P<circled>[①-⑳])"
    r"|(?P<number>[0-9０-９]{1,2})(?:[ 　]|[.．、)）][ 　]?(?![0-9０-９]))(?=[^0-9０-９,:：年月日時人件円～〜-])"
    r"|(?P<kana>[ア-ン])[ 　.．)）]|(?P<kanji>[一二三四五六七八九十]{1,2})[ 　、](?=\S))"
)
_RULE = re.compile(r"[ 　]*([=＝\-－―ー─━*＊_~～])\1{3,}[ 　]*")
_FOOTER = re.compile(
    r"[ 　]*[-－–―ー][ 　]?[0-9０-９]{1,3}[ 　]?[-－–―ー][ 　]*|[ 　]*[0-9０-９]{1,3}[ 　]?[/／][ 　]?[0-9０-９]{1,3}[ 　]*"
)
_PROSE = re.compile(r"[。、]")
_WRAPPED = 26  # characters: no page is set narrower
_LED_ON = 15
_LEADS_ON = re.compile(r"(?<![ぁ-ん])[はをが]$")
"""Characters of a line of prose that breaks off behind a particle: the next says what it is about to."""
_GAP = re.compile(r"(?<=\S)(?: {2,}|[ 　]*　{2,}[ 　]*|\t+)(?=\S)")
NOTE = re.compile(r"[ 　]*[※注]")
ROUNDS = ("round1", "round一", "roundア")


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]` without its indent; `mark` is "" for none, `cells` is 1 for a line of text.

    `gap` tells that an empty line or a rule stands above, `ruled` that the rule of a Markdown header stands below.
    """

    start: int
    end: int
    gap: bool
    mark: str
    cells: int
    ruled: bool = False


def lines_of(text: str) -> list[Line]:
    """Return the lines that say something; what a hard wrap cut in two is one line again.

    Columns that stand side by side come one after another.
    """
    raw = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    found: list[Line] = []
    alone: list[Span] = []
    number = 0
    while number < len(raw):
        columns = columns_beside(text, raw, number)
        if columns:
            found += _whole(text, alone)
            alone = []
            found += [line for column in columns for line in _whole(text, column)]
        else:
            alone.append(raw[number])
        number += max(map(len, columns), default=1)
    return found + _whole(text, alone)


def _whole(text: str, raw: Sequence[Span]) -> list[Line]:
    found: list[Line] = []
    gap, above = True, raw[0][0] if raw else 0
    for start, end in raw:
        line = text[start:end]
        gap = gap or text[above:start].count("\n") > 1
        above = end
        if _RULE.fullmatch(line):
            gap = True
            continue
        if _FOOTER.fullmatch(line):
            continue
        if found and _is_table_rule(line):
            found[-1] = replace(found[-1], ruled=True)
            continue
        mark = _mark(line)
        if found and not gap and not mark and _is_cut(text, found[-1]) and not NOTE.match(line):
            last = found[-1]
            found[-1] = replace(last, end=end)
            continue
        stripped = len(line) - len(line.lstrip(" 　"))
        found.append(Line(start + stripped, end, gap, mark, _cells(line)))
        gap = False
    return found


def _is_table_rule(line: str) -> bool:
    """Tell whether a line is the rule below the header of a Markdown table."""
    return "--" in line and not line.strip(" 　:|-")


def _is_cut(text: str, line: Line) -> bool:
    """Tell whether a line of prose breaks off within a sentence, as a hard wrap leaves it."""
    body = text[line.start : line.end]
    if "。" in body and line.cells == 1 and len(body) >= _LED_ON and _LEADS_ON.search(body):
        return True
    return (
        line.end - line.start >= _WRAPPED
        and bool(_PROSE.search(body))
        and body[-1] not in "。！？!?|｜：:"
        and not body.endswith(("。）", "。)", "。」"))
        and line.cells < 3
    )


def _mark(line: str) -> str:
    """Return the kind of mark that a line opens with; of a sign, a chapter and hashes the mark itself."""
    found = _MARKS.match(line)
    if not found:
        return ""
    kind = str(found.lastgroup)
    if kind in ("sign", "chapter", "hashes"):
        return found[kind]
    return ROUNDS[_counted_by(found[kind])] if kind == "round" else kind


def _counted_by(number: str) -> int:
    """Return 0 for what is counted in digits, 1 for kanji numerals, 2 for letters."""
    return 0 if number.isdigit() else 1 if number[0] in "一二三四五六七八九十" else 2


def _cells(line: str) -> int:
    """Return how many cells a row has; 1 for a line of text."""
    if line.strip().startswith("|") or line.count("|") > 1 or line.count("｜") > 1:
        return max(2, line.count("|") + line.count("｜") - 1)
    body = line.strip(" 　")
    return len(_GAP.findall(body)) + 1
