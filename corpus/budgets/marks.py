"""Names of items as printed, parted from what is set around them: 【新規】, amounts, numbering."""

import re
from dataclasses import dataclass

from corpus.normalizing import squash

_WORD = r"新規|拡充|新|拡|継続|一部新規|一部拡充|新規・拡充|拡大|廃止|終了|再掲|重点|充実|見直し|縮小"
_MARK = re.compile(
    rf"(?:[【〔［\[《〈<＜(（]|[★☆][ 　]?)({_WORD})(?:[】〕］\]》〉>＞)）]|(?<=規)|(?<=充)|(?<=新)|(?<=拡))"
)
_BEFORE = re.compile(rf"(?:\s|{_MARK.pattern})*+(?:(?P<plain>新規|拡充|継続|新|拡|継)[ 　]+(?=\S))?\s*+")
_BEHIND = re.compile(rf"{_MARK.pattern}$")
_ALONE_BEHIND = re.compile(r"[ 　]+[★☆]?(?P<mark>新規|拡充|新|拡)$")
NUMBERING = re.compile(
    r"^(?:第?[0-9０-９一二三四五六七八九十]{1,2}(?:[-－][0-9０-９]{1,2})?[章節款項目部]?[ 　.．、]+|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①-⑳][ 　.．、]*"
    r"|[(（][0-9０-９一二三四五六七八九十ア-ン]{1,2}[)）][ 　]*)"
)
"""The number of a heading or an item: 第１, 3-1, Ⅰ, (2), ①."""
_LONGEST_MARK = 7
"""Characters of a mark with its brackets: 【一部新規】 has six, 【新規・拡充】 seven."""
_FULL = {"新": "新規", "拡": "拡充", "継": "継続"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `start:end` of the text it was found in, and its marks in their long form."""

    text: str
    start: int
    end: int
    marks: tuple[str, ...] = ()


def parted(text: str, offset: int = 0) -> Name:
    """Return the name in `text` without its marks; a mark inside the name stays where it is.

    >>> parted("アフリカ関連事業【新規】").text, parted("企業立地促進助成金　拡").marks
    ('アフリカ関連事業', ('拡充',))
    """
    before = _BEFORE.match(text)
    found = [*_MARK.findall(text), *([before["plain"]] if before and before["plain"] else [])]
    marks = tuple(_FULL.get(mark, mark) for mark in found)
    start, end = before.end() if before else 0, len(text.rstrip())
    while behind := _BEHIND.search(text, max(start, end - _LONGEST_MARK), end):
        end = len(text[: behind.start()].rstrip())
    alone = _ALONE_BEHIND.search(text, start, end)
    if alone:
        end, marks = alone.start(), (*marks, _FULL.get(alone["mark"], alone["mark"]))
    return Name(text[start:end], offset + start, offset + end, marks)


_OF_CELL = re.compile(
    rf"(?:[【〔［\[《〈<＜(（](?P<set>{_WORD})[】〕］\]》〉>＞)）].*|[★☆]?(?P<plain>{_WORD})(?:事業)?(?:[。：:、 　].*|$))",
    re.DOTALL,
)


def mark_of(cell: str) -> str | None:
    """Return the mark that a table's cell is, or that its text begins with.

    >>> mark_of("新"), mark_of("新規。固形燃料の施設を調べる"), mark_of("【拡充】16人に増やす"), mark_of("新規就農者の支援")
    ('新規', '新規', '拡充', None)
    """
    match = _OF_CELL.match(cell.strip())
    mark = (match["set"] or match["plain"]) if match else None
    return _FULL.get(mark, mark) if mark else None


_TOTAL = re.compile(
    r"(?:.*の|.{0,14}(?:局|部|庁|課|室|院|会|所))?(?:の)?(?:歳出|歳入|一般会計|全体|総|予算)?(?:合計|総計|計|小計|総額|中計)(?:額)?"
)


_NO_GROUPS = frozenset("総 合 小 歳出 歳入 全体 予算 歳出合".split())
_WHOLE = re.compile(
    r"(?:.{0,14}(?:局|部|庁|課|室|院|会|所))?(?:全体)?の?(?:当初)?予算の?(?:総額|額|規模|大きさ|あらまし)|予算(?:の規模|規模|総額)"
)
_OFFICE = re.compile(r"\S{1,14}(?:局|部|庁|課|室|院|所)(?:の?予算)?")
_OF_GROUP = re.compile(r"(?P<group>\S(?:.*\S)?)[ 　]+(?:小計|合計|計)")


def is_total(name: str) -> bool:
    """Tell whether a name is that of a total: 合計, 小計, 歳出合計, 計."""
    plain = re.sub(r"[(（\[【].*?[)）\]】]", "", squash(name))
    return bool(_TOTAL.fullmatch(plain) or _WHOLE.fullmatch(plain) or _OF_GROUP.fullmatch(name.strip()))


def group_of(name: str) -> str | None:
    """Return the group whose total a name says it is: 土木費 of 「土木費　計」."""
    match = _OF_GROUP.fullmatch(name.strip())
    group = squash(match["group"]) if match else ""
    return match["group"] if match and group not in _NO_GROUPS and not _OFFICE.fullmatch(group) else None


def is_subtotal(name: str) -> bool:
    """Tell whether a total covers only the rows since the one before: 小計, 中計."""
    return "小計" in squash(name) or "中計" in squash(name)
