"""A question masked, as many ways as it may be meant: with the items that it describes without naming them.

Resolving references (Hobbs 1978 and after): where in the question they stand tells a tagger, which item each means a
ranker; a question is masked once with none of them, and once with each likely choice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod

from index.tokenizer import SudachiTokenizer
from index.types import Encoder
from qa.frames.exact.masking import Masked, Vocabulary, masked
from qa.frames.meant.described_items import Described, Piece, is_content
from qa.frames.meant.reference_model import LARGEST, Meant, meant, shipped_references
from qa.frames.meant.span_tagger import Stretch, shipped_tagger, words_of
from qa.ledger.composing import name_of
from qa.ledger.folding import Folded, fold
from qa.ledger.items import Item
from qa.ledger.names import Mention, Strength

MEANT = 0.5
"""From this probability on an item that is not named is taken to be meant; below, it is offered."""
PERHAPS, OFFERED = 0.2, 0.1
"""Below PERHAPS nothing is taken to be meant; an item is offered from OFFERED on."""
REFERS = 0.95
"""From this probability on words refer to something: where that is no item, nothing is answered of the items beside it."""
_LEAST = 0.05
"""What is no likelier is not looked into."""
_MOST_MEANT = 3
"""Items that one stretch is taken to mean, beside none."""
_MOST_READINGS = 4
_JOIN = 1
"""Letters between two stretches that mean one item together: 太陽光と蓄電池."""
FEE = re.compile(r"(?:使用料|手数料|利用料|入場料|入館料|保育料|授業料|料金|(?<!委員)(?<!議)会費)$")
"""What a person pays; 委員会費 and 協議会費 are what a body costs."""
_ONLY = re.compile(r"[^、。?]{0,10}?(?<!どん)(?<!どれ)(?:だけ|のみ)(?!で)")
"""What narrows an item to a part of it: 「〇〇にかかる経費だけの」."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names outright: places of items, and the items whose name is but a part of another one there."""

    mentions: Sequence[Mention]
    longer: frozenset[Item]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question masked as it may be meant, with what probability (0–1), and whether surely enough to answer it."""

    said: Masked
    probability: float
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a stretch of a question may mean: an item, or none of them."""

    meant: Meant | None
    probability: float
    is_sure: bool


class Resolver:
    """Finds what the questions about one ledger mean without naming it.

    `texts` are the descriptions of the `items`; `known` are the words that name no item, `divisions` the offices in charge.
    """

    def __init__(
        self,
        items: Sequence[Item],
        texts: Sequence[str],
        vocabulary: Vocabulary,
        known: frozenset[str],
        encoder: Encoder,
        tokenizer: SudachiTokenizer,
    ) -> None:
        self._items = items
        self._vocabulary = vocabulary
        self._known = known
        self._tokenizer = tokenizer
        self._described = Described([name_of(item) for item in items], texts, encoder, tokenizer)

    def resolved(
        self, question: str, text: Folded, named: Named, said: Masked, *, of_budget: bool, of_money: bool
    ) -> list[Resolved]:
        """Return the question as it is `said`, then with what it may mean, likeliest first."""
        groups = self._groups(text.text, named, said)
        if not groups:
            return [Resolved(said, 1.0, True)]
        choices = []
        for group in groups:
            found = meant(self._described, group, shipped_references())
            likely = [each for each in found if self._may_be_meant(each, named, said)]
            if not of_budget:
                likely = [each for each in likely if self._is_of_a_budget(each, of_money)]
            beside = bool(named.mentions) and _is_of_something_else(group, found)
            choices.append(list(self._choices(likely, text.text, named, beside=beside)))
        none, *others = sorted(product(*choices), key=lambda chosen: (_count(chosen) > 0, -_chance(chosen)))
        plain = Resolved(
            replace(said, unexplained=True), _chance(none), all(choice.is_sure for choice in none)
        )
        told = [
            self._with(question, named, chosen)
            for chosen in others[:_MOST_READINGS]
            if _chance(chosen) > _LEAST
        ]
        return [plain, *told] if plain.probability > _LEAST or not told else told

    def _groups(self, text: str, named: Named, said: Masked) -> list[list[Piece]]:
        """Return the stretches that refer to something, those that overlap together, in order.

        What is named in half may be part of a longer description, a division that an item has in its name part of that.
        """
        if not self._items or len(self._items) > LARGEST:
            return []
        half = [mention for mention in named.mentions if mention.strength is Strength.CORE]
        free = [*((m.start, m.end) for m in half), *self._divisions_in_names(text)]
        marks = [mark for mark in said.marks if not any(start <= mark[0] < end for start, end in free)]
        words = words_of(text, marks, self._tokenizer)
        groups: list[list[Stretch]] = []
        for stretch in sorted(
            shipped_tagger().stretches(words, self._described.vocabulary), key=lambda s: s.start
        ):
            if groups and stretch.start < max(other.end for other in groups[-1]):
                groups[-1].append(stretch)
            else:
                groups.append([stretch])
        pieces = [
            [self._described.piece(text, s.start, s.end, s.probability, self._known) for s in group]
            for group in groups
        ]
        told = [[piece for piece in group if not self._is_a_city(piece)] for group in pieces]
        return [group for group in told if group]

    def _is_a_city(self, piece: Piece) -> bool:
        """Tell whether a stretch is no more than the name of a city: 「横浜市」 is none of its budget's items."""
        rest = piece.text
        for city in self._vocabulary.cities:
            rest = rest.replace(fold(city), "")
        words = self._tokenizer.tokens(rest) if rest != piece.text else None
        return words is not None and all(
            token.normalized in self._known for token in words if is_content(token)
        )

    def _may_be_meant(self, each: Meant, named: Named, said: Masked) -> bool:
        """Tell whether an item is likely enough, not named beside, and of the city that is named."""
        item = self._items[each.number]
        return (
            each.probability >= OFFERED
            and not any(item in mention.items for mention in named.mentions)
            and (not said.documents or item.document in said.documents)
        )

    def _is_of_a_budget(self, each: Meant, of_money: bool) -> bool:
        """Tell whether an item may be meant by a question that does not speak of a budget: not one called like a fee."""
        explained = of_money or self._described.explains(each.number, each.piece)
        return explained and not FEE.search(name_of(self._items[each.number]))

    def _choices(
        self, likely: Sequence[Meant], text: str, named: Named, *, beside: bool
    ) -> Iterator[_Choice]:
        """Yield what a stretch may mean; `beside`: it refers to something, and not to an item of the ledger."""
        top = likely[0].probability if likely else 0.0
        yield _Choice(None, max(1 - top, _LEAST), top < PERHAPS and not beside)
        for each in likely[:_MOST_MEANT]:
            sure = (
                each.probability >= MEANT
                and self._described.explains(each.number, each.piece)
                and self._items[each.number] not in named.longer
                and not _ONLY.match(text, each.piece.end)
            )
            yield _Choice(each, each.probability, sure)

    def _with(self, question: str, named: Named, chosen: Sequence[_Choice]) -> Resolved:
        """Return a question masked with the items that are chosen beside those that are named."""
        places: dict[int, tuple[int, int]] = {}
        for each in (choice.meant for choice in chosen if choice.meant):
            first, last = places.get(each.number, (each.piece.start, each.piece.start))
            if each.piece.start - last <= _JOIN:
                places[each.number] = first, each.piece.end
        mentions = [m for m in named.mentions if not any(_overlap(m, place) for place in places.values())]
        mentions += [
            Mention(*place, (self._items[number],), Strength.CORE) for number, place in places.items()
        ]
        said = masked(question, sorted(mentions, key=lambda mention: mention.start), self._vocabulary)
        return Resolved(said, _chance(chosen), all(choice.is_sure for choice in chosen))

    def _divisions_in_names(self, text: str) -> list[tuple[int, int]]:
        """Return where divisions are named that items have in their names: 中央公民館 of 中央公民館改修事業."""
        found = [(text.find(division), division) for division in self._divisions_of_names]
        return [(start, start + len(division)) for start, division in found if start >= 0]

    @cached_property
    def _divisions_of_names(self) -> list[str]:
        names = [fold(name) for name in self._described.names]
        divisions = {fold(division) for division in self._vocabulary.divisions}
        return [division for division in divisions if any(division in name for name in names)]


def _is_of_something_else(group: Sequence[Piece], found: Sequence[Meant]) -> bool:
    """Tell whether a stretch surely refers to something, and likely to none of the items."""
    refers = max(piece.probability for piece in group)
    return refers >= REFERS and (not found or found[0].probability < PERHAPS)


def _chance(chosen: Sequence[_Choice]) -> float:
    return prod(choice.probability for choice in chosen)


def _count(chosen: Sequence[_Choice]) -> int:
    return sum(choice.meant is not None for choice in chosen)


def _overlap(mention: Mention, place: tuple[int, int]) -> bool:
    return mention.start < place[1] and place[0] < mention.end
