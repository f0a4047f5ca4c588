"""A question → what it may ask of the figures, likeliest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, product

from corpus.budgets.marks import is_total
from corpus.budgets.stages import stage_of
from corpus.lexicon.money import is_money
from corpus.lexicon.said_years import YearMention, year_mentions
from corpus.types import Stage
from index.tokenizer import SudachiTokenizer
from index.types import Encoder
from qa.frames.described_numbers import counted, counter_asked, counter_of_one
from qa.frames.exact.masking import ITEMS, LEVELS, SIGNS, SOURCE, WHOLE, YEAR, Masked, Vocabulary, masked
from qa.frames.exact.slots import is_per_unit
from qa.frames.exact.source_names import SourceNames
from qa.frames.frame import Frame
from qa.frames.meant.item_names import ItemNames
from qa.frames.meant.resolving import OFFERED, Named, Resolved, Resolver
from qa.frames.operation_model import UNKNOWN, plain, shipped_operations
from qa.frames.operations import OF_A_BUDGET, OF_NUMBERS, OF_ONE, OF_THE_WHOLE, OF_TWO, Operation
from qa.frames.reading.budget_facts import BudgetFacts
from qa.frames.reading.candidates import Candidate, Reading, as_asked, distinct, is_of_one, is_over_all
from qa.frames.reading.fees import asks_of_fees, asks_of_prices, may_be_a_fee
from qa.frames.reading.filling import filled
from qa.frames.reading.turns import Context
from qa.ledger.book import Ledger
from qa.ledger.composing import name_of
from qa.ledger.describing import Describer
from qa.ledger.folding import Folded, folded
from qa.ledger.items import Item
from qa.ledger.names import Strength

TOLD = 0.35
"""From this probability on an item is meant that alone tells how many there are of what is asked."""
OF_ALL = 0.8
"""From this probability on a question that names no budget asks for the whole."""
_BARE = re.compile(
    rf"(?:(?:では?|じゃあ?|なら|あと)[、 ]*)?(?:[{ITEMS}{YEAR}](?:の?(?:方|ほう|分))?(?:の|は|も|って|なら)?[、 ]*)+[?？。]*"
)
"""No more than names and years: 「では甲は」."""
_AGAIN = {Operation.SAME: 0.6, Operation.AMOUNT: 0.4}
"""What is asked by no more than a name where something was asked before: the same, or else its amount."""
_FRAGMENTS = (Operation.SAME, Operation.NEXT)
_KEPT = 64  # masked questions, those of the last turns
_MOST_OPTIONS = 4
_OF_A_BUDGET = re.compile(r"予算|計上|歳入|歳出|収入|見込|千円|百万円|財源|事業|費目")
_OF_MONEY = re.compile(r"予算|計上|歳入|歳出|[額円源金]|費目|いくら|なんぼ|率|事業")
_PART_OF_ITEM = re.compile(
    rf"{ITEMS[0]}(?:のうち|の(?:中|なか|内訳))(?:で|の|に|で?は)?[、 ]?[^{ITEMS}]*{UNKNOWN}[^{ITEMS}{SOURCE}]*$"
)
"""An item and, within it, something that no wording of a budget question has: 「花火大会のうち警備員にかかる金額」."""
_ONE_MORE_TO_ADD = re.compile(
    rf"[{ITEMS}]と[、 ]?[^{ITEMS}と、。]*{UNKNOWN}|{UNKNOWN}[^{ITEMS}、。]*と[、 ]?[{ITEMS}]"
)
"""Something unknown that と joins to an item: 「甲と、乙と、動物園のパンダ」 are three."""
_OF_SHARES = frozenset({
    Operation.SHARE, Operation.SHARE_OF, Operation.SOURCE_SHARE, Operation.SOURCE, Operation.SOURCE_SUM,
    Operation.SOURCE_TOTAL,
})  # fmt: skip
"""What tells a part of a whole; of sources it does so where a part is asked for."""
_WHOLE_COST = re.compile(r"(?:総|全体)事業費|全体計画|総工費|総額はいくらになる(?:見込|予定)")
_OF_FIGURES = OF_ONE - {Operation.DESCRIPTION, Operation.DEPARTMENT, Operation.REASON}
_CLAUSE = re.compile(r"[。、?？!！\n]")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is read: what it says outright, the turns before it, and what its words are of."""

    question: str
    said: Masked
    before: Context | None
    of_money: bool
    of_years: bool
    goes_on: bool
    """Whether it may go on from a turn before, or from an item that it names."""
    is_named: bool
    """Whether all its items are named in full."""


class QuestionReader:
    """Reads questions about the figures of one ledger as frames."""

    def __init__(
        self, ledger: Ledger, encoder: Encoder, tokenizer: SudachiTokenizer, describer: Describer
    ) -> None:
        self._ledger = ledger
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._describer = describer
        self._model = shipped_operations()
        self._told_of = lru_cache(_KEPT)(lambda masked: self._model.chances(masked, encoder))
        self._facts = BudgetFacts(ledger)
        divisions = frozenset[str]().union(*self._facts.divisions.values())
        self._vocabulary = Vocabulary(
            list(ledger.totals.values()),
            sorted(divisions),
            SourceNames(ledger.all_aspects(), tokenizer),
            {office: total for name, total in ledger.totals.items() if (office := ledger.office(name))},
            ledger.cities(),
        )
        self._names = ItemNames(ledger, self._vocabulary, tokenizer, self._model.joins)

    def nearest(self, question: str) -> Iterator[Frame]:
        """Yield the amounts of the items that a question names or may mean."""
        text, _, named, said = self._said(question)
        for resolved in self._resolved(question, text, named, said):
            if resolved.said.items:
                yield from self._frames(Operation.AMOUNT, resolved.said, None)

    def _said(self, question: str) -> tuple[Folded, Sequence[YearMention], Named, Masked]:
        """Return a question folded, its years, the items that it names, and the rest, masked."""
        text = folded(question)
        years = year_mentions(text.text)
        covered = [(mention.start, mention.end) for mention in years]
        mentions, longer = self._names.mentions(text, covered) if text.key else ([], frozenset[Item]())
        return text, years, Named(mentions, longer), masked(question, mentions, self._vocabulary)

    def read(self, question: str, before: Context | None = None, *, is_current: bool = True) -> Reading:
        """Return what a question may ask, completed from the turns before it.

        Where the last turn asked of no figures (not `is_current`), a fragment goes on from that turn, not from figures.
        """
        text, years, named, said = self._said(question)
        of_budget = bool(_OF_A_BUDGET.search(said.text)) or any(year.offset != 0 for year in years)
        of_money = bool(_OF_MONEY.search(said.text))
        if not of_budget and (may_be_a_fee(named.mentions) or asks_of_fees(said.text)):
            return Reading((), 0.0)
        if may_be_a_fee(named.mentions) and asks_of_prices(said.text):
            return Reading((), 0.0)
        asked = _Asked(
            question,
            said,
            before,
            of_money=of_money,
            of_years=bool(years),
            goes_on=is_current and (before is not None or bool(said.items)),
            is_named=bool(said.items) and all(m.strength is not Strength.CORE for m in named.mentions),
        )
        resolved = self._resolved(question, text, named, said)
        chances = [self._as_asked(asked, each.said) for each in resolved]
        every = sum(each.probability for each in resolved)
        figures = sum(
            each.probability / every * (1 - told[Operation.OTHER] - told[Operation.PART])
            for each, told in zip(resolved, chances, strict=True)
        )
        candidates = [
            candidate
            for each, told in zip(resolved, chances, strict=True)
            for operation, chance in told.items()
            if chance >= OFFERED
            for candidate in self._candidates(asked, each, operation, chance)
        ]
        detailed = self._told_by_descriptions(text.text, resolved, before)
        if detailed:
            others = [] if detailed[0].sure_of_items else candidates
            return Reading(distinct([*detailed, *others]), 1.0)
        return Reading(distinct(candidates), figures)

    def _as_asked(self, asked: _Asked, said: Masked) -> dict[Operation, float]:
        """Return the probability of each operation of a question masked in one way."""
        if asked.before and asked.goes_on and len(said.items) == 1 and _BARE.fullmatch(said.text):
            return {operation: _AGAIN.get(operation, 0.0) for operation in Operation}
        return as_asked(
            self._chances(asked.question, said),
            unknown=self._has_unknown(said),
            of_one=is_of_one(asked.before) and not said.items,
        )

    def _has_unknown(self, said: Masked) -> bool:
        return UNKNOWN in plain(said.text, self._known)

    def _candidates(
        self, asked: _Asked, resolved: Resolved, operation: Operation, chance: float
    ) -> Iterator[Candidate]:
        """Yield the frames of an operation of a question masked in one way, where it may be asked at all."""
        said = resolved.said
        nameless = not said.items and self._has_unknown(said)
        if operation in _FRAGMENTS and not asked.goes_on:
            return
        if is_over_all(operation) and nameless and not asked.of_money:
            return
        if (
            operation is Operation.AMOUNT
            and said is not asked.said
            and not (asked.of_money or asked.of_years)
        ):
            return
        sure = resolved.is_sure and self._is_of_what_is_said(asked, said, operation, chance)
        if operation is Operation.AMOUNT and not (said.items or said.wholes or asked.before or nameless):
            operation, sure = Operation.TOTAL, False
        frames = [*self._frames(operation, said, asked.before)]
        if (
            not frames and asked.is_named and operation not in OF_TWO
        ):  # the piece beside its items says nothing
            frames = [*self._frames(operation, asked.said, asked.before)]
        for frame in frames:
            yield Candidate(frame, chance * resolved.probability, sure, named=bool(asked.said.items))

    def _is_of_what_is_said(self, asked: _Asked, said: Masked, operation: Operation, chance: float) -> bool:
        """Tell whether nothing is said beside an operation that may make it another one."""
        if operation is Operation.SUM and _ONE_MORE_TO_ADD.search(plain(said.text, self._known)):
            return False
        over_all = is_over_all(operation)
        if over_all and self._is_narrowed(said):
            return False
        if not said.items:
            if asked.before is not None and operation in _OF_FIGURES and self._has_unknown(said):
                return False
            named = said.wholes or said.divisions or WHOLE in said.text
            if over_all and said.documents and not named:  # a city's budget is not an office's
                return False
        if said.by_share and operation in OF_NUMBERS and operation not in _OF_SHARES:
            return False
        of_level = bool(said.level) and operation is not Operation.SOURCE_TOTAL
        loose = operation in OF_THE_WHOLE and not said.divisions and (WHOLE not in said.text or of_level)
        return not loose or chance >= OF_ALL

    def _told_by_descriptions(
        self, text: str, readings: Sequence[Resolved], before: Context | None
    ) -> list[Candidate]:
        """Return the frames of what a number in an item's description tells: how many, or the cost of one."""
        asked, of_one = counter_asked(text), counter_of_one(text)
        operation, counter = (Operation.PER_UNIT, of_one) if of_one else (Operation.DETAIL, asked)
        if counter is None:
            return []
        named = [
            (each.said.items[0], each.probability, each.is_sure)
            for each in readings
            if len(each.said.items) == 1
        ]
        if not named and before and before.last and not any(each.said.items for each in readings):
            named = [(before.last[:1], 1.0, True)]
        said = readings[0].said
        plainly = Masked(text, years=said.years, unit=said.unit, digits=said.digits, rounding=said.rounding)
        telling = [
            (item, figure.unit, chance, sure)
            for items, chance, sure in named
            for item in items[:_MOST_OPTIONS]
            if (figure := counted(item, counter)) is not None
        ]
        if len({item for item, *_ in telling}) == 1:  # no other item that may be meant has such a number
            telling = [
                (item, unit, max(chance, OF_ALL), sure or chance >= TOLD)
                for item, unit, chance, sure in telling
            ]
        return [
            Candidate(replace(frame, counter=unit), chance, sure)
            for item, unit, chance, sure in telling
            for frame in self._filled(operation, (item,), plainly, before)
        ]

    def _resolved(self, question: str, text: Folded, named: Named, said: Masked) -> list[Resolved]:
        of_budget, of_money = (bool(form.search(said.text)) for form in (_OF_A_BUDGET, _OF_MONEY))
        return self._resolver.resolved(question, text, named, said, of_budget=of_budget, of_money=of_money)

    def _chances(self, question: str, said: Masked) -> dict[Operation, float]:
        """Return the probability of each operation; what a budget of this stage does not print is a part of it."""
        chances = self._told_of(said.text)
        if self.is_unprinted(question):
            return {operation: float(operation is Operation.PART) for operation in chances}
        if _PART_OF_ITEM.search(plain(said.text, self._model.words)):
            return {
                operation: 0.0 if operation in OF_ONE and operation in OF_NUMBERS else chance
                for operation, chance in chances.items()
            }
        return chances

    def is_unprinted(self, question: str) -> bool:
        """Tell whether an amount for each of something is asked for, or one of a stage that no document has."""
        stage = stage_of(question)
        of_another = (
            stage not in (None, Stage.INITIAL) and stage not in self._facts.stages and "当初" not in question
        )
        text = folded(question).text
        return of_another or is_per_unit(text) or bool(_WHOLE_COST.search(text))

    @cached_property
    def _known(self) -> frozenset[str]:
        """Return the words that name no item: those of budget questions, and what stands for names in them (局)."""
        return self._model.words | SIGNS | LEVELS

    def _is_narrowed(self, said: Masked) -> bool:
        """Tell whether a word that no budget question has stands in the clause that asks: it may say which items."""
        asking = [clause for clause in _CLAUSE.split(plain(said.text, self._known)) if clause.strip()]
        return bool(asking) and UNKNOWN in asking[-1]

    def _frames(self, operation: Operation, said: Masked, before: Context | None) -> Iterator[Frame]:
        """Yield the frames of an operation: one for each item that goes by a name."""
        own = {item.document for item in before.last} if before else set()
        own = own or set(said.documents)
        choices = [
            ([item for item in items if item.document in own] or list(items))[:_MOST_OPTIONS]
            for items in said.items
        ]
        if len(said.divisions) > 1 and not choices:
            for division in said.divisions:
                yield from self._frames(operation, replace(said, divisions=(division,)), before)
            return
        nameless = not said.wholes and not choices and (before is None or before.frame.whole is None)
        of_budget = operation in OF_A_BUDGET or (operation in OF_ONE and said.of_whole)
        if nameless and of_budget and len(self._ledger.totals) > 1:
            for whole in self._facts.budgets(said):
                yield from self._filled(operation, (), replace(said, wholes=(whole,)), before)
            return
        for items in islice(product(*choices), _MOST_OPTIONS):
            yield from self._filled(operation, items, said, before)

    def _filled(
        self, operation: Operation, items: Sequence[Item], said: Masked, before: Context | None
    ) -> Iterator[Frame]:
        frame = filled(operation, items, said, self._ledger, before)
        if frame is not None:
            yield frame

    @cached_property
    def _items(self) -> list[Item]:
        amounts = [item for item in self._ledger.items if any(is_money(f.unit) for f in item.served)]
        totals = set(self._ledger.totals.values())
        known = [item for item in amounts if item not in totals and not is_total(item.label)]
        once = {(item.document, name_of(item)): item for item in reversed(known)}
        return list(reversed(once.values()))

    @cached_property
    def _resolver(self) -> Resolver:
        texts = {(d, label): text for (d, label), text in self._describer.descriptions()}
        told = [texts.get((item.document, item.label), "") for item in self._items]
        return Resolver(self._items, told, self._vocabulary, self._known, self._encoder, self._tokenizer)

    def asked(self, question: str) -> tuple[Masked, dict[Operation, float]]:
        """Return a question masked by the items that it names, and the probability of each operation."""
        *_, said = self._said(question)
        return said, self._chances(question, said)

    def may_be_of_a_budget(self, question: str) -> bool:
        """Tell whether a question speaks of a budget, or of money in a year."""
        text = folded(question).text
        return bool(_OF_A_BUDGET.search(text) or (year_mentions(text) and _OF_MONEY.search(text)))
