"""Which lines are headings, and how deep they stand."""

import re

from corpus.cell_rows import has_wide_gap
from corpus.normalizing import normalize

_NUMBERED = (
    (
        re.compile(
            r"[ 　]*(?:第[0-9０-９一二三四五六七八九十]+[章編]|[0-9０-９]{1,2}[ 　.．、](?![0-9０-９]))"
        ),
        1,
    ),
    (re.compile(r"[ 　]*[（(][0-9０-９一二三四五六七八九十]{1,2}[)）]"), 2),
    (re.compile(r"[ 　]*(?:【.+】|＜.+＞|《.+》|■|◆)"), 3),
    (re.compile(r"[ 　]*[①-⑳]"), 4),
)
# How Japanese municipalities nest their organisation.
_ORGANISATION = (
    (re.compile(r".*(?:局|本部|委員会)$"), 1),
    (re.compile(r".*部$"), 2),
    (re.compile(r".*(?:課|室|所|センター|事務局|館|校|署)$"), 3),
    (re.compile(r".*(?:係|班|担当)$"), 4),
)
_PLAIN_LEVEL = 5
_LONGEST = 45
_COUNTED = re.compile(r"[ 　]*[（(]?([0-9０-９]{1,2}|[①-⑳])[)）. 　．、]?")
_LABELLED = re.compile(r"[：:][ 　]?\S|^[^\sⅠ-Ⅻ]{1,8}[ 　]+\S*[0-9０-９]")
_SENTENCE = re.compile(r"[。、]|(?:ます|です|こと)$")
_BULLET = re.compile(r"[ 　]*[・･●○◎◇□※⚓✓→-]")
_HAS_WORD = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]{2}")


def heading_level(line: str, preceding: str, following: str, *, organisation: bool) -> int | None:
    """Return how deep `line` stands as a heading (1 is the outermost), or None where it is none.

    `preceding` and `following` are the lines beside it: a plain short line is a heading only above text or items,
    one of a numbered run is an item. With `organisation` (a document of divisions and their duties) names of
    divisions nest as municipalities nest them.
    """
    text = line.strip(" 　")
    if (
        not 3 <= len(text) <= _LONGEST
        or text.endswith(("。", "円"))
        or not _HAS_WORD.search(text)
        or re.search(r"[0-9０-９]千?円", text)
        or has_wide_gap(text)
    ):
        return None
    if organisation and not _marked(text):
        return next((level for pattern, level in _ORGANISATION if pattern.fullmatch(text)), None)
    for pattern, level in _NUMBERED:
        if pattern.match(text):
            return None if _SENTENCE.search(text) or _runs_on(preceding, text, following) else level
    if _BULLET.match(text) or _SENTENCE.search(text) or _LABELLED.search(text) or len(text) > 30:
        return None
    above_text = len(following) > 40 or following.endswith("。") or bool(_BULLET.match(following))
    return _PLAIN_LEVEL if above_text and " " not in text else None


def strong_heading_level(line: str) -> int:
    """Return how deep a line stands as a heading that is set in bold, 0 where it is none: a sentence, a value.

    >>> strong_heading_level("申請の方法"), strong_heading_level("第１章　総則"), strong_heading_level("電話：0120-1")
    (5, 1, 0)
    """
    text = line.strip(" 　")
    if not 2 <= len(text) <= _LONGEST or not _HAS_WORD.search(text) or has_wide_gap(text):
        return 0
    if _SENTENCE.search(text) or _LABELLED.search(text) or text.endswith("円"):
        return 0
    level = next((level for pattern, level in _NUMBERED if pattern.match(text)), _PLAIN_LEVEL)
    return 0 if level == _PLAIN_LEVEL and _BULLET.match(text) else level


def _runs_on(preceding: str, text: str, following: str) -> bool:
    """Tell whether the number before or the number after stands in the next line: 1. 登録する, 2. 申し込む."""
    own = _number(text)
    return own is not None and (_number(preceding) == own - 1 or _number(following) == own + 1)


def _number(line: str) -> int | None:
    mark = _COUNTED.match(line)
    short = len(line) <= _LONGEST and not line.rstrip().endswith("。")
    return int(normalize(mark[1])) if mark and short else None


def _marked(text: str) -> bool:
    return bool(_BULLET.match(text)) or any(pattern.match(text) for pattern, _ in _NUMBERED)


def lists_duties(lines: list[str]) -> bool:
    """Tell whether a document lists divisions and their duties (事務分掌): most lines end in 〜に関すること。"""
    duties = sum(bool(re.search(r"(?:に関すること|こと)。?$", line.strip())) for line in lines)
    return len(lines) >= 3 and duties * 2 >= len(lines)
