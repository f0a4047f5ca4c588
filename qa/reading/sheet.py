"""A passage as columns: its words, phrases, sentences and names, by Sudachi alone, ready for counting."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.tokenizer import shared_tokenizer
from index.types import Token
from qa.reading.folding import fold
from qa.reading.naming import Entity, names_of
from qa.reading.parts import Pos, pos_of_token
from qa.reading.phrasing import phrases_of

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


def sheet(text: str) -> Sheet:
    """Lay out a text. Headings, items and paragraphs do not depend on one another: each line is by itself."""
    folded = fold(text)
    tokenizer = shared_tokenizer()
    words = tuple(_bare(tokenizer.tokens(folded)))
    units = [u for u in _bare(tokenizer.tokens(folded, "C")) if u.surface.strip()]
    unit_of = _covering(words, [(u.start, u.end) for u in units])
    unit_pos = [pos_of_token(unit) for unit in units]
    pos = tuple(
        _pos(w, units[u] if u >= 0 else None, unit_pos[u] if u >= 0 else Pos.SPACE)
        for w, u in zip(words, unit_of, strict=True)
    )
    sentence = _sentences(words)
    phrases = phrases_of(units, unit_pos, _unit_breaks(units, words, sentence))
    starts, ends = {u.start for u in units}, {u.end for u in units}
    return Sheet(
        text=folded,
        words=words,
        pos=pos,
        long=tuple(w.start in starts or u < 0 for w, u in zip(words, unit_of, strict=True)),
        long_end=tuple(w.end in ends or u < 0 for w, u in zip(words, unit_of, strict=True)),
        phrase=_filled(_covering(words, [(p.start, p.end) for p in phrases])),
        sentence=sentence,
        heads=tuple(p.head for p in phrases) or (0,),
        entities=tuple(
            names_of(words, pos, [a != b for a, b in zip(sentence, (-1, *sentence), strict=False)])
        ),
    )


def _bare(tokens: Sequence[Token]) -> Iterator[Token]:
    """Take a word and its reading in brackets, which Sudachi reads as one, apart: 律動(りつどう)."""
    for token in tokens:
        at = token.surface.find("(")
        if at > 0 and token.surface.endswith(")"):
            yield token._replace(surface=token.surface[:at], end=token.start + at)
            yield _mark(token, at, at + 1, "括弧開")
            inner = token.surface[at + 1 : -1]
            if inner:
                start = token.start + at + 1
                yield Token(start, start + len(inner), inner, inner, inner, "名詞", "普通名詞", (), "一般")
            yield _mark(token, len(token.surface) - 1, len(token.surface), "括弧閉")
        elif token.surface:
            yield token


def _mark(token: Token, first: int, last: int, kind: str) -> Token:
    surface = token.surface[first:last]
    return Token(token.start + first, token.start + last, surface, surface, surface, "補助記号", kind)


def _pos(word: Token, unit: Token | None, whole: Pos) -> Pos:
    own = pos_of_token(word)
    if unit is None or "\n" in word.surface:
        return Pos.SPACE if word.surface.isspace() else own
    if unit.start == word.start and unit.end == word.end:
        return whole
    # 横浜 in 横浜市役所: a part of a name is of that name's kind, a part of another word of its own.
    return whole if whole in (Pos.PERSON, Pos.PLACE, Pos.NAME) and own == Pos.NAME else own


def _unit_breaks(units: Sequence[Token], words: Sequence[Token], sentence: Sequence[int]) -> list[bool]:
    """Whether each unit begins a sentence or a line."""
    at = {word.start: number for word, number in zip(words, sentence, strict=True)}
    numbers = [at[unit.start] for unit in units]
    return [a != b for a, b in zip(numbers, [-1, *numbers], strict=False)]


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
