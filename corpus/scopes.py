"""Under which lines a sentence stands: the title of its block (●東雲サテライト), the question that it answers.

A passage often speaks of several like things, one block each; a number in one of them is of that one.
"""

import re
from collections.abc import Sequence

Span = tuple[int, int]

# Marks that open a block; each is a level of its own, as a document uses them.
_MARK = re.compile(
    r"[ 　]*(?:(?P<sign>[●○◎■□◆◇▼▽▲△★☆▶◉・])|(?P<bracket>[【《〈＜\[［])"
    r"|(?P<round>[(（][0-9０-９一二三四五六七八九十ア-ンa-z]{1,3}[)）])|(?P<circled>[①-⑳])"
    r"|(?P<article>第[0-9０-９一二三四五六七八九十百]+[条章節項款])|(?P<roman>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])"
    r"|(?P<asked>(?:Q|Ｑ|問)[0-9０-９]*[ 　.．：:])"
    r"|(?P<number>[0-9０-９]{1,2}(?:[ 　.．、]|(?=[ァ-ヶ一-鿿]{2}(?<![年月日時人件]))))"
    r"|(?P<kana>[ア-エ][ 　]))"
)
_NOTE = re.compile(r"[ 　]*[※＊*]")
_ENDED = re.compile(r"[。．：:、，]$|[。][）)]$")
_CELLS = re.compile(r"\S(?:[ 　]{2,}|　)\S|：")
_ITEMS = ("・", "round", "circled", "kana", "number")
_TITLE = 30
"""A line of so many characters without a full stop may be a title."""
_REACH = 2_000
"""Characters around a sentence in which its line begins and ends, if it can be a title."""


def scopes(text: str, sentences: Sequence[Span]) -> list[tuple[int, ...]]:
    """Return for each sentence the numbers of the sentences that it stands under, outermost first.

    >>> text = "●本館\\n休館日：月曜日\\n●別館\\n休館日：火曜日"
    >>> spans = [(0, 3), (4, 11), (12, 15), (16, 23)]
    >>> scopes(text, spans)
    [(), (0,), (), (2,)]
    """
    found: list[tuple[int, ...]] = []
    open_blocks: list[tuple[str, int]] = []
    line_start, first_of_line = -1, -1
    looked = 0
    for number, (start, end) in enumerate(sentences):
        begins = max(text.rfind("\n", looked, start) + 1, line_start)
        looked = start
        if begins == line_start:
            found.append(
                (*(head for _, head in open_blocks if head != number), *_unless(first_of_line, open_blocks))
            )
            continue
        line_start, first_of_line = begins, number
        level = _level(text, begins, start, end)
        if level:
            levels = [name for name, _ in open_blocks]
            if level in levels:
                del open_blocks[levels.index(level) :]
        found.append(tuple(head for _, head in open_blocks))
        if level:
            open_blocks.append((level, number))
    return found


def opens_block(text: str, sentence: Span) -> bool:
    """Tell whether a sentence is the title of a block, and no mere item of a list.

    Of a sentence far into its line it is not: the line is not looked through for its beginning.
    """
    reach = max(0, sentence[0] - _REACH)
    begins = text.rfind("\n", reach, sentence[0]) + 1
    if reach and not begins:
        return False
    return _level(text, begins, *sentence) not in ("", *_ITEMS)


def _unless(number: int, open_blocks: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    return () if any(head == number for _, head in open_blocks) else (number,)


def _level(text: str, begins: int, start: int, end: int) -> str:
    """Return the level of the block that a line opens, empty if it opens none."""
    if _NOTE.match(text, begins):
        return ""
    mark = _MARK.match(text, begins)
    if mark:
        kind = str(mark.lastgroup)
        return mark["sign"] if kind == "sign" else kind
    line = text[start:end].strip() if end - start <= _REACH else ""
    titled = 0 < len(line) <= _TITLE and not _ENDED.search(line) and not _CELLS.search(line)
    return "title" if titled and _ends_line(text, end) else ""


def _ends_line(text: str, end: int) -> bool:
    """Tell whether nothing stands between `end` and the next line, or no line is next."""
    newline = text.find("\n", end, end + _REACH)
    return not text[end:newline].strip() if newline >= 0 else end + _REACH >= len(text)
