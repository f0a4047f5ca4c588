"""Which fiscal years a frame is of: those that are named, or the newest of its document."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.frames.exact.masking import YEAR, Masked
from qa.frames.frame import Frame
from qa.frames.operations import BETWEEN_YEARS, Operation
from qa.ledger.book import Ledger

_COMPARED_WITH = re.compile(rf"{YEAR}(?:の当初)?(?:予算)?(?:より|から|比|[にと](?:比|くらべ)|対比|に対|との)")


def dated(frame: Frame, said: Masked, ledger: Ledger) -> Frame | None:
    """Return the frame with the years that are named, or the newest of its document."""
    own = frame.items[0] if frame.items else frame.scope or frame.whole
    documents = ledger.document_ids()
    if own is None and len(documents) != 1:
        return None
    document = own.document if own else documents[0]
    newest = ledger.newest_year(document)
    if newest is None:
        return None
    owner = own or next(item for item in ledger.items if item.document == document)
    found = [ledger.year(mention, owner) for mention in said.years]
    years = tuple(dict.fromkeys(year for year in found if year is not None))
    if frame.operation in BETWEEN_YEARS:
        return _between(frame, said, [year or newest for year in found], newest)
    if frame.operation is Operation.AMOUNT and len(years) > 1 and len(frame.items) == 1:
        return replace(frame, operation=Operation.YEARS, years=years, year=max(years))
    if frame.operation is Operation.YEARS and len(years) == 1:
        frame = replace(frame, operation=Operation.AMOUNT)
    year = years[0] if years else newest
    return replace(frame, year=year, base=year - 1, years=years if len(years) > 1 else ())


def _between(frame: Frame, said: Masked, years: Sequence[int], newest: int) -> Frame:
    """Return the frame with the year asked about and the one compared with.

    Of two years the later one is asked about. One that is named alone is, unless it is said to be compared with
    (令和3年度より); 前年度 is the year before the one that is named, else before the newest.
    """
    named = [year for year, mention in zip(years, said.years, strict=False) if mention.offset is None]
    relative = [mention.offset for mention in said.years if mention.offset]
    if len(set(named)) == 1 and relative:
        return replace(frame, year=named[0], base=named[0] + relative[0])
    if len(set(years)) > 1:
        return replace(frame, year=max(years), base=min(years))
    if years and years[0] < newest and (not named or _COMPARED_WITH.search(said.text)):
        return replace(frame, year=newest, base=years[0])
    year = years[0] if years else newest
    return replace(frame, year=year, base=year - 1)
