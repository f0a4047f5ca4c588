"""The whole of a budget that only a sentence tells, in both years."""

import re
from collections.abc import Iterator

from corpus.budgets.amounts import decimal_of
from corpus.budgets.marks import Name
from corpus.budgets.printed.forms import Entry
from corpus.budgets.printed.numbers import Printed, narrow
from corpus.types import Document

_WHOLE_TOLD = re.compile(
    r"(?:^|(?<=[\s、。]))(?P<name>[一-龠々ァ-ヶーぁ-ん]{2,14}?(?:局|部|庁|委員会|本部))"
    r"の?\s*(?:(?:令和|R) ?[0-9元]{1,2}年度|本年度)?の?"
    r"(?:当初)?予算(?:案)?の?(?:総額|規模|額)?は、?\s*(?P<this>[0-9][0-9,]*+)\s*(?P<this_unit>千円|百万円|万円|円)"
    r"[^。]{0,8}?前年度[^0-9。]{0,12}"
    r"(?P<last>[0-9][0-9,]*+)\s*(?P<last_unit>千円|百万円|万円|円)",
    re.MULTILINE,
)


def told_whole(document: Document, year: int) -> Iterator[Entry]:
    """Yield the whole that a sentence tells, in both years: 「〇〇局の予算額は4,662,840千円（前年度3,873,740千円）で」."""
    text = narrow(document.text)
    found = _WHOLE_TOLD.search(text)
    if found is None:
        return
    name = Name(
        document.text[found.start("name") : found.end("name")], found.start("name"), found.end("name")
    )
    printed = [
        Printed(
            decimal_of(found[group]),
            found[f"{group}_unit"],
            of,
            False,
            False,
            found.start(group),
            found.end(f"{group}_unit"),
        )
        for group, of in (("this", year), ("last", year - 1))
    ]
    yield Entry(name, "", printed, total=True)
