"""What an answer says of the edition it is from, where a document has several: its year, and what an older one said."""

from collections.abc import Mapping
from dataclasses import replace

from corpus.budgets.years import fiscal_years
from corpus.types import Document
from qa.evidence.editions import Editions, same_line
from qa.replies.citing import cite
from qa.types import Answer

_FROM = "これは{year}の文書によるものです。"
_BEFORE = "{year}の文書では「{line}」とされていました。"
_LONGEST = 120  # characters of a line that is told


def with_edition(answer: Answer, editions: Editions, documents: Mapping[str, Document]) -> Answer:
    """Return an answer that says of which year its document is, and what the edition before says otherwise.

    A year is said as the title prints it; where no title does it stays unsaid.
    """
    first = answer.citations[0]
    document = documents[first.document]
    year = printed_year(document) if editions.year(document.id) is not None else None
    if year is None:
        return answer
    lines = [answer.text, _FROM.format(year=year)]
    citations = list(answer.citations)
    older = next(iter(editions.older(document.id)), None)
    before = documents[older.document] if older else None
    place = same_line(document.text, first.start, first.end, before.text) if before else None
    if before and place and place[1] - place[0] <= _LONGEST:
        said = printed_year(before)
        if said:
            citations.append(cite(before, *place, len(citations) + 1))
            lines[-1] += _BEFORE.format(year=said, line=before.text[slice(*place)].strip())
    return replace(answer, text="\n".join(lines), citations=tuple(citations))


def printed_year(document: Document) -> str | None:
    """Return the year of a document's title as it is printed there."""
    spans = fiscal_years(document.title)
    return document.title[spans[0].start : spans[0].end] if spans else None
