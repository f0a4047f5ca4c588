"""The amounts in one line of a budget, and what is said of each: a fiscal year, a change, or another name.

Digits, brackets and spaces of either width are one; every place is one of the line's own text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.budgets.amounts import decimal_of
from corpus.budgets.pieces import UNITS
from corpus.budgets.years import era_number, fiscal_years

_WIDTH = str.maketrans(
    "０１２３４５６７８９，．（）［］〔〕：　ＲＨ－−▲＋｜│┃┆┊〈〉《》＜＞％／",
    "0123456789,.()[][]: RH--△+|||||<><><>%/",
)
YEAR = (
    r"(?:令和|平成|R|H) ?(?:[0-9]{1,2}|元)(?: ?年度)?|20[0-9]{2}年度|(?<![0-9])(?:[0-9]{1,2}|元)年度"
    r"|本年度|当年度|今年度|前年度|昨年度|前年"
)
CHANGE = r"差 ?引(?:き|額)?|差額?|増 ?△ ?減|増減額?|比 ?較(?:増減)?|対?前年度?比|対前年(?!度)|前年度?との差|対前年度(?:増減)?"
_OF = r"(?:の?(?:合計|総額|計))?(?:当初)?(?:予算)?(?:案)?(?:額)?(?: ?\([A-Za-z]\))?"
_SAID_YEAR = re.compile(rf"(?P<year>{YEAR}){_OF}[\])]?[はがの]?[ :]*$")
_SAID_CHANGE = re.compile(rf"(?:(?P<change>{CHANGE})(?:額)?|(?P<way>[増減]))[\])]?[はがの]?[ :]*$")
_SAID_THIS = re.compile(r"(?:予算額?|当初予算額?|計上額)[\])]?[はがの]?[ :]*$")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?"
_TOKEN = re.compile(
    rf"(?:(?P<sign>[△+±]|(?<![0-9A-Za-z])-) ?)?(?<![0-9,.])(?P<digits>{_NUMBER})(?: ?(?P<unit>{UNITS}))?"
    r"(?P<percent> ?(?:%|パーセント))?(?P<moved>の?[増減](?![額率えっらや]))?"
    r"|(?P<none>[―—]+|(?<![0-9])[‐-](?![0-9A-Za-zァ-ヶ一-龠])|皆増|皆減|増減なし|(?<=度 )なし)"
)
_LETTER = re.compile(r"[ぁ-んァ-ヶ一-龠々A-Za-z]")
_AROUND = " 、,/…‥・.:|()[]→⇒>&"
_BEFORE_AMOUNT = " 、,/…‥・.:|([→⇒"
_OPENING = re.compile(r"[(\[][ ]*$")
_ARROW = re.compile(r"[ ]*(?:→|⇒|->)[ ]*")
_LEAST = 4
"""A number without unit, comma or year has as many digits, or is no amount."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount at `start:end`: `value` None is printed as none; `year` None is not said, `change` a difference.

    `bracketed` and without a year it is last year's, as outlines print it. `label` is what else is said before it.
    """

    value: Decimal | None
    unit: str | None
    year: int | None
    change: bool
    bracketed: bool
    start: int
    end: int
    label: str = ""
    label_start: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line with amounts: its words before the first one at `name_start:name_end`, the amounts, the words behind."""

    name_start: int
    name_end: int
    printed: tuple[Printed, ...]
    behind: str
    behind_start: int


def narrow(text: str) -> str:
    """Return the text with digits, brackets, signs and spaces of one width, character by character."""
    return text.translate(_WIDTH)


def year_said(said: str, year: int | None) -> int | None:
    """Return the fiscal year that a label means; `year` is what 本年度 means, and what era 6年度 is of."""
    if said in ("本年度", "当年度", "今年度"):
        return year
    if said in ("前年度", "昨年度", "前年"):
        return None if year is None else year - 1
    short = re.fullmatch(r"([0-9]{1,2}|元)年度", said)
    if short and year is not None:
        number = era_number(short[1])
        return min((before + number for before in (2018, 1988)), key=lambda each: abs(each - year))
    found = fiscal_years(said if said.endswith("年度") or not said.endswith("年") else said + "度")
    return found[0].year if found else None


def read_line(line: str, year: int) -> Line | None:
    """Return the amounts of a (narrow) line with what is said of each; None where it has none."""
    matches = list(_amounts(line))
    if not matches:
        return None
    printed: list[Printed] = []
    position, name = 0, (0, 0)
    for number, match in enumerate(matches):
        label_start, label, one = _said(line, position, match, year)
        arrow = number and not label and _ARROW.fullmatch(line, position, match.start())
        if arrow and one.year is None and printed[-1].year is None:
            printed[-1] = _of_year(printed[-1], year - 1)
            one = _of_year(one, year)
        if number == 0:
            name = (label_start, label_start + len(label) if _LETTER.search(label) else label_start)
        elif number == 1 and label and name[0] == name[1] and not printed[0].label:
            name = (label_start, label_start + len(label))  # the amount stands before the name
            label = ""
        if not match["percent"]:
            said = label if number else ""
            printed.append(_with_label(one, said, label_start) if said else one)
        position = match.end()
    behind = line[position:].strip(_AROUND)
    start = position + (len(line[position:]) - len(line[position:].lstrip(_AROUND)))
    if not name[1] - name[0] and len(matches) == 1 and behind and printed:
        name, behind = (start, start + len(behind)), ""  # an amount alone before its name
    return Line(*name, tuple(printed), behind, start) if printed else None


def _amounts(line: str) -> Iterator[re.Match[str]]:
    """Yield the numbers that are amounts of money, by how they are printed."""
    accepted = False
    for match in _TOKEN.finditer(line):
        if match["none"]:
            before = line[: match.start()].rstrip(" ")
            alone = match["none"] in ("皆増", "皆減") and (not before or before.endswith(("…", "‥", "・・")))
            if alone or accepted or before.endswith(("(", "[", "/", "→")) or _SAID_YEAR.search(before):
                yield match
            continue
        if match["percent"]:
            if accepted:
                yield match
            continue
        follows = line[match.end() : match.end() + 1]
        if match["unit"] is None and match["moved"] is None and _LETTER.match(follows or " "):
            continue  # a number of people or places
        before = line[: match.start()]
        gap = before.rstrip("([ ")
        said = bool(_SAID_YEAR.search(gap) or _SAID_CHANGE.search(gap) or _SAID_THIS.search(gap))
        plain = "," in match["digits"] or "." in match["digits"]
        touching = bool(before) and bool(re.match(r"[A-Za-z0-9第約]", before[-1]))
        long = len(match["digits"]) >= _LEAST
        if (
            match["unit"]
            or (plain and not touching)
            or (said and (long or accepted or match["digits"] == "0"))
            or (accepted and (match["sign"] or before.rstrip(" ").endswith(("(", "[", "→", "/"))))
        ):
            accepted = True
            yield match


def _said(line: str, position: int, match: re.Match[str], year: int) -> tuple[int, str, Printed]:
    """Return where the words before an amount begin that are no year or change, these words, and the amount."""
    gap = line[position : match.start()]
    opened = bool(_OPENING.search(gap))
    words = _OPENING.sub("", gap).rstrip(" ")
    found = _SAID_YEAR.search(words) or _SAID_CHANGE.search(words) or _SAID_THIS.search(words)
    of, change, sign = None, False, 1
    if found:
        kinds = found.groupdict()
        opened = opened or bool(_OPENING.search(words[: found.start()]))
        of = year_said(kinds["year"], year) if kinds.get("year") else None
        change = "change" in kinds
        sign = -1 if kinds.get("way") == "減" else 1
        of = year if not change and "year" not in kinds else of
        words = words[: found.start()]
    opened = opened or (bool(words) and words.rstrip(" ").endswith(("(", "[")))
    label = words.rstrip(_BEFORE_AMOUNT).lstrip(" ") if not position else words.strip(_AROUND)
    start = position + words.find(label) if label else position
    if match["none"]:
        value, first, last = None, match.start("none"), match.end("none")
        change = change or match["none"] in ("皆増", "皆減", "増減なし")
    else:
        value = decimal_of(match["digits"])
        moved = match["moved"] or ""
        change = change or bool(moved) or match["sign"] in ("+", "±") or bool(match["sign"] and opened)
        negative = match["sign"] in ("△", "-") or moved.endswith("減") or sign < 0
        value = -value if negative else value
        first = match.start("sign") if match["sign"] else match.start("digits")
        last = match.end("unit") if match["unit"] else match.end("digits")
    return (
        start,
        label,
        Printed(value, match["unit"], None if change else of, bool(change), opened, first, last),
    )


def _of_year(one: Printed, year: int) -> Printed:
    return Printed(one.value, one.unit, year, False, False, one.start, one.end, one.label, one.label_start)


def _with_label(one: Printed, label: str, start: int) -> Printed:
    return Printed(one.value, one.unit, one.year, one.change, one.bracketed, one.start, one.end, label, start)
