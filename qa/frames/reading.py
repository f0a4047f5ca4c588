"""A question → the reply of the likeliest frame that the ledger can compute; options where no one frame is clear."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from index.types import Encoder
from qa.foreign.items import ItemMeanings, likely
from qa.frames.computing import compute
from qa.frames.frame import BETWEEN_YEARS, OF_ALL, OF_ONE, OF_THE_WHOLE, OF_TWO, Frame, Operation
from qa.frames.masking import Masked, masked
from qa.frames.operation_model import shipped_operations
from qa.ledger.book import Ledger
from qa.ledger.items import Item
from qa.ledger.money import is_money
from qa.types import Answer, Clarification, Reply

SURE, NEAR = 0.85, 0.25
"""An operation is answered from SURE on, offered from NEAR on (figures in qa/frames/model/README.md)."""
BESIDE = 0.9
"""From this probability on an item's own amount is no answer: a part of it is asked for, or no amount."""
MEANT, PERHAPS = 0.85, 0.2
"""The same for an item that is not named but meant."""
_OFFERED = 4
_AMOUNTS = re.compile(r"[0-9０-９,，.．△▲()（）\[\]［］：:％% 　RＲ令和年度前円千百万億\n]*+")
_WHICH = "どちらのことですか。"


class FrameReader:
    """Reads questions about the figures of one ledger."""

    def __init__(self, ledger: Ledger, encoder: Encoder, meanings: ItemMeanings) -> None:
        self._ledger = ledger
        self._encoder = encoder
        self._meanings = meanings

    def reply(self, question: str, *, of_figures: bool) -> Reply | None:
        """Return the answer of the one clear frame, options between few, or None where the ledger has no answer.

        Where it is not known that the question is `of_figures`, nothing is offered of an operation that is not sure.
        """
        if not self._ledger.items:
            return None
        said = masked(question, self._ledger.names, list(self._ledger.totals.values()))
        model = shipped_operations()
        chances = model.chances(said.text, self._encoder)
        best = [o for o in sorted(chances, key=lambda o: -chances[o]) if chances[o] >= NEAR]
        if not best or best[0] in (Operation.OTHER, Operation.PART):
            return None
        clear = chances[best[0]] >= SURE and model.knows(said.text)
        if best[0] in OF_ALL | OF_THE_WHOLE and not said.wholes and len(self._ledger.totals) > 1:
            return self._which_budget(question, best[0], said) if clear else None
        items, sure = self._items(best[0], question, said)
        if len(items) == 1 and sure > 0 and clear:
            frame = self._frame(best[0], items[0], said)
            found = compute(frame, self._ledger, chances[best[0]] * sure) if frame else None
            return replace(found, understood=found.question) if found else None
        if not (clear or of_figures):
            return None
        frames = [self._frame(operation, chosen, said) for operation, chosen in product(best, items)]
        return self._asked_back(question, frames)

    def is_beside(self, question: str, reply: Answer) -> bool:
        """Tell whether a reply is an item's own amount where a part of it, or no amount, is asked for."""
        of_money = is_money(reply.figures[0].unit) if reply.figures else bool(_AMOUNTS.fullmatch(reply.short))
        if reply.members or not of_money:
            return False
        places = [(c.document, c.start, c.end) for c in reply.citations]
        if not any(self._ledger.has_figure_in(*place) for place in places):
            return False
        said = masked(question, self._ledger.names, list(self._ledger.totals.values()))
        if not (said.items or said.wholes):
            return False
        chances = shipped_operations().chances(said.text, self._encoder)
        return chances[Operation.PART] + chances[Operation.OTHER] >= BESIDE

    def _which_budget(self, question: str, operation: Operation, said: Masked) -> Clarification | None:
        """Ask back of which budget all items, or the whole, are meant."""
        named = [replace(said, wholes=(whole,)) for whole in self._ledger.totals.values()]
        frames = [
            self._frame(operation, self._items(operation, question, each)[0][0], each) for each in named
        ]
        return self._asked_back(question, frames)

    def _asked_back(self, question: str, frames: Sequence[Frame | None]) -> Clarification | None:
        asked = [
            frame.question()
            for frame in frames
            if frame and isinstance(compute(frame, self._ledger, 1.0), Answer)
        ]
        options = tuple(dict.fromkeys(asked))[:_OFFERED]
        return Clarification(question, _WHICH, options, ()) if options else None

    def _items(
        self, operation: Operation, question: str, said: Masked
    ) -> tuple[list[tuple[Item, ...]], float]:
        """Return the items that the operation may be on, and how surely on the first; 0 where they are only near."""
        if operation in OF_ALL:
            return [()], 1.0
        if operation in OF_THE_WHOLE:
            return [(whole,) for whole in said.wholes], 1.0 if len(said.wholes) == 1 else 0.0
        of_budget = {whole.document for whole in said.wholes}
        own = [[i for i in items if i.document in of_budget] or items for items in said.items]
        named = list(product(*own))
        wanted = 2 if operation in OF_TWO else 1
        if said.items:
            fitting = [items for items in named if len(items) == wanted]
            return fitting[:_OFFERED], 1.0 if len(fitting) == 1 else 0.0
        if operation not in OF_ONE:
            return [], 0.0
        meant = self._meanings.meant(self._encoder.encode_queries([question])[0])
        if meant and meant[0].probability >= MEANT:
            return [(meant[0].item,)], meant[0].probability
        return [(item,) for item in likely(meant, least=PERHAPS, most=_OFFERED)], 0.0

    def _frame(self, operation: Operation, items: tuple[Item, ...], said: Masked) -> Frame | None:
        if len(items) != _items_of(operation) or (operation is Operation.NTH and said.order is None):
            return None
        whole = None if items else self._whole(said)
        document = items[0].document if items else whole.document if whole else self._one_document()
        newest = self._ledger.newest_year(document) if document else None
        if newest is None:
            return None
        owner = items[0] if items else next(i for i in self._ledger.items if i.document == document)
        years = {self._ledger.year(mention, owner) for mention in said.years}
        known = {year for year in years if year is not None}
        if operation in BETWEEN_YEARS and known == {newest - 1}:
            known = set()  # 「前の年より」 names what is compared with
        order = said.order if operation in OF_ALL else None
        operation = Operation.NTH if operation is Operation.LARGEST and order else operation
        return Frame(operation, items, max(known, default=newest), order, whole)

    def _whole(self, said: Masked) -> Item | None:
        """Return the total of the one budget that is named, or of the only one."""
        wholes = said.wholes or tuple(self._ledger.totals.values())
        return wholes[0] if len(wholes) == 1 else None

    def _one_document(self) -> str | None:
        documents = self._ledger.document_ids()
        return documents[0] if len(documents) == 1 else None


def _items_of(operation: Operation) -> int:
    return 0 if operation in OF_ALL else 2 if operation in OF_TWO else 1
