"""Staff questions answered from the ledger: understood, computed, cited; or declined with what there is."""

import re
from dataclasses import replace

from index.tokenizer import SudachiTokenizer
from qa.deadline import check_time
from qa.ledger.asking import NAME, understood
from qa.ledger.book import Ledger
from qa.ledger.claiming import claims
from qa.ledger.folding import Folded, folded
from qa.ledger.inquiry import Halt, Inquiry, Response
from qa.ledger.items import Item
from qa.ledger.names import Strength
from qa.ledger.resolving import Describe, How, Reading, Resolver
from qa.ledger.routing import reply
from qa.ledger.years import year_mentions

_LONGEST = 400
_MEANT = re.compile(r"事業|取組|取り組み|やつ|施策|プロジェクト|お金|経費|費用|予算")


class LedgerAnswerer:
    """Answers questions about figures; None where the passages should answer."""

    def __init__(
        self, ledger: Ledger, tokenizer: SudachiTokenizer, *, describe: Describe | None = None
    ) -> None:
        self._ledger = ledger
        self._resolver = Resolver(ledger, tokenizer, describe)

    def answer(self, question: str) -> Response:
        """Return the reply to a question about figures, or None where it is not one."""
        if not self._ledger.items or not question.strip() or len(question) > _LONGEST:
            return None
        text = folded(question)
        if not text.key:
            return None
        inquiry = self._inquiry(question, text)
        if inquiry is None:
            return None
        check_time()
        found = _reply(inquiry)
        return found if found is not None and claims(inquiry, found) else None

    def about(self, question: str, item: Item | None) -> Response:
        """Return the reply to a plain question of which it is known that it is the ledger's, and about which item.

        None where the question cannot be computed, or does not spell the item's name.
        """
        text = folded(question)
        covered = [(mention.start, mention.end) for mention in year_mentions(text.text)]
        reading = Reading((), How.NAMED)
        if item is not None:
            said = [m for m in self._ledger.names.mentions(text) if item in (*m.items, *m.others)]
            if not said:
                return None
            mention = max(said, key=lambda m: m.end - m.start)
            reading = replace(reading, mentions=(replace(mention, items=(item,), others=()),))
        asked = understood(text.text, _shape(text.text, reading))
        return _reply(Inquiry(self._ledger, self._resolver, question, text, asked, reading, covered))

    def _inquiry(self, question: str, text: Folded) -> Inquiry | None:
        years = year_mentions(text.text)
        covered = [(mention.start, mention.end) for mention in years]
        first = understood(text.text, text.text)
        if first.operation is None and not years and not self._ledger.names.mentions(text):
            return None
        reading = self._resolver.read(text, covered)
        if reading.how is How.MEANING and not _MEANT.search(text.text):
            reading = Reading((), How.WORDS, reading.unexplained)
        if reading.how in (How.WORDS, How.MEANING) and not first.cue:
            reading = Reading((), How.WORDS, reading.unexplained)
        if (
            reading.how is How.NAMED
            and all(m.strength is Strength.CORE for m in reading.mentions)
            and not first.cue
        ):
            reading = Reading((), How.WORDS, reading.unexplained)
        asked = understood(text.text, _shape(text.text, reading))
        return Inquiry(self._ledger, self._resolver, question, text, asked, reading, covered)


def _reply(inquiry: Inquiry) -> Response:
    try:
        return reply(inquiry)
    except Halt as halt:
        return halt.reply


def _shape(text: str, reading: Reading) -> str:
    if reading.how in (How.WORDS, How.MEANING):
        return text
    shape = text
    for mention in sorted(reading.mentions, key=lambda m: -m.start):
        shape = shape[: mention.start] + NAME + shape[mention.end :]
    return shape
