"""The office that a title, a publisher or a line of a document's head names: 文化国際局, みどり局."""

import re

from corpus.budgets.years import fiscal_years

_CITY = re.compile(r"^[^\s]{1,8}?[市区町村](?=\S)")
_KIND = r"(?:局|部|課|室|庁|委員会|事務局|本部|署|院|会計)"
_CITY_OF_OFFICE = re.compile(
    rf"(?<![一-龠々ァ-ヶぁ-ん])(?P<city>[一-龠々ァ-ヶぁ-ん]{{1,6}}?[市区町村])(?=[一-龠々ァ-ヶー・ぁ-ん]{{1,16}}?{_KIND})"
)
_OFFICE = re.compile(
    rf"(?!全部|一部|各|[のがはをにで])[一-龠々ァ-ヶー・ぁ-ん]{{1,16}}?{_KIND}(?![一-龠々]{{0,8}}(?:市|区|{_KIND}))"
)


def city_in(text: str) -> str | None:
    """Return the city whose office a text names, None where it names no office of a city.

    >>> city_in("霧ヶ浜市経済観光局　当初予算案"), city_in("さくら市土木局"), city_in("経済観光局")
    ('霧ヶ浜市', 'さくら市', None)
    """
    found = _CITY_OF_OFFICE.search(text)
    return found["city"] if found else None


def office_in(text: str) -> str | None:
    """Return the first office that a text names, without the city it is of and what stands before a year.

    >>> office_in("令和8年度　霧ヶ浜市経済観光局　当初予算案"), office_in("汐路市消防局　令和8年度　総括表")
    ('経済観光局', '消防局')
    """
    years = fiscal_years(text)
    early = bool(years) and years[0].start < len(text) // 2
    parts = (text[years[0].end :].strip(), text[: years[0].start].strip()) if early else (text,)
    offices = [_OFFICE.search(_CITY.sub("", part)) for part in parts]
    return next((office[0] for office in offices if office), None)
