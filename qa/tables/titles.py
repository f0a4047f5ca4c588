"""What names a table: the line right above it, or a heading."""

import re
from collections.abc import Sequence

from qa.tables.forms import piece_form
from qa.tables.types import ORDINAL, Line, Span, Table
from qa.tables.words import SENTENCE_END, without_asides

_UNIT = re.compile(r"[ 　]*[（(［\[]?単位[：:　 ].*")
_QUESTION = re.compile(r"[ 　]*[QＱAＡ][0-9０-９]*[　 .．:：]")
_HEADING = re.compile(
    r"[ 　]*(?:【.+】|＜.+＞|〔.+〕|[■◆●◎]|[（(]?[0-9０-９]{1,2}[)）.．　 ]|第[0-9０-９]+[章節]|[①-⑳]|表[0-9０-９])"
)
_BOXED = re.compile(r"[【＜〔](.+)[】＞〕]")
_NO_NAME = re.compile(r"[。：:]|[0-9０-９]千?円")
_NOTE = re.compile(r"[※＊・･]|注")
_LONGEST = 40


def title(text: str, lines: Sequence[Line], table: Table, tables: Sequence[Table]) -> Span | None:
    """Return the line right above `table`, or the nearest heading above the text that leads to it."""
    above = [line for line in lines if line.pieces and line.end <= table.start]
    direct = True
    for line in reversed(above):
        whole = text[text.rfind("\n", 0, line.start) + 1 : line.end]
        if _UNIT.fullmatch(whole):
            continue
        if _QUESTION.match(whole):
            return None
        if not any(other.start <= line.start < other.end for other in tables):
            if _is_priced_heading(text, line):
                return line.pieces[0].span
            if _may_name(whole) and (direct or _HEADING.match(whole)):
                return _unboxed(text, line)
        direct = False
    return None


def _is_priced_heading(text: str, line: Line) -> bool:
    """（１）植樹　　1,000千円: a numbered heading with its sum."""
    return len(line.pieces) > 1 and line.mark == ORDINAL and piece_form(text, line.pieces[-1]) == "money"


def _may_name(line: str) -> bool:
    words = line.strip(" 　")
    return (
        2 <= len(words) <= _LONGEST
        and not SENTENCE_END.search(words)
        and not _NO_NAME.search(without_asides(words))
        and not _NOTE.match(words)
    )


def _unboxed(text: str, line: Line) -> Span:
    start, end = line.pieces[0].start, line.pieces[-1].end
    boxed = _BOXED.fullmatch(text, start, end)
    return boxed.span(1) if boxed else (start, end)
