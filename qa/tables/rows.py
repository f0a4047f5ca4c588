"""Which lines look like a row of a table, and which are prose, headings, notes or articles."""

import re

from qa.tables.forms import form
from qa.tables.types import BARS, ORDINAL, Line
from qa.tables.words import SENTENCE_END, without_asides

_RULE = re.compile(r"[\s　|｜:：+=─━┼├┤-]*[-─━=][\s　|｜:：+=─━┼├┤-]*")
_NOT_A_ROW = re.compile(
    r"[※＊*]|注[0-9０-９]*[)）:：　 ]|備考[　 ]|[QＱAＡ問答][0-9０-９]*[　 .．:：]|附[　 ]*則|目[　 ]*次"
    r"|第[0-9０-９一二三四五六七八九十百]+[条章節編款項](?:の[0-9０-９一二三四五六七八九十]+)?(?:[　 ]|$)"
)
_SPACED_OUT = re.compile(r"[一-鿿](?:[ 　]+[一-鿿])*[ 　]*")
_SYMBOLS = re.compile(r"[^\wぁ-ヿ一-鿿]+")
_ENUMERATED = re.compile(r"[①-⑳]|[（(][0-9０-９]{1,2}[)）]")
_GOES_ON = re.compile(r"(?:[はがをに、，]|から|より|ため)$")
# The longest cells, in characters.
_LONGEST, _LONGEST_LISTED, _LONGEST_NAME, _LONGEST_SENTENCE = 60, 90, 32, 12


def is_rule(text: str, line: Line) -> bool:
    """|---|---|: what parts a header from its rows."""
    return bool(line.slots and _RULE.fullmatch(text[line.start : line.end]))


def is_row(text: str, line: Line) -> bool:
    if line.slots:
        short = all(piece.end - piece.start <= _LONGEST for piece in line.pieces)
        return short and len(line.pieces) >= (1 if line.mark == BARS else 2)
    pieces = [piece.words(text) for piece in line.pieces]
    if len(pieces) < 2 or (len(pieces) == 2 and _NOT_A_ROW.match(text, line.start, line.end)):
        return False
    if _SPACED_OUT.fullmatch(text, line.start, line.end):
        return False
    if any(_SYMBOLS.fullmatch(piece) and form(piece) == "text" for piece in pieces):
        return False
    if not _is_name(pieces[0], listed=bool(line.mark)) or _is_enumeration(pieces):
        return False
    if any(SENTENCE_END.search(piece) for piece in pieces[:-1]) or pieces[-1].endswith(("。", "、")):
        return False
    if line.mark not in ("", ORDINAL):
        return all(len(piece) <= _LONGEST_LISTED for piece in pieces)
    return not any(_is_prose(without_asides(piece)) for piece in pieces)


def _is_name(words: str, *, listed: bool) -> bool:
    """A row begins with a name, not with a labelled phrase or the beginning of a sentence."""
    bare = without_asides(words)
    if len(words) > _LONGEST_NAME or re.search(r"[:：。]", bare):
        return False
    return listed or not _GOES_ON.search(bare)


def _is_enumeration(pieces: list[str]) -> bool:
    """①海　②山: the pieces are numbered themselves."""
    numbered = [bool(_ENUMERATED.match(piece)) for piece in pieces]
    return numbered[0] or sum(numbered) >= 2


def _is_prose(words: str) -> bool:
    if len(words) > _LONGEST or (SENTENCE_END.search(words) and len(words) > _LONGEST_SENTENCE):
        return True
    return "。" in re.sub(r"[（(「『].*$", "", words)
