"""Funding sources in questions, by the words of the document or by those that people use."""

from collections.abc import Iterator, Sequence
from functools import cache

from corpus.data_rows import data_rows
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.frames.exact.slots import Slot
from qa.ledger.folding import fold, key

GENERAL, SPECIAL = "一般財源", "特定財源"
_BEFORE = frozenset(("助詞", "補助記号", "空白", "助動詞", "接続詞"))
_PART = frozenset(("うち", "内"))
_AFTER = frozenset(("助詞", "補助記号", "空白"))
_AFTER_LISTED = _AFTER | {"副詞", "動詞", "名詞"}
_BETWEEN = frozenset(("と", "・", "、", "及び", "や", "+", "/"))


class SourceNames:
    """The names of the sources that a ledger prints, and the words for sources in general."""

    def __init__(self, printed: Sequence[str], tokenizer: SudachiTokenizer) -> None:
        self._printed = {fold(name): name for name in printed}
        self._words = sorted({*self._printed, *_group_of()}, key=lambda word: -len(word))
        self._tokenizer = tokenizer

    def said(self, text: str) -> list[Slot[str]]:
        """Return the sources that a folded text names, as said, in order."""
        found: list[Slot[str]] = []
        for word in self._words:
            for start in _places(text, word):
                end = start + len(word)
                if all(end <= f.start or start >= f.end for f in found) and self._stands(text, start, end):
                    found.append(Slot(start, end, word))
        return sorted(found, key=lambda slot: slot.start)

    def _stands(self, text: str, start: int, end: int) -> bool:
        """One letter, and その他, name a source only where they stand as a word: not 国 in 国際 or その他の事業."""
        if end - start > 1:
            return True
        tokens = self._tokenizer.tokens(text)
        return any(
            token.start == start
            and token.end == end
            and (
                i + 1 == len(tokens)
                or tokens[i + 1].pos in (_AFTER_LISTED if _is_listed(tokens, i) else _AFTER)
            )
            and (i == 0 or tokens[i - 1].pos in _BEFORE or tokens[i - 1].surface in _PART)
            for i, token in enumerate(tokens)
        )


def printed_as(said: str, printed: Sequence[str]) -> tuple[str, ...]:
    """Return the names under which `printed` sources hold what was said; several for 特定財源, none where none does.

    >>> printed_as("国費", ["国庫支出金", "一般財源"]), printed_as("特定財源", ["国", "県", "一般財源"])
    (('国庫支出金',), ('国', '県'))
    """
    for name in printed:
        if key(name) == key(said):
            return (name,)
    group = _groups()[_group_of()[said]] if said in _group_of() else (said,)
    if SPECIAL in group:
        return tuple(name for name in printed if GENERAL not in name)
    exact = [name for name in printed if fold(name) in group]
    alike = [n for n in printed if any(w in fold(n) for w in group if len(w) > 1) or fold(n)[0] in group]
    found = exact or alike
    return (found[0],) if len(found) == 1 else ()


def _is_listed(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word stands behind another one and 「と」: 国と県それぞれ."""
    return place > 0 and tokens[place - 1].surface in _BETWEEN


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, words)) for words in data_rows("qa.frames.exact", "source_names.tsv"))


@cache
def _group_of() -> dict[str, int]:
    return {word: number for number, group in enumerate(_groups()) for word in group}
