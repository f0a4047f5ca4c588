"""Whether a line goes on in the next: broken in a word, a sentence, a bracket or at the right margin."""

import re

from corpus.cell_rows import is_numeric
from corpus.physical_lines import Line

_MARKER = re.compile(
    r"[ 　]*(#{1,6}[ 　]|[・･●○◎◇◆□■▶◦•▪※＜<【《〈☆★→↑↓⚓✓]|[-－—*＊][ 　]|[（(][0-9０-９一二三四五六七八九十]{1,2}[)）]"
    r"|[①-⑳]|[0-9０-９]{1,2}[ 　.．、](?![0-9０-９])|第[0-9０-９一二三四五六七八九十]+[章節条]"
    r"|[ア-オA-EＡ-ＥQＱ問答][0-9０-９]{0,2}[ 　.．：](?=\S)|[ァ-ヶ一二三四五六七八九十甲乙丙丁][ 　]+(?=[^\s、。]))"
)
# A line of its own begins with what it is about, or with its month: 休館日：月曜日, ７月　海の日.
_LABEL = re.compile(
    r"[ 　]*(?:[^\s、。，：:「」（）()]{1,10}[：:](?!//)|(?:1[0-2]|[1-9１-９]|1[０-２])月(?:[0-9０-９]{1,2}日)?[ 　])"
)
_NOTE_MARK = re.compile(r"[※＊*][0-9０-９]{0,2}")
_HIRAGANA = re.compile(r"[぀-ゟ]")
_KATAKANA = re.compile(r"[゠-ヿ]")
_FINISHED = "。．！？!?」』】》〉＞>：:；;"
_OPEN_END = re.compile(r"([、，・･]|[をにはがとでやものへたてし]|から|より|など|ため|による|[（「『(])$")
_CONTINUES = re.compile(
    r"[をにはがのへとでやも等ー、。，．）)」』ぁぃぅぇぉゃゅょっァィゥェォャュョッ]|など|から|より"
)
# A row of a name and its amounts ends in one: 配置事業 … 86,400千円（64,800千円）
_ENTRY = re.compile(r"\s*[^\s、。]{2,40}[ 　]+[△▲-]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[ 　(（]|$)")
"""A name and, apart from it, its amount: a row of a budget, which goes on from no line before it."""
_AMOUNT_ENDS = re.compile(r"[ 　(（:：][0-9０-９,，]+[ 　]*(?:百万|[千万億])?円[)）]?$")
_LEADS_ON = re.compile("(?<!も)の$|、$")
_MUCH_LONGER = 1.3
_LONGEST_JOINED = 10_000
"""Characters after which no line is joined any more: no paragraph is so long, and joining copies all that is joined."""
_ENDING = 4  # characters that tell how a line ends; から, など are the longest words looked for there


def begins_anew(line: str) -> bool:
    """Tell whether a line begins with the mark of an item, a heading or an article.

    >>> begins_anew("第１条　この条例は"), begins_anew("１　目的"), begins_anew("１人につき")
    (True, True, False)
    """
    return bool(_MARKER.match(line))


def goes_on_in(before: Line, line: Line) -> bool:
    """Tell whether `before` goes on in `line`, the next one."""
    if line.starts_page or line.gap > 1 or len(before.text) > _LONGEST_JOINED:
        return False
    if is_note_mark(line.text.strip()):
        return not before.text.endswith("。") and not is_numeric(before.text)
    starts = line.starts_block or _MARKER.match(line.text) or _ENTRY.match(line.text)
    if starts or before.cells or line.cells:
        return False
    if before.marked:
        return True
    if not before.tail.in_bracket and (
        before.text.endswith(tuple(_FINISHED))
        or _AMOUNT_ENDS.search(before.text)
        or _LABEL.match(line.text)
        or _outgrows(before, line)
    ):
        return False
    broken = _breaks_word(before, line)
    if _indent(line.text) and not _hangs(before, line, broken):
        return False
    return broken or before.tail.in_bracket or _is_full(before, line)


def _outgrows(before: Line, line: Line) -> bool:
    """A broken line was full: where the next is much longer, the one before it was a title, and ended there."""
    goes_on = _LEADS_ON.search(before.text[-_ENDING:]) or _CONTINUES.match(line.text.lstrip(" 　"))
    return not goes_on and line.width > before.width * _MUCH_LONGER


def _breaks_word(before: Line, line: Line) -> bool:
    """The line break fell inside a word or before a particle."""
    last, first = before.text[-1], line.text.lstrip(" 　")[0]
    if _OPEN_END.search(before.text[-_ENDING:]) or _CONTINUES.match(line.text.lstrip(" 　")):
        return len(before.text) > 5
    if _HIRAGANA.match(last) and _HIRAGANA.match(first):
        return len(before.text) > 5
    long = before.width >= (40 if line.gap else 24)
    return bool(_KATAKANA.match(last) and _KATAKANA.match(first)) and long


def _is_full(before: Line, line: Line) -> bool:
    """Running text reaches the right margin: a full unfinished line of prose goes on in the next."""
    if not (before.hiragana and line.hiragana):
        return False
    comma = before.tail.comma
    if line.gap:
        return comma and before.width >= max(30, before.margin - 3) and line.width <= before.width + 3
    margin = before.margin if before.run >= 3 or comma else 56
    return before.margin >= 24 and before.width >= margin - 6


def _hangs(before: Line, line: Line, broken: bool) -> bool:
    """A continuation is indented less than its paragraph's first line, or hangs under a marked item."""
    shallower = _indent(line.text) < _indent(before.text)
    marked = bool(_MARKER.match(before.text)) and _indent(line.text) <= 2
    return shallower or marked or (broken and _indent(line.text) == _indent(before.text))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" 　"))


def is_note_mark(text: str) -> bool:
    """Tell whether `text` is nothing but the mark of a note: ※, ＊１."""
    return bool(_NOTE_MARK.fullmatch(text))
