"""What the documents say about each item, so that a question in other words still finds it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from corpus.types import Document, Measure
from index.tokenizer import SudachiTokenizer
from index.types import Encoder, Token, Vectors
from qa.everyday import everyday_phrases
from qa.ledger.book import ItemKey, Ledger
from qa.ledger.folding import fold
from qa.ledger.items import Item
from qa.ledger.vocabulary import NEUTRAL

_PROSE = re.compile(r"[^\n]*[ぁ-ん][^\n]{12,}(?:。|\n|$)")
_OUTLINE = re.compile(r"概要|内容|説明|目的")
# Verbs of amounts: they say what is asked, not what the item is.
_SAID_OF_MONEY = frozenset(
    "増える 減る 増やす 減らす 上がる 下がる 変わる 積む 付く 掛かる 使う 教える 知る".split()
)
_POS = frozenset({"名詞", "動詞", "形状詞", "形容詞"})
_SAME, _ALIKE = 1.0, 0.7  # a word itself tells more than a word of one sense with it
_EXPLAINED, _SAID, _MEANT = (
    0.5,
    0.25,
    0.5,
)  # what the item explains, what of its name is said, nearness of sense
_LEAST = 0.42
_LEAST_WITHOUT_SENSE = 0.3
_MARGIN = 0.1  # items this near to the best one are as good
_LARGEST = 1000  # more items than this are not described: the lexical paths serve them
_TEXT_LENGTH = 200  # characters of a description that are encoded
_KATAKANA = re.compile(r"[ァ-ヶー]+")

Forms = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Described:
    key: ItemKey
    label: tuple[Forms, ...]
    words: Forms


@dataclass(frozen=True, slots=True)
class _Score:
    key: ItemKey
    words: float
    sense: float

    @property
    def total(self) -> float:
        return self.words + self.sense


class Describer:
    """Ranks items by how well their names and descriptions mean a question; an encoder adds nearness of sense."""

    def __init__(self, ledger: Ledger, tokenizer: SudachiTokenizer, encoder: Encoder | None = None) -> None:
        self._ledger = ledger
        self._tokenizer = tokenizer
        self._encoder = encoder
        self._weight: dict[str, float] = {}

    def __call__(self, question: str) -> list[tuple[ItemKey, float]]:
        """Return the items that mean the question, equally good ones with one score; none where it is not clear."""
        if len(self._ledger.items) > _LARGEST:
            return []
        scored = self._scored(question)
        least = _LEAST if self._encoder else _LEAST_WITHOUT_SENSE
        if not scored or scored[0].total < least or not self._spoken(question, scored[0].key):
            return []
        best = scored[0].total
        by_words = max(scored, key=lambda score: score.words)
        by_sense = (
            max(scored, key=lambda score: score.sense) if self._encoder else scored[min(1, len(scored) - 1)]
        )
        near = [score for score in scored if score.total >= best - _MARGIN]
        # Words and sense must single out the same item; else it is for the person to say which.
        return [(name, best) for name in dict.fromkeys(s.key for s in (*near, by_words, by_sense))]

    def scores(self, question: str) -> list[tuple[ItemKey, float]]:
        """Return every described item with its score, best first."""
        return [(score.key, score.total) for score in self._scored(question)]

    def _scored(self, question: str) -> list["_Score"]:
        items = self._items
        asked = self._question(question)
        whole = sum(self._heaviest(words) for words, _ in asked)
        if not items or not whole:
            return []
        near = self._near(asked)
        scored = [_Score(item.key, self._score(asked, item, whole), near[i]) for i, item in enumerate(items)]
        return sorted(scored, key=lambda score: -score.total)

    def _spoken(self, question: str, name: ItemKey) -> bool:
        """Return whether some word of the item's own name is said: a description alone may be of a part of it."""
        said = frozenset(form for same, alike in self._question(question) for form in same | alike)
        return any(forms & said for item in self._items if item.key == name for forms in item.label)

    def descriptions(self) -> list[tuple[ItemKey, str]]:
        """Return the text that describes each item, where there is one: material for other retrievers."""
        return [((item.document, item.label), text) for item, text in self._texts()]

    def _score(self, asked: Sequence[tuple[Forms, Forms]], item: _Described, whole: float) -> float:
        explained = 0.0
        for same, alike in asked:
            weight = self._heaviest(same)
            explained += weight * (_SAME if same & item.words else _ALIKE if alike & item.words else 0.0)
        said = frozenset(form for same, _ in asked for form in same)
        meant = frozenset(form for _, alike in asked for form in alike)
        name = sum(map(self._heaviest, item.label)) or 1.0
        spoken = sum(
            self._heaviest(forms) * (_SAME if forms & said else _ALIKE if forms & meant else 0.0)
            for forms in item.label
        )
        return _EXPLAINED * explained / whole + _SAID * spoken / name

    def _near(self, asked: Sequence[tuple[Forms, Forms]]) -> list[float]:
        """Return how much nearer each item is in sense than the items are on average, by name and description.

        Any two texts of a city hall are somewhat near to each other; only what is beyond that singles an item out.
        What is asked of the item (いくら, 前年度) would draw the question to whatever speaks of money: of its words
        only those that may name an item are encoded, in their order.
        """
        if self._encoder is None:
            return [0.0] * len(self._items)
        words = [
            form for same, alike in asked for form in (*same, *sorted(alike)) if not form.startswith("#")
        ]
        query = self._encoder.encode_queries([" ".join(dict.fromkeys(words))])[0]
        names, texts = self._vectors
        near = (names @ query + texts @ query) / 2
        return [float(nearness) for nearness in _MEANT * (near - near.mean())]

    @cached_property
    def _vectors(self) -> tuple[Vectors, Vectors]:
        encoder = self._encoder
        if encoder is None:
            raise ValueError("There are no vectors without an encoder; give the Describer one.")
        texts = self.descriptions()
        labels = [name for (_, name), _ in texts]
        told = [f"{name}。{text[:_TEXT_LENGTH]}" for (_, name), text in texts]
        return encoder.encode_passages(labels), encoder.encode_passages(told)

    def _heaviest(self, forms: Forms) -> float:
        return max((self._weight.get(form, self._rarest) for form in forms), default=0.0)

    def _question(self, question: str) -> list[tuple[Forms, Forms]]:
        """Return, for each content word, the word itself and the words of one sense with it."""
        text = fold(question)
        phrases = everyday_phrases(text)
        asked = []
        for token in self._content(text):
            same = frozenset({token.normalized.casefold()})
            alike = _forms(token)
            for start, end, words in phrases:
                if start < token.end and token.start < end:
                    alike |= frozenset(f for word in words for t in self._content(word) for f in _forms(t))
            asked.append((same, alike - same))
        return asked

    def _content(self, text: str) -> list[Token]:
        return [
            token
            for token in self._tokenizer.tokens(text)
            if token.pos in _POS
            and token.subpos not in ("数詞", "非自立可能")
            and token.normalized.casefold() not in _SAID_OF_MONEY
            and token.normalized.casefold() not in NEUTRAL
            and token.surface not in NEUTRAL
        ]

    @cached_property
    def _items(self) -> tuple[_Described, ...]:
        described = tuple(
            _Described(
                (item.document, item.label),
                tuple(self._words(item.label)),
                self._all_forms(f"{item.label}\n{text}"),
            )
            for item, text in self._texts()
        )
        counts = Counter(form for each in described for form in each.words)
        self._rarest = log(1 + len(described))
        self._weight = {form: log(1 + len(described) / count) for form, count in counts.items()}
        return described

    def _words(self, text: str) -> list[Forms]:
        """Return the forms of each word; the parts of a coined katakana word have no synonyms of their own."""
        tokens = self._content(fold(text))
        joined = {
            i
            for i in range(len(tokens))
            for j in (i - 1, i + 1)
            if 0 <= j < len(tokens) and _one_katakana_word(tokens[i], tokens[j])
        }
        return [
            frozenset({t.normalized.casefold()}) if i in joined else _forms(t) for i, t in enumerate(tokens)
        ]

    def _plain_forms(self, text: str) -> Forms:
        return frozenset(token.normalized.casefold() for token in self._content(fold(text)))

    def _all_forms(self, text: str) -> Forms:
        return frozenset(form for forms in self._words(text) for form in forms)

    def _texts(self) -> Iterable[tuple[Item, str]]:
        by_document: dict[str, list[Item]] = defaultdict(list)
        for item in self._ledger.items:
            if _has_amount(item) and not self._ledger.children(item) and self._in_tree(item):
                by_document[item.document].append(item)
        for document_id, items in by_document.items():
            document = self._ledger.document(document_id)
            written = self._assigned(items, document)
            for item in items:
                cells = [cell.text for cell in item.attributes if _OUTLINE.search(cell.name)]
                yield item, "\n".join([*cells, *written.get(item.number, ())])

    def _assigned(self, items: Sequence[Item], document: Document) -> dict[int, list[str]]:
        """Give each paragraph to the item of its page whose name it speaks of.

        Where columns came out in another order, the paragraph after a name may describe another item. What
        speaks of no name goes, in order, to the items still without one, if there are as many.
        """
        pages: dict[int, list[Item]] = defaultdict(list)
        for item in items:
            if not any(_OUTLINE.search(cell.name) for cell in item.attributes):
                pages[item.figures[0].page].append(item)
        plain = {item.number: self._plain_forms(item.label) for item in items}
        alike = {item.number: self._all_forms(item.label) for item in items}
        written: dict[int, list[str]] = defaultdict(list)
        for number, on_page in pages.items():
            page = document.pages[number - 1]
            texts = [match[0] for match in _PROSE.finditer(document.text, page.start, page.end)]
            left = [
                text for text in texts if not _give(text, self._plain_forms(text), on_page, plain, written)
            ]
            silent = [item for item in on_page if item.number not in written]
            left = [text for text in left if not _give(text, self._all_forms(text), silent, alike, written)]
            silent = [item for item in silent if item.number not in written]
            if len(silent) == len(left):
                for item, text in zip(silent, left, strict=True):
                    written[item.number].append(text)
        return written

    def _in_tree(self, item: Item) -> bool:
        """Leave out highlights and other lists where the document has a tree: they repeat its items."""
        total = self._ledger.totals.get(item.document)
        return total is None or self._ledger.under(item, total)


def _has_amount(item: Item) -> bool:
    """Figures that may not be shown count: else a question that means their item would find another one."""
    return any(figure.measure is Measure.AMOUNT for figure in item.figures)


def _give(
    text: str, forms: Forms, items: Sequence[Item], names: Mapping[int, Forms], written: dict[int, list[str]]
) -> bool:
    """Give a paragraph to the one item whose name it speaks of most; return whether there is one."""
    common = Counter(form for item in items for form in names[item.number])
    ranked = sorted(
        ((_shared(forms & names[item.number], common), -item.number) for item in items), reverse=True
    )
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return False
    written[-ranked[0][1]].append(text)
    return True


def _shared(forms: Forms, common: Counter[str]) -> float:
    return sum(1 / common[form] for form in forms)


def _forms(token: Token) -> Forms:
    return frozenset({token.normalized.casefold(), *(f"#{group}" for group in token.synonyms)})


def _one_katakana_word(one: Token, other: Token) -> bool:
    near = one.end == other.start or other.end == one.start
    return near and bool(_KATAKANA.fullmatch(one.surface) and _KATAKANA.fullmatch(other.surface))
