"""Acronyms a document defines for the words of a label: アフリカ開発会議（TICAD）."""

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.types import Document
from qa.ledger.folding import key
from qa.ledger.items import Item
from qa.ledger.names import Strength

# A written-out name, then its short form in brackets; a trailing number (TICAD８) is no part of it.
_DEFINED = re.compile(
    r"([一-龠々ァ-ヶー・]{3,24})[(（]([A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ&＆.\-－]{1,11})[0-9０-９]*[)）]"
)
_SHORTEST = 4


def acronyms(items: Sequence[Item], documents: Iterable[Document]) -> Iterator[tuple[str, Item, Strength]]:
    """Yield the acronyms that stand for the beginning of an item's name, with the item."""
    short = {d.id: dict(_definitions(d.text)) for d in documents}
    for item in items:
        names = short.get(item.document)
        label = key(item.label) if names else ""
        for end in range(len(label), _SHORTEST - 1, -1):
            acronym = names.get(label[:end]) if names else None
            if acronym:
                yield acronym + label[end:], item, Strength.SHORT
                yield acronym, item, Strength.CORE
                break


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield (name, acronym); the bracket may follow a longer compound, so every ending of it may be the name."""
    for match in _DEFINED.finditer(text):
        name = key(match[1])
        for start in range(len(name) - _SHORTEST + 1):
            yield name[start:], key(match[2])
