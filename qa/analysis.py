"""Text → Question: what is asked for, with which words, about which years."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol

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
_FORMS_KEPT = 16_384  # the same words come again and again when passages are analysed
_ERAS = frozenset({"令和", "平成", "昭和"})
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")
_INTERROGATIVE = re.compile(
    r"いくら|いくつ|何|なん[でのか]|なに|誰|だれ|どなた|どこ|どち|どの|どれ|どう|どんな|いつ|なぜ"
)
WordForms = tuple[Token, frozenset[str]]
Phrase = tuple[int, int, tuple[str, ...]]

# What a city hall issues, pays, takes or runs has a set name: documents that do not say 児童手当 do not tell of it.
_COUNTER_THINGS = re.compile(
    r"[一-鿿々ァ-ヶーA-Za-z]{1,10}(?:手当|届(?!け)|証|証明書|保険料?|年金|税|カード|免許|給付金|補助金|助成金|支援金|健診|検診|接種|手帳"
    r"|ごみ|ゴミ|学校)|[一-鿿々ァ-ヶーA-Za-z]{0,10}(?:保育園|病院|避難所|プール|駐車場|駐輪場)"
)
# Whose head is asked for must be said: 図書館 of 図書館の館長は誰.
_OWNERS = re.compile(
    r"([一-鿿々ァ-ヶーA-Za-z]{2,15})の[一-鿿]{0,6}(?:長|委員|代表|理事)(?:[（(][^）)]*[）)])?"
    r"(?:の(?:お?名前|氏名)|は(?:誰|だれ|どなた))"
)
_QUOTED = re.compile(r"[「『\"]([^」』\"]{2,30})[」』\"]")


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
    lines = files("qa").joinpath("stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def analyse(text: str, tokenizer: SudachiTokenizer, spelling: Spelling = AS_TYPED) -> Question:
    """Return the question in `text`; normalising drops control characters and unifies widths."""
    normalized = normalize(spelling.spelled(text)).strip()
    phrases = [*everyday_phrases(normalized), *spelling.meant(normalized)]
    added = dict.fromkeys(word for _, _, words in phrases for word in words if word not in normalized)
    words = _about(normalized, word_forms(normalized, tokenizer))
    terms = _terms(words, phrases, tokenizer)
    return Question(
        text=text,
        normalized=normalized,
        query=" ".join([normalized, *added, *([_in_official_words(normalized, phrases)] if phrases else [])]),
        wanted=wanted_kind(normalized),
        terms=terms,
        names=_names(normalized, tokenizer.tokens(normalized, "C")),
        fiscal_years=tuple(span.year for span in fiscal_years(normalized)),
        counter=how_many(normalized),
        head=_kind_of_thing(head_noun(normalized), tokenizer),
        subject=subject(normalized),
        wants_all=wants_all(normalized),
        focus=_focus(normalized, words, terms),
    )


def _kind_of_thing(head: str | None, tokenizer: SudachiTokenizer) -> str | None:
    """A noun says what the answer is (窓口はどこ) if it names a kind; 北州事務所はどこ names one thing."""
    if head is None:
        return None
    tokens = tokenizer.tokens(head, "C")
    return None if len(tokens) > 1 and any(token.subpos == _PROPER for token in tokens) else head


def _in_official_words(normalized: str, phrases: Sequence[tuple[int, int, tuple[str, ...]]]) -> str:
    """Return the question with everyday words replaced, so that neighbours are found together: 海外の事務所."""
    for start, end, words in sorted(phrases, reverse=True):
        normalized = f"{normalized[:start]}{words[0]}{normalized[end:]}"
    return normalized


def _about(normalized: str, words: Sequence[WordForms]) -> list[WordForms]:
    """Leave out what only says which kind of answer is wanted (日本語で言うと)."""
    asking = asking_spans(normalized)
    return [
        (token, forms)
        for token, forms in words
        if not any(token.start < end and start < token.end for start, end in asking)
    ]


def _focus(normalized: str, words: Sequence[WordForms], terms: Sequence[Term]) -> int:
    """Return which of `terms` stands last before the interrogative; −1 if there is none."""
    asking = _INTERROGATIVE.search(normalized)
    before = [token for token, _ in words if asking and token.end <= asking.start()]
    names = [term.text for term in terms]
    return next((names.index(token.surface) for token in reversed(before) if token.surface in names), -1)


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
        forms = _forms(token.normalized, token.synonyms)
        if compound and compound is not token and compound.pos in _CONTENT:
            forms |= _forms(compound.normalized, compound.synonyms)
        found.append((token, forms))
    return found


@lru_cache(maxsize=_FORMS_KEPT)
def _forms(normalized: str, synonyms: tuple[int, ...]) -> frozenset[str]:
    return frozenset([normalized.casefold(), *(f"#{group}" for group in synonyms)])


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
    return next((_forms(t.normalized, t.synonyms) for t in tokens if t.pos in _CONTENT), frozenset())


def _names(normalized: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Terms that an answer must be about: proper names, what a city hall issues or runs, latin words, quotes."""
    proper = [t.surface for t in tokens if t.subpos == _PROPER and t.surface not in _ERAS]
    return tuple(
        dict.fromkeys(
            [
                *proper,
                *_COUNTER_THINGS.findall(normalized),
                *_OWNERS.findall(normalized),
                *_LATIN.findall(normalized),
                *_QUOTED.findall(normalized),
            ]
        )
    )
