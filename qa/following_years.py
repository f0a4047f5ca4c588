"""A year said in a follow-up (では去年は？) put into the question before it."""

import re
from collections.abc import Sequence

from corpus.tables.years import in_era
from qa.following_phrases import years_in
from qa.ledger.years import YearMention

# 去年 counts from the year a person spoke of; 前年, その前 from the year of the turn before, as completed.
_SPOKEN = re.compile(r"去年|昨年|おととし|年度?前|来年")
_THIS = re.compile(r"今年|本年|当年|現年|最新")
_BASE = re.compile(
    r"^(?:度)?(?:から|より|比|に?[対比]|と(?:の差|比|くら)|並|の差|差|以|ごろ|頃|代|間|末|初|中)"
)
_WORDS = {0: "今年度", -1: "前年度", -2: "前々年度", 1: "来年度"}


def asked_years(text: str, years: Sequence[YearMention]) -> list[YearMention]:
    """Return the years a question is about, not those it only compares with: 前年度から, 昨年度比."""
    return [year for year in years if not _BASE.match(text[year.end :])]


def with_year(
    earlier: str, said: str, mention: YearMention, *, spoken: int | None, newest: int | None
) -> str:
    """Return `earlier` asked for the year `mention`, which stands as `said` in the follow-up.

    Several years move together, so that their distance stays; without a year, the new one is put in front.
    """
    mentions = years_in(earlier)
    asked = asked_years(earlier, mentions)
    old = [mention for mention in mentions if mention.year is not None or mention in asked]
    new = _year(said, mention, _last(old, newest), spoken, newest)
    if new is None:
        return _replaced(earlier, [(year, _canonical(said, mention)) for year in old[-1:]]) or (
            f"{_canonical(said, mention)}の{earlier}"
        )
    last = _last(old, newest)
    if last is None:
        return f"{_named(new)}の{earlier}"
    moved = [(year, _moved(year, new - last, newest)) for year in old]
    return _replaced(earlier, [(year, text) for year, text in moved if text]) or f"{_named(new)}の{earlier}"


def _year(
    said: str, mention: YearMention, last: int | None, spoken: int | None, newest: int | None
) -> int | None:
    if mention.year is not None:
        return mention.year
    if mention.offset is None:
        return None
    if _THIS.search(said):
        return newest
    start = (spoken or newest or last) if _SPOKEN.search(said) else (last or newest)
    return None if start is None else start + mention.offset


def _last(years: Sequence[YearMention], newest: int | None) -> int | None:
    known = [year for mention in years if (year := _known(mention, newest)) is not None]
    return max(known, default=None)


def _known(mention: YearMention, newest: int | None) -> int | None:
    if mention.year is not None:
        return mention.year
    return None if mention.offset is None or newest is None else newest + mention.offset


def _moved(mention: YearMention, by: int, newest: int | None) -> str | None:
    year = _known(mention, newest)
    return None if year is None else _named(year + by)


def _named(year: int) -> str:
    """Return one name of a fiscal year: the first of 平成31年度（令和元年度）."""
    return in_era(year).partition("（")[0]


def _canonical(said: str, mention: YearMention) -> str:
    return _WORDS.get(mention.offset, said) if mention.offset is not None else said


def _replaced(text: str, pairs: Sequence[tuple[YearMention, str]]) -> str | None:
    """Return `text` with each year replaced, or None where there is none to replace."""
    if not pairs:
        return None
    for year, new in reversed(pairs):
        text = text[: year.start] + new + text[year.end :]
    return text
