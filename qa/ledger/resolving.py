"""Which item a question means: named outright, misspelt, or by its telling words. Never a guess."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.tokenizer import SudachiTokenizer
from qa.ledger.book import ItemKey, Ledger
from qa.ledger.folding import Folded, fold, key
from qa.ledger.items import Item
from qa.ledger.names import Mention, Strength
from qa.ledger.similar import Similar, Spelling
from qa.ledger.vocabulary import FILLER, OFFICE, PERSONAL, SOURCE_WORDS, only_filler
from qa.ledger.words import Word, forms, nouns
from qa.ledger.years import year_mentions

Describe = Callable[[str], list[tuple[ItemKey, float]]]

_RUN = re.compile(r"[一-龠々ァ-ヶーa-z0-9ー]+")
_DESCRIBED = 2  # a description takes at least two words
# Letters in one run that end as a budget item does: a name, not a description.
FORMAL = re.compile(
    r"[一-龠々ァ-ヶーa-z0-9]{1,}(?:事業|費|経費|補助金|負担金|交付金|助成金)(?![一-龠々ァ-ヶーa-z])"
)
_BRACKET = re.compile(r"\s*[(\[【]([^)\]】]+)[)\]】]")
_INSIDE_RUN = re.compile(r"[一-龠々ァ-ヶーa-z]")


class How(StrEnum):
    """How an item was recognised; earlier is surer."""

    NAMED = "named"
    MISSPELT = "misspelt"
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Reading:
    """The items a question names, each as the equally good choices for one mention, and what stays unexplained."""

    mentions: tuple[Mention, ...]
    how: How
    unexplained: tuple[Word, ...] = ()
    near: tuple[Item, ...] = ()

    @property
    def named(self) -> bool:
        """Whether some item was recognised."""
        return bool(self.mentions)


class Resolver:
    """Reads names out of questions, over one ledger."""

    def __init__(self, ledger: Ledger, tokenizer: SudachiTokenizer, describe: Describe | None = None) -> None:
        self._ledger = ledger
        self._tokenizer = tokenizer
        self._describe = describe
        self._similar = Similar(ledger.items, tokenizer)
        self._context = _context(ledger)
        self._context_forms = forms(tokenizer, self._context)

    def read(self, question: Folded, covered: Sequence[tuple[int, int]]) -> Reading:
        """Return what the question names; `covered` are the spans that years and the like take."""
        said = self._ledger.names.mentions(question)
        mentions = [m for m in said if self._stands_alone(m, question.text, covered)]
        if mentions:
            return self._reading(question, mentions, How.NAMED, covered)
        spelt = self._similar.spelt(question, covered)
        if spelt.mentions and all(self._stands_alone(m, question.text, covered) for m in spelt.mentions):
            return self._reading(question, list(spelt.mentions), How.MISSPELT, covered)
        if any(m.strength is Strength.FULL for m in said):
            # A longer name around a known one is another item.
            near = tuple(item for m in said for item in m.items)
            return Reading((), How.WORDS, tuple(self.words(question, covered)), near)
        return self._by_words(question, covered, spelt)

    def words(self, question: Folded, covered: Sequence[tuple[int, int]]) -> list[Word]:
        """Return the nouns of the question that no year, number or place of the city explains."""
        return [
            w for w in nouns(self._tokenizer, question.text, covered) if not w.forms & self._context_forms
        ]

    def total_named(self, question: Folded, covered: Sequence[tuple[int, int]]) -> Item | None:
        """Return the total of the document whose office, or whose city where it has no office, is named."""
        for document, total in self._ledger.totals.items():
            names = self.offices(document)
            offices = {name for name in names if name.endswith(_OFFICES)} or names
            if any(name in question.text for name in offices):
                return total
        return None

    def offices(self, document_id: str) -> frozenset[str]:
        """Return the names of the city and the office in the header of a document."""
        return frozenset(name for name in _organisations(self._ledger, document_id) if len(name) > 1)

    def aspect(self, shape: str, known: Sequence[str], *, short: bool) -> str | None:
        """Return the funding source a question asks for, in the words of the documents.

        `short` lets 国 and 県 count: not where the question describes its item, as in 「よその国の…」.
        """
        folded_known = {key(name): name for name in known}
        for name, original in sorted(folded_known.items(), key=lambda pair: -len(pair[0])):
            if len(name) > 1 and name in key(shape):
                return original
        for canonical, said in SOURCE_WORDS.items():
            for word in said:
                if (short or len(word) > 1) and self._says(shape, word):
                    return _known_source(canonical, said, folded_known)
        return None

    def _says(self, shape: str, word: str) -> bool:
        if len(word) > 1:
            return word in shape
        tokens = self._tokenizer.tokens(shape)
        return any(
            token.surface == word
            and (i + 1 == len(tokens) or tokens[i + 1].pos in ("助詞", "補助記号", "空白"))
            and (i == 0 or tokens[i - 1].pos in ("助詞", "補助記号", "空白", "助動詞"))
            for i, token in enumerate(tokens)
        )

    def _reading(
        self, question: Folded, mentions: list[Mention], how: How, covered: Sequence[tuple[int, int]]
    ) -> Reading:
        chosen = self._narrowed(mentions)
        spans = [*covered, *((m.start, m.end) for m in mentions)]
        return Reading(tuple(chosen), how, tuple(self._left(question, spans, mentions)))

    def _left(
        self, question: Folded, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]
    ) -> list[Word]:
        """Return the words no mentioned item explains by its label, its parents or its department."""
        known: frozenset[str] = frozenset()
        left = [*_other_brackets(question.text, mentions), *self.words(question, spans)]
        if left:
            items = [item for mention in mentions for item in mention.items]
            known = forms(self._tokenizer, (fold(text) for item in items for text in _texts(item)))
        return [word for word in left if not word.forms & known]  # a bracket has no forms: it always stays

    def _narrowed(self, mentions: list[Mention]) -> list[Mention]:
        """Use a named ancestor to choose among items of one name, then drop it: 「総務費の文書費」."""
        chosen: list[Mention] = []
        for mention in mentions:
            others = [item for other in mentions if other is not mention for item in other.items]
            under = tuple(i for i in mention.items if any(self._ledger.under(i, other) for other in others))
            chosen.append(
                Mention(mention.start, mention.end, under or mention.items, mention.strength, mention.others)
            )
        return chosen

    def _stands_alone(self, mention: Mention, text: str, covered: Sequence[tuple[int, int]]) -> bool:
        """Return whether the name is not part of a longer compound that names something else."""
        left, right = mention.start, mention.end
        before = _run_before(text, left, covered)
        after = _run_after(text, right, covered)
        return self._says_nothing(before, mention) and self._says_nothing(after, mention)

    def _says_nothing(self, run: str, mention: Mention) -> bool:
        rest = run
        for name in sorted(self._context, key=len, reverse=True):
            rest = rest.replace(name, "")
        for item in mention.items:
            for path in item.parents:
                for parent in path:
                    rest = rest.replace(fold(parent), "")
        rest = FILLER.sub("", rest)
        return not rest

    def _by_words(self, question: Folded, covered: Sequence[tuple[int, int]], spelt: Spelling) -> Reading:
        words = self.words(question, covered)
        office = OFFICE.search(question.text)
        if PERSONAL.search(question.text) or (office and office[0] not in self._context):
            return Reading((), How.WORDS, tuple(words), spelt.near)
        found = self._similar.by_words(words, formal=bool(FORMAL.search(question.text)))
        if found.items:
            span = (min(w.start for w in words), max(w.end for w in words))
            return Reading((Mention(*span, found.items, Strength.CORE),), How.WORDS, (), found.near)
        if self._describe is not None:
            reading = self._by_meaning(question, words)
            if reading:
                return reading
        return Reading((), How.WORDS, tuple(words), spelt.near or found.near)

    def _by_meaning(self, question: Folded, words: Sequence[Word]) -> Reading | None:
        """Take the one item whose description clearly means the question; a name the item lacks forbids it."""
        if self._describe is None or any(word.proper or word.surface.isascii() for word in words):
            return None
        if len(words) < _DESCRIBED or self.total_named(question, ()):
            return None
        ranked = self._describe(question.text)
        by_key = {(item.document, item.label): item for item in reversed(self._ledger.items)}
        found = [(by_key[name], score) for name, score in ranked if name in by_key]
        if not found:
            return None
        best = [item for item, score in found if score >= found[0][1]]
        return Reading((Mention(0, len(question.text), tuple(best[:4]), Strength.CORE),), How.MEANING)


def _other_brackets(text: str, mentions: Sequence[Mention]) -> list[Word]:
    """Return what stands in a bracket right behind a name and is in none of the item's own: （中学校）."""
    found = []
    for mention in mentions:
        match = _BRACKET.match(text, mention.end)
        if match and not only_filler(match[1]) and not year_mentions(match[1]):
            inside = key(match[1])
            if not any(inside in item.key for item in mention.items):
                found.append(Word(match[1], frozenset(), match.start(1), match.end(1)))
    return found


def _texts(item: Item) -> list[str]:
    return [item.label, *(parent for path in item.parents for parent in path), *item.marks]


def _run_before(text: str, start: int, covered: Sequence[tuple[int, int]]) -> str:
    i = start
    while i > 0 and _INSIDE_RUN.match(text[i - 1]) and not any(s <= i - 1 < e for s, e in covered):
        i -= 1
    return text[i:start]


def _run_after(text: str, end: int, covered: Sequence[tuple[int, int]]) -> str:
    i = end
    while i < len(text) and _INSIDE_RUN.match(text[i]) and not any(s <= i < e for s, e in covered):
        i += 1
    return text[end:i]


_OFFICES = ("局", "部", "課", "庁", "室", "委員会", "本部", "会計", "院")
_CITY = re.compile(r"[一-龠々ァ-ヶー]{1,6}?[都道府県市区町村]")


def _organisations(ledger: Ledger, document_id: str) -> frozenset[str]:
    """Return the names of the city and the office that the document's header gives, whole and in parts."""
    try:
        document = ledger.document(document_id)
    except KeyError:
        return frozenset()
    found: set[str] = set()
    for text in (fold(document.publisher), re.sub(r"(?:令和|平成)[0-9元]+年度", " ", fold(document.title))):
        for run in re.findall(r"[一-龠々ァ-ヶー]+", text):
            found.update(_parts(run))
    return frozenset(found)


def _parts(run: str) -> set[str]:
    """Return 横浜市国際局 as 横浜市国際局, 横浜市, 横浜, 国際局; 国際局予算 as 国際局."""
    parts: set[str] = set()
    rest = run
    city = _CITY.match(rest)
    if city and city.end() >= 2:
        parts |= {city[0], city[0][:-1]}
        rest = rest[city.end() :]
    office = re.match(r"[一-龠々ァ-ヶー]{1,14}?(?:局|部|課|庁|室|委員会|本部|会計|院)", rest)
    if office:
        parts |= {office[0], run[: run.index(office[0]) + len(office[0])]}
    return {part for part in parts if len(part) > 1}


def _context(ledger: Ledger) -> frozenset[str]:
    return frozenset(name for document in ledger.document_ids() for name in _organisations(ledger, document))


def label_key(item: Item) -> ItemKey:
    """Return how outside code names an item: its document and its label."""
    return item.document, item.label


def same_name(items: Sequence[Item]) -> bool:
    """Return whether the items all have one printed name."""
    return len({key(item.label) for item in items}) == 1


def _known_source(canonical: str, said: Sequence[str], known: dict[str, str]) -> str:
    """Return the document's own name of a source; where it has none, ours: nothing will be found under it."""
    for word in (canonical, *said):
        if key(word) in known:
            return known[key(word)]
    return canonical
