"""Parts of speech as far as boundaries and types of answers need them, from Sudachi's tags."""

from enum import IntEnum
from functools import cache

from index.types import Token


class Pos(IntEnum):
    """A part of speech."""

    # Members are looked up in sets for every word: an enumeration's own hash is slow.
    __hash__ = int.__hash__

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


@cache
def pos_of(tag: str) -> Pos:
    """Return the part of speech of a Sudachi tag such as 名詞-固有名詞-地名-一般."""
    return next((pos for prefix, pos in _TAGS if tag.startswith(prefix)), Pos.OTHER)


def pos_of_token(token: Token) -> Pos:
    """Return the part of speech of a word, as far as Sudachi tells it."""
    return pos_of(f"{token.pos}-{token.subpos}-{token.detail}")
