"""The legs of the index: each kind of term, and vectors, over a passage's text and over its title apart."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from corpus.normalizing import normalize
from corpus.types import Passage
from index.segments.postings import Saturation
from index.terms import TERMS

DENSE = "dense"
TITLE = "-title"
"""What a leg's name ends in where it ranks by the title."""

_K1, _B = 1.2, 0.75  # Robertson's own
# The pivots are the lengths, in terms, of a passage of 300 characters and of a title of 25.
SATURATIONS: Mapping[str, Saturation] = MappingProxyType(
    {
        "words": Saturation(_K1, _B, pivot=150),
        "bigrams": Saturation(_K1, _B, pivot=250),
        "synonyms": Saturation(_K1, _B, pivot=30),
        "words-title": Saturation(_K1, _B, pivot=12),
        "bigrams-title": Saturation(_K1, _B, pivot=20),
        "synonyms-title": Saturation(_K1, _B, pivot=4),
    }
)
_TITLES_KEPT = 1_024  # neighbouring passages have the same title


def title_of(passage: Passage) -> str:
    """Return what stands above a passage: its headings, outermost first; "" where there is none.

    The passage's text is searched apart from it.
    """
    return normalize("\n".join(passage.heading))


def text_of(passage: Passage) -> str:
    """Return a passage's text as it is searched."""
    return normalize(passage.text)


def terms_of(passage: Passage) -> dict[str, list[str]]:
    """Return a passage's terms for each leg that counts terms."""
    text = text_of(passage)
    above = _title_terms(title_of(passage))
    return {kind: analyse(text) for kind, analyse in TERMS.items()} | above


@lru_cache(maxsize=_TITLES_KEPT)
def _title_terms(title: str) -> dict[str, list[str]]:
    return {f"{kind}{TITLE}": analyse(title) for kind, analyse in TERMS.items()}
