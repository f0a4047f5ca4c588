"""What the network sees of a word: its vector, how rare it is, its part of speech, and itself if it is a common one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.normalizing import repair_radicals
from index.keys import Hashes, find, hash_keys
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.reading.parsing import fold
from qa.reading.vectors import LikenessVectors

Ints = npt.NDArray[np.int32]
Ranks = npt.NDArray[np.uint8]

RAREST = 255


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What every word is numbered by.

    `vectors` are the small word vectors; `ranks` belong to their keys: 0 the most frequent word, `RAREST` the rarest
    (on a logarithmic scale). `common` numbers frequent words, `tags` parts of speech, both from 1; 0 is any other.
    """

    vectors: LikenessVectors
    ranks: Ranks
    common: Mapping[str, int]
    tags: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, a row each: its vector's row (−1 unknown), rank, common word, tag, and place."""

    rows: Ints
    ranks: Ranks
    common: Ints
    tags: Ints
    starts: Ints
    ends: Ints


def log_ranks(ranks: npt.NDArray[np.int32]) -> Ranks:
    """Return frequency ranks (1 the most frequent) as 0–255 on a logarithmic scale."""
    return np.asarray(np.round(RAREST * np.log(ranks) / np.log(max(2, int(ranks.max())))), np.uint8)


def tokens_of(text: str, tokenizer: SudachiTokenizer) -> list[Token]:
    """Return the words of `text`, white space left out; offsets are those of `text`."""
    return [token for token in tokenizer.tokens(fold(repair_radicals(text))) if token.surface.strip()]


def tag_of(token: Token) -> str:
    """Return a word's part of speech: 名詞-普通名詞."""
    return f"{token.pos}-{token.subpos}"


def key_of(token: Token) -> str:
    """Return what a word is looked up by."""
    return token.normalized.casefold()


def forms_of(token: Token) -> frozenset[str]:
    """Return the forms that a word counts as: itself, and `#` synonym groups."""
    return frozenset([key_of(token), *(f"#{group}" for group in token.synonyms)])


def words_of(tokens: Sequence[Token], lexicon: Lexicon) -> Words:
    """Number the words of a text."""
    return numbered(noted(tokens, lexicon.common, lexicon.tags), lexicon)


@dataclass(frozen=True, slots=True)
class Noted:
    """The words of a text as they are stored: what is looked up by `keys` when they are read is not in here."""

    keys: Hashes
    common: Ints
    tags: Ints
    starts: Ints
    ends: Ints


def noted(tokens: Sequence[Token], common: Mapping[str, int], tags: Mapping[str, int]) -> Noted:
    """Note what of the words does not depend on the vectors."""
    return Noted(
        keys=hash_keys(map(key_of, tokens)),
        common=np.array([common.get(key_of(t), 0) for t in tokens], np.int32),
        tags=np.array([tags.get(tag_of(t), 0) for t in tokens], np.int32),
        starts=np.array([t.start for t in tokens], np.int32),
        ends=np.array([t.end for t in tokens], np.int32),
    )


def numbered(words: Noted, lexicon: Lexicon) -> Words:
    """Look the words up in the lexicon."""
    places = find(lexicon.vectors.keys, words.keys)
    known = places >= 0
    rows = np.where(known, lexicon.vectors.rows[places], -1) if len(lexicon.vectors.rows) else places
    ranks = (
        np.where(known, lexicon.ranks[places], RAREST) if len(lexicon.ranks) else np.full(len(places), RAREST)
    )
    return Words(
        rows=rows.astype(np.int32),
        ranks=ranks.astype(np.uint8),
        common=words.common,
        tags=words.tags,
        starts=words.starts,
        ends=words.ends,
    )


def matches(asked: Sequence[frozenset[str]], told: Sequence[frozenset[str]]) -> npt.NDArray[np.float32]:
    """Return 1 where word i of the question and word j of the text share a form, (question, text)."""
    places: dict[str, list[int]] = {}
    for number, forms in enumerate(told):
        for form in forms:
            places.setdefault(form, []).append(number)
    found = np.zeros((len(asked), len(told)), np.float32)
    for row, forms in enumerate(asked):
        for form in forms:
            found[row, places.get(form, [])] = 1
    return found
