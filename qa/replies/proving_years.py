"""A fiscal year in an answer is a number too: it is quoted from the document, or left unsaid."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.budgets.years import YearSpan, fiscal_years
from corpus.types import Document
from qa.replies.citing import cite
from qa.types import Answer, Citation, Decline

_ASKED_YEAR = "お尋ねの年度"
_PREVIOUS, _FROM = "前年度", "から"


def quoted_years(answer: Answer, documents: Mapping[str, Document]) -> Answer:
    """Return `answer` with a citation for each fiscal year it says that no quote holds, or without that year
    where no title of what is quoted says it either.

    A document may call the year before its own 前年度 and nothing else: then the answer does too.
    """
    quoted = {span.year for citation in answer.citations for span in fiscal_years(citation.quote)}
    titled = {span.year for citation in answer.citations for span in fiscal_years(citation.title)}
    text, citations = answer.text, list(answer.citations)
    for year in dict.fromkeys(span.year for span in fiscal_years(answer.text)):
        if year in quoted:
            continue
        found = _nearest(year, answer.citations, documents)
        if found:
            document, span = found
            citations.append(cite(document, span.start, span.end, len(citations) + 1))
        elif year not in titled:
            text = _without(text, year, _PREVIOUS if _calls_it_previous(year, answer) else "")
    return replace(answer, text=text, citations=tuple(citations))


def years_of_titles(citations: Sequence[Citation]) -> set[str]:
    """Return the years in the titles of what is cited, as they are printed there."""
    return {
        citation.title[span.start : span.end]
        for citation in citations
        for span in fiscal_years(citation.title)
    }


def unnamed_years(reply: Decline) -> Decline:
    """Return a decline that does not repeat a year of the question: no quote holds it."""
    quoted = {span.year for citation in reply.citations for span in fiscal_years(citation.quote)}
    text = reply.text
    for span in reversed(fiscal_years(text)):
        if span.year not in quoted:
            text = text[: span.start] + _ASKED_YEAR + text[span.end :]
    return replace(reply, text=text)


def _nearest(
    year: int, citations: tuple[Citation, ...], documents: Mapping[str, Document]
) -> tuple[Document, YearSpan] | None:
    """The mention of `year` that stands nearest before a quote of the answer, else the first one after it."""
    for citation in citations:
        document = documents[citation.document]
        spans = [span for span in fiscal_years(document.text) if span.year == year]
        before = [span for span in spans if span.end <= citation.end]
        if spans:
            return document, before[-1] if before else spans[0]
    return None


def _calls_it_previous(year: int, answer: Answer) -> bool:
    """Tell whether a quote says 前年度, and the answer is about the year after `year`."""
    after = any(span.year == year + 1 for span in fiscal_years(answer.text))
    return after and any(_PREVIOUS in citation.quote for citation in answer.citations)


def _without(text: str, year: int, instead: str) -> str:
    """Return a text with another word in place of a year; where there is none, without what leans on the year too."""
    for span in reversed([span for span in fiscal_years(text) if span.year == year]):
        start, end = span.start, span.end
        said = instead
        if text[start - 1 : start] in ("（", "(") and text[end : end + 1] in ("）", ")"):
            start, end, said = start - 1, end + 1, ""
        elif not instead and text.startswith("の", end):
            end += 1
        elif not instead and text.startswith(_FROM, end):
            end += len(_FROM)
        text = text[:start] + said + text[end:]
    return text
