"""Fiscal years as printed: 令和４年度, R4, Ｒ３, H31, 2022年度, 令和元年度 → the western year in which they begin."""

import re
from dataclasses import dataclass

# The year before the first of each era.
_BEFORE = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "R": 2018, "H": 1988, "S": 1925}
_WIDTH = str.maketrans("０１２３４５６７８９ＲＨＳｒｈｓrhs", "0123456789RHSRHSRHS")
_KANJI = {char: number for number, char in enumerate("〇一二三四五六七八九")}
_NUMBER = r"元|[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|大正)[ 　]*(?P<n>{_NUMBER})"
    r"|(?<![A-Za-zＡ-Ｚａ-ｚ])(?P<abbr>[RHSＲＨＳ])[.．]?[ 　]?(?P<m>元|[0-9０-９]{1,2})(?![0-9０-９])"
    r"|(?<![0-9０-９,，.])(?P<west>(?:19|20|１９|２０)[0-9０-９]{2})(?=[ 　]*(?:年|会計|当初|決算|予算|$)))"
    # A month after it makes it a date, not a year: 令和４年２月.
    r"[ 　]*(?:[(（][0-9０-９]{4}[)）])?[ 　]*"
    r"(?P<tail>会計年度|年度|年(?![0-9０-９ 　]*[0-9０-９]月))?(?!年[ 　]*[0-9０-９])(?![.．/][0-9０-９])"
)


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A fiscal year at `text[start:end]`."""

    year: int
    start: int
    end: int


def fiscal_years(text: str) -> list[YearSpan]:
    """Return the fiscal years that `text` names, in order; dates (令和４年２月) are none.

    >>> [y.year for y in fiscal_years("令和４年度とＲ３、H31、令和元年度、令和４年２月")]
    [2022, 2021, 2019, 2019]
    """
    return [YearSpan(_year(match), match.start(), match.end()) for match in _YEAR.finditer(text)]


def parse_fiscal_year(text: str) -> int | None:
    """Return the first fiscal year `text` names, or None."""
    found = fiscal_years(text)
    return found[0].year if found else None


def in_era(year: int) -> str:
    """Return a fiscal year as a city writes it: 2022 → 令和4年度, 2019 → 平成31年度（令和元年度）."""
    if year == 2019:
        return "平成31年度（令和元年度）"
    for era in ("令和", "平成", "昭和"):
        if year > _BEFORE[era]:
            return f"{era}{year - _BEFORE[era]}年度"
    return f"{year}年度"


def circled_year(number: int, *, near: int) -> int:
    """Return the western year of an era's year `number` (the ④ of 令和４) that lies nearest to `near`."""
    return min((before + number for before in _BEFORE.values()), key=lambda year: abs(year - near))


def _year(match: re.Match[str]) -> int:
    if match["west"]:
        return int(match["west"].translate(_WIDTH))
    era = match["era"] or match["abbr"].translate(_WIDTH)
    return _BEFORE[era] + era_number(match["n"] or match["m"])


def era_number(text: str) -> int:
    """Return the number of an era's year: 元 is 1, 三十一 is 31, ４ is 4."""
    if text == "元":
        return 1
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_KANJI[tens] if tens else 1) * 10 + (_KANJI[units] if units else 0)
    return _KANJI[text] if text in _KANJI else int(text.translate(_WIDTH))
