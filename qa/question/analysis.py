"""Text → Question: as it is spelled, with which words, about which years."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from corpus.budgets.years import fiscal_years
from corpus.data_rows import data_rows
from corpus.normalizing import normalize
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.question.everyday_words import everyday_phrases
from qa.types import Question, Term

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_HOLLOW = frozenset({"非自立可能", "数詞", "助数詞可能"})
_PROPER = "固有名詞"
WordForms = tuple[Token, frozenset[str]]
Phrase = tuple[int, int, tuple[str, ...]]


class Spelling(Protocol):
    """How a question is read before it is understood."""

    def spelled(self, text: str) -> str:
        """Return `text`, with kana in kanji where that is how it reads."""
        ...

    def meant(self, normalized: str) -> Sequence[Phrase]:
        """Return mistyped words, as `everyday_phrases` returns everyday words."""
        ...


class AsTyped:
    """Takes a question as it is typed."""

    def spelled(self, text: str) -> str:
        """Return `text`."""
        return text

    def meant(self, normalized: str) -> Sequence[Phrase]:
        """Return none."""
        return ()


AS_TYPED = AsTyped()


@cache
def stopwords() -> frozenset[str]:
    """Return the words of a question that say nothing about its subject."""
    return frozenset(word for (line,) in data_rows("qa.question", "stopwords.txt") for word in line.split())


def analyse(text: str, tokenizer: SudachiTokenizer, spelling: Spelling = AS_TYPED) -> Question:
    """Return the question in `text`; normalising drops control characters and unifies widths."""
    normalized = normalize(spelling.spelled(text)).strip()
    phrases = [*everyday_phrases(normalized), *spelling.meant(normalized)]
    added = dict.fromkeys(word for _, _, words in phrases for word in words if word not in normalized)
    return Question(
        text=text,
        normalized=normalized,
        query=" ".join([normalized, *added, *([_in_official_words(normalized, phrases)] if phrases else [])]),
        terms=_terms(word_forms(normalized, tokenizer), phrases, tokenizer),
        fiscal_years=tuple(span.year for span in fiscal_years(normalized)),
    )


def _in_official_words(normalized: str, phrases: Sequence[tuple[int, int, tuple[str, ...]]]) -> str:
    """Return the question with everyday words replaced, so that neighbours are found together: 海外の事務所."""
    for start, end, words in sorted(phrases, reverse=True):
        normalized = f"{normalized[:start]}{words[0]}{normalized[end:]}"
    return normalized


def word_forms(text: str, tokenizer: SudachiTokenizer) -> list[WordForms]:
    """Return the content words of `text` with the forms they count as: normalised, and `#` synonym groups.

    A part of a compound counts as the compound too: 事務 in 事務所, so that 事務所 is not found in 発給事務.
    """
    compounds = iter(tokenizer.tokens(text, "C"))
    compound = next(compounds, None)
    found = []
    for token in tokenizer.tokens(text):
        while compound and compound.end <= token.start:
            compound = next(compounds, None)
        if token.pos not in _CONTENT or token.subpos in _HOLLOW or token.normalized in stopwords():
            continue
        forms = token.forms
        if compound and compound is not token and compound.pos in _CONTENT:
            forms |= compound.forms
        found.append((token, forms))
    return found


def _terms(
    words: Sequence[WordForms],
    phrases: Sequence[Phrase],
    tokenizer: SudachiTokenizer,
) -> tuple[Term, ...]:
    """Content words, each once; a word inside an everyday phrase also counts as the administrative words for it."""
    terms: dict[str, Term] = {}
    for token, forms in words:
        accepts = set(forms)
        for start, end, administrative in phrases:
            if token.start < end and start < token.end:
                accepts |= {form for word in administrative for form in _last_word(word, tokenizer)}
        terms.setdefault(token.normalized, Term(token.surface, frozenset(accepts), token.subpos == _PROPER))
    return tuple(terms.values())


@cache
def _last_word(word: str, tokenizer: SudachiTokenizer) -> frozenset[str]:
    """Return the forms of the word that the others modify: 申請 of 電子申請."""
    tokens = reversed(tokenizer.tokens(word, "C"))
    return next((t.forms for t in tokens if t.pos in _CONTENT), frozenset())
