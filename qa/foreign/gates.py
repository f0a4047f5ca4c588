"""What a quote cannot do without, however near it is in meaning; each gate says why it refuses."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from corpus.normalizing import squash
from corpus.types import Document
from qa.foreign.choosing import Choice
from qa.foreign.finding import spelled_names
from qa.foreign.forms import FORMS, held
from qa.foreign.years import years_said
from qa.ledger import Ledger

WANTED = 0.6
"""From this probability on the form of thing asked for must stand in the quote."""
MONEY = 0.3
"""From this probability on an amount may be meant: those of the ledger's items are not shown as prices."""


class Gate(StrEnum):
    """Why a quote is not shown."""

    FORM = "the quote holds no thing of the form asked for"
    LEDGER = "the quote holds a budget figure where the question may ask for a price"
    NAME = "a numbered name of the question does not stand in the passage"
    YEAR = "the passage is of another year than the question"


def withheld(question: str, choice: Choice, document: Document, ledger: Ledger) -> Gate | None:
    """Return which gate refuses the chosen quote, None where it may be shown."""
    tests: Sequence[tuple[Gate, Callable[[], bool]]] = (
        (Gate.FORM, lambda: _lacks_form(choice)),
        (Gate.LEDGER, lambda: _holds_figure(choice, ledger)),
        (Gate.NAME, lambda: _lacks_name(question, choice)),
        (Gate.YEAR, lambda: _other_year(question, choice, document)),
    )
    return next((gate for gate, refuses in tests if refuses()), None)


def _lacks_form(choice: Choice) -> bool:
    wanted = choice.wants[: len(FORMS)]
    return bool((wanted >= WANTED).any()) and not bool(held([choice.piece.text])[0][wanted >= WANTED].any())


def _holds_figure(choice: Choice, ledger: Ledger) -> bool:
    passage, piece = choice.piece.passage, choice.piece
    start, end = passage.start + piece.start, passage.start + piece.end
    return bool(choice.wants[FORMS.index("money")] >= MONEY) and ledger.has_figure_in(
        passage.document, start, end
    )


def _lacks_name(question: str, choice: Choice) -> bool:
    """TICAD9 is not TICAD8."""
    numbered = [name for name in spelled_names(question) if name[-1].isdecimal()]
    text = squash(choice.piece.passage.indexed_text)
    return any(squash(name) not in text for name in numbered)


def _other_year(question: str, choice: Choice, document: Document) -> bool:
    asked = set(years_said(question))
    of_document = {document.fiscal_year, document.fiscal_year - 1} if document.fiscal_year else set()
    told = {*years_said(choice.piece.passage.indexed_text), *of_document}
    return bool(asked) and not asked & told
