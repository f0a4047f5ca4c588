"""What every reader of lists needs: brackets, sentences, stated numbers, and the words above a list."""

import re
from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase
from unicodedata import numeric

from qa.listing.types import Span

OPEN, CLOSE = "（(「『《【〔［[〈＜", "）)」』》】〕］]〉＞"
QUOTES = "「『"
N = "[0-9０-９一二三四五六七八九十]"
KANA = "アイウエオカキクケコサシスセソタチツテト"
_WIDE = "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
COUNTED = (
    "つ|[かヵカヶ]所|箇所|点|項目|種類?|本柱|本|言語|機関|分野|園|社|館|校|区|課|者|人|名|都市|団体|施設|事業|施策|視点"
    "|方針|目標|地区|路線|回"
)
_BRACKET = re.compile(f"[{re.escape(OPEN + CLOSE)}]")
_BRACKET_OR_STOP = re.compile(f"[。{re.escape(OPEN + CLOSE)}]")
COUNT = re.compile(rf"({N}{{1,2}})(?:{COUNTED})")
COUNT_AFTER = re.compile(
    rf"(?:の|という|といった)(?P<number>{N}{{1,2}})(?P<unit>{COUNTED}|(?![分年月時番号階条目%％円])[^\W\d_]{{1,2}})"
)
QUANTITY = re.compile(r"(?<![A-Za-z])[0-9０-９][0-9０-９,，.．]*[^\W\dA-Za-z]{0,3}$|元年$")
_POINTS_DOWN = re.compile(r"次の|次に掲げる|次のとおり|以下の|下記|おり(?:です|とする)")


def value(number: str) -> int:
    """Return the number: ３, ③, 三, 十二 or ア, and c as the third letter."""
    for letters in (ascii_lowercase, ascii_uppercase, _WIDE, _WIDE.upper(), KANA):
        if number in letters:
            return letters.index(number) + 1
    tens, ten, ones = number.rpartition("十")
    if ten:
        return value(tens or "一") * 10 + (value(ones) if ones else 0)
    return int("".join(str(int(numeric(digit))) for digit in number))


def open_at(text: str, at: int) -> int:
    return max(0, sum((c in OPEN) - (c in CLOSE) for c in text[:at]))


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut at 。 outside brackets."""
    depth = 0
    for mark in _BRACKET_OR_STOP.finditer(text, start, end):
        depth = max(0, depth + (mark[0] in OPEN) - (mark[0] in CLOSE))
        if mark[0] == "。" and not depth:
            if mark.start() > start:
                yield start, mark.start()
            start = mark.end()
    if start < end:
        yield start, end


def outer_brackets(text: str, start: int, end: int) -> Iterator[Span]:
    """Where each outermost bracket opens and closes."""
    depth, opened = 0, start
    for mark in _BRACKET.finditer(text, start, end):
        if mark[0] in OPEN:
            depth, opened = depth + 1, mark.start() if not depth else opened
        elif depth:
            depth -= 1
            if not depth:
                yield opened, mark.start()


def stripped(text: str, start: int, end: int) -> Span:
    """Leave out what joins a stretch to the words beside it."""
    piece = text[start:end].rstrip(" 　、，「『（([")
    kept = re.sub(r"^(?:など|等|[ 　、，」』）)])+", "", piece)
    return start + len(piece) - len(kept), start + len(piece)


def intro_above(text: str, at: int) -> Span | None:
    """Return the sentence or heading above a list: the one that points down to it, where one does."""
    above = text[:at].rstrip()
    start = above.rfind("\n") + 1
    said = [stripped(text, *sentence) for sentence in sentences(above, start, len(above))]
    pointing = [s for s in said if _POINTS_DOWN.search(above, *s)]
    return next(reversed(pointing or said), None)


def line_above(text: str, at: int) -> Span | None:
    """Return the nearest line above that holds words."""
    end = len(text[: text.rfind("\n", 0, at) + 1].rstrip())
    start = text.rfind("\n", 0, end) + 1
    return (start, end) if start < end else None
