"""A passage as columns: its words, phrases and sentences, ready for counting."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from index.tokenizer import shared_tokenizer
from index.types import Token
from qa.reading.parsing import Entity, Parse, Word, fold


class Pos(IntEnum):
    """Parts of speech as far as boundaries and types of answers need them."""

    OTHER = 0
    NOUN = 1
    VERBAL_NOUN = 2
    PERSON = 3
    PLACE = 4
    NAME = 5
    NUMBER = 6
    COUNTER = 7
    NOUN_SUFFIX = 8
    PREFIX = 9
    VERB = 10
    ADJECTIVE = 11
    ADVERB = 12
    PRONOUN = 13
    ADNOMINAL = 14
    CASE_PARTICLE = 15
    TOPIC_PARTICLE = 16
    PARTICLE = 17
    AUXILIARY = 18
    CONJUNCTION = 19
    OPENING = 20
    CLOSING = 21
    COMMA = 22
    STOP = 23
    SYMBOL = 24
    SPACE = 25
    SUFFIX = 26


NOMINAL = frozenset(
    {
        Pos.NOUN,
        Pos.VERBAL_NOUN,
        Pos.PERSON,
        Pos.PLACE,
        Pos.NAME,
        Pos.NUMBER,
        Pos.COUNTER,
        Pos.NOUN_SUFFIX,
        Pos.PRONOUN,
    }
)
CONTENT = NOMINAL | {Pos.PREFIX, Pos.VERB, Pos.ADJECTIVE, Pos.ADVERB, Pos.SUFFIX}

# The first prefix that fits counts.
_TAGS: tuple[tuple[str, Pos], ...] = (
    ("名詞-固有名詞-人名", Pos.PERSON),
    ("名詞-固有名詞-地名", Pos.PLACE),
    ("名詞-固有名詞", Pos.NAME),
    ("名詞-数詞", Pos.NUMBER),
    ("名詞-普通名詞-助数詞", Pos.COUNTER),
    ("名詞-普通名詞-サ変", Pos.VERBAL_NOUN),
    ("名詞", Pos.NOUN),
    ("接尾辞-名詞的-助数詞", Pos.COUNTER),
    ("接尾辞-名詞的", Pos.NOUN_SUFFIX),
    ("接尾辞", Pos.SUFFIX),
    ("接頭辞", Pos.PREFIX),
    ("動詞", Pos.VERB),
    ("形容詞", Pos.ADJECTIVE),
    ("形状詞", Pos.ADJECTIVE),
    ("副詞", Pos.ADVERB),
    ("代名詞", Pos.PRONOUN),
    ("連体詞", Pos.ADNOMINAL),
    ("助詞-格助詞", Pos.CASE_PARTICLE),
    ("助詞-係助詞", Pos.TOPIC_PARTICLE),
    ("助詞", Pos.PARTICLE),
    ("助動詞", Pos.AUXILIARY),
    ("接続詞", Pos.CONJUNCTION),
    ("補助記号-括弧開", Pos.OPENING),
    ("補助記号-括弧閉", Pos.CLOSING),
    ("補助記号-読点", Pos.COMMA),
    ("補助記号-句点", Pos.STOP),
    ("空白", Pos.SPACE),
    ("補助記号", Pos.SYMBOL),
    ("記号", Pos.SYMBOL),
)
_SENTENCE_END = re.compile(r"[。!?！？\n]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text, word by word. `long` marks words that begin, `long_end` that end, a long unit (Sudachi mode C).

    `phrase[i]` and `sentence[i]` number the phrase and the sentence of word i; `heads[p]` is the phrase that
    phrase p depends on.
    """

    text: str
    words: tuple[Token, ...]
    pos: tuple[Pos, ...]
    long: tuple[bool, ...]
    long_end: tuple[bool, ...]
    phrase: tuple[int, ...]
    sentence: tuple[int, ...]
    heads: tuple[int, ...]
    entities: tuple[Entity, ...]


def sheet(text: str, parsed: Parse) -> Sheet:
    """Lay a parse over the short words of `text`."""
    folded = fold(text)
    words = tuple(w for w in shared_tokenizer().tokens(folded) if w.surface)
    units = _covering(words, [(w.start, w.end) for w in parsed.words])
    starts = {w.start for w in parsed.words}
    ends = {w.end for w in parsed.words}
    phrases = _covering(words, [(p.start, p.end) for p in parsed.phrases])
    return Sheet(
        text=folded,
        words=words,
        pos=tuple(_pos(w, parsed.words[u] if u >= 0 else None) for w, u in zip(words, units, strict=True)),
        long=tuple(w.start in starts or u < 0 for w, u in zip(words, units, strict=True)),
        long_end=tuple(w.end in ends or u < 0 for w, u in zip(words, units, strict=True)),
        phrase=_filled(phrases),
        sentence=_sentences(words),
        heads=tuple(p.head for p in parsed.phrases) or (0,),
        entities=parsed.entities,
    )


def pos_of(tag: str) -> Pos:
    """Return the part of speech of a Sudachi tag such as 名詞-固有名詞-地名-一般."""
    return next((pos for prefix, pos in _TAGS if tag.startswith(prefix)), Pos.OTHER)


def _pos(word: Token, unit: Word | None) -> Pos:
    own = pos_of(f"{word.pos}-{word.subpos}")
    if unit is None or "\n" in word.surface:
        return Pos.SPACE if word.surface.isspace() else own
    whole = pos_of(unit.tag)
    if unit.start == word.start and unit.end == word.end:
        return whole
    # 横浜 in 横浜市役所: a part of a name is of that name's kind, a part of another word of its own.
    return whole if whole in (Pos.PERSON, Pos.PLACE, Pos.NAME) and own == Pos.NAME else own


def _covering(words: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[int]:
    starts = [start for start, _ in spans]
    found = [bisect_right(starts, w.start) - 1 for w in words]
    return [n if n >= 0 and w.start < spans[n][1] else -1 for w, n in zip(words, found, strict=True)]


def _filled(numbers: Sequence[int]) -> tuple[int, ...]:
    """Let words outside every phrase (line ends) belong to the phrase before them."""
    filled: list[int] = []
    for number in numbers:
        last = filled[-1] if filled else 0
        filled.append(number if number >= 0 else last)
    return tuple(filled)


def _sentences(words: Sequence[Token]) -> tuple[int, ...]:
    """Number the sentences; a stop inside brackets ends none."""
    numbers: list[int] = []
    current = depth = 0
    for word in words:
        numbers.append(current)
        if word.surface in "「『(（":
            depth += 1
        elif word.surface in "」』)）":
            depth = max(0, depth - 1)
        elif "\n" in word.surface or (depth == 0 and _SENTENCE_END.fullmatch(word.surface)):
            current += 1
            depth = 0
    return tuple(numbers)
