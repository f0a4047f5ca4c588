"""Phrases (bunsetsu) and what each depends on, by rules over Sudachi's long units.

A phrase is an independent word with all that leans on it. In Japanese a phrase depends on a later one: one that
describes a noun on the next phrase, one that goes with a predicate on the next predicate, a topic on the last
predicate of its sentence. Against GiNZA on JSQuAD's passages: boundaries F1 .961, heads .758 (what differs is
mostly what counts as a phrase: こと, かもしれない, しなければならない).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from index.types import Token
from qa.reading.parts import NOMINAL, Pos


@dataclass(frozen=True, slots=True)
class Phrase:
    """One bunsetsu; `head` is the number of the phrase it depends on, its own where it is the root."""

    start: int
    end: int
    head: int


def phrases_of(units: Sequence[Token], pos: Sequence[Pos], breaks: Sequence[bool]) -> list[Phrase]:
    """Return the phrases of a text's long units; `breaks[i]` says that unit i begins a line or a sentence."""
    starts = [i for i in range(len(units)) if breaks[i] or begins_phrase(units, pos, i)]
    spans = list(zip(starts, [*starts[1:], len(units)], strict=False))
    heads = _heads(units, pos, spans, [breaks[a] for a, _ in spans])
    return [Phrase(units[a].start, units[b - 1].end, head) for (a, b), head in zip(spans, heads, strict=True)]


_ALWAYS = frozenset({Pos.ADNOMINAL, Pos.CONJUNCTION, Pos.ADVERB, Pos.PRONOUN})
_LEANING = frozenset(
    {
        Pos.CASE_PARTICLE,
        Pos.TOPIC_PARTICLE,
        Pos.PARTICLE,
        Pos.AUXILIARY,
        Pos.CLOSING,
        Pos.COMMA,
        Pos.STOP,
        Pos.SYMBOL,
        Pos.SPACE,
        Pos.SUFFIX,
        Pos.NOUN_SUFFIX,
    }
)
_NO_PHRASE_AFTER = frozenset({Pos.OPENING, Pos.PREFIX, Pos.SYMBOL})
_DOING = frozenset("為る 出来る 致す 為さる 頂く 下さる".split())
# Verbs that with the particle before them are one particle: について, によって, という.
_AFTER_NI = frozenset(
    "よる おく つく つれる とる 取る 対する 関する 伴う 際する 渡る わたる 反する 基づく 限る 関わる かかわる".split()
)
_SUPPORT = frozenset(
    "居る おる 有る 来る 行く 仕舞う 置く 見る 頂く 貰う 呉れる 下さる 上げる 遣る 無い 良い 欲しい 成る".split()
)


def begins_phrase(units: Sequence[Token], pos: Sequence[Pos], i: int) -> bool:
    """Return whether unit `i`, which has one before it, begins a phrase."""
    now, before = pos[i], pos[i - 1]
    if now in _LEANING or before in _NO_PHRASE_AFTER:
        return False
    if before in (Pos.COMMA, Pos.STOP, Pos.SPACE) or now in _ALWAYS:
        return True
    if now == Pos.OPENING:
        return units[i].surface in _QUOTES and before not in NOMINAL and before != Pos.CLOSING
    if now in (Pos.VERB, Pos.ADJECTIVE):
        return not _supports(units, pos, i)
    if before == Pos.NOUN and units[i - 1].detail == "副詞可能":
        return now not in (Pos.COUNTER, Pos.NUMBER)
    # A noun after a noun goes on; after a verb, a particle or an adverb it begins.
    return before not in NOMINAL and before not in _GOES_ON and units[i - 1].surface != ")"


_QUOTES = frozenset("「『“〈《【")
_GOES_ON = frozenset({Pos.CLOSING})


def _supports(units: Sequence[Token], pos: Sequence[Pos], i: int) -> bool:
    """Whether a verb or adjective leans on what stands before it: 施行|する, 開いて|いる, に|ついて."""
    word, before, previous = units[i].normalized, pos[i - 1], units[i - 1].surface
    if before in NOMINAL:
        return word in _DOING or (pos[i] == Pos.ADJECTIVE and units[i].pos == "形状詞")
    if previous == "に":
        return word in _AFTER_NI
    if previous == "と":
        follows = units[i + 1].surface if i + 1 < len(units) else ""
        return (word == "為る" and follows == "て") or units[i].surface == "いう"
    if before == Pos.PARTICLE:
        return previous in ("て", "で", "ば") and word in _SUPPORT
    if units[i].subpos == "助動詞語幹":
        return before in (Pos.VERB, Pos.AUXILIARY, Pos.ADJECTIVE)
    if pos[i] == Pos.ADJECTIVE:
        return before in (Pos.VERB, Pos.AUXILIARY, Pos.ADJECTIVE) and word in _SUPPORT
    leans = units[i].subpos == "非自立可能"
    return leans and (before == Pos.VERB or (before in (Pos.AUXILIARY, Pos.SUFFIX) and word != "為る"))


class _Goes(IntEnum):
    """Where a phrase finds its head."""

    NOWHERE = 0
    NEXT = 1
    NOUN = 2
    PREDICATE = 3
    TOPIC = 4


def _heads(
    units: Sequence[Token], pos: Sequence[Pos], spans: Sequence[tuple[int, int]], first: Sequence[bool]
) -> list[int]:
    goes = [_goes(units, pos, span) for span in spans]
    predicate = [_is_predicate(units, pos, span) for span in spans]
    nominal = [any(p in NOMINAL for p in pos[a:b]) for a, b in spans]
    heads = list(range(len(spans)))
    end = len(spans)
    for n in reversed(range(len(spans))):
        last = end - 1
        if n < last:
            heads[n] = _head(n, last, goes, predicate, nominal, heads)
        if first[n]:
            end = n
    return heads


def _head(
    n: int,
    last: int,
    goes: Sequence[_Goes],
    predicate: Sequence[bool],
    nominal: Sequence[bool],
    heads: Sequence[int],
) -> int:
    """Walk along the heads of what follows, so that no dependency crosses another."""
    fits = n + 1
    if goes[n] == _Goes.NEXT:
        return fits
    if goes[n] == _Goes.TOPIC:
        while fits < last and (not predicate[fits] or goes[fits] == _Goes.NOUN):
            fits = heads[fits] if heads[fits] > fits else last
        return fits
    wanted = nominal if goes[n] == _Goes.NOUN else predicate
    while fits < last and not wanted[fits]:
        fits = heads[fits] if heads[fits] > fits else last
    return fits


def _is_predicate(units: Sequence[Token], pos: Sequence[Pos], span: tuple[int, int]) -> bool:
    a, b = span
    return any(p in (Pos.VERB, Pos.ADJECTIVE, Pos.AUXILIARY) for p in pos[a:b])


def _goes(units: Sequence[Token], pos: Sequence[Pos], span: tuple[int, int]) -> _Goes:
    a, b = span
    comma = pos[b - 1] == Pos.COMMA
    while b > a + 1 and pos[b - 1] in (Pos.COMMA, Pos.STOP, Pos.CLOSING, Pos.SPACE, Pos.SYMBOL):
        b -= 1
    final, kind = units[b - 1], pos[b - 1]
    if kind == Pos.ADNOMINAL:
        return _Goes.NOUN
    if kind == Pos.TOPIC_PARTICLE and final.surface == "は":
        return _Goes.TOPIC
    if final.surface in ("の", "という", "な", "や") and kind != Pos.VERB:
        return _Goes.NOUN
    if kind == Pos.CONJUNCTION or (comma and final.surface in _CLAUSE_ENDS):
        return _Goes.TOPIC
    if kind in (Pos.CASE_PARTICLE, Pos.TOPIC_PARTICLE, Pos.PARTICLE, Pos.ADVERB):
        return _Goes.PREDICATE
    if kind in (Pos.VERB, Pos.ADJECTIVE, Pos.AUXILIARY):
        if final.form.startswith("連用"):
            return _Goes.TOPIC if comma else _Goes.PREDICATE
        return _Goes.PREDICATE if comma else _Goes.NOUN
    return _Goes.PREDICATE if comma else _Goes.NEXT


_CLAUSE_ENDS = frozenset("が から ため ので と けれども".split())
