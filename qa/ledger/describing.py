"""What the documents say about each item, so that a question in other words still finds it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from corpus.lexicon.scripts import KATAKANA_WORD
from corpus.types import Document, Measure
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.ledger.book import ItemKey, Ledger
from qa.ledger.folding import fold
from qa.ledger.items import Item

_PROSE = re.compile(r"[^\n]*[ぁ-ん][^\n]{12,}(?:。|\n|$)")
_POS = frozenset({"名詞", "動詞", "形状詞", "形容詞"})
_LARGEST = 1000  # more items than this are not described: their names serve them
Forms = frozenset[str]


class Describer:
    """Finds the text that describes each item of a ledger: a column of a table, or the paragraphs of an outline.

    `neutral` are words (as Sudachi normalises them) that any budget has: they tell no item from another.
    """

    def __init__(
        self, ledger: Ledger, tokenizer: SudachiTokenizer, neutral: frozenset[str] = frozenset()
    ) -> None:
        self._neutral = neutral
        self._ledger = ledger
        self._tokenizer = tokenizer

    def descriptions(self) -> list[tuple[ItemKey, str]]:
        """Return the text that describes each item, where there is one: material for other retrievers."""
        if len(self._ledger.items) > _LARGEST:
            return []
        return [((item.document, item.label), text) for item, text in self._texts()]

    def _content(self, text: str) -> list[Token]:
        return [
            token
            for token in self._tokenizer.tokens(text)
            if token.pos in _POS
            and token.subpos not in ("数詞", "非自立可能")
            and token.normalized not in self._neutral
        ]

    def _words(self, text: str) -> list[Forms]:
        """Return the forms of each word; the parts of a coined katakana word have no synonyms of their own."""
        tokens = self._content(fold(text))
        joined = {
            i
            for i in range(len(tokens))
            for j in (i - 1, i + 1)
            if 0 <= j < len(tokens) and _one_katakana_word(tokens[i], tokens[j])
        }
        return [frozenset({t.key}) if i in joined else t.forms for i, t in enumerate(tokens)]

    def _plain_forms(self, text: str) -> Forms:
        return frozenset(token.key for token in self._content(fold(text)))

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
                cells = [cell.text for cell in item.descriptions]
                yield item, "\n".join([*cells, *written.get(item.number, ())])

    def _assigned(self, items: Sequence[Item], document: Document) -> dict[int, list[str]]:
        """Give each paragraph to the item of its page whose name it speaks of.

        Where columns came out in another order, the paragraph after a name may describe another item. What
        speaks of no name goes, in order, to the items still without one, if there are as many.
        """
        pages: dict[int, list[Item]] = defaultdict(list)
        for item in items:
            if not item.descriptions:
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


def _one_katakana_word(one: Token, other: Token) -> bool:
    near = one.end == other.start or other.end == one.start
    return near and bool(KATAKANA_WORD.fullmatch(one.surface) and KATAKANA_WORD.fullmatch(other.surface))
