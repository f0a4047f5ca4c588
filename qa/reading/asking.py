"""A question as the ranker sees it: its words, where its gap is, and what kind of thing fits the gap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from index.tokenizer import shared_tokenizer
from index.types import Token
from qa.reading.folding import fold
from qa.reading.parts import CONTENT, NOMINAL, pos_of_token


class Gap(IntEnum):
    """What stands where the answer is missing."""

    NONE = 0
    WHO = 1
    WHERE = 2
    WHEN = 3
    WHAT = 4
    WHICH = 5
    HOW_MANY = 6
    HOW_MUCH = 7
    WHY = 8
    HOW = 9
    KIND = 10
    NAME = 11
    WHICH_OF = 12
    SINCE = 13


_COUNTERS = (
    r"年|月|日|時|分|人|名|回|個|件|%|パ|世紀|歳|才|か国|カ国|ヶ国|社|倍|位|番|km|キ|m|メ|階|か所|カ所|箇所|ヶ所|代|種類|つ|本|"
    r"冊|台|度|円|ヘ|ト|機|両|隻|店|校|週|曜|号|条|匹|頭|枚|点|票|議席|割|言語|都市|か月|カ月|ヶ月|試合|勝|敗|得|話|巻|曲|作|文字|"
    r"軒|戸|世帯"
)
# Longest first where one begins another; the last match in the question counts, since 誰が何を ends in what is asked.
_GAPS: tuple[tuple[str, Gap], ...] = (
    (r"どのくらい|どのぐらい|どれくらい|どれぐらい|どれほど|どの程度|いくら|幾ら", Gap.HOW_MUCH),
    (r"いくつ|幾つ", Gap.HOW_MANY),
    (r"いつから|何時から", Gap.SINCE),
    (r"いつ", Gap.WHEN),
    (r"誰|だれ|どなた|何者", Gap.WHO),
    (r"どこ|何処|何所", Gap.WHERE),
    (r"どちら|どっち|どれ|いずれ", Gap.WHICH_OF),
    (r"なぜ|何故|どうして|なんで(?!す)|何で(?=[^すし])", Gap.WHY),
    (r"(?:何|なん)という(?=[^かのん?。])", Gap.WHICH),
    (r"(?:何|なん)(?=と(?:呼|言|い|称|名|よ))|何て|なんて|どう(?=呼|言|い[いうっ])", Gap.NAME),
    (r"どのように|どうやって|どのようにして|どう", Gap.HOW),
    (r"どのような|どんな|どういう|どういった|いかなる", Gap.KIND),
    (r"どの", Gap.WHICH),
    (f"何(?={_COUNTERS})", Gap.HOW_MANY),
    (r"何|なに|なん(?=の|で|だ|と|か|に|$)", Gap.WHAT),
)  # fmt: skip
_PATTERN = re.compile("|".join(f"(?P<g{n}>{pattern})" for n, (pattern, _) in enumerate(_GAPS)))
_NOT_COUNTED = frozenset(
    "する 為る 居る いる 有る ある 成る 言う 事 こと 物 もの "
    "為 です 下さる ください 教える 答える よる 因る つ 1つ".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's distinct content words and its gap, characters [start, end) of `text`.

    `keys` are normalised forms; `side` is −1 for a word before the gap, 1 after; `distance` counts content words
    from the gap (1 is next to it). `roles` gives the number of a word in `keys` (−1: none) for each of
    `ROLES`. `focus` is the noun the answer is one of (都市, 会社); `unit` stands right after 何.
    """

    text: str
    gap: Gap
    start: int
    end: int
    keys: tuple[str, ...]
    side: tuple[int, ...]
    distance: tuple[int, ...]
    roles: tuple[int, ...]
    focus: str
    focus_surface: str
    unit: str
    particle: int


ROLES = ("left_1", "left_2", "left_3", "right_1", "right_2", "right_3", "predicate", "subject", "focus")
_PARTICLES = {
    particle: number
    for number, particle in enumerate("が を に で は と の から まで も へ より か ? です だ".split(), 1)
}


def ask(question: str) -> Asked:
    """Read a question; one without an interrogative (創立年は？) has its gap at the end."""
    text = fold(question).strip()
    words = [w for w in shared_tokenizer().tokens(text) if w.surface]
    gap, start, end = _gap(text)
    content = [i for i, w in enumerate(words) if _counts(w) and not (start < w.end and w.start < end)]
    before = [i for i in content if words[i].start < start]
    after = [i for i in content if words[i].start >= end]
    keys = list(dict.fromkeys(words[i].normalized.casefold() for i in content))
    distances = _distances(words, keys, before, after)
    focus = _focus(words, start, end, gap)
    return Asked(
        text=text,
        gap=gap,
        start=start,
        end=end,
        keys=tuple(keys),
        side=tuple(-1 if near < 0 else 1 for near in distances),
        distance=tuple(abs(near) for near in distances),
        roles=_roles(words, keys, before, after, focus),
        focus=words[focus].normalized.casefold() if focus >= 0 else "",
        focus_surface=words[focus].surface if focus >= 0 else "",
        unit=_unit(text, end, gap),
        particle=_particle(text, end),
    )


def _gap(text: str) -> tuple[Gap, int, int]:
    found = list(_PATTERN.finditer(text))
    if not found:
        end = len(text.rstrip("?。.!、か"))
        return Gap.NONE, end, end
    last = found[-1]
    return _GAPS[int((last.lastgroup or "g0")[1:])][1], last.start(), last.end()


def _counts(word: Token) -> bool:
    pos = pos_of_token(word)
    return pos in CONTENT and word.normalized not in _NOT_COUNTED


def _distances(words: Sequence[Token], keys: Sequence[str], before: list[int], after: list[int]) -> list[int]:
    """Signed distance of each key from the gap, in content words; the nearest occurrence counts."""
    near: dict[str, int] = {}
    for step, i in enumerate(reversed(before), 1):
        near.setdefault(words[i].normalized.casefold(), -step)
    for step, i in enumerate(after, 1):
        key = words[i].normalized.casefold()
        if key not in near or step < abs(near[key]):
            near[key] = step
    return [near[key] for key in keys]


def _roles(
    words: Sequence[Token], keys: list[str], before: list[int], after: list[int], focus: int
) -> tuple[int, ...]:
    left = [*reversed(before), -1, -1, -1][:3]
    right = [*after, -1, -1, -1][:3]
    verbs = [i for i in before + after if words[i].pos in ("動詞", "形容詞") or "サ変" in words[i].subpos]
    predicate = verbs[-1] if verbs else -1
    subject = next(
        (i for i in before if i + 1 < len(words) and words[i + 1].surface in ("は", "が", "とは")), -1
    )
    chosen = (*left, *right, predicate, subject, focus)
    return tuple(_number(keys, words[i].normalized.casefold()) if i >= 0 else -1 for i in chosen)


def _number(keys: list[str], key: str) -> int:
    return keys.index(key) if key in keys else -1


_LINKS = ("の", "という", "と", "いう", "な")
_LONGEST_LINK = 2
_BEFORE_NOUNS = frozenset({Gap.WHAT, Gap.WHICH, Gap.HOW_MANY, Gap.NAME, Gap.KIND})
"""Interrogatives that stand right before the noun they ask for: 何人, どの国; not いつ施行."""


def _focus(words: Sequence[Token], start: int, end: int, gap: Gap) -> int:
    """The head of the noun run after どの, どこの, 何という; else the noun that は or が sets before the gap."""
    after = [i for i, w in enumerate(words) if w.start >= end] if gap != Gap.NONE else []
    linked = [i for i in after if words[i].surface not in _LINKS]
    if after and words[after[0]].surface in _LINKS:
        after = linked if linked and linked[0] - after[0] <= _LONGEST_LINK else []
    elif gap not in _BEFORE_NOUNS:
        after = []
    if after and _nominal(words[after[0]]):
        return _last_of_run(words, after[0])
    before = [i for i, w in enumerate(words) if w.end <= start]
    while before and not _nominal(words[before[-1]]):
        before.pop()
    return before[-1] if before else -1


def _last_of_run(words: Sequence[Token], i: int) -> int:
    while i + 1 < len(words) and _nominal(words[i + 1]):
        i += 1
    return i


def _nominal(word: Token) -> bool:
    return pos_of_token(word) in NOMINAL and word.normalized not in (
        "事",
        "こと",
        "物",
        "もの",
        "の",
    )


def _unit(text: str, end: int, gap: Gap) -> str:
    if gap not in (Gap.HOW_MANY, Gap.WHAT, Gap.NAME):
        return ""
    found = re.match(r"世紀|か国|カ国|ヶ国|か所|カ所|箇所|ヶ所|[^\W\dのがをにではとかもへ]", text[end:])
    return found.group() if found else ""


def _particle(text: str, end: int) -> int:
    rest = text[end:]
    return next((n for p, n in _PARTICLES.items() if rest.startswith(p)), 0)
