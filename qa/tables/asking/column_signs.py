"""How a column and a question go together, as numbers: meaning, shared letters, like words, kind, unit."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.tables.types import ColumnKind
from index.keys import hash_keys
from index.tokenizer import shared_tokenizer
from qa.evidence.word_vectors import LikenessVectors
from qa.tables.store.spoken_titles import spoken_title
from qa.tables.store.table_store import StoredTable, TableStore
from qa.tables.store.value_keys import value_key

KINDS = tuple(kind.value for kind in ColumnKind)
_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "接尾辞")
_COUNTED = re.compile(r"何(.)|(いく)ら")
_SAMPLED = 64
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ColumnFacts:
    """What is known of a table's columns before a question: keys and word vectors of titles, and shares (columns, 3)."""

    keys: tuple[str, ...]
    words: tuple[Numbers, ...]
    kinds: npt.NDArray[np.int64]
    shares: Numbers
    units: tuple[str, ...]


@dataclass(frozen=True)
class AskedOfColumns:
    """A question as columns are compared with it: `masked` is its vector without names, `whole` with them.

    `key` is what no name takes, for shared letters; `words` are vectors of its content words (n, dimension).
    """

    masked: Numbers
    whole: Numbers
    key: str
    words: Numbers
    counters: frozenset[str]
    kinds: Numbers
    operations: Numbers


class ColumnSigns:
    """Computes the signs of a table's columns. Safe to share between threads."""

    def __init__(self, store: TableStore, likeness: LikenessVectors) -> None:
        self._store, self._likeness = store, likeness
        self._facts = lru_cache(maxsize=256)(self._facts_of)

    def word_vectors(self, text: str) -> Numbers:
        """Return the vectors of the content words of a text, (n, dimension)."""
        words = [t.normalized for t in shared_tokenizer().tokens(text) if t.pos in _CONTENT]
        vectors = self._likeness.of(hash_keys(words)) if words else np.zeros((0, 96), np.float32)
        return np.asarray(vectors[np.abs(vectors).sum(axis=1) > 0], np.float32)

    def of(self, table: StoredTable, asked: AskedOfColumns, taken: AbstractSet[int]) -> Numbers:
        """Return the signs of each column, (columns, SIGNS); `taken` columns hold what the question names."""
        facts = self._facts(table.key)
        count = len(table.columns)
        titles, samples = table.vectors[:count], table.vectors[count : 2 * count]
        cosines = np.stack([titles @ asked.masked, samples @ asked.masked, titles @ asked.whole], axis=1)
        cosines = np.concatenate([cosines, cosines - cosines.max(axis=0, keepdims=True)], axis=1)
        letters = np.array([_shared(key, asked.key) for key in facts.keys], np.float32)
        alike = np.array([_alike(words, asked.words) for words in facts.words], np.float32)
        kinds = np.eye(len(KINDS), dtype=np.float32)[facts.kinds]
        wanted = asked.kinds[facts.kinds][:, None]
        counted = np.array(
            [[float(any(c in unit for c in asked.counters))] for unit in facts.units], np.float32
        )
        places = np.stack(
            [
                np.arange(count) == table.name,
                [number in taken for number in range(count)],
                np.arange(count) / count,
                np.full(count, min(count, 30) / 30),
            ],
            axis=1,
        ).astype(np.float32)
        return np.concatenate(
            [cosines, letters, alike, wanted, wanted - wanted.max(), counted, places, facts.shares, kinds],
            axis=1,
        ).astype(np.float32)

    def _facts_of(self, key: tuple[int, int]) -> ColumnFacts:
        table = self._store.table(key)
        titles = [spoken_title(column.title) for column in table.columns]
        shares, units = [], []
        for column in table.columns:
            blank = [not text for text in column.texts]
            filled = np.array(blank, bool)[column.codes].mean() if table.size else 1.0
            shares.append(
                (float(filled), min(len(column.texts), 200) / 200, len(column.texts) / max(1, table.size))
            )
            sample = " ".join(column.texts[: min(3, len(column.texts))])
            units.append(f"{column.unit} {column.title} {re.sub('[0-9,.]', '', sample)[:30]}")
        return ColumnFacts(
            tuple(value_key(title) for title in titles),
            tuple(self.word_vectors(title) for title in titles),
            np.array([KINDS.index(column.kind.value) for column in table.columns]),
            np.array(shares, np.float32).reshape(-1, 3),
            tuple(units),
        )


def counters_in(text: str) -> frozenset[str]:
    """Return what a question counts: 人 of 何人, 円 of いくら.

    >>> sorted(counters_in("何人まで、いくら"))
    ['人', '円']
    """
    return frozenset("円" if match[2] else match[1] for match in _COUNTED.finditer(text))


def _shared(title: str, asked: str) -> tuple[float, float, float, float]:
    """Return how much of a title a question has: the longest run, of the title and of the question, and single letters."""
    longest = 0
    for start in range(len(title)):
        while start + longest < len(title) and title[start : start + longest + 1] in asked:
            longest += 1
    if longest < 2 and not (longest == 1 and len(title) == 1):
        longest = 0
    letters = len(set(title) & set(asked)) / max(1, len(set(title)))
    return longest / max(1, len(title)), min(longest, 8) / 8, longest / max(1, len(asked)), letters


def _alike(title: Numbers, asked: Numbers) -> tuple[float, float]:
    if not len(title) or not len(asked):
        return 0.0, 0.0
    cosines = title @ asked.T
    return float(cosines.max()), float(cosines.max(axis=1).mean())
