"""How the words of a text are read: content words, inflections, compounds and abbreviations, with their spellings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product

from corpus.lexicon.scripts import HIRAGANA_WORD, KANJI
from corpus.normalizing import hiragana
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.question.everyday_words import everyday_words

LONGEST = 24
"""No reading that is kept is longer."""
_CHAIN = 4
_SHORTEST_EVERYDAY = 3
# Shorter verbs Sudachi knows in kana, and they are heard in too many places (いえ, まえ).
_SHORTEST_VERB = 4
_WORDS_KEPT = 16_384  # the same words come again and again when passages are analysed
_WORD = re.compile(r"[㐀-鿿々〆ぁ-ゖァ-ヺー]+")
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][A-Z&]{1,5}s?(?![A-Za-z])")
# A letter's names; what is in brackets is often left out when it is typed.
_LETTERS = (
    "えー/えい びー/び しー/し でぃー/でぃ/でー いー/い えふ じー/じ えいち/えっち あい じぇー/じぇい けー/けい える えむ えぬ "
    "おー/お ぴー/ぴ きゅー あーる えす てぃー/てぃ/てー ゆー/ゆ ぶい だぶりゅー えっくす わい ぜっと"
)
_NAMES = {
    letter: names.split("/")
    for letter, names in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTERS.split(), strict=True)
}
_NAMES |= {"&": ["あんど"], "s": ["ず", "す"]}
# The kana that the last kana of a dictionary form turns into; "" is the bare stem (教え).
_ENDINGS = {
    "う": "わいうえっ", "く": "かきくけい", "ぐ": "がぎぐげい", "す": "さしすせ", "つ": "たちつてっ",
    "ぬ": "なにぬねん", "ぶ": "ばびぶべん", "む": "まみむめん", "る": "らりるれっ", "い": "いくかけさ",
}  # fmt: skip
_INFLECTED = frozenset({"動詞", "形容詞"})
_MADE_OF = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_OF_EVERYDAY = _MADE_OF | _INFLECTED
_NUMERAL = "数詞"
Spoken = tuple[str, str]


def everyday_spoken(tokenizer: SudachiTokenizer) -> Iterator[Spoken]:
    """Yield the everyday table's words with kanji, so that a word the corpus lacks is not heard as two it has."""
    spelled = {word for everyday, words in everyday_words() for word in (everyday, *words)}
    for word in sorted(spelled):
        tokens = tokenizer.tokens(word, "C")
        # 申し込 is a part of the word, for finding it.
        whole = tokens[-1].pos not in _INFLECTED or word[-1] == hiragana(tokens[-1].reading)[-1:]
        reading = _joined(tokens)
        if (
            whole
            and KANJI.search(word)
            and all(token.pos in _OF_EVERYDAY for token in tokens)
            and _is_kept(reading, shortest=_SHORTEST_EVERYDAY)
        ):
            yield reading, word


def spoken(text: str, tokenizer: SudachiTokenizer) -> Iterator[Spoken]:
    """Yield (reading, spelling) of each content word, inflection, compound and abbreviation, as often as it stands.

    A word that both of Sudachi's modes find is counted once a place.
    """
    found: set[tuple[int, int, str]] = set()
    for mode in ("A", "C"):
        tokens = tokenizer.tokens(text, "A" if mode == "A" else "C")
        found |= {span for chain in _chains(tokens) for span in _spans(chain)}
        for token in tokens:
            if token.pos in _INFLECTED:
                yield from _inflections(token.surface, token.reading, token.normalized)
    for start, end, reading in sorted(found):
        if _is_kept(reading):
            yield reading, text[start:end]
    for match in _LATIN.finditer(text):
        yield from ((reading, match[0]) for reading in letter_names(match[0]))


def _chains(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the longest rows of neighbouring nouns: what compounds are made of."""
    chain: list[Token] = []
    for token in tokens:
        if token.pos in _MADE_OF and token.subpos != _NUMERAL and _WORD.fullmatch(token.surface):
            chain.append(token)
        elif chain:
            yield chain
            chain = []
    if chain:
        yield chain


def _spans(chain: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    for first, token in enumerate(chain):
        if token.pos == "接尾辞":
            continue
        for last in range(first + 1, min(first + _CHAIN, len(chain)) + 1):
            part = chain[first:last]
            # One character is a word where it is a kanji and stands alone: neither イ of a list, nor 剣 in 剣川.
            whole = len(part) > 1 or len(token.surface) > 1
            alone = len(chain) == 1 and KANJI.match(token.surface)
            if (whole or alone) and part[-1].pos != "接頭辞":
                yield part[0].start, part[-1].end, _joined(part)


def _joined(tokens: Iterable[Token]) -> str:
    return "".join([_kana(token.reading) for token in tokens])


@lru_cache(maxsize=_WORDS_KEPT)
def _kana(reading: str) -> str:
    return hiragana(reading)


def _is_kept(reading: str, *, shortest: int = 1) -> bool:
    return shortest <= len(reading) <= LONGEST and bool(HIRAGANA_WORD.fullmatch(reading))


@lru_cache(maxsize=_WORDS_KEPT)
def _inflections(surface: str, reading: str, word: str) -> tuple[Spoken, ...]:
    """Return every form that is spelled with a word's stem: 受け取っ → 受け取る, 受け取り, 受け取れ …"""
    reading = hiragana(reading)
    stem = _common(surface, word[:-1])
    tail = surface[len(stem) :]
    forms: Iterable[Spoken] = ()
    if KANJI.search(stem) and len(stem) == len(word) - 1 and reading.endswith(hiragana(tail)):
        read = reading[: len(reading) - len(tail)]
        forms = ((read + end, stem + end) for end in sorted({tail, *_ENDINGS.get(word[-1], "")}))
    elif KANJI.search(surface) and surface[-1] == reading[-1:]:
        forms = ((reading, surface),)
    return tuple(form for form in forms if _is_kept(form[0], shortest=_SHORTEST_VERB))


def _common(a: str, b: str) -> str:
    length = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[:length]


@cache
def letter_names(word: str) -> tuple[str, ...]:
    """Return how an abbreviation is read letter by letter.

    >>> letter_names("SDGs")[0]
    'えすでぃーじーず'
    """
    return tuple(dict.fromkeys(map("".join, product(*(_NAMES[letter] for letter in word)))))
