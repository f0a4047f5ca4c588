"""Example questions for the page, made from the documents themselves: any city's documents bring their own."""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from corpus.types import BlockKind, Document
from qa.assistant import Assistant
from qa.ledger import Ledger
from qa.types import Answer
from ui.ledger_rows import Row, rows

_SURE = 0.6  # an example must work
_LONGEST = 24  # characters of a name that reads well in a question
_OFFICES = ("課", "室", "係", "センター")
_PROJECT = "事業"
_ITEMS = (_PROJECT, "費")


def example_questions(assistant: Assistant) -> tuple[str, ...]:
    """Return a few questions that the documents answer: a budget, a change, a list, an office's duties."""
    kinds = (
        _budgets(assistant.ledger),
        _changes(assistant.ledger),
        _children(assistant.ledger),
        _duties(assistant),
    )
    return tuple(question for kind in kinds for question in islice(_answered(assistant, kind), 1))


def _answered(assistant: Assistant, questions: Iterable[str]) -> Iterator[str]:
    """Yield the questions that are answered with some certainty; not many are tried."""
    for question in islice(questions, 8):
        reply = assistant.ask(question)
        if isinstance(reply, Answer) and reply.confidence >= _SURE:
            yield question


def _budgets(ledger: Ledger) -> Iterator[str]:
    known = [(row.new.value, row.label) for row in rows(ledger) if row.new is not None and _reads_well(row)]
    for _, label in sorted(known, key=lambda one: (not one[1].endswith(_PROJECT), -one[0])):
        yield f"{label}の予算はいくらですか"


def _changes(ledger: Ledger) -> Iterator[str]:
    for row in rows(ledger):
        if row.change and row.depth > 0 and _reads_well(row):
            yield f"{row.label}は前年度からいくら{'増え' if row.change > 0 else '減り'}ましたか"


def _children(ledger: Ledger) -> Iterator[str]:
    for row, below in pairwise(rows(ledger)):
        if 0 < row.depth < below.depth and below.aspect is None and _reads_well(row):
            yield f"{row.label}にはどんな事業がありますか"


def _reads_well(row: Row) -> bool:
    return row.aspect is None and row.label.endswith(_ITEMS) and len(row.label) <= _LONGEST


def _duties(assistant: Assistant) -> Iterator[str]:
    for document in assistant.documents:
        for heading in _headings(document):
            if heading.endswith(_OFFICES) and len(heading) <= _LONGEST:
                yield f"{heading}の仕事は何ですか"


def _headings(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            yield document.text[block.start : block.end].strip()
