"""A question cut into noun phrases, interrogatives and years, so that one may stand for another."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.following_kinds import is_charge
from qa.following_words import INTERROGATIVE, is_general, property_start
from qa.ledger.years import YearMention, year_mentions

Span = tuple[int, int]
Naming = Callable[[str], Sequence[Span]]  # where a text names an item outright

_KANJI = "一二三四五六七八九"
_YEARS_AWAY = re.compile(rf"(?<![0-9])([1-9][0-9]?|[{_KANJI}])年(?:度)?(前|後)")
_JOINING = "・－ー-＆&"
_OPENING = {")": "(", "」": "「", "』": "『", "】": "【", "]": "["}
_BRACKETS = frozenset("".join(_OPENING) + "".join(_OPENING.values()))
_HOW = frozenset({"副詞可能", "形状詞可能", "サ変形状詞可能"})
TELLING = ("動詞", "形容詞")
_NOUN = ("名詞", "接頭辞", "接尾辞")
_FORMAL = frozenset(
    "の こと もの ところ ほう 方 ため うち 場合 とき 時 中 方々 そう よう つもり はず わけ 何 前 無料 有料".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of nouns at `text[start:end]`; `item` if it holds the name of an item, `proper` a proper or latin name."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    item: bool
    proper: bool

    @property
    def head(self) -> str:
        """Return the last word, which says what kind of thing it is: 国際協力課 → 課."""
        words = [token.surface for token in self.tokens if token.surface not in _BRACKETS]
        return words[-1] if words else self.text

    @property
    def dependent(self) -> bool:
        """True for what is asked of a thing, and is no thing of its own: 受付時間."""
        start = property_start(self.text)
        if self.item or self.proper or start is None:
            return False
        if is_charge(self.text) and start > 0 and all(t.start != self.start + start for t in self.tokens):
            return is_general(self.text[:start])  # one word to the dictionary: 水道料金
        before = (token for token in self.tokens if token.end <= self.start + start)
        return all(t.pos == "接頭辞" or t.detail.startswith("サ変") or is_general(t.surface) for t in before)

    @property
    def doing(self) -> bool:
        """True for the name of an act: 申し込み, 更新."""
        return self.tokens[-1].detail == "サ変可能" and not self.item

    @property
    def whole(self) -> bool:
        """True for a thing with what is asked of it in one word: 旅券手数料."""
        return not self.item and not self.dependent and property_start(self.text) is not None

    @property
    def places(self) -> list[Token]:
        """Return the names of places in it."""
        return [token for token in self.tokens if token.detail == "地名"]


@dataclass(frozen=True, slots=True)
class Parts:
    """A question with the parts that a follow-up can leave out or replace."""

    text: str
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]
    interrogatives: tuple[Span, ...]
    years: tuple[YearMention, ...]

    @property
    def verbs(self) -> list[Token]:
        """Return the words that tell something of a subject: 増えた, 開く."""
        doing = (a for a, b in pairwise(self.tokens) if _does(a, b))
        return [*(t for t in self.tokens if t.pos in TELLING and t.subpos != "非自立可能"), *doing]


def parts(text: str, tokenizer: SudachiTokenizer, naming: Naming) -> Parts:
    """Return the parts of a normalised question."""
    tokens = tuple(tokenizer.tokens(text, "C"))
    starts = {token.start for token in tokens}
    doing = [a.start for a, b in pairwise(tokens) if _does(a, b)]
    asked = tuple(
        (
            m.start(),
            min([m.end(), *(place for place in doing if m.start() < place < m.end())]),
        )  # 何人 + 募集する
        for m in INTERROGATIVE.finditer(text)
        if m.start() in starts
    )
    years = tuple(years_in(text))
    taken = [*asked, *((year.start, year.end) for year in years)]
    return Parts(text, tokens, tuple(_phrases(text, tokens, taken, naming(text))), asked, years)


def years_in(text: str) -> list[YearMention]:
    """Return the years that `text` names, 3年前 among them; the ledger's pattern knows small letters only."""
    small = text.lower()
    found = year_mentions(small) if len(small) == len(text) else []
    for match in _YEARS_AWAY.finditer(text):
        if not any(_touch(match.span(), (year.start, year.end)) for year in found):
            years = int(match[1]) if match[1].isdecimal() else _KANJI.index(match[1]) + 1
            found.append(YearMention(*match.span(), offset=-years if match[2] == "前" else years))
    return sorted(found, key=lambda year: year.start)


def _phrases(
    text: str, tokens: Sequence[Token], taken: Sequence[Span], names: Sequence[Span]
) -> Iterator[Phrase]:
    """Join noun runs with the item names they touch: 外国人材の受入れ・共生の推進 is one phrase if it is one name."""
    named = [span for span in names if not any(_touch(span, other) for other in taken)]
    spans = [*_runs(tokens, taken), *named]
    for start, end in _merged(spans, text):
        inside = tuple(token for token in tokens if start <= token.start and token.end <= end)
        item = any(_touch((start, end), name) for name in named)
        yield Phrase(text[start:end], start, end, inside, item, _is_proper(inside))


def _runs(tokens: Sequence[Token], taken: Sequence[Span]) -> Iterator[Span]:
    run: list[Token] = []
    for token in tokens:
        free = not any(_touch((token.start, token.end), span) for span in taken)
        if free and (token.pos in _NOUN or (run and token.surface in _JOINING)):
            run.append(token)
            continue
        if not (len(run) == 1 and _does(run[0], token)):
            yield from _kept(run)
        run = []
    yield from _kept(run)


def _kept(run: Sequence[Token]) -> Iterator[Span]:
    """Leave out what is no thing: こと, もの, and what Sudachi calls nouns but tells how (今, すべて, 必要)."""
    if run and not all(t.surface in _FORMAL or t.detail in _HOW or t.subpos == "数詞" for t in run):
        yield run[0].start, run[-1].end


def _does(noun: Token, verb: Token) -> bool:
    """Tell whether two words are a verb: 参加 + する, 申請 + できる."""
    return noun.detail == "サ変可能" and verb.normalized in ("為る", "出来る")


def _is_proper(tokens: Sequence[Token]) -> bool:
    return any(t.subpos == "固有名詞" or (t.surface.isascii() and t.surface.isalpha()) for t in tokens)


def _merged(spans: Sequence[Span], text: str) -> list[Span]:
    """Join spans that overlap or have only brackets between them, and take in the brackets around: 経費（小学校）."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged:
            joint = _closed(text, merged[-1][0], max(end, merged[-1][1]))
            bracketed = set(text[merged[-1][1] : start]) <= _BRACKETS and _balanced(text[slice(*joint)])
            if start < merged[-1][1] or bracketed:
                merged[-1] = joint
                continue
        merged.append(_closed(text, start, end))
    return merged


def closed_end(text: str, end: int) -> int:
    """Return `end`, or the place after the bracket that closes one left open before it."""
    for closing, opening in _OPENING.items():
        if text.count(opening, 0, end) > text.count(closing, 0, end):
            end = max(end, text.find(closing, end) + 1)
    return end


def _balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for closing, opening in _OPENING.items())


def _closed(text: str, start: int, end: int) -> Span:
    while end < len(text) and text[end] in _OPENING:
        opening, closing = _OPENING[text[end]], text[end]
        inside = text[start:end]
        if inside.count(opening) == inside.count(closing):
            if start == 0 or text[start - 1] != opening:
                break
            start -= 1
        end += 1
    return start, end


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
