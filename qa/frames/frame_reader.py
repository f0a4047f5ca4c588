"""A question → the reply of the likeliest frame that the ledger can compute; options where no one frame is clear."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.tokenizer import SudachiTokenizer
from index.types import Encoder
from qa.frames.computing import compute
from qa.frames.frame import Frame
from qa.frames.operations import OF_DIVISIONS, OF_NUMBERS, OVER_ITEMS, Operation
from qa.frames.reading.candidates import Candidate, Reading, is_of_any_budget
from qa.frames.reading.question_reader import QuestionReader
from qa.frames.reading.turns import Context
from qa.ledger.book import Ledger
from qa.ledger.composing import name_of
from qa.ledger.describing import Describer
from qa.ledger.items import Item
from qa.types import Answer, Clarification, Decline, Reply

SURE, LIKELY = 0.55, 0.45
"""A frame is answered that has SURE of the probability of all that can be computed, and is LIKELY (qa/frames/model)."""
ASKED_BACK = 0.3
"""From this probability on the likeliest frame is offered with the others."""
ABOUT_FIGURES = 0.55
"""From this probability on a question asks for a budget's figures."""
_LONGEST = 500
_MOST_OPTIONS = 4
_MOST_TRIED = 6
_WHEN = re.compile(r"いつ|何月|何日|何年")
_DATE = re.compile(r"[0-9０-９]+(?:年|月|日)|年度|[春夏秋冬]")
_WHICH = "どちらのことですか。"


class FrameReader:
    """Answers questions about the figures of one ledger."""

    def __init__(
        self, ledger: Ledger, encoder: Encoder, tokenizer: SudachiTokenizer, describer: Describer
    ) -> None:
        self._ledger = ledger
        self._reader = QuestionReader(ledger, encoder, tokenizer, describer)

    def reply(self, question: str, history: Sequence[str] = ()) -> Reply | None:
        """Return the answer of the one clear frame, options between few, or None where the ledger has no answer."""
        if not self._ledger.items or len(question) > _LONGEST:
            return None
        before, is_current = self._context(history)
        return self._replied(question, self._reader.read(question, before, is_current=is_current))

    def offer(self, question: str, history: Sequence[str] = ()) -> Clarification | None:
        """Return what may be meant by a question about a budget to which nothing else has an answer, as plain questions.

        Where a part of an item is asked for that no figure tells, it is the item's own amount.
        """
        if not self._ledger.items or len(question) > _LONGEST:
            return None
        if not self._reader.may_be_of_a_budget(question):
            return None
        before, is_current = self._context(history)
        reading = self._reader.read(question, before, is_current=is_current)
        frames = [c.frame for c in reading.candidates] or list(self._reader.nearest(question))
        told = [
            frame for frame in frames[:_MOST_TRIED] if isinstance(compute(frame, self._ledger, 0.0), Answer)
        ]
        return _asked_back(question, told)

    def _replied(self, question: str, reading: Reading) -> Reply | None:
        if not reading.candidates or reading.figures < ABOUT_FIGURES:
            return None
        found = [(c, compute(c.frame, self._ledger, c.probability)) for c in reading.candidates[:_MOST_TRIED]]
        told = [
            (c, reply) for c, reply in found if reply is not None and not _lacks_a_date(question, c, reply)
        ]
        known = [(c, reply) for c, reply in told if isinstance(reply, Answer)] or told
        if not known:
            return None
        first, reply = known[0]
        share = first.probability / (sum(c.probability for c, _ in known) + 1 - reading.figures)
        if first.sure_of_items and first.probability >= LIKELY and share >= SURE:
            if isinstance(reply, Decline) and first.frame.items and not first.named:
                return None  # of an item that is only meant the passages may tell what the figures do not
            return replace(reply, question=question, understood=first.frame.question())
        asked = [c.frame for c, reply in known if isinstance(reply, Answer)]
        return _asked_back(question, asked) if first.probability >= ASKED_BACK else None

    def _context(self, history: Sequence[str]) -> tuple[Context | None, bool]:
        """Return what stands from the turns before, each read after those before it, and if the last one is in it."""
        before: Context | None = None
        is_current = True
        for turn in history:
            reading = self._reader.read(turn, before, is_current=is_current)
            is_current = reading.figures >= ABOUT_FIGURES and bool(reading.candidates)
            if not is_current or is_of_any_budget(reading):
                continue
            frame = reading.candidates[0].frame
            found = compute(frame, self._ledger, 1.0)
            listed = (
                self._named(found.members)
                if isinstance(found, Answer) and frame.operation in OVER_ITEMS
                else ()
            )
            kept = before.listed if before else ()
            told = (
                frame.items
                or (self._named((found.short,)) if isinstance(found, Answer) else ())
                or listed[:1]
            )
            before = Context(
                frame,
                (*(before.told if before else ()), told),
                (*(before.sources if before else ()), *frame.sources),
                listed or (kept if told and told[0] in kept else ()),
                found.short
                if isinstance(found, Answer) and frame.operation in OF_DIVISIONS
                else frame.division,
            )
        return before, is_current

    def _named(self, names: Sequence[str]) -> tuple[Item, ...]:
        """Return the items of these names, in their order."""
        by_name = {name_of(item): item for item in reversed(self._ledger.items)}
        return tuple(by_name[name] for name in names if name in by_name)

    def is_beside(self, question: str, reply: Answer, *, follows: bool = False) -> bool:
        """Tell whether what a passage says is no answer: a figure that no frame gives, or what is no figure where one is asked.

        A line that prints a budget figure answers no question about numbers, and none that `follows` another: the
        ledger has answered those it can.
        """
        said, chances = self._reader.asked(question)
        part = chances[Operation.PART]
        numbers = sum(chances[operation] for operation in OF_NUMBERS)
        named = bool(said.items or said.wholes)
        places = [(c.document, c.start, c.end) for c in reply.citations]
        if any(self._ledger.has_figure_in(*place) for place in places):
            return follows or self._reader.is_unprinted(question) or part + numbers >= ABOUT_FIGURES
        return named and part + numbers >= ABOUT_FIGURES


def _lacks_a_date(question: str, candidate: Candidate, reply: Reply) -> bool:
    """Tell whether a description is no answer: it was asked when, and it tells no date."""
    told = candidate.frame.operation is Operation.DESCRIPTION and isinstance(reply, Answer)
    return told and bool(_WHEN.search(question)) and not _DATE.search(reply.text)


def _asked_back(question: str, frames: Sequence[Frame]) -> Clarification | None:
    """Return the first frames as plain questions to choose from, None where there are none."""
    asked = frames[:_MOST_OPTIONS]
    options = dict.fromkeys(frame.question() for frame in _told_apart(asked))
    return Clarification(question, _WHICH, tuple(options)) if options else None


def _told_apart(frames: Sequence[Frame]) -> list[Frame]:
    """Return frames so that no two say the same: with the levels of their items, or else with what these are below."""
    plainly = Counter(frame.question() for frame in frames)
    leveled = [replace(frame, by_level=plainly[frame.question()] > 1) for frame in frames]
    by_level = Counter(frame.question() for frame in leveled)
    return [replace(frame, qualified=by_level[frame.question()] > 1) for frame in leveled]
