"""Text → Question: what is asked for, with which words, about which years."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from corpus.normalizing import normalize
from corpus.tables.years import fiscal_years
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.everyday import everyday_phrases
from qa.types import Question, Term
from qa.wanted import asking_spans, head_noun, how_many, subject, wanted_kind, wants_all

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_HOLLOW = frozenset({"非自立可能", "数詞", "助数詞可能"})
_PROPER = "固有名詞"
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")
_QUOTED = re.compile(r"[「『\"]([^」』\"]{2,30})[」』\"]")


@cache
def stopwords() -> frozenset[str]:
    """Return the words of a question that say nothing about its subject."""
    lines = files("qa").joinpath("stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def analyse(text: str, tokenizer: SudachiTokenizer) -> Question:
    """Return the question in `text`; normalising drops control characters and unifies widths."""
    normalized = normalize(text).strip()
    phrases = everyday_phrases(normalized)
    added = dict.fromkeys(word for _, _, words in phrases for word in words if word not in normalized)
    return Question(
        text=text,
        normalized=normalized,
        query=" ".join([normalized, *added]),
        wanted=wanted_kind(normalized),
        terms=_terms(_about(normalized, tokenizer.tokens(normalized)), phrases, tokenizer),
        names=_names(normalized, tokenizer.tokens(normalized, "C")),
        fiscal_years=tuple(span.year for span in fiscal_years(normalized)),
        counter=how_many(normalized),
        head=head_noun(normalized),
        subject=subject(normalized),
        wants_all=wants_all(normalized),
    )


def _about(normalized: str, tokens: Sequence[Token]) -> list[Token]:
    """Leave out what only says which kind of answer is wanted (日本語で言うと)."""
    asking = asking_spans(normalized)
    return [
        token for token in tokens if not any(token.start < end and start < token.end for start, end in asking)
    ]


def content_forms(tokens: Sequence[Token]) -> list[tuple[Token, frozenset[str]]]:
    """Return the content words of `tokens` with the forms they count as: normalised, and `#` synonym groups."""
    return [
        (token, frozenset([token.normalized.casefold(), *(f"#{group}" for group in token.synonyms)]))
        for token in tokens
        if token.pos in _CONTENT and token.subpos not in _HOLLOW and token.normalized not in stopwords()
    ]


def _terms(
    tokens: Sequence[Token], phrases: Sequence[tuple[int, int, tuple[str, ...]]], tokenizer: SudachiTokenizer
) -> tuple[Term, ...]:
    """Content words, each once; a word inside an everyday phrase also counts as the administrative words for it."""
    terms: dict[str, Term] = {}
    for token, forms in content_forms(tokens):
        accepts = set(forms)
        for start, end, words in phrases:
            if token.start < end and start < token.end:
                accepts |= {
                    form for word in words for _, f in content_forms(tokenizer.tokens(word)) for form in f
                }
        terms.setdefault(token.normalized, Term(token.surface, frozenset(accepts)))
    return tuple(terms.values())


def _names(normalized: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Terms that an answer must be about: proper names, latin words, quoted terms."""
    proper = [token.surface for token in tokens if token.subpos == _PROPER]
    return tuple(dict.fromkeys([*proper, *_LATIN.findall(normalized), *_QUOTED.findall(normalized)]))
