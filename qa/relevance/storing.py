"""What the network reads of passages, found at build time; at question time they are only looked up."""

import json
import threading
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
from index.keys import Hashes, find, hash_keys
from index.tokenizer import shared_tokenizer
from qa.reading.vectors import LikenessVectors, likeness_vectors, load_likeness
from qa.relevance.layout import HEADING
from qa.relevance.network import Floats, Network, Seen
from qa.relevance.parameters import NETWORK, WORDS
from qa.relevance.words import RAREST, Lexicon, Words, forms_of, log_ranks, tokens_of, words_of

_PREFIX = "relevance"
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


def numbering(vectors: LikenessVectors, ranks: npt.NDArray[np.uint8]) -> Lexicon:
    """Return the lexicon that the shipped network was trained with."""
    stored = json.loads((_shipped() / WORDS).read_text(encoding="utf-8"))
    common, tags = ({word: n for n, word in enumerate(stored[name], 1)} for name in ("common", "tags"))
    return Lexicon(vectors, ranks, common, tags)


@cache
def shipped_network() -> Network:
    """Read the network that the project ships."""
    return Network.open(_shipped() / NETWORK)


@dataclass(frozen=True, slots=True)
class RelevanceFile:
    """Numbers the words of all passages."""

    name: str = "箇所の読み"

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Write the arrays `relevance*.npy` to `folder`; the same passages give the same bytes."""
        from index.chive import chive

        lexicon = numbering(likeness_vectors(), log_ranks(chive().ranks))
        save_arrays(folder, _PREFIX, {"word-ranks": lexicon.ranks})
        write_words(folder, passages, lexicon)


def write_words(folder: Path, passages: Sequence[Passage], lexicon: Lexicon) -> None:
    """Store the words of passages under the passages' ids."""
    tokenizer = shared_tokenizer()
    read = []
    for passage in passages:
        heading = passage.heading[-1] if passage.heading else ""
        above = tokens_of(heading, tokenizer)[:HEADING]
        tokens = [*above, *tokens_of(passage.text, tokenizer)]
        forms = [(n, form) for n, token in enumerate(tokens) for form in sorted(forms_of(token))]
        read.append((words_of(tokens, lexicon), len(above), forms))
    ids = hash_keys(passage.id for passage in passages)
    order = np.argsort(ids)
    ordered = [read[n] for n in order]
    arrays = {
        f.name: np.concatenate([getattr(words, f.name) for words, _, _ in ordered])
        if ordered
        else np.empty(0)
        for f in fields(Words)
    }
    save_arrays(
        folder,
        _PREFIX,
        {
            **arrays,
            "ids": ids[order],
            "headed": np.array([headed for _, headed, _ in ordered], np.int32),
            "forms": hash_keys(form for _, _, forms in ordered for _, form in forms),
            "form-words": np.array([n for _, _, forms in ordered for n, _ in forms], np.int32),
            "word-bounds": _bounds([len(words.rows) for words, _, _ in ordered]),
            "form-bounds": _bounds([len(forms) for _, _, forms in ordered]),
        },
    )


def _bounds(lengths: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.cumsum([0, *lengths], dtype=np.int64)


class ToldStore:
    """Reads what RelevanceFile wrote; the passages read last are kept as the network saw them."""

    def __init__(self, folder: Path, network: Network) -> None:
        self._network = network
        self._columns = {
            name: load_array(folder, _PREFIX, name)
            for name in (
                *(f.name for f in fields(Words)),
                "ids",
                "headed",
                "forms",
                "form-words",
                "word-bounds",
                "form-bounds",
            )
        }
        self.lexicon = numbering(load_likeness(folder), load_array(folder, _PREFIX, "word-ranks"))
        self._lock = threading.Lock()
        self.get = lru_cache(maxsize=_KEPT)(self._get)

    def see(self, words: Words) -> Seen:
        """Return words as the network sees them."""
        table = self.lexicon.vectors.vectors
        vectors = table[np.where(words.rows >= 0, words.rows, len(table) - 1)].astype(np.float32)
        ranks = words.ranks.astype(np.float32) / np.float32(RAREST)
        return self._network.see(vectors, ranks, words.common, words.tags)

    def _get(self, passage_id: str) -> Told:
        """Return a passage; KeyError if it is not of this bundle."""
        place = int(find(self._columns["ids"], hash_keys([passage_id]))[0])
        if place < 0:
            raise KeyError(passage_id)
        words = Words(**{f.name: self._slice(f.name, "word-bounds", place) for f in fields(Words)})
        seen = self.see(words)
        return Told(
            seen,
            self._network.context(seen, "text"),
            np.asarray(words.starts),
            int(self._columns["headed"][place]),
            _places(
                self._slice("forms", "form-bounds", place), self._slice("form-words", "form-bounds", place)
            ),
        )

    def _slice(self, name: str, bounds: str, place: int) -> npt.NDArray[Any]:
        first, last = self._columns[bounds][place : place + 2]
        return np.asarray(self._columns[name][int(first) : int(last)])


def _places(forms: Hashes, words: npt.NDArray[np.int32]) -> Mapping[int, npt.NDArray[np.int32]]:
    """Return the words that have each form."""
    order = np.argsort(forms, kind="stable")
    keys, firsts = np.unique(forms[order], return_index=True)
    return dict(zip(keys.tolist(), np.split(words[order], firsts[1:]), strict=True))
