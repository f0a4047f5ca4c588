"""What the network sees of a word: its vector, how rare it is, its part of speech, and itself if it is a common one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from corpus.normalizing import fold_in_place, repair_radicals
from index.keys import Hashes, hash_keys
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.relevance.word_vectors import RAREST, LikenessVectors

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, a row each: vector, rank (0 the most frequent, 1 the rarest), common word, tag."""

    vectors: Floats
    ranks: Floats
    common: Ints
    tags: Ints


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What every word is numbered by: `common` numbers frequent words, `tags` parts of speech, from 1; 0 is any other."""

    vectors: LikenessVectors
    common: Mapping[str, int]
    tags: Mapping[str, int]
    _common: Mapping[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        hashes = hash_keys(self.common).tolist()
        object.__setattr__(self, "_common", dict(zip(hashes, self.common.values(), strict=True)))

    def tag(self, token: Token) -> int:
        """Return the number of a word's part of speech."""
        return self.tags.get(tag_of(token), 0)

    def words(self, keys: Hashes, tags: Sequence[int] | npt.NDArray[np.uint8]) -> Words:
        """Look words up by the hashes of what they are looked up by."""
        return Words(
            vectors=self.vectors.of(keys),
            ranks=self.vectors.ranks_of(keys).astype(np.float32) / np.float32(RAREST),
            common=np.array([self._common.get(key, 0) for key in keys.tolist()], np.int32),
            tags=np.asarray(tags, np.int32),
        )


def tokens_of(text: str, tokenizer: SudachiTokenizer) -> list[Token]:
    """Return the words of `text`, white space left out; offsets are those of `text`."""
    return [
        token for token in tokenizer.tokens(fold_in_place(repair_radicals(text))) if token.surface.strip()
    ]


def tag_of(token: Token) -> str:
    """Return a word's part of speech: 名詞-普通名詞."""
    return f"{token.pos}-{token.subpos}"


def words_of(tokens: Sequence[Token], lexicon: Lexicon) -> Words:
    """Look up the words of a text."""
    return lexicon.words(hash_keys(token.key for token in tokens), [lexicon.tag(token) for token in tokens])
