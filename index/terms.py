"""What BM25 counts: words, character bigrams and synonym groups of a text."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from corpus.normalizing import normalize
from index.bm25 import Terms
from index.tokenizer import shared_tokenizer

_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_RUN = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the content words in Sudachi's normalised form."""
    return shared_tokenizer().words(normalize(text))


def synonyms(text: str) -> list[str]:
    """Return Sudachi's synonym groups of the content words."""
    return shared_tokenizer().synonyms(normalize(text))


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring letters and digits: 「旅券の、案内」→ ["旅券", "券の", "案内"].

    Pairs of hiragana are left out: they are grammar (measured on the municipal FAQ: nDCG@10 .38 → .44).
    """
    runs = _RUN.findall(normalize(text).casefold())
    pairs = (run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1)))
    return [pair for pair in pairs if not _HIRAGANA.fullmatch(pair)]


TERMS: Mapping[str, Terms] = MappingProxyType({"words": words, "bigrams": bigrams, "synonyms": synonyms})
