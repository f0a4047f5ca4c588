"""Cells that a question names by other words: phrases of it that mean what a cell means."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.tokenizer import shared_tokenizer
from index.types import Encoder
from qa.tables.naming.cell_namings import Naming
from qa.tables.store.table_store import MEANT, MOST_MEANT, TableStore
from qa.tables.store.value_keys import KeyedText

_NEAR = 0.45  # cosine from which on a phrase may mean a cell
_SHORTENED = 3  # letters of a name that others are left out of, at least
_NEAREST = 2  # cells of a column that a phrase may mean
_PHRASES = 5
_COVERED = 0.5  # of a phrase: a name that letters tell is not looked for by meaning too
_NOUNS = ("名詞", "接頭辞", "接尾辞", "形状詞")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ]")
_SPLIT = re.compile(
    r"(?i)\b(?:what|which|where|when|who|how|many|much|is|are|was|were|the|a|an|of|at|in|on|for|to|do|does|can|i|my|me|there|please|"
    r"it|its|have|has|and|or|by|with|from|about|tell|give|you|number|phone|time|address)\b|[?.,!？。，、]|的|在|是|吗|几|多少|哪里|什么|有"
)
Numbers = npt.NDArray[np.float32]


class Meant:
    """Looks for cells by the meaning of one question's phrases, which are encoded when they are first needed."""

    def __init__(self, store: TableStore, encoder: Encoder, text: KeyedText, whole: Numbers) -> None:
        self._store, self._encoder, self._text, self._whole = store, encoder, text, whole

    def added(self, key: tuple[int, int], named: Sequence[Naming]) -> list[Naming]:
        """Return what is named in a table, with the cells that phrases mean of which no letters are named."""
        taken = {
            place
            for one in named
            if one.whole or one.coverage >= _COVERED
            for place in range(one.start, one.end)
        }
        phrases = [
            p for p in noun_phrases(self._text) if len(taken & set(range(*p))) < _COVERED * (p[1] - p[0])
        ][:_PHRASES]
        if not phrases:
            return list(named)
        words = ["".join(self._text.text[slice(*self._text.span(*phrase))]) for phrase in phrases]
        vectors = np.asarray(self._encoder.encode_queries(words), np.float32)
        found = [*named, *self._shortened(key, phrases)]
        for number, column in enumerate(self._store.table(key).columns):
            meanings = self._store.meanings(key, number) if column.kind in MEANT else None
            if meanings is None:
                continue
            cosines = vectors @ meanings.T
            for (start, end), row in zip(phrases, cosines, strict=True):
                near = [
                    n for n in np.argsort(-row)[:_NEAREST].tolist() if row[n] >= _NEAR and column.texts[n]
                ]
                said = words[phrases.index((start, end))]
                found += [Naming(number, start, end, (n,), False, 0.5, float(row[n]), said) for n in near]
        return found

    def _shortened(self, key: tuple[int, int], phrases: Sequence[tuple[int, int]]) -> Iterator[Naming]:
        """Yield the few cells that a phrase leaves letters out of: 北浜コミセン for 北浜コミュニティセンター."""
        for number, column in enumerate(self._store.table(key).columns):
            if column.kind not in MEANT or len(column.texts) > MOST_MEANT:
                continue
            keys = self._store.keys(key, number)
            for start, end in phrases:
                run = self._text.key[start:end]
                if len(run) < _SHORTENED:
                    continue
                cells = [n for n, cell in enumerate(keys) if _leaves_out(run, cell)]
                if 0 < len(cells) <= _NEAREST:
                    said = self._text.text[slice(*self._text.span(start, end))]
                    near = max(len(run) / len(keys[n]) for n in cells)
                    yield Naming(number, start, end, tuple(cells), False, near, 0.97, said)


def _leaves_out(run: str, cell: str) -> bool:
    """Tell whether a run is a cell with letters left out, begun alike.

    >>> _leaves_out("北浜こみせん", "北浜こみゅにてぃせんた"), _leaves_out("公民館", "中央公民館")
    (True, False)
    """
    if not cell or run[0] != cell[0] or len(run) >= len(cell) or run in cell:
        return False
    letters = iter(cell)
    return all(letter in letters for letter in run)


def noun_phrases(text: KeyedText) -> Iterator[tuple[int, int]]:
    """Yield the phrases of a question that may name a thing, as stretches of its key, longest first."""
    stretches = _noun_runs(text.text) if _JAPANESE.search(text.text) else _between(text.text)
    where = {place: number for number, place in reversed(list(enumerate(text.places)))}
    found = []
    for start, end in stretches:
        numbers = [where[place] for place in range(start, end) if place in where]
        if len(numbers) > 1:
            found.append((numbers[0], numbers[-1] + 1))
    return iter(sorted(found, key=lambda one: one[0] - one[1]))


def _noun_runs(text: str) -> Iterator[tuple[int, int]]:
    start = end = -1
    for token in shared_tokenizer().tokens(text):
        if token.pos in _NOUNS and token.subpos != "数詞":
            start, end = (token.start if token.start != end else start), token.end
            continue
        if 0 <= start < end:
            yield start, end
        start = end = -1
    if 0 <= start < end:
        yield start, end


def _between(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for match in _SPLIT.finditer(text):
        if text[place : match.start()].strip():
            yield place, match.start()
        place = match.end()
    if text[place:].strip():
        yield place, len(text)
