"""The office that a title, a publisher or a line of a document's head names: 文化国際局, みどり局."""

import re

from corpus.tables.years import fiscal_years

_CITY = re.compile(r"^[^\s]{1,8}?[市区町村](?=\S)")
_KIND = r"(?:局|部|課|室|庁|委員会|事務局|本部|署|院|会計)"
_OFFICE = re.compile(
    rf"(?!全部|一部|各|[のがはをにで])[一-龠々ァ-ヶー・ぁ-ん]{{1,16}}?{_KIND}(?![一-龠々]{{0,8}}(?:市|区|{_KIND}))"
)


def office_in(text: str) -> str | None:
    """Return the first office that a text names, without the city it is of and what stands before a year.

    >>> office_in("令和8年度　霧ヶ浜市経済観光局　当初予算案"), office_in("予算の概要")
    ('経済観光局', None)
    """
    years = fiscal_years(text)
    rest = text[years[0].end :].strip() if years and years[0].start < len(text) // 2 else text
    office = _OFFICE.search(_CITY.sub("", rest))
    return office[0] if office else None
