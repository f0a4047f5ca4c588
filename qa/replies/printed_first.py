"""Where the ledger knows a figure that is asked for, the places where it is printed are the first hits of the search."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.types import Passage
from index.passages import PassageStore
from qa.types import Answer, Citation, Clarification, Evidence, Reply

LEDGER = "ledger"
"""What a hit's legs call it; the ranks are those of the reply's citations."""
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]+)*")
_TELLING = 4
"""So many digits are no number by chance."""


def printed_first(reply: Reply | None, found: Sequence[Evidence], passages: PassageStore) -> list[Evidence]:
    """Return the hits, those that the ledger's answer cites first, in the order of its citations.

    After these come passages that print two or more of the same amounts, most first: the table that sums them up.
    """
    if not isinstance(reply, Answer | Clarification):
        return list(found)
    held = {item.passage.id: item for item in found}
    cited = dict.fromkeys(_passage(citation, passages) for citation in reply.citations)
    cited |= dict.fromkeys(_printing_together(reply.citations, passages))
    best = max((item.score for item in found), default=1.0)
    first = [
        replace(
            held.get(passage.id, Evidence(passage, 0, best)),
            score=best,
            legs={LEDGER: rank, **(held[passage.id].legs if passage.id in held else {})},
        )
        for rank, passage in enumerate((passage for passage in cited if passage), 1)
    ]
    ids = {item.passage.id for item in first}
    together = [*first, *(item for item in found if item.passage.id not in ids)]
    return [replace(item, rank=rank) for rank, item in enumerate(together, 1)]


def _passage(citation: Citation, passages: PassageStore) -> Passage | None:
    """Return the passage in which a citation begins; None if it stands between passages."""
    own = passages.of_document(citation.document)
    return next((passage for passage in own if passage.start <= citation.start < passage.end), None)


def _printing_together(citations: Sequence[Citation], passages: PassageStore) -> Iterator[Passage]:
    amounts = {
        c.quote
        for c in citations
        if _NUMBER.fullmatch(c.quote) and sum(map(str.isdigit, c.quote)) >= _TELLING
    }
    if len(amounts) < 2:
        return
    documents = dict.fromkeys(citation.document for citation in citations)
    every = [passage for document in documents for passage in passages.of_document(document)]
    printed = {p.id: len(amounts.intersection(_NUMBER.findall(p.text))) for p in every}
    for passage in sorted(every, key=lambda p: -printed[p.id]):
        if printed[passage.id] > 1:
            yield passage
