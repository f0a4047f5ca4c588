"""Measures of a reply's citations: are they verbatim, and do they stand on the gold evidence?"""

from collections.abc import Mapping, Sequence

from eval.normalizing import squash
from eval.types import ReplyRecord
from qa.types import Citation

# A quote stands on the evidence if they share this many characters in a row (looked at every STEP).
OVERLAP, STEP = 8, 4


def touches(quote: str, evidence: str) -> bool:
    """True if a squashed quote and a squashed evidence hold one another, or share a run of eight characters."""
    if not quote or not evidence:
        return False
    if evidence in quote or quote in evidence:
        return True
    return any(
        evidence[i : i + OVERLAP] in quote for i in range(0, max(len(evidence) - OVERLAP + 1, 1), STEP)
    )


def citation_precision(citations: Sequence[Citation], evidence: Sequence[str]) -> float:
    """Return the share of citations that stand on some gold evidence."""
    gold = [squash(text) for text in evidence]
    hits = [any(touches(squash(citation.quote), text) for text in gold) for citation in citations]
    return sum(hits) / len(hits) if hits else 0.0


def citation_recall(citations: Sequence[Citation], evidence: Sequence[str]) -> float:
    """Return the share of gold evidence that some citation stands on."""
    quotes = [squash(citation.quote) for citation in citations]
    hits = [any(touches(quote, squash(text)) for quote in quotes) for text in evidence]
    return sum(hits) / len(hits) if hits else 0.0


def verbatim(reply: ReplyRecord, texts: Mapping[str, str]) -> bool | None:
    """True if the reply has citations and each is its document's `text[start:end]`; None without the documents."""
    if not texts:
        return None
    return bool(reply.citations) and all(
        bool(citation.quote)
        and texts.get(citation.document, "")[citation.start : citation.end] == citation.quote
        for citation in reply.citations
    )
