"""What the network reads of passages, found at build time; at question time they are only looked up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.types import Document, Passage
from index.arrays import load_array, save_arrays
from index.keys import Hashes, hash_keys
from index.packing import pack, unpack
from index.segments.values import Values
from index.tokenizer import shared_tokenizer
from qa.reading.vectors import LikenessVectors, load_likeness
from qa.relevance.layout import HEADING
from qa.relevance.network import Floats, Network, Seen
from qa.relevance.parameters import NETWORK, WORDS
from qa.relevance.words import RAREST, Lexicon, Noted, Words, forms_of, log_ranks, noted, numbered, tokens_of

RELEVANCE = "relevance"
_PREFIX, _RANKS = "relevance", "word-ranks"
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Told:
    """A passage as the network has read it: its words (the first `headed` are its heading's) and where they stand."""

    seen: Seen
    context: Floats
    starts: npt.NDArray[np.int32]
    headed: int
    places: Mapping[int, npt.NDArray[np.int32]]


def end_to_end(told: Sequence[Told], words: Sequence[npt.NDArray[np.int32]]) -> tuple[Seen, Floats]:
    """Return some words of several passages, and the same words in their surroundings, as if of one."""
    chosen = list(zip(told, words, strict=True))
    seen = Seen(
        np.vstack([t.seen.likeness[own] for t, own in chosen]),
        np.vstack([t.seen.input[own] for t, own in chosen]),
    )
    return seen, np.vstack([t.context[own] for t, own in chosen])


@cache
def _shipped() -> Path:
    return Path(str(files("qa.relevance").joinpath("model")))


@cache
def _numbers() -> tuple[Mapping[str, int], Mapping[str, int]]:
    """The common words and the tags that the shipped network was trained with."""
    stored = json.loads((_shipped() / WORDS).read_text(encoding="utf-8"))
    common, tags = ({word: n for n, word in enumerate(stored[name], 1)} for name in ("common", "tags"))
    return common, tags


def numbering(vectors: LikenessVectors, ranks: npt.NDArray[np.uint8]) -> Lexicon:
    """Return the lexicon that the shipped network was trained with."""
    return Lexicon(vectors, ranks, *_numbers())


@cache
def shipped_network() -> Network:
    """Read the network that the project ships."""
    return Network.open(_shipped() / NETWORK)


@dataclass(frozen=True, slots=True)
class WordRanks:
    """How frequent words are, which the network is told of them."""

    name: str = "語の頻度の表"

    def write(self, folder: Path) -> None:
        """Write the bundle's ranks, in the order of the word vectors."""
        from index.chive import chive

        save_arrays(folder, _PREFIX, {_RANKS: log_ranks(chive().ranks)})


@dataclass(frozen=True, slots=True)
class PassageWordsNoted:
    """Notes the words of each passage as the network is told of them."""

    name: str = RELEVANCE

    def values(self, document: Document, passages: Sequence[Passage]) -> Sequence[bytes]:
        """Return a packed value a passage: its words, how many are its heading's, and their forms."""
        return [_packed(passage) for passage in passages]


def _packed(passage: Passage) -> bytes:
    tokenizer = shared_tokenizer()
    heading = passage.heading[-1] if passage.heading else ""
    above = tokens_of(heading, tokenizer)[:HEADING]
    tokens = [*above, *tokens_of(passage.text, tokenizer)]
    forms = [(n, form) for n, token in enumerate(tokens) for form in sorted(forms_of(token))]
    words = noted(tokens, *_numbers())
    return pack(
        [
            *(getattr(words, column.name) for column in fields(Noted)),
            np.array([len(above)], np.int32),
            hash_keys(form for _, form in forms),
            np.array([n for n, _ in forms], np.int32),
        ]
    )


_INTS, _KEYS = np.empty(0, np.int32), np.empty(0, np.uint64)
_LIKE: tuple[npt.NDArray[Any], ...] = (_KEYS, *(_INTS,) * (len(fields(Noted)) - 1), _INTS, _KEYS, _INTS)


class ToldStore:
    """Reads what PassageWordsNoted found; the passages read last are kept as the network saw them."""

    def __init__(self, values: Values, folder: Path, network: Network) -> None:
        """`folder` is the bundle's, with the word vectors and their ranks."""
        self._network = network
        self._values = values
        self.lexicon = numbering(load_likeness(folder), load_array(folder, _PREFIX, _RANKS))
        self.get = lru_cache(maxsize=_KEPT)(self._get)

    def see(self, words: Words) -> Seen:
        """Return words as the network sees them."""
        table = self.lexicon.vectors.vectors
        vectors = table[np.where(words.rows >= 0, words.rows, len(table) - 1)].astype(np.float32)
        ranks = words.ranks.astype(np.float32) / np.float32(RAREST)
        return self._network.see(vectors, ranks, words.common, words.tags)

    def _get(self, passage_id: str) -> Told:
        """Return a passage; KeyError if it is not of this bundle."""
        *columns, headed, forms, of_word = unpack(self._values.get(passage_id), _LIKE)
        words = numbered(Noted(*columns), self.lexicon)
        seen = self.see(words)
        context = self._network.context(seen, "text")
        return Told(seen, context, words.starts, int(headed[0]), _places(forms, of_word))


def _places(forms: Hashes, words: npt.NDArray[np.int32]) -> Mapping[int, npt.NDArray[np.int32]]:
    """Return the words that have each form."""
    order = np.argsort(forms, kind="stable")
    keys, firsts = np.unique(forms[order], return_index=True)
    return dict(zip(keys.tolist(), np.split(words[order], firsts[1:]), strict=True))
