"""Which items a question names outright, or but for a slip of the pen."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.budgets.marks import is_total
from corpus.lexicon.said_years import year_mentions
from corpus.normalizing import normalize
from index.tokenizer import SudachiTokenizer
from qa.frames.exact.item_levels import begins_with_level, level_told
from qa.frames.exact.masking import OF_SHARES, Vocabulary
from qa.ledger.book import Ledger
from qa.ledger.folding import Folded, fold, key
from qa.ledger.items import Item
from qa.ledger.names import Mention, Strength
from qa.ledger.similar import Similar

_LETTER_OF_A_NAME = re.compile(r"[一-龠々ァ-ヶーa-z]")
_BRACKET = re.compile(r"\s*[(\[【](?P<inside>[^)\]】]{1,12})[)\]】]")
_REST = re.compile(r"(?:へ?の|に関する)(?P<word>[一-龠々]{2,5}?(?:費|金|事業|補助))(?![一-龠々])")
_JOINED = re.compile(r"」?の(?:細?事業|[款項目節])?「?")
_UNITS_OF_OFFICES = ("課", "係", "室", "班")
"""What makes a name that of an office: 国際協力課 is not 国際協力推進費."""
_LARGEST = 3_000
"""Slips are looked for among as many items: each costs a comparison of letters."""


class ItemNames:
    """Finds the names of one ledger's items in questions.

    `known` are nouns that may join a name: 「予算額」 right behind a name leaves it that name, 「協議会」 does not.
    """

    def __init__(
        self, ledger: Ledger, vocabulary: Vocabulary, tokenizer: SudachiTokenizer, known: Collection[str]
    ) -> None:
        self._ledger = ledger
        self._around = sorted(vocabulary.whole_names, key=lambda name: -len(name))
        self._tokenizer = tokenizer
        self._known = known
        self._similar = Similar(ledger.items, tokenizer)
        last = [tokenizer.tokens(fold(item.label)) for item in ledger.items[:_LARGEST]]
        self._endings = frozenset(tokens[-1].surface for tokens in last if tokens)

    def mentions(
        self, question: Folded, covered: Sequence[tuple[int, int]]
    ) -> tuple[list[Mention], frozenset[Item]]:
        """Return the names in a folded question, in order, and the items whose name is but a part of another one there.

        `covered` are the places that years take.
        """
        said = [m for m in self._ledger.names.mentions(question) if not self._is_any_total(m.items)]
        found = [m for m in said if self._stands_alone(m, question.text, covered)]
        near: tuple[Item, ...] = ()
        if not found and not any(m.strength is Strength.FULL for m in said):
            spelling = self._similar.spelt(question, covered)
            near = spelling.near
            found = [m for m in spelling.mentions if self._stands_alone(m, question.text, covered)]
        longer = frozenset((*near, *(item for m in said if m not in found for item in m.items)))
        fuller = [m for m in found if m.strength is not Strength.CORE]
        return self._narrowed(fuller or found, question.text), longer

    def _is_any_total(self, items: Sequence[Item]) -> bool:
        """Tell whether a name is that of totals: of which budget they are, only the budget's name tells."""
        totals = self._ledger.totals.values()
        return all(item in totals or (bool(totals) and is_total(item.label)) for item in items)

    def _narrowed(self, mentions: Sequence[Mention], text: str) -> list[Mention]:
        """Of items of one name keep those of the level told, and of these those below another one named: 「総務費の文書費」.

        A name that has but told which of several is meant names nothing more: 「文書費の給与費はいくら」.
        """
        chosen: list[Mention] = []
        for number, mention in enumerate(mentions):
            own = _of_level(_as_quoted(mention, text), level_told(text, mention.start, mention.end))
            others = [item for other in mentions if other is not mention for item in other.items]
            under = [i for i in own if any(self._ledger.under(i, other) for other in others)]
            right_under = [i for i in under if any(i in self._ledger.children(other) for other in others)]
            items = tuple(i for i in right_under or under or own if i.served) or mention.items
            items = self._finer(items, mention.others)
            placing = (
                number
                and len(items) < len(mention.items)
                and self._only_places(mentions[number - 1], items, mention, text)
            )
            start = chosen.pop().start if placing else mention.start
            chosen.append(replace(mention, start=start, end=self._end(mention, text), items=items))
        return chosen

    def _only_places(self, above: Mention, items: Sequence[Item], mention: Mention, text: str) -> bool:
        """Tell whether the name before one says no more than what its items are below: 「文書費の給与費」, but for shares."""
        between = text[above.end : mention.start]
        joined = bool(_JOINED.fullmatch(between)) and not OF_SHARES.search(text)
        return joined and all(any(self._ledger.under(i, each) for each in above.items) for i in items)

    def _finer(self, items: tuple[Item, ...], others: Sequence[Item]) -> tuple[Item, ...]:
        """Return the one other item of that name that gives the same amount in a finer unit, where there is one."""
        same = [other for other in others if len(items) == 1 and self._ledger.same_amount(items[0], other)]
        return (same[0],) if len(same) == 1 else items

    def _end(self, mention: Mention, text: str) -> int:
        """Return where a name ends with the rest of it that is said behind a particle: YOKEへの補助金."""
        rest = _REST.match(text, mention.end)
        whole = rest is not None and all(rest["word"] in fold(item.label) for item in mention.items)
        return rest.end() if rest is not None and whole else mention.end

    def _stands_alone(self, mention: Mention, text: str, covered: Sequence[tuple[int, int]]) -> bool:
        """Tell whether a name is no part of a longer compound that names something else."""
        before = _run(text, mention.start - 1, -1, covered)
        after = _run(text, mention.end, 1, covered)
        plain = self._says_nothing(before, mention.items) and self._says_nothing(after, mention.items)
        bracket = _BRACKET.match(text, mention.end)
        if bracket and not year_mentions(bracket["inside"]) and not begins_with_level(bracket["inside"]):
            plain = plain and any(bracket["inside"] in fold(item.label) for item in mention.items)
        return plain and not self._names_another(after, mention)

    def _names_another(self, after: str, mention: Mention) -> bool:
        """Tell whether what follows makes another name of it: 「推進費補助金」 is not 「推進費」."""
        own = [fold(item.label) for item in mention.items]
        if after.startswith(_UNITS_OF_OFFICES):
            return not any(after[:1] in label for label in own)
        return any(
            token.surface in self._endings and not any(token.surface in label for label in own)
            for token in self._tokenizer.tokens(after)
            if after.strip()
        )

    def _says_nothing(self, run: str, items: Sequence[Item]) -> bool:
        parents = [fold(parent) for item in items for path in item.parents for parent in path]
        for name in (*self._around, *parents):
            run = run.replace(name, " ")
        return all(
            token.normalized in self._known or token.surface in self._known or token.subpos == "数詞"
            for token in self._tokenizer.tokens(normalize(run))
            if token.surface.strip()
        )


def _as_quoted(mention: Mention, text: str) -> tuple[Item, ...]:
    """Return the items of a mention; of one in 「」 those printed exactly so, without a number before, if there are any."""
    is_quoted = text[: mention.start].endswith("「") and text.startswith("」", mention.end)
    name = key(text[mention.start : mention.end])
    return tuple(item for item in mention.items if is_quoted and item.key == name) or mention.items


def _of_level(items: tuple[Item, ...], level: str | None) -> tuple[Item, ...]:
    """Return the items of a level, without any those of a finer one (細事業 for 事業), without these all of them."""
    if level is None:
        return items
    exact = tuple(item for item in items if level in item.levels)
    finer = tuple(item for item in items if any(own.endswith(level) for own in item.levels))
    return exact or finer or items


def _run(text: str, start: int, step: int, covered: Sequence[tuple[int, int]]) -> str:
    """Return the letters that join on to a place of a text in one direction, as they are read."""
    end = start
    while 0 <= end < len(text) and _LETTER_OF_A_NAME.match(text[end]):
        if any(first <= end < last for first, last in covered):
            break
        end += step
    return text[start:end] if step > 0 else text[end + 1 : start + 1]
