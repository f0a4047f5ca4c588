"""What the network reads of passages, found at build time; at question time they are only looked up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.types import Document, Passage
from index.keys import Hashes, hash_keys
from index.packing import pack, unpack
from index.segments.values import Values
from index.tokenizer import shared_tokenizer
from qa.relevance.network_words import Lexicon, Words, tag_of, tokens_of
from qa.relevance.relevance_network import Floats, Network, Seen
from qa.relevance.stretch_layout import HEADING
from qa.relevance.word_vectors import LikenessVectors

RELEVANCE = "relevance"
NETWORK, WORDS = "network.npz", "words.json"
"""The files of the network."""
_KEPT = 512
_LIKE = tuple(np.empty(0, kind) for kind in ("u8", "u4", "u1", "u8", "u4", "u4"))
"""What is packed: the words' keys, starts and tags; synonym groups and the words of each; how many are the heading's."""


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
    """Return the numbers of common words and of parts of speech that the shipped network was trained with."""
    stored = json.loads((_shipped() / WORDS).read_text(encoding="utf-8"))
    common, tags = ({word: n for n, word in enumerate(stored[name], 1)} for name in ("common", "tags"))
    return common, tags


def numbering(vectors: LikenessVectors) -> Lexicon:
    """Return the lexicon that the shipped network was trained with."""
    return Lexicon(vectors, *_numbers())


@cache
def shipped_network() -> Network:
    """Read the network that the project ships."""
    return Network.open(_shipped() / NETWORK)


@dataclass(frozen=True, slots=True)
class RelevanceWords:
    """The words of each passage: what they are looked up by, their parts of speech, where they stand."""

    name: str = RELEVANCE

    def values(self, document: Document, passages: Sequence[Passage]) -> Sequence[bytes]:
        """Return one value for each passage; the same passage gives the same bytes."""
        return [_packed(passage) for passage in passages]


def _packed(passage: Passage) -> bytes:
    tokenizer = shared_tokenizer()
    _, tags = _numbers()
    heading = passage.heading[-1] if passage.heading else ""
    above = tokens_of(heading, tokenizer)[:HEADING]
    tokens = [*above, *tokens_of(passage.text, tokenizer)]
    groups = [(number, f"#{group}") for number, token in enumerate(tokens) for group in token.synonyms]
    columns = (
        hash_keys(token.key for token in tokens),
        [token.start for token in tokens],
        [tags.get(tag_of(token), 0) for token in tokens],
        hash_keys(group for _, group in groups),
        [number for number, _ in groups],
        [len(above)],
    )
    return pack([np.asarray(column, kind.dtype) for column, kind in zip(columns, _LIKE, strict=True)])


class ToldStore:
    """Reads what RelevanceWords gave; the passages read last are kept as the network saw them."""

    def __init__(self, values: Values, vectors: LikenessVectors, network: Network) -> None:
        self._values = values
        self._network = network
        self.lexicon = numbering(vectors)
        self.get = lru_cache(maxsize=_KEPT)(self._get)

    def see(self, words: Words) -> Seen:
        """Return words as the network sees them."""
        return self._network.see(words.vectors, words.ranks, words.common, words.tags)

    def _get(self, passage_id: str) -> Told:
        """Return a passage; KeyError if it is not of this bundle."""
        keys, starts, tags, groups, of_group, headed = unpack(self._values.get(passage_id), _LIKE)
        seen = self.see(self.lexicon.words(keys, tags))
        return Told(
            seen,
            self._network.context(seen, "text"),
            starts.astype(np.int32),
            int(headed[0]),
            _places(np.append(keys, groups), np.append(np.arange(len(keys)), of_group).astype(np.int32)),
        )


def _places(forms: Hashes, words: npt.NDArray[np.int32]) -> Mapping[int, npt.NDArray[np.int32]]:
    """Return the words that have each form."""
    order = np.argsort(forms, kind="stable")
    keys, firsts = np.unique(forms[order], return_index=True)
    return dict(zip(keys.tolist(), np.split(words[order], firsts[1:]), strict=True))
