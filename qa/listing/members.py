"""Which words between two separators are a member of a list: its first, one inside, its last."""

import re
from collections.abc import Sequence

from qa.listing.segments import Kind, Segment, Word
from qa.listing.text import COUNT_AFTER, QUANTITY, value
from qa.listing.types import Span

_ALL = re.compile(
    "という|といった|として|その他の|の(?:ほか|他|いずれ|うち|すべて|全て|それぞれ|どれ|どちら|各[^ぁ-ん])"
)
_ADVERBIAL = frozenset(
    "ため こと もの とき 時 うえ 上 中 際 場合 一方 ほか 他 結果 うち ところ 以下 以上 下 後 前 以降 末 たび 際し 間".split()
)
_DAY = re.compile(r"[日月年]$|曜|[0-9０-９]")


def ends_in_noun(segment: Segment) -> bool:
    head = segment.head
    if not head or head.kind is not Kind.NOUN or head.surface in _ADVERBIAL:
        return False
    if not segment.after or segment.words[0].surface.startswith("毎"):
        return False
    return head.detail != "副詞可能" or bool(_DAY.search(head.surface))


def is_member(text: str, segment: Segment, *, quantity: bool) -> bool:
    return (
        (ends_in_noun(segment) or _is_place(segment))
        and segment.words[0].kind is not Kind.CASE
        and not (segment.before == "や" and any(word.kind is Kind.AND_SO_ON for word in segment.words))
        and begins_at(segment, clause=True) == len(segment.words) - len(without_lead(segment.words))
        and is_quantity(text, segment) == quantity
    )


def is_quantity(text: str, segment: Segment) -> bool:
    head = segment.head
    return bool(head and QUANTITY.search(text, segment.words[0].start, head.end))


def begins_at(segment: Segment, *, clause: bool) -> int:
    """Return where the member begins: after the topic, and after a noun whose verb comes only after the list."""
    words = segment.words
    at = max((n + 1 for n in range(len(words) - 1) if _ends_lead(words, n, clause=clause)), default=0)
    while at < len(words) - 1 and (
        words[at].detail == "副詞" or words[at].kind is Kind.OF or not words[at].surface.strip()
    ):
        at += 1
    return at


def without_lead(words: Sequence[Word]) -> Sequence[Word]:
    """Leave out the conjunctions and adverbs that lead to a member."""
    lead = 0
    while lead < len(words) - 1 and (
        words[lead].kind is Kind.OTHER or words[lead].detail == "副詞" or not words[lead].surface.strip()
    ):
        lead += 1
    return words[lead:]


def last_member(text: str, segment: Segment, size: int, joins: Sequence[str]) -> tuple[Span | None, bool]:
    """Return the noun that the last segment begins with, and whether など or a number closes the list after it."""
    words = without_lead(segment.words)
    if ends := _until_and_so_on(words, clause="や" not in joins):
        return (words[0].start, ends), True
    stop = _phrase_end(text, segment, words, size, joins[-1])
    while stop and _is_adverbial(words[stop - 1]):
        stop = max((n for n in range(stop) if words[n].kind is Kind.OF), default=0)
    if not stop:
        return None, False
    if stop > 1 and words[stop - 1].surface in ("だけ", "のみ"):
        stop -= 1
    end = words[stop - 1].end
    return (words[0].start, end), bool(COUNT_AFTER.match(text, end) or _ALL.match(text, end))


def _phrase_end(text: str, segment: Segment, words: Sequence[Word], size: int, join: str) -> int:
    """Return how many of `words` are the noun phrase they begin with; 0 where it is part of another clause."""
    stop = 0
    for n, word in enumerate(words):
        if word.kind is Kind.NOUN:
            if word.surface in "：:":
                break
            stop = n + 1
        elif not _goes_on(text, words, n, size):
            break
    follows = words[stop] if 0 < stop < len(words) else None
    if follows and follows.kind is Kind.VERB:
        return len(words) if stop + 1 == len(words) and not segment.after else 0
    if follows and follows.surface in ("が", "は") and segment.before == "、" and join == "や":
        return 0  # AやB、市が…
    return stop


def _ends_lead(words: Sequence[Word], at: int, *, clause: bool) -> bool:
    """Say whether what stands up to a word leads to the member: a topic, a verb, a noun of the clause."""
    word = words[at]
    if word.kind in (Kind.TOPIC, Kind.OTHER) or word.surface in "：:　":
        return True
    if word.kind is Kind.VERB:
        return not clause
    return _is_loose(words, at) and word.surface != "と" and not (clause and _is_governed(words, at))


def _is_loose(words: Sequence[Word], at: int) -> bool:
    """A case particle binds what stands before it to a verb, unless の follows it (市への)."""
    return words[at].kind is Kind.CASE and at + 1 < len(words) and words[at + 1].kind is not Kind.OF


def _is_governed(words: Sequence[Word], at: int) -> bool:
    return any(word.kind in (Kind.VERB, Kind.MODIFIER) for word in words[at + 1 :])


def _is_place(segment: Segment) -> bool:
    """駅前 is a place where it stands among others; 先日 is a time."""
    words = segment.words
    return bool(
        segment.after == "、"
        and len(words) > 1
        and words[-1].surface in ("前", "中", "上", "間")
        and all(word.kind in (Kind.NOUN, Kind.OF) for word in words)
        and words[-2].detail != "サ変可能"
    )


def _goes_on(text: str, words: Sequence[Word], at: int, size: int) -> bool:
    """Say whether a noun phrase goes on at a word that is no noun."""
    word, rest = words[at], words[at + 1 :]
    if word.kind is Kind.OF:
        stated = COUNT_AFTER.match(text, word.start)
        return not (stated and (value(stated[1]) == size or stated[0][-1] in "つ所")) and not _ALL.match(
            text, word.start
        )
    if word.kind is Kind.CASE:
        return bool(rest) and (rest[0].kind is Kind.OF or _joins_nouns(words, at))
    if word.kind is Kind.VERB:
        governed = next((w for w in rest if w.kind is not Kind.VERB), None)
        modifies = not at or words[at - 1].kind in (Kind.OF, Kind.NOUN, Kind.VERB)
        return modifies and governed is not None and governed.kind in (Kind.NOUN, Kind.MODIFIER)
    return word.kind is Kind.MODIFIER and not _ALL.match(text, word.start)


def _until_and_so_on(words: Sequence[Word], *, clause: bool) -> int:
    """Return where など ends the member, if only nouns and their modifiers stand before it."""
    for n, word in enumerate(words):
        if word.kind is Kind.AND_SO_ON:
            return words[n - 1].end if n and words[n - 1].kind is Kind.NOUN else 0
        loose = _is_loose(words, n) and not (clause and _is_governed(words, n))
        if loose or word.kind in (Kind.TOPIC, Kind.OTHER):
            return 0
    return 0


def _joins_nouns(words: Sequence[Word], at: int) -> bool:
    """世界の平和と繁栄への貢献: と joins two nouns that share the one after them."""
    after = [n for n in range(at + 1, len(words)) if words[n].kind is not Kind.NOUN]
    return (
        words[at].surface == "と"
        and words[at + 1].kind is Kind.NOUN
        and words[at + 1].detail != "quote"
        and bool(after)
        and (words[after[0]].kind is Kind.OF or words[after[0]].surface == "へ")
    )


def _is_adverbial(word: Word) -> bool:
    return word.surface in _ADVERBIAL or (word.detail == "副詞可能" and not _DAY.search(word.surface))
