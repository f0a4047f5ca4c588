"""Extracted text → text fit to quote: radicals repaired, broken lines joined, spaced-out words closed up.

Cleaning only ever replaces a radical by its ideograph and removes white space between neighbouring lines, so
whatever is quoted from the result stands in the source as well. It never joins across columns, items or pages.
"""

import re
from dataclasses import dataclass, replace

from corpus.normalizing import display_width, repair_radicals

_MARKER = re.compile(
    r"[ 　]*([・･●○◎◇◆□■▶※＜<【《〈☆★→↑↓⚓✓]|[-－—][ 　]|[（(][0-9０-９一二三四五六七八九十]{1,2}[)）]"
    r"|[①-⑳]|[0-9０-９]{1,2}[ 　.．、](?![0-9０-９])|第[0-9０-９一二三四五六七八九十]+[章節条]"
    r"|[ア-オA-EＡ-ＥQＱ問答][0-9０-９]{0,2}[ 　.．：](?=\S)|[ァ-ヶ一二三四五六七八九十甲乙丙丁][ 　]+(?=[^\s、。]))"
)
# A line of its own begins with what it is about, or with its month: 休館日：月曜日, ７月　海の日.
_LABEL = re.compile(
    r"[ 　]*(?:[^\s、。，：:「」（）()]{1,10}[：:](?!//)|(?:1[0-2]|[1-9１-９]|1[０-２])月(?:[0-9０-９]{1,2}日)?[ 　])"
)
_NOTE_MARK = re.compile(r"[※＊*][0-9０-９]{0,2}")
_BARS = re.compile(r"[|│┃｜║]")
_LEADER = re.compile(r"\S(?:…{2,}|‥{2,}|・{3,})\S")
_NUMERIC = re.compile(r"[0-9０-９,，.．（）()△▲\-－―千百万億円%％①-⑳: 　]*")
_SPACED_WORD = re.compile(r"[ 　]*(?:[぀-ヿ㐀-鿿][ 　]+){2,}[぀-ヿ㐀-鿿][ 　]*")
_SPACED_PART = re.compile(r"[㐀-鿿](?:　[㐀-鿿]){2,}")
_WIDE_PAIR = re.compile(r"[ 　]*[㐀-鿿][　]{2,}[㐀-鿿][ 　]*")
_HIRAGANA = re.compile(r"[぀-ゟ]")
_KATAKANA = re.compile(r"[゠-ヿ]")
_FINISHED = "。．！？!?」』】》〉＞>：:；;"
_OPEN_END = re.compile(r"([、，・･]|[をにはがとでやものへたてし]|から|より|など|ため|による|[（「『(])$")
_CONTINUES = re.compile(
    r"[をにはがのへとでやも等ー、。，．）)」』ぁぃぅぇぉゃゅょっァィゥェォャュョッ]|など|から|より"
)
_COLUMNS = re.compile(r"[0-9０-９][ 　][0-9０-９(（△▲]|[぀-ヿ㐀-鿿] [぀-ヿ㐀-鿿]")
# Cells of one row stand far apart; a numbering may stand far before its title.
_WIDE_GAP = re.compile(r"(?<=[^\s0-9０-９①-⑳Ⅰ-Ⅻ)）章節条.．])(?:　{2,}|\t+)(?=[^\s【（(])")
# A row of a name and its amounts ends in one: 配置事業 … 86,400千円（64,800千円）
_ENTRY = re.compile(r"\s*[^\s、。]{2,40}[ 　]+[△▲-]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[ 　(（]|$)")
"""A name and, apart from it, its amount: a row of a budget, which goes on from no line before it."""
_AMOUNT_ENDS = re.compile(r"[ 　(（:：][0-9０-９,，]+[ 　]*(?:百万|[千万億])?円[)）]?$")
_KANJI_KANA = re.compile(r"[぀-ヿ㐀-鿿]")
_LEADS_ON = re.compile("(?<!も)の$|、$")
_MUCH_LONGER = 1.3
_LONGEST_JOINED = 10_000
"""Characters after which no line is joined any more: no paragraph is so long, and joining copies all that is joined."""
_BRACKETS = (("「", "」"), ("『", "』"), ("（(", "）)"))
_ENDING = 4  # characters that tell how a line ends; から, など are the longest words looked for there
_NO_SPACES = str.maketrans("", "", " 　")


@dataclass(frozen=True, slots=True)
class Tail:
    """What the last sentence of a line holds: a comma, and of each kind of bracket how many more open than close."""

    comma: bool
    unclosed: tuple[int, ...]

    @property
    def in_bracket(self) -> bool:
        """Whether a bracket is still open."""
        return any(count > 0 for count in self.unclosed)


@dataclass(slots=True)
class Line:
    """One line, physical first and logical after joining. Widths are columns; a gap counts blank lines before it.

    `margin` is the right margin as far as the unbroken run of `run` lines shows it. `marked` says that a note mark was the last
    piece joined, so that whatever comes next goes on in the same sentence. What is asked of a line for each line after it
    (whether it is a row of `cells`, has `hiragana`, how its last sentence stands) is kept, not looked for in all that is joined.
    """

    text: str
    gap: int
    starts_page: bool
    starts_block: bool
    width: int
    cells: bool
    hiragana: bool
    tail: Tail
    margin: int = 0
    run: int = 1
    marked: bool = False


def clean_lines(raw: str) -> list[Line]:
    """Return the logical lines of `raw`, in order."""
    lines = _physical_lines(raw)
    _set_margins(lines)
    joined: list[Line] = []
    for line in lines:
        if joined and _continues(joined[-1], line):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
    return _join_vertical(joined)


def _physical_lines(raw: str) -> list[Line]:
    lines: list[Line] = []
    gap = 0
    rows = repair_radicals(raw).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f").split("\n")
    for position, row in enumerate(rows):
        text = row.strip("\f").rstrip(" 　\t")
        if not text.strip(" 　\t"):
            gap += 1
            continue
        page = not lines or "\f" in row or _starts_page(rows, position)
        block = text[0] == " " and text[1:2] not in ("", " ")
        shown = _close_up(text[1:] if block else text)
        lines.append(
            Line(
                shown,
                gap,
                page,
                block,
                display_width(shown),
                _is_cells(shown),
                bool(_HIRAGANA.search(shown)),
                _tail(shown),
            )
        )
        gap = 0
    return lines


def _starts_page(rows: list[str], position: int) -> bool:
    """Some PDF extractors begin each page with one half-width space and no blank line before it."""
    row = rows[position]
    before = rows[position - 1] if position else ""
    after = rows[position + 1] if position + 1 < len(rows) else ""
    lone_space = row.startswith(" ") and row[1:2].strip() != ""
    neighbours = before.strip() != "" and not before.startswith(" ") and not after.startswith(" ")
    return lone_space and neighbours and not _NUMERIC.fullmatch(row)


def _close_up(row: str) -> str:
    """Close up spaced-out words: ア フ リ カ → アフリカ, 予　算　額 1,234 → 予算額 1,234."""
    if _SPACED_WORD.fullmatch(row) or _WIDE_PAIR.fullmatch(row):
        return row.translate(_NO_SPACES)
    return _SPACED_PART.sub(lambda found: found[0].translate(_NO_SPACES), row)


def _set_margins(lines: list[Line]) -> None:
    """The widest line of an unbroken run shows where the right margin is; a run of two shows little."""
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and lines[end].gap == 0 and not lines[end].starts_page:
            continue
        widest = max(line.width for line in lines[start:end])
        for line in lines[start:end]:
            line.margin, line.run = widest, end - start
        start = end


def _continues(before: Line, line: Line) -> bool:
    if line.starts_page or line.gap > 1 or len(before.text) > _LONGEST_JOINED:
        return False
    if _NOTE_MARK.fullmatch(line.text.strip()):
        return not before.text.endswith("。") and not _NUMERIC.fullmatch(before.text)
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


def _tail(text: str, before: Tail | None = None) -> Tail:
    """Return how the last sentence stands after `text`, which goes on with what left `before`."""
    ended = text.rfind("。") + 1
    own = text[ended:]
    unclosed = [_count(own, opening) - _count(own, closing) for opening, closing in _BRACKETS]
    if ended or before is None:
        return Tail("、" in own, tuple(unclosed))
    return Tail(
        before.comma or "、" in own, tuple(a + b for a, b in zip(before.unclosed, unclosed, strict=True))
    )


def _count(text: str, chars: str) -> int:
    return sum(text.count(char) for char in chars)


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


def _is_cells(text: str) -> bool:
    cells = bool(_NUMERIC.fullmatch(text)) or bool(_COLUMNS.search(text.strip())) or has_wide_gap(text)
    return cells or len(_BARS.findall(text)) > 1 or "\t" in text.strip() or bool(_LEADER.search(text))


def has_wide_gap(text: str) -> bool:
    """Tell whether `text` is a row of cells: 「本館　　　９時～17時」.

    >>> has_wide_gap("第１章　　総則"), has_wide_gap("本館　　９時～17時")
    (False, True)
    """
    return bool(_WIDE_GAP.search(text.strip(" 　")))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" 　"))


def _join(before: Line, line: Line) -> Line:
    text = line.text.strip(" 　\t")
    mark = bool(_NOTE_MARK.fullmatch(text))
    space = " " if re.search(r"[A-Za-z,]$", before.text[-1]) and re.match(r"[A-Za-z]", text) else ""
    inline = mark or before.marked
    width = before.width + line.width if inline else line.width
    margin = max(before.margin, width, line.margin)
    return replace(
        before,
        text=before.text + space + text,
        width=width,
        hiragana=before.hiragana or line.hiragana,
        tail=_tail(text, before.tail),
        margin=margin,
        run=line.run,
        marked=mark,
    )


def _join_vertical(lines: list[Line]) -> list[Line]:
    """Text set from top to bottom comes out one character a line: three or more of those are one word."""
    result: list[Line] = []
    run: list[Line] = []
    for line in lines:
        single = len(line.text.strip()) == 1 and _KANJI_KANA.match(line.text.strip())
        if run and (not single or line.starts_page):
            result.extend(_close_run(run))
            run = []
        (run if single else result).append(line)
    return result + _close_run(run)


def _close_run(run: list[Line]) -> list[Line]:
    if len(run) < 3:
        return run
    text = "".join(line.text.strip() for line in run)
    return [replace(run[0], text=text, width=display_width(text))]
