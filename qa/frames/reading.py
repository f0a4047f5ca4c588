"""A question → the reply of the likeliest frame that the ledger can compute; options where no one frame is clear."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, product

from corpus.lexicon.money import is_money
from corpus.lexicon.said_years import YearMention, year_mentions
from corpus.tables.marks import is_total
from corpus.tables.stages import stage_of
from corpus.types import Stage
from index.tokenizer import SudachiTokenizer
from index.types import Encoder
from qa.frames.computing import compute
from qa.frames.details import counted, counter_asked, counter_of_one
from qa.frames.filling import Context, filled
from qa.frames.frame import Frame
from qa.frames.masking import ITEMS, LEVELS, SIGNS, SOURCE, WHOLE, YEAR, Masked, Vocabulary, masked
from qa.frames.naming import ItemNames
from qa.frames.operation_model import UNKNOWN, plain, shipped_operations
from qa.frames.operations import (
    OF_A_BUDGET,
    OF_DIVISIONS,
    OF_NUMBERS,
    OF_ONE,
    OF_THE_WHOLE,
    OF_TWO,
    OVER_ITEMS,
    Operation,
)
from qa.frames.resolving import OFFERED, Named, Resolved, Resolver
from qa.frames.slots import is_per_unit
from qa.frames.sources import SourceNames
from qa.ledger.book import Ledger
from qa.ledger.composing import name_of
from qa.ledger.describing import Describer
from qa.ledger.folding import Folded, folded
from qa.ledger.items import Item
from qa.ledger.names import Mention, Strength
from qa.types import Answer, Clarification, Decline, Reply

SURE, LIKELY = 0.55, 0.45
"""A frame is answered that has SURE of the probability of all that can be computed, and is LIKELY (qa/frames/model)."""
TOLD = 0.35
"""From this probability on an item is meant that alone tells how many there are of what is asked."""
ASKED_BACK = 0.3
"""From this probability on the likeliest frame is offered with the others."""
OF_ALL = 0.8
"""From this probability on a question that names no budget asks for the whole."""
ABOUT_FIGURES = 0.55
"""From this probability on a question asks for a budget's figures."""
BESIDE = 0.9
"""From this probability on an item's own amount is no answer: a part of it is asked for, or no amount."""
_ASKED = {Operation.AMOUNT: 1.5, Operation.OTHER: 0.7}
_ASKED_PLAINLY = {Operation.PART: 0.6}
"""How much more often an operation is asked than its share in the wordings is; a part, where no word is unknown."""
_BARE = re.compile(
    rf"(?:(?:では?|じゃあ?|なら|あと)[、 ]*)?(?:[{ITEMS}{YEAR}](?:の?(?:方|ほう|分))?(?:の|は|も|って|なら)?[、 ]*)+[?？。]*"
)
"""No more than names and years: 「では甲は」."""
_AGAIN = {Operation.SAME: 0.6, Operation.AMOUNT: 0.4}
"""What is asked by no more than a name where something was asked before: the same, or else its amount."""
_FRAGMENTS = (Operation.SAME, Operation.NEXT)
_ASKED_OF_ONE = dict.fromkeys(OVER_ITEMS, 0.3)
_LONGEST = 500
_KEPT = 64  # masked questions, those of the last turns
_MOST_OPTIONS = 4
_MOST_TRIED = 6
_AMOUNTS = re.compile(r"[0-9０-９,，.．△▲()（）\[\]［］：:％% 　RＲ令和年度前円千百万億\n]*+")
_FEE = re.compile(r"(?:使用料|手数料|利用料|入場料|入館料|保育料|授業料|料金|会費)$")
_OF_FEES = re.compile(
    r"使用料|手数料|利用料|入場|入館料|料金|チケット|会費|月謝|運賃|(?:いくら|何円)まで|(?:お金|おかね)[はがも]?(?:か|掛)か|(?<![てで])もらえ|受け取れ|払えば"
)
_OF_PRICES = re.compile(r"値上|値下|値段|有料|無料")
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
_DIGIT = re.compile(r"[0-9０-９]")
_OF_SHARES = frozenset({
    Operation.SHARE, Operation.SHARE_OF, Operation.SOURCE_SHARE, Operation.SOURCE, Operation.SOURCE_SUM,
    Operation.SOURCE_TOTAL,
})  # fmt: skip
"""What tells a part of a whole; of sources it does so where a part is asked for."""
_WHOLE_COST = re.compile(r"(?:総|全体)事業費|全体計画|総工費|総額はいくらになる(?:見込|予定)")
_WHEN = re.compile(r"いつ|何月|何日|何年")
_DATE = re.compile(r"[0-9０-９]+(?:年|月|日)|年度|[春夏秋冬]")
_OF_FIGURES = OF_ONE - {Operation.DESCRIPTION, Operation.DEPARTMENT, Operation.REASON}
_CLAUSE = re.compile(r"[。、?？!！\n]")
_WHICH = "どちらのことですか。"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame with its probability (0–1), and whether its items are named or only meant."""

    frame: Frame
    probability: float
    sure_of_items: bool
    named: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question may ask of the figures, likeliest first; `figures` is how surely it asks for them at all."""

    candidates: tuple[Candidate, ...]
    figures: float


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


class FrameReader:
    """Reads questions about the figures of one ledger."""

    def __init__(
        self, ledger: Ledger, encoder: Encoder, tokenizer: SudachiTokenizer, describer: Describer
    ) -> None:
        self._ledger = ledger
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._describer = describer
        self._model = shipped_operations()
        self._told_of = lru_cache(_KEPT)(lambda masked: self._model.chances(masked, encoder))
        divisions = frozenset[str]().union(*self._divisions.values())
        self._vocabulary = Vocabulary(
            list(ledger.totals.values()),
            sorted(divisions),
            SourceNames(ledger.all_aspects(), tokenizer),
            {office: total for name, total in ledger.totals.items() if (office := ledger.office(name))},
            ledger.cities(),
        )
        self._names = ItemNames(ledger, self._vocabulary, tokenizer, self._model.joins)

    def reply(self, question: str, history: Sequence[str] = ()) -> Reply | None:
        """Return the answer of the one clear frame, options between few, or None where the ledger has no answer."""
        if not self._ledger.items or len(question) > _LONGEST:
            return None
        before, is_current = self._context(history)
        return self._replied(question, self.read(question, before, is_current=is_current))

    def offer(self, question: str, history: Sequence[str] = ()) -> Clarification | None:
        """Return what may be meant by a question about a budget to which nothing else has an answer, as plain questions.

        Where a part of an item is asked for that no figure tells, it is the item's own amount.
        """
        if not self._ledger.items or len(question) > _LONGEST:
            return None
        text = folded(question)
        years = year_mentions(text.text)
        if not (_OF_A_BUDGET.search(text.text) or (years and _OF_MONEY.search(text.text))):
            return None
        before, is_current = self._context(history)
        reading = self.read(question, before, is_current=is_current)
        frames = [c.frame for c in reading.candidates] or list(self._nearest(question, text, years))
        told = [
            frame for frame in frames[:_MOST_TRIED] if isinstance(compute(frame, self._ledger, 0.0), Answer)
        ]
        return _asked_back(question, told)

    def _nearest(self, question: str, text: Folded, years: Sequence[YearMention]) -> Iterator[Frame]:
        """Yield the amounts of the items that a question names or may mean."""
        covered = [(mention.start, mention.end) for mention in years]
        mentions, longer = self._names.mentions(text, covered) if text.key else ([], frozenset[Item]())
        said = masked(question, mentions, self._vocabulary)
        for resolved in self._resolved(question, text, Named(mentions, longer), said):
            if resolved.said.items:
                yield from self._frames(Operation.AMOUNT, resolved.said, None)

    def read(self, question: str, before: Context | None = None, *, is_current: bool = True) -> Reading:
        """Return what a question may ask, completed from the turns before it.

        Where the last turn asked of no figures (not `is_current`), a fragment goes on from that turn, not from figures.
        """
        text = folded(question)
        years = year_mentions(text.text)
        covered = [(mention.start, mention.end) for mention in years]
        mentions, longer = self._names.mentions(text, covered) if text.key else ([], frozenset[Item]())
        said = masked(question, mentions, self._vocabulary)
        of_budget = bool(_OF_A_BUDGET.search(said.text)) or any(year.offset != 0 for year in years)
        of_money = bool(_OF_MONEY.search(said.text))
        if not of_budget and (_may_be_a_fee(mentions) or _OF_FEES.search(said.text)):
            return Reading((), 0.0)
        if _may_be_a_fee(mentions) and _OF_PRICES.search(said.text):
            return Reading((), 0.0)
        asked = _Asked(
            question,
            said,
            before,
            of_money=of_money,
            of_years=bool(years),
            goes_on=is_current and (before is not None or bool(said.items)),
            is_named=bool(said.items) and all(m.strength is not Strength.CORE for m in mentions),
        )
        resolved = self._resolved(question, text, Named(mentions, longer), said)
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
            return Reading(_distinct([*detailed, *others]), 1.0)
        return Reading(_distinct(candidates), figures)

    def _as_asked(self, asked: _Asked, said: Masked) -> dict[Operation, float]:
        """Return the probability of each operation of a question masked in one way."""
        if asked.before and asked.goes_on and len(said.items) == 1 and _BARE.fullmatch(said.text):
            return {operation: _AGAIN.get(operation, 0.0) for operation in Operation}
        return as_asked(
            self._chances(asked.question, said),
            unknown=self._has_unknown(said),
            of_one=_is_of_one(asked.before) and not said.items,
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
        if _is_over_all(operation) and nameless and not asked.of_money:
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
        over_all = _is_over_all(operation)
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
        if self._is_unprinted(question):
            return {operation: float(operation is Operation.PART) for operation in chances}
        if _PART_OF_ITEM.search(plain(said.text, self._model.words)):
            return {
                operation: 0.0 if operation in OF_ONE and operation in OF_NUMBERS else chance
                for operation, chance in chances.items()
            }
        return chances

    def _is_unprinted(self, question: str) -> bool:
        """Tell whether an amount for each of something is asked for, or one of a stage that no document has."""
        stage = stage_of(question)
        of_another = (
            stage not in (None, Stage.INITIAL) and stage not in self._stages and "当初" not in question
        )
        text = folded(question).text
        return of_another or is_per_unit(text) or bool(_WHOLE_COST.search(text))

    @cached_property
    def _known(self) -> frozenset[str]:
        """Return the words that name no item: those of budget questions, and what stands for names in them (局)."""
        return self._model.words | SIGNS | LEVELS

    @cached_property
    def _stages(self) -> frozenset[Stage]:
        return frozenset(figure.stage for item in self._ledger.items for figure in item.figures)

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
            for whole in self._budgets(said):
                yield from self._filled(operation, (), replace(said, wholes=(whole,)), before)
            return
        for items in islice(product(*choices), _MOST_OPTIONS):
            yield from self._filled(operation, items, said, before)

    def _budgets(self, said: Masked) -> list[Item]:
        """Return the totals of the budgets that a question may ask about: those of its division and its years."""
        wholes = list(self._ledger.totals.values())
        wholes = [whole for whole in wholes if whole.document in said.documents] or wholes
        for division in said.divisions[:1]:
            wholes = [
                whole for whole in wholes if division in self._divisions.get(whole.document, ())
            ] or wholes
        years = [year for year in said.years if year.offset is None]
        return [
            whole
            for whole in wholes
            if all(self._ledger.year(year, whole) in self._years.get(whole.document, ()) for year in years)
        ] or wholes

    @cached_property
    def _years(self) -> Mapping[str, frozenset[int]]:
        """Return the fiscal years that each document has figures of."""
        found: dict[str, set[int]] = defaultdict(set)
        for item in self._ledger.items:
            found[item.document].update(item.years())
        return {document: frozenset(years) for document, years in found.items()}

    @cached_property
    def _divisions(self) -> Mapping[str, frozenset[str]]:
        """Return the divisions in charge that each document names."""
        found: dict[str, set[str]] = defaultdict(set)
        for item in self._ledger.items:
            found[item.document].update(cell.text.strip() for cell in self._ledger.departments(item, None))
        return {document: frozenset(names) for document, names in found.items()}

    def _filled(
        self, operation: Operation, items: Sequence[Item], said: Masked, before: Context | None
    ) -> Iterator[Frame]:
        frame = filled(operation, items, said, self._ledger, before)
        if frame is not None:
            yield frame

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
            reading = self.read(turn, before, is_current=is_current)
            is_current = reading.figures >= ABOUT_FIGURES and bool(reading.candidates)
            if not is_current or _is_of_any_budget(reading):
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

    def is_beside(self, question: str, reply: Answer, *, follows: bool = False) -> bool:
        """Tell whether what a passage says is no answer: a figure that no frame gives, or words where a number is asked.

        A line that prints a budget figure answers no question about numbers, and none that `follows` another: the
        ledger has answered those it can.
        """
        text = folded(question)
        covered = [(mention.start, mention.end) for mention in year_mentions(text.text)]
        said = masked(question, self._names.mentions(text, covered)[0], self._vocabulary)
        chances = self._chances(question, said)
        part, other = chances[Operation.PART], chances[Operation.OTHER]
        numbers = sum(chances[operation] for operation in OF_NUMBERS)
        named = bool(said.items or said.wholes)
        places = [(c.document, c.start, c.end) for c in reply.citations]
        if any(self._ledger.has_figure_in(*place) for place in places):
            beside = named and part + other >= BESIDE and bool(_AMOUNTS.fullmatch(reply.short))
            return follows or beside or self._is_unprinted(question) or part + numbers >= ABOUT_FIGURES
        return named and not _DIGIT.search(reply.short) and part + numbers >= ABOUT_FIGURES


def _lacks_a_date(question: str, candidate: Candidate, reply: Reply) -> bool:
    """Tell whether a description is no answer: it was asked when, and it tells no date."""
    told = candidate.frame.operation is Operation.DESCRIPTION and isinstance(reply, Answer)
    return told and bool(_WHEN.search(question)) and not _DATE.search(reply.text)


def _asked_back(question: str, frames: Sequence[Frame]) -> Clarification | None:
    """Return the first frames as plain questions to choose from, None where there are none."""
    asked = frames[:_MOST_OPTIONS]
    plainly = Counter(frame.question() for frame in asked)
    options = [replace(frame, qualified=plainly[frame.question()] > 1).question() for frame in asked]
    return Clarification(question, _WHICH, tuple(dict.fromkeys(options))) if options else None


def as_asked(
    chances: Mapping[Operation, float], *, unknown: bool, of_one: bool = False
) -> dict[Operation, float]:
    """Return probabilities for how often operations are asked, not for how often they were written down.

    A word that is `unknown` may narrow what is asked; behind a question `of_one` item a short one is of it too.
    Saerens, Latinne and Decaestecker (2002): each divided by its share in the wordings, times its share in questions.
    """
    shares = _ASKED if unknown else _ASKED | _ASKED_PLAINLY
    shares = shares | _ASKED_OF_ONE if of_one else shares
    weighed = {operation: chance * shares.get(operation, 1.0) for operation, chance in chances.items()}
    whole = sum(weighed.values())
    return {operation: chance / whole for operation, chance in weighed.items()}


def _is_over_all(operation: Operation) -> bool:
    return operation in OVER_ITEMS or operation in OF_THE_WHOLE


def _is_of_one(before: Context | None) -> bool:
    """Tell whether the frame before is about one item."""
    return before is not None and before.frame.operation in OF_ONE and len(before.frame.items) == 1


def _is_of_any_budget(reading: Reading) -> bool:
    """Tell whether the likeliest frame is as likely of another budget: which one is meant was asked back."""
    first, *others = reading.candidates
    return any(
        other.frame.operation is first.frame.operation
        and other.frame.whole is not first.frame.whole
        and other.frame.items == first.frame.items == ()
        and other.probability == first.probability
        for other in others
    )


def _may_be_a_fee(mentions: Sequence[Mention]) -> bool:
    """Tell whether all that is named is called like a fee: 市民プール使用料 is what a city takes in, or a ticket."""
    items = [item for mention in mentions for item in mention.items]
    return bool(items) and all(_FEE.search(name_of(item)) for item in items)


def _distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return each frame once, with all its probability."""
    by_question: dict[tuple[str, tuple[int, ...]], Candidate] = {}
    for candidate in candidates:
        numbers = tuple(item.number for item in candidate.frame.items)
        asked = candidate.frame.question(), numbers
        known = by_question.get(asked)
        likelier = max((known, candidate), key=lambda c: c.probability) if known else candidate
        whole = (known.probability if known else 0.0) + candidate.probability
        by_question[asked] = replace(likelier, probability=whole)
    return tuple(sorted(by_question.values(), key=lambda candidate: -candidate.probability))
