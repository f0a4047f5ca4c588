"""What the lines of a budget in running text are made of: names with their numbering and marks, words in their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.budgets.marks import Name, parted
from corpus.budgets.pieces import UNITS
from corpus.budgets.printed.numbers import Printed

_MARKER = re.compile(
    r"[ ]*+(?:(?P<rule>[━─═＝=]{2,})|(?P<roman>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])"
    r"|(?P<chapter>第[0-9一二三四五六七八九十]+[章節部款項目]?(?= ))|(?P<circled>[①-⑳])"
    r"|(?P<paren>\([0-9]{1,2}\))|(?P<dotted>[0-9]{1,2}-(?:[0-9]{1,2}(?= )|\([0-9]{1,2}\)))|(?P<level>[0-9]{1,2}[款項目] )"
    r"|(?P<number>[0-9]{1,2})(?:[.．、)]| (?=[^0-9 (]))|(?P<kanji>[一二三四五六七八九十]{1,2}|[甲乙丙丁])(?= )"
    r"|(?P<kana>[ア-ンァ-ヶ])[ .．)]|(?P<letter>[a-z]\)|\([a-zア-ン]\))"
    r"|(?P<bullet>[○●◎◇◆□■▼▽★☆・♪♫♦❖▶▷►➤✦]|[‐–-](?=[^\s0-9]))|(?P<within>うち|内)(?= |[一-龠])"
    r"|(?P<heading>【(?=[^【】]*+】 *$)|<+(?=[^<>]*+>+ *$)))"
    r"[ .．]*"
)
PLAIN_NUMBER = re.compile(r"(?<!\S)(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?(?!\S)")
UNIT_NOTE = re.compile(rf"単位 *:? *(?P<unit>{UNITS})")
LETTER = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]")
_NOTE_BEHIND = re.compile(r"[ 　]*[※*＊][0-9０-９]{1,2}$")
_DIVISION_BEHIND = re.compile(
    r"[ 　]*[（(](?P<name>[^\s（）()、。]{1,20}(?:課|室|係|署|館|事務局|事務所|センター))[）)]$"
)
LONGEST_NAME = 45
IN_NAME = " …‥・.:：、|│┃━─■◆-"
BULLETS = " ・○●◎◇◆□■▼▽★☆【】[]<>"


@dataclass(slots=True)
class Text:
    """Words at `start:end`, as printed there."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Entry:
    """A name with what is printed of it; `style` is its numbering, `parents` what it hangs below."""

    name: Name
    style: str
    printed: list[Printed]
    label: str = ""
    """The number itself: ①."""
    total: bool = False
    parents: tuple[str, ...] = ()
    unit: str | None = None
    """The unit that the table says its numbers are in."""
    headings: tuple[str, ...] = ()
    """All headings it stands below, outermost first: those too that print no amount there."""
    sources: list[tuple[str, Printed]] = field(default_factory=list)
    department: Text | None = None
    reason: Text | None = None
    description: list[Text] = field(default_factory=list)


def first_value(entry: Entry, year: int) -> Decimal | None:
    """Return the amount of a year, where the entry tells which it is; else the first one of no year."""
    amounts = [one for one in entry.printed if not one.change and one.value is not None]
    own = (
        [one for one in amounts if one.year == year]
        or [one for one in amounts if one.year is None]
        or amounts
    )
    return own[0].value if own else None


def marker(line: str) -> tuple[str, int]:
    """Return the kind of numbering that a (narrow) line begins with, "" for none, and where its words begin."""
    match = _MARKER.match(line)
    if match is None or match.lastgroup is None:
        return "", len(line) - len(line.lstrip())
    kind = match["bullet"] if match.lastgroup == "bullet" else match.lastgroup
    return kind, match.end()


def name_in(text: str, words: int, end: int, start: int) -> Name | None:
    """Return the name between two places of a line; None where that is no name."""
    piece = text[words:end].rstrip(IN_NAME + "　(（[［〔》〉")
    lead = len(piece) - len(piece.lstrip(IN_NAME + "　"))
    piece, words = piece[lead:], words + lead
    piece = piece if "【" in piece else piece.rstrip("】")
    if not piece.strip() or len(piece) > LONGEST_NAME or "。" in piece or not LETTER.search(piece):
        return None
    name = parted(piece, start + words)
    if name.text.endswith("の"):  # 「常備消防費の」 of 「常備消防費の予算額」
        name = replace(name, text=name.text[:-1], end=name.end - 1)
    return name if name.text else None


def without_division(name: Name) -> tuple[Name, Text | None]:
    """Return a name without the number of a note and the division in charge behind it, and that division."""
    plain = _NOTE_BEHIND.sub("", name.text)
    name = replace(name, text=plain, end=name.start + len(plain))
    match = _DIVISION_BEHIND.search(name.text)
    if match is None or not match.start():
        return name, None
    division = Text(match["name"], name.start + match.start("name"), name.start + match.end("name"))
    return replace(name, text=name.text[: match.start()], end=name.start + match.start()), division


def placed(printed: Sequence[Printed], start: int) -> list[Printed]:
    return [replace(each, start=each.start + start, end=each.end + start) for each in printed]


def text_of(text: str, match: re.Match[str], start: int) -> Text:
    first, last = match.span("text")
    return Text(text[first:last].rstrip(), start + first, start + first + len(text[first:last].rstrip()))


def stripped(text: str, start: int) -> Text:
    lead = len(text) - len(text.lstrip(" 　\t"))
    words = text.strip(" 　\t")
    return Text(words, start + lead, start + lead + len(words))
