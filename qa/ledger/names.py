"""The names one item goes by: as printed, without brackets, by its acronym, without its budget ending."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from qa.ledger.folding import Folded, fold, fold_all, key, keys, loose, loosened, loosest
from qa.ledger.items import Item

_BRACKETS = re.compile(r"[(（〔\[【《][^()（）〔〕\[\]【】《》]*[)）〕\]】》]")
_INSIDE = re.compile(r"(?P<before>.*?)[(（](?P<inside>[^()（）]+)[)）](?P<after>.*)")
_ACRONYM = re.compile(r"[a-z][a-z0-9&.\-]{1,}")
_NUMBER = re.compile(r"^[(（]?[0-9]{1,4}(?:[)）.．、] *| +)(?=[^0-9 ])")
"""A project's number, which nobody says: 「003 移住定住推進費」 goes by 「移住定住推進費」."""
# What a budget puts behind a name; people leave it out. Longest first.
_ENDING = re.compile(
    r"(?:(?:に要する|に係る)?(?:関連|関係|等)?(?:事業費|事業|経費|費用|費))?"
    r"(?:補助金|負担金|交付金|助成金|委託料|事務費)?$",
    re.MULTILINE,
)
_DOING = re.compile(r"(?:運営|推進|整備|実施|関連|関係|管理)(?:等)?$", re.MULTILINE)
_TYPE = re.compile(r"(?:事業|費|補助金|負担金|交付金|助成金|経費|推進|支援)$")
# What follows the last kana of a name is a name people use: 世界を目指す若者応援事業.
_TAIL = re.compile(r"(?<=[ぁ-ん])[一-龠々ァ-ヶーa-z0-9]{5,}$")
_SHORTEST = 2


class Strength(IntEnum):
    """How much of the printed name was said."""

    CORE = 1
    SHORT = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch `text[start:end]` of a folded question that names one item, or several of one name.

    `others` go by the same name less fully: a bracketed short form may be another table's full name.
    """

    start: int
    end: int
    items: tuple[Item, ...]
    strength: Strength
    others: tuple[Item, ...] = ()


def names(label: str) -> Iterator[tuple[str, Strength]]:
    """Yield the keys an item may be called by.

    >>> sorted({name for name, _ in names("横浜市国際交流協会（YOKE）補助金")})[:2]
    ['yoke', 'yoke補助金']
    """
    text = fold(label)
    yield key(label), Strength.FULL
    full = key(_NUMBER.sub("", text))
    if full != key(label):
        yield full, Strength.FULL
    bare = full
    if "(" in text or "[" in text or "【" in text or "《" in text:
        bare = key(_BRACKETS.sub("", text))
        yield bare, Strength.SHORT
        yield from _bracketed(text)
    yield from ((name, Strength.CORE) for name in _cores(bare))


def _bracketed(text: str) -> Iterator[tuple[str, Strength]]:
    match = _INSIDE.fullmatch(text)
    if not match:
        return
    inside, after = match["inside"], match["after"]
    ending = _TYPE.search(fold(match["before"] + after))
    if _ACRONYM.fullmatch(inside):
        yield key(inside + after), Strength.SHORT
        yield key(inside), Strength.CORE
    elif ending and inside.endswith(ending[0]) and not after:
        yield key(inside), Strength.SHORT
        yield from ((name, Strength.CORE) for name in _cores(key(inside)))


def _cores(name: str) -> Iterator[str]:
    core = _ENDING.sub("", name, count=1)
    if core != name and len(core) >= _SHORTEST:
        yield core
        shorter = _DOING.sub("", core)
        if shorter != core and len(shorter) > _SHORTEST:
            yield shorter


class Names:
    """Finds the items a question names outright. Building is one pass; a look-up never scans the items."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        pairs = list(_named(items))
        self._exact = _Table()
        self._loose = _Table()
        for name, number, strength in pairs:
            self._exact.put(name, number, strength)
        for name, (exact, number, strength) in zip(
            loosest([name for name, _, _ in pairs]), pairs, strict=True
        ):
            if name != exact:
                self._loose.put(name, number, strength)

    def also(self, pairs: Iterable[tuple[str, Item, Strength]]) -> None:
        """Let items go by further names, such as the acronyms a document defines."""
        for name, item, strength in pairs:
            self._exact.put(name, item.number, strength)
            self._loose.put(loose(name), item.number, strength)

    def mentions(self, question: Folded) -> list[Mention]:
        """Return the names in the question, longest first where they overlap, in the order they are said."""
        found = list(self._found(question, self._exact))
        if not any(mention.strength is Strength.FULL for mention in found):
            found += self._found(loosened(question), self._loose)
            found += self._found(loosened(question), self._exact)
        found.sort(key=lambda m: (-(m.end - m.start), -m.strength, m.start))
        chosen: list[Mention] = []
        for mention in found:
            if all(mention.end <= other.start or mention.start >= other.end for other in chosen):
                chosen.append(mention)
        return sorted(chosen, key=lambda m: m.start)

    def _found(self, question: Folded, table: "_Table") -> Iterator[Mention]:
        text = question.key
        for start in range(len(text) - 1):
            for length in sorted(table.lengths.get(text[start : start + 2], ()), reverse=True):
                named = table.names.get(text[start : start + length])
                if named and start + length <= len(text):
                    strongest = max(strength for _, strength in named)
                    numbers = dict.fromkeys(number for number, strength in named if strength == strongest)
                    items = tuple(self._items[number] for number in numbers)
                    less = tuple(self._items[n] for n, s in named if s is Strength.SHORT and n not in numbers)
                    yield Mention(*question.span(start, start + length), items, strongest, less)


class _Table:
    """Names with the numbers of their items, and for each first two letters the lengths there are."""

    def __init__(self) -> None:
        self.names: dict[str, list[tuple[int, Strength]]] = {}
        self.lengths: dict[str, set[int]] = {}

    def put(self, name: str, number: int, strength: Strength) -> None:
        if len(name) < _SHORTEST:
            return
        known = self.names.get(name)
        if known is None:
            self.names[name] = [(number, strength)]
            self.lengths.setdefault(name[:2], set()).add(len(name))
        else:
            known.append((number, strength))


def _named(items: Sequence[Item]) -> Iterator[tuple[str, int, Strength]]:
    """Yield every name of every item; the endings are taken off all names in one pass."""
    if not items:
        return
    printed = fold_all([item.label for item in items])
    texts = [_NUMBER.sub("", text) for text in printed]
    full = keys(texts)
    bare = keys([_BRACKETS.sub("", text) if "(" in text or "【" in text else text for text in texts])
    core = _ENDING.sub("", "\n".join(bare)).split("\n")
    shorter = _DOING.sub("", "\n".join(core)).split("\n")
    for item, text, name, plain, short, shortest in zip(items, texts, full, bare, core, shorter, strict=True):
        yield item.key, item.number, Strength.FULL
        if name != item.key:
            yield name, item.number, Strength.FULL
        if plain != name:
            yield plain, item.number, Strength.SHORT
            yield from ((name, item.number, strength) for name, strength in _bracketed(text))
        tail = _TAIL.search(plain)
        if tail:
            yield tail[0], item.number, Strength.CORE
        if short != plain:
            yield short, item.number, Strength.CORE
            if shortest != short and len(shortest) > _SHORTEST:
                yield shortest, item.number, Strength.CORE
