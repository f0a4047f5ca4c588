"""Names of items as printed, parted from what is set around them: 【新規】, amounts, numbering."""

import re
from dataclasses import dataclass

from corpus.normalizing import squash

_WORD = r"新規|拡充|新|拡|継続|一部新規|一部拡充|新規・拡充|拡大|廃止|終了|再掲|重点|充実|見直し|縮小"
_MARK = re.compile(rf"[【〔［\[《〈<＜(（]({_WORD})[】〕］\]》〉>＞)）]")
_BEFORE = re.compile(rf"(?:\s|{_MARK.pattern})*+")
_BEHIND = re.compile(rf"{_MARK.pattern}$")
_LONGEST_MARK = 7
"""Characters of a mark with its brackets: 【一部新規】 has six, 【新規・拡充】 seven."""
_FULL = {"新": "新規", "拡": "拡充"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `start:end` of the text it was found in, and its marks in their long form."""

    text: str
    start: int
    end: int
    marks: tuple[str, ...] = ()


def parted(text: str, offset: int = 0) -> Name:
    """Return the name in `text` without its marks; a mark inside the name stays where it is.

    >>> parted("アフリカ関連事業【新規】").text
    'アフリカ関連事業'
    """
    marks = tuple(_FULL.get(mark, mark) for mark in _MARK.findall(text))
    before = _BEFORE.match(text)
    start, end = before.end() if before else 0, len(text.rstrip())
    while behind := _BEHIND.search(text, max(start, end - _LONGEST_MARK), end):
        end = len(text[: behind.start()].rstrip())
    return Name(text[start:end], offset + start, offset + end, marks)


_TOTAL = re.compile(r"(?:.*の)?(?:歳出|歳入|一般会計|全体|総)?(?:合計|総計|計|小計|総額|中計)(?:額)?")


def is_total(name: str) -> bool:
    """Tell whether a name is that of a total: 合計, 小計, 歳出合計, 計."""
    return bool(_TOTAL.fullmatch(re.sub(r"[(（\[【].*?[)）\]】]", "", squash(name))))


def is_subtotal(name: str) -> bool:
    """Tell whether a total covers only the rows since the one before: 小計, 中計."""
    return "小計" in squash(name) or "中計" in squash(name)
