"""The legs of the index: each kind of term over a passage with its title, words and vectors over the title apart too.

A term of the title counts like one of the text, saturated together (BM25F with equal weights; Robertson 2004): on
JSQuAD MRR@10 .930 for words, .916 with the two fields scored apart and added. Bigrams and synonyms of the title alone
helped on no set and are left out.
"""

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
_B_TITLE = 0.5  # a title is short because it is a title
# The pivots are the lengths, in terms, of a passage of some 220 characters with its title, and of a title of 18.
SATURATIONS: Mapping[str, Saturation] = MappingProxyType(
    {
        "words": Saturation(_K1, _B, pivot=90),
        "bigrams": Saturation(_K1, _B, pivot=160),
        "synonyms": Saturation(_K1, _B, pivot=40),
        "words-title": Saturation(_K1, _B_TITLE, pivot=9),
    }
)
LEGS = (*SATURATIONS, DENSE, f"{DENSE}{TITLE}")
_TITLES_KEPT = 1_024  # neighbouring passages have the same title


def title_of(passage: Passage) -> str:
    """Return what stands above a passage: its headings, outermost first; "" where there is none."""
    return normalize("\n".join(passage.heading))


def text_of(passage: Passage) -> str:
    """Return a passage's text as it is searched."""
    return normalize(passage.text)


def terms_of(passage: Passage) -> dict[str, list[str]]:
    """Return a passage's terms for each leg that counts terms."""
    text = text_of(passage)
    above = _title_terms(title_of(passage))
    whole = {kind: [*above[kind], *analyse(text)] for kind, analyse in TERMS.items()}
    return whole | {name: above[name.removesuffix(TITLE)] for name in SATURATIONS if name.endswith(TITLE)}


@lru_cache(maxsize=_TITLES_KEPT)
def _title_terms(title: str) -> dict[str, list[str]]:
    return {kind: analyse(title) for kind, analyse in TERMS.items()}
