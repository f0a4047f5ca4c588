"""Fiscal years in questions: R4, Ｒ３, 令和４年度, 2022年度, 今年度, 前年度."""

import re
from dataclasses import dataclass

# The year before the first of each era.
_BEFORE = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}
_KANJI = {"元": 1, **{char: i for i, char in enumerate("〇一二三四五六七八九")}}
_NUMBER = r"(?:元|[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_ERA = re.compile(
    rf"(?:(?P<era>令和|平成|昭和)\s*(?P<n>{_NUMBER})|(?<![a-z])(?P<abbr>[rhs])\.?\s*(?P<m>[0-9]{{1,2}}|元))"
    r"\s*(?:会計)?(?:年度|年)?(?:分)?|"
    r"(?<![0-9])(?P<west>(?:19|20)[0-9]{2})\s*(?:会計)?(?:年度|年|fy)(?:分)?|fy\s*(?P<fy>(?:19|20)[0-9]{2})|"
    r"(?<![0-9第])(?P<short>[1-9][0-9]?|(?<![一-龠])(?:[元二三四五六七八九]|十[一二三四]?))年度"
)
_AGO = re.compile(r"([1-9]|[一二三四五六七八九])(?:年度?|か年)前(?:の年度?)?")
_RELATIVE = {
    0: r"ことし|こんねんど|今年度|本年度|当年度|現年度|今年|本年(?!度)|当該年度|最新年度",
    -1: r"まえのとし|ぜんねんど?|きょねん|さくねんど?|前年度|昨年度|前年(?!度)|昨年(?!度)|去年度?|前の年度?|前回|ひとつ前の年度?",
    -2: r"一昨年度?|おととし|前々年度?",
    1: r"来年度?|次年度|翌年度?|次の年度?",
}
_RELATIVE_PATTERN = re.compile("|".join(f"(?P<y{i}>{p})" for i, p in enumerate(_RELATIVE.values())))
_OFFSETS = tuple(_RELATIVE)


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a question: `year` where it is named, else `offset` from the newest year of the document."""

    start: int
    end: int
    year: int | None = None
    offset: int | None = None
    short: int | None = None


def year_mentions(text: str) -> list[YearMention]:
    """Return the years a folded question names, in order."""
    found = [_named(match) for match in _ERA.finditer(text)]
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    for match in _AGO.finditer(text):
        found.append(YearMention(match.start(), match.end(), offset=-_number(match[1])))
        taken |= set(range(*match.span()))
    for match in _RELATIVE_PATTERN.finditer(text):
        if match.start() not in taken:
            offset = next(_OFFSETS[i] for i in range(len(_OFFSETS)) if match[f"y{i}"])
            found.append(YearMention(match.start(), match.end(), offset=offset))
    return sorted(found, key=lambda mention: mention.start)


def _named(match: re.Match[str]) -> YearMention:
    start, end = match.span()
    if match["short"]:
        return YearMention(start, end, short=_number(match["short"]))
    west = match["west"] or match["fy"]
    if west:
        return YearMention(start, end, year=int(west))
    era = match["era"] or match["abbr"]
    return YearMention(start, end, year=_BEFORE[era] + _number(match["n"] or match["m"]))


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return _KANJI.get(tens, 1) * 10 + _KANJI.get(units, 0)
    return _KANJI[text]
