"""A sentence cut at the words that join members: 、 及び 又は や と."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.listing.text import QUOTES, outer_brackets
from qa.listing.types import Span

_JOIN = re.compile(
    r"(?P<range>から)?[、，](?P<led>及び|並びに|または|又は)?|(?P<and>及び|および|並びに|ならびに)"
    r"|(?P<or>又は|または|若しくは|もしくは)"
)
_HOLDS_LIST = re.compile("や|と")
# 北館と南館: two that end alike; と、 parts two even where they do not.
_BOTH = re.compile(r"(?P<end>[一-鿿々ァ-ヶー」』])と(?:[^、。とはがをに\n]{1,20}?)(?P=end)")


class Kind(Enum):
    """What a word does in a noun phrase."""

    NOUN = auto()
    OF = auto()
    TOPIC = auto()
    CASE = auto()
    VERB = auto()
    MODIFIER = auto()
    AND_SO_ON = auto()
    OTHER = auto()


_KINDS = {
    **dict.fromkeys(("名詞", "接尾辞", "接頭辞", "記号", "代名詞", "補助記号", "空白"), Kind.NOUN),
    **dict.fromkeys(("形容詞", "形状詞", "連体詞", "副詞"), Kind.MODIFIER),
    "動詞": Kind.VERB,
}
_SURFACES = {
    "の": Kind.OF,
    "な": Kind.MODIFIER,
    **dict.fromkeys("はも", Kind.TOPIC),
    **dict.fromkeys(("が", "を", "に", "で", "へ", "と", "から", "より", "まで"), Kind.CASE),
    **dict.fromkeys(("だけ", "のみ"), Kind.NOUN),
}


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    kind: Kind
    surface: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two separators."""

    words: tuple[Word, ...]
    before: str
    after: str  # the separator, "" at the sentence's end

    @property
    def head(self) -> Word | None:
        return next((w for w in reversed(self.words) if w.detail != "bracket" and w.surface.strip()), None)


def segments_of(text: str, sentence: Span, tokenizer: SudachiTokenizer) -> list[Segment]:
    """Return the segments of a sentence; none where it holds no word that joins."""
    cuts = list(_cuts(text, *sentence))
    if not cuts and "や" not in text[slice(*sentence)] and not _BOTH.search(text, *sentence):
        return []
    edges = [(sentence[0], sentence[0], ""), *cuts, (sentence[1], sentence[1], "")]
    segments: list[Segment] = []
    for (_, start, before), (end, _, after) in pairwise(edges):
        joins, joined = _may_join(text, end, after), bool(segments) and _may_join(text, start - 1, before)
        if joins or joined or _HOLDS_LIST.search(text, start, end):
            segments += _split(_words(text, start, end, tokenizer), before, after)
        else:
            segments.append(Segment((), before, after))  # Its words would never be looked at.
    return segments


def _may_join(text: str, at: int, separator: str) -> bool:
    """市は、 ends no member; most other words before a separator may."""
    return bool(separator) and (separator != "、" or text[at - 1] not in "はがをにてでば")


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Separators outside brackets: 、 及び 又は, and nothing between 「A」「B」."""
    outer = list(outer_brackets(text, start, end))
    ranged = "まで" in text[start:end]
    found = [
        (m.start() if ranged or not m["range"] else m.end("range"), m.end(), m)
        for m in _JOIN.finditer(text, start, end)
        if not any(a < m.start() < b for a, b in outer)
    ]
    seps = [
        (a, b, "及び" if m["and"] else "又は" if m["or"] else "及び" if m["led"] else "、")
        for a, b, m in found
    ]
    beside = [
        (b + 1, b + 1, "「")
        for (a, b), (c, _) in pairwise(outer)
        if b + 1 == c and text[a] in QUOTES and text[c] in QUOTES
    ]
    yield from sorted([*seps, *beside])


def _words(text: str, start: int, end: int, tokenizer: SudachiTokenizer) -> list[Word]:
    """Words of a segment; what stands in brackets is one word."""
    outer = list(outer_brackets(text, start, end))
    words: list[Word] = []
    for token in tokenizer.tokens(text[start:end] + "、"):
        a, b = start + token.start, start + token.end
        if a >= end or any(opened < a <= closed for opened, closed in outer):
            continue
        closed = next((closed for opened, closed in outer if opened == a), None)
        if closed is not None:
            detail = "quote" if text[a] in QUOTES else "bracket"
            words.append(Word(a, closed + 1, Kind.NOUN, text[a : closed + 1], detail))
        else:
            words.append(
                Word(a, b, _kind(token), token.surface, token.detail if token.pos != "副詞" else "副詞")
            )
    return words


def _kind(token: Token) -> Kind:
    if token.surface in ("など", "等"):
        return Kind.AND_SO_ON
    if token.pos == "助動詞" and token.surface in ("ない", "た", "れる", "られる", "せる", "たい"):
        return Kind.VERB
    if token.pos in ("助詞", "助動詞"):
        return _SURFACES.get(token.surface, Kind.OTHER)
    return _KINDS.get(token.pos, Kind.OTHER)


def _split(words: Sequence[Word], before: str, after: str) -> Iterator[Segment]:
    """や is a separator where it is a word of its own."""
    group: list[Word] = []
    for word in words:
        if word.surface == "や" and word.kind is Kind.OTHER and group:
            yield Segment(tuple(group), before, "や")
            group, before = [], "や"
        else:
            group.append(word)
    if group:
        yield Segment(tuple(group), before, after)


def apart(text: str, segment: Segment) -> Iterator[Segment]:
    """Cut at と between nouns, which may part two members or join the words of one name."""
    words, before, first = segment.words, segment.before, 0
    for n in range(1, len(words)):
        if words[n].surface != "と" or words[n].kind is not Kind.CASE or words[n - 1].kind is not Kind.NOUN:
            continue
        if n + 1 == len(words) and segment.after == "、":
            yield Segment(tuple(words[first:n]), before, "と")
            return
        if n + 1 < len(words) and words[n + 1].kind is Kind.NOUN and n > first:
            yield Segment(tuple(words[first:n]), before, "と")
            before, first = "と", n + 1
    yield Segment(tuple(words[first:]), before, segment.after)
