"""Enumerations in a passage: marked lines, numbered headings, and A、B及びCなど inside a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase
from unicodedata import numeric

from index.tokenizer import SudachiTokenizer
from index.types import Token

Span = tuple[int, int]

_OPEN, _CLOSE = "（(「『《【〔［[〈＜", "）)」』》】〕］]〉＞"
_QUOTES = "「『"
_N = "[0-9０-９一二三四五六七八九十]"
_KANA = "アイウエオカキクケコサシスセソタチツテト"
_NUMBER = rf"[（(](?:{_N}{{1,2}}|[ア-ト])[)）]|[0-9０-９]{{1,2}}[)）]|[①-⒇]"
_BULLET = "(?:[・･●○◎◇◆■□▶▼☆★✓✔➢＊]|[-–*](?=[ 　]))"
_MARK = re.compile(
    rf"(?P<bullet>{_BULLET})?[ 　]*(?:"
    rf"(?P<enclosed>{_NUMBER})|(?P<plain>[0-9０-９]{{1,2}}|[Ⅰ-Ⅹ]|{_N}(?=　))(?:[ 　]|[．.](?!\d))|(?P<kana>[ア-ト])[ 　．.]"
    rf"|(?P<letter>[a-zA-Zａ-ｚＡ-Ｚ])[．.)）](?![a-zA-Z])"
    rf"|第(?P<article>{_N}{{1,2}})(?P<unit>[章節号部])[ 　]|(?P<word>[^\W\d_]{{1,5}})(?P<count>[0-9０-９①-⑳Ⅰ-Ⅹ])[ 　：:]"
    rf"|(?P<date>(?:(?:令和|平成)?{_N}{{1,4}}年)?[0-9０-９]{{1,2}}月(?:[0-9０-９]{{1,2}}日)?)[ 　]"
    rf")?[ 　]*"
)
_IN_LINE = re.compile(
    rf"(?:(?<![^ 　。、：:])[（(]?{_N}{{1,2}}[)）]|[①-⑳]|[●○◎◇◆■▶]"
    r"|(?<![ァ-ヶー])[ア-ト]　|(?<![0-9０-９年])[0-9０-９]{1,2}月　)[ 　]*"
)
_BRACKETED = re.compile(r"[ 　]*【([^】]+)】")
_FORMS = ("enclosed", "plain", "kana", "letter", "article", "count")
_WIDE = "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
_SYMBOLS = "◎◇◆■□●○【"
# What follows the last member on its line, and belongs to no member.
_REST = re.compile(
    rf"(?:の{_N}{{1,2}}(?:つ|点|項目|[かヵカヶ]所)(?:です|である|とする)?"
    r"|[ 　]+(?:等|など)|[ 　]+[（(]?[△▲]?[\d０-９,，]+(?:千円|百万円|億円)[）)]?|[ 　]+（―）|[。、 　])+$"
)
_UNFINISHED = re.compile(r"(?:[、・のをにはがでとやへ]|及び|並びに|又は)$")

_POINTS_DOWN = re.compile(r"次の|次に掲げる|次のとおり|以下の|下記|おり(?:です|とする)")
_COUNTED = (
    "つ|[かヵカヶ]所|箇所|点|項目|種類?|本柱|本|言語|機関|分野|園|社|館|校|区|課|者|人|名|都市|団体|施設|事業|施策|視点"
    "|方針|目標|地区|路線|回"
)
_COUNT = re.compile(rf"({_N}{{1,2}})(?:{_COUNTED})")
_NEXT_COUNT = re.compile(rf"(?:次の|以下の|下記の)({_N}{{1,2}})(?:{_COUNTED})")
_TITLE_COUNT = re.compile(rf"{_N}つの[^、。]*$")
_COUNT_AFTER = re.compile(
    rf"(?:の|という|といった)(?P<number>{_N}{{1,2}})(?P<unit>{_COUNTED}|(?![分年月時番号階条目%％円])[^\W\d_]{{1,2}})"
)
_ALL = re.compile(
    "という|といった|として|その他の|の(?:ほか|他|いずれ|うち|すべて|全て|それぞれ|どれ|どちら|各[^ぁ-ん])"
)
_COUNT_BEFORE = re.compile(rf"({_N}{{1,2}})(?:{_COUNTED})[（(「]*$")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Members, in order, as spans of the passage's text; `start:end` holds them all, with what introduces them.

    `clarity` in 0–1 says how plainly the text marks them as a list: marked lines, then A、B、Cなど, then AやBなど;
    a number stated in the text (３つの) raises it when it is theirs. `intro` is the heading or the words before
    them that say what they are.
    """

    start: int
    end: int
    members: tuple[Span, ...]
    clarity: float
    intro: Span | None = None


@lru_cache(maxsize=4_096)
def enumerations(text: str, tokenizer: SudachiTokenizer) -> tuple[Enumeration, ...]:
    """Return every enumeration of `text` that has two members or more."""
    lines = list(_lines(text))
    marked = [_counted(text, found) for found in (*_marked(text, lines), *_titled(text, lines))]
    headed = {member: found.intro for found in marked for member in found.members}
    inline = [
        found
        for line in lines
        for start, end in _sentences(text, *line.body)
        for found in _inside(text, (start, end), headed.get(line.body) or _intro(text, line.start), tokenizer)
    ]
    return (*marked, *inline)


# --- Lines -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    """One line, or one of several marked pieces of a line."""

    start: int
    body: Span
    style: str  # "" without a mark
    number: int | None
    gap: bool  # a blank line, or nothing, stands above


@dataclass(slots=True, eq=False)
class _Group:
    """Lines of one style, as far as read."""

    style: str
    intro: Span | None
    members: list[Span]
    numbers: list[int | None]
    interrupted: bool = False  # other lines stand after the last member
    loose: bool = False  # other lines stand between the members


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    for match in re.finditer(r"[^\n]*[^\s][^\n]*", text):
        gap = text.count("\n", end, match.start()) != 1
        for start, stop in _marks(match[0]):
            yield _line(text, match.start() + start, match.start() + stop, gap=gap)
            gap = False
        end = match.end()


def _marks(line: str) -> Iterator[Span]:
    """Cut a line before each of its marks of one style: ●A●B, ①A②B; most lines are one piece."""
    marks = [m for m in _IN_LINE.finditer(line) if _depth(line, m.start()) == 0]
    found = [(m.start(), *_style(_MARK.fullmatch(m[0]))) for m in marks]
    found = [mark for mark in found if mark[1] == found[0][1]]
    numbers = [number for _, _, number in found]
    lead = bool(found) and not line[: found[0][0]].strip(" 　")
    sequence = numbers == [number and numbers[0] and numbers[0] + n for n, number in enumerate(numbers)]
    if len(found) > 1 and sequence and (lead or numbers[0] == 1):
        yield from pairwise([*([] if lead else [0]), *(at for at, _, _ in found), len(line)])
    else:
        yield 0, len(line)


def _line(text: str, start: int, end: int, *, gap: bool) -> _Line:
    lead = len(text[start:end]) - len(text[start:end].lstrip(" 　"))
    mark = _MARK.match(text, start + lead, end)
    style, number = _style(mark)
    body = mark.end() if mark and style else start + lead
    if body >= end:
        style, number, body = "", None, start + lead
    if mark and mark["date"]:
        body = mark.start("date")
    return _Line(start + lead, _trimmed(text, body, end), style, number, gap)


def _style(mark: re.Match[str] | None) -> tuple[str, int | None]:
    """Return a mark's style and number: numbers of one form are one style, whatever their value."""
    if not mark or not mark[0].strip():
        return "", None
    number = next((mark[form].strip("()（）") for form in _FORMS if mark[form]), None)
    form = next((form for form in (*_FORMS, "date") if mark[form]), "")
    bracket = re.sub(r"[^()（）]+", "", mark[form])[:1] if form == "enclosed" else ""
    letter = "ア" if number and number in _KANA else ""
    style = f"{mark['bullet'] or ''}{form}{bracket}{letter}{mark['word'] or ''}{mark['unit'] or ''}"
    return style, _value(number) if number else None


def _value(number: str) -> int:
    """Return the number: ３, ③, 三, 十二 or ア, and c as the third letter."""
    for letters in (ascii_lowercase, ascii_uppercase, _WIDE, _WIDE.upper(), _KANA):
        if number in letters:
            return letters.index(number) + 1
    tens, ten, ones = number.rpartition("十")
    if ten:
        return _value(tens or "一") * 10 + (_value(ones) if ones else 0)
    return int("".join(str(int(numeric(digit))) for digit in number))


def _trimmed(text: str, start: int, end: int) -> Span:
    body = text[start:end]
    kept = _REST.sub("", body) or body.strip(" 　")
    lead = len(kept) - len(kept.lstrip(" 　"))
    return start + lead, start + len(kept)


def _marked(text: str, lines: Sequence[_Line]) -> Iterator[Enumeration]:
    """Group lines by their marks, one inside the other; a numbered list may have paragraphs between its headings."""
    groups: list[_Group] = []
    reading: list[_Group] = []  # the lists that may still go on, the outermost first
    above: _Line | None = None
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        if line.style:
            reading = _listed(text, reading, line)
            groups += [group for group in reading if group not in groups]
        elif above and above.style and reading and _continues(text, reading[-1], above, line, below):
            reading[-1].members[-1] = (reading[-1].members[-1][0], line.body[1])
            line.style, line.number = above.style, above.number
        else:
            reading = [group for group in reading if _spans_text(group)]
            for group in reading:
                group.interrupted = True
        above = line
    for group in groups:
        clarity = _clarity(group)
        if clarity:
            members = tuple(group.members)
            yield Enumeration(members[0][0], members[-1][1], members, clarity, group.intro)


def _listed(text: str, reading: Sequence[_Group], line: _Line) -> list[_Group]:
    """Add a marked line to the list that it continues, which ends those inside it; or begin a list inside the last."""
    depth = next((n for n, group in enumerate(reading) if group.style == line.style), len(reading))
    outer = list(reading[:depth])
    while depth == len(reading) and outer and line.style[0] in _SYMBOLS and not _spans_text(outer[-1]):
        outer.pop()  # A heading is no part of the bullets above it.
    if depth < len(reading) and _takes(reading[depth], line):
        group = reading[depth]
        group.loose |= group.interrupted
    else:
        group = _Group(line.style, _intro(text, line.start), [], [])
        if outer and outer[-1].numbers[0] is None:
            outer[-1].interrupted = True
    group.members.append(line.body)
    group.numbers.append(line.number)
    return [*outer, group]


def _takes(group: _Group, line: _Line) -> bool:
    """A number that stands in the list already, or a 1 below a paragraph, begins another list."""
    return line.number is None or (
        line.number not in group.numbers and not (line.number == 1 and group.interrupted)
    )


def _spans_text(group: _Group) -> bool:
    return group.numbers[0] is not None or group.style[0] in _SYMBOLS


def _clarity(group: _Group) -> float:
    if len(group.members) < 2:
        return 0.0
    numbers = [number for number in group.numbers if number is not None]
    whole = sorted(numbers) == list(range(1, len(group.members) + 1))
    if not group.loose:
        return 1.0 if whole or not numbers else 0.0 if group.style == "plain" else 0.7
    if numbers:
        return 0.8 if whole else 0.0
    return 0.5


def _continues(text: str, group: _Group, above: _Line, line: _Line, below: _Line | None) -> bool:
    """Say whether an unmarked line is the rest of the member above it, broken by the width of the page."""
    member = text[slice(*group.members[-1])]
    if line.gap or text[group.members[-1][1]] == "。":
        return False
    if _depth(member, len(member)) or _UNFINISHED.search(member):
        return True
    between = below is not None and below.style == above.style and not below.gap and above.number is None
    bulleted = group.numbers[0] is None and group.style[0] not in _SYMBOLS
    return (bulleted and _indent(text, line) > _indent(text, above)) or (between and len(member) >= 20)


def _indent(text: str, line: _Line) -> int:
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def _intro(text: str, at: int) -> Span | None:
    """Return the sentence or heading above a list: the one that points down to it, where one does."""
    above = text[:at].rstrip()
    start = above.rfind("\n") + 1
    sentences = [_stripped(text, *sentence) for sentence in _sentences(above, start, len(above))]
    pointing = [s for s in sentences if _POINTS_DOWN.search(above, *s)]
    return next(reversed(pointing or sentences), None)


def _titled(text: str, lines: Sequence[_Line]) -> Iterator[Enumeration]:
    """【A】 … 【B】 …: the names in brackets that head the parts of a passage."""
    members: list[Span] = []
    for line in lines:
        at = line.start
        while match := _BRACKETED.match(text, at):
            members.append(match.span(1))
            at = match.end()
    if len(members) > 1:
        intro = _intro(text, members[0][0] - 1)
        yield Enumeration(members[0][0], members[-1][1], tuple(members), 0.5, intro)


def _counted(text: str, found: Enumeration) -> Enumeration:
    """Weigh what the words above a list say of its number."""
    if not found.intro:
        return found
    intro, size = text[slice(*found.intro)], len(found.members)
    if size in (_value(number) for number in _COUNT.findall(intro)):
        return replace(found, clarity=min(1.0, found.clarity + 0.2))
    heading = text[found.intro[1]] == "\n" and _TITLE_COUNT.search(intro)
    if heading or _NEXT_COUNT.search(intro):
        return replace(found, clarity=found.clarity * 0.7)
    return found


# --- Sentences -------------------------------------------------------------------------------------------------------


def _depth(text: str, at: int) -> int:
    return max(0, sum((c in _OPEN) - (c in _CLOSE) for c in text[:at]))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut at 。 outside brackets."""
    depth = 0
    for at in range(start, end):
        depth = max(0, depth + (text[at] in _OPEN) - (text[at] in _CLOSE))
        if text[at] == "。" and not depth:
            if at > start:
                yield start, at
            start = at + 1
    if start < end:
        yield start, end


# --- Inside a sentence -----------------------------------------------------------------------------------------------

_JOIN = re.compile(
    r"(?P<range>から)?[、，](?P<led>及び|並びに|または|又は)?|(?P<and>及び|および|並びに|ならびに)"
    r"|(?P<or>又は|または|若しくは|もしくは)"
)
_ADVERBIAL = frozenset(
    "ため こと もの とき 時 うえ 上 中 際 場合 一方 ほか 他 結果 うち ところ 以下 以上 下 後 前 以降 末 たび 際し 間".split()
)
_QUANTITY = re.compile(r"(?<![A-Za-z])[0-9０-９][0-9０-９,，.．]*[^\W\dA-Za-z]{0,3}$|元年$")
_TELLING = re.compile(r"[^\W\d]{3}")
_THING = re.compile(r"[^\W\dぁ-ん]{2}")
_DAY = re.compile(r"[日月年]$|曜|[0-9０-９]")
_DOTTED = re.compile(r"[^\W_ぁ-ん]+(?:・[^\W_ぁ-ん]+)+")
_KATAKANA = re.compile(r"[ァ-ヶー・]+")


class _Kind(Enum):
    NOUN = auto()
    OF = auto()
    TOPIC = auto()
    CASE = auto()
    VERB = auto()
    MODIFIER = auto()
    AND_SO_ON = auto()
    OTHER = auto()


_KINDS = {
    **dict.fromkeys(("名詞", "接尾辞", "接頭辞", "記号", "代名詞", "補助記号", "空白"), _Kind.NOUN),
    **dict.fromkeys(("形容詞", "形状詞", "連体詞", "副詞"), _Kind.MODIFIER),
    "動詞": _Kind.VERB,
}
_SURFACES = {
    "の": _Kind.OF,
    "な": _Kind.MODIFIER,
    **dict.fromkeys("はも", _Kind.TOPIC),
    **dict.fromkeys(("が", "を", "に", "で", "へ", "と", "から", "より", "まで"), _Kind.CASE),
    **dict.fromkeys(("だけ", "のみ"), _Kind.NOUN),
}


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    kind: _Kind
    surface: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two separators."""

    words: tuple[_Word, ...]
    before: str
    after: str  # the separator, "" at the sentence's end

    @property
    def head(self) -> _Word | None:
        return next((w for w in reversed(self.words) if w.detail != "bracket" and w.surface.strip()), None)


def _inside(
    text: str, sentence: Span, above: Span | None, tokenizer: SudachiTokenizer
) -> Iterator[Enumeration]:
    """Enumerations of one sentence and of its brackets (A、B等), `above` which a heading may stand."""
    for bracket in _brackets(text, *sentence):
        for inner in _sentences(text, *bracket):
            for found in _chains(text, inner, tokenizer):
                rest = text[found.members[-1][1] : inner[1]]
                if not rest.strip(" 　」』") or re.match("など|等", rest):
                    whole = replace(found, start=sentence[0], end=sentence[1])
                    yield _introduced(text, whole, above)
    chains = list(_chains(text, sentence, tokenizer))
    taken = [member for found in chains for member in found.members]
    dotted = [
        found
        for found in _dotted(text, *sentence)
        if not any(a < found.members[-1][1] and found.members[0][0] < b for a, b in taken)
    ]
    yield from (_introduced(text, found, above) for found in (*chains, *dotted))


def _introduced(text: str, found: Enumeration, above: Span | None) -> Enumeration:
    """Add the words before a list, or else those after it or above it; and weigh the number they state."""
    first, last = found.members[0][0], found.members[-1][1]
    before, after = _stripped(text, found.start, first), _stripped(text, last, found.end)
    if _TELLING.search(text, *before):
        intro: Span | None = before
    else:
        intro = after if _THING.search(text, *after) or (not above and after[0] < after[1]) else above
    clarity = found.clarity
    stated = _COUNT_AFTER.match(text, last) or _COUNT_BEFORE.search(text, found.start, first)
    if stated:
        if _value(stated[1]) == len(found.members):
            clarity = min(0.95, clarity + 0.2)
        elif _COUNT.search(stated[0]):
            clarity *= 0.7
    return replace(found, clarity=clarity, intro=intro)


def _stripped(text: str, start: int, end: int) -> Span:
    """Leave out what joins a stretch to the words beside it."""
    piece = text[start:end].rstrip(" 　、，「『（([")
    kept = re.sub(r"^(?:など|等|[ 　、，」』）)])+", "", piece)
    return start + len(piece) - len(kept), start + len(piece)


def _brackets(text: str, start: int, end: int) -> Iterator[Span]:
    """The contents of outer brackets; a quotation is a name or a saying, not a list."""
    for opened, closed in _outer(text, start, end):
        if text[opened] not in _QUOTES and closed - opened > 4:
            yield opened + 1, closed


def _outer(text: str, start: int, end: int) -> Iterator[Span]:
    """Where each outermost bracket opens and closes."""
    depth, opened = 0, start
    for at in range(start, end):
        if text[at] in _OPEN:
            depth, opened = depth + 1, at if not depth else opened
        elif text[at] in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield opened, at


def _dotted(text: str, start: int, end: int) -> Iterator[Enumeration]:
    """A・B・C, or A・B等; two words joined by ・ are mostly one name, and so are words in katakana only."""
    for match in _DOTTED.finditer(text, start, end):
        name = re.sub("等$", "", match[0])
        parts = name.split("・")
        if len(parts) < (2 if name != match[0] else 3) or not all(parts) or _KATAKANA.fullmatch(name):
            continue
        spans = [(match.start() + m.start(), match.start() + m.end()) for m in re.finditer("[^・]+", name)]
        yield Enumeration(start, end, tuple(spans), 0.4 if len(parts) > 2 else 0.2)


def _chains(text: str, sentence: Span, tokenizer: SudachiTokenizer) -> Iterator[Enumeration]:
    segments = _segments(text, sentence, tokenizer)
    at = 0
    while at < len(segments) - 1:
        end, found = _pairs(text, sentence, segments, at)
        if not found:
            end, found = _chain(text, sentence, segments, at)
        if found:
            yield found
        at = max(at + 1, end)


def _segments(text: str, sentence: Span, tokenizer: SudachiTokenizer) -> list[_Segment]:
    cuts = list(_cuts(text, *sentence))
    if not cuts and "や" not in text[slice(*sentence)]:
        return []
    edges = [(sentence[0], sentence[0], ""), *cuts, (sentence[1], sentence[1], "")]
    segments: list[_Segment] = []
    for (_, start, before), (end, _, after) in pairwise(edges):
        words = _words(text, start, end, tokenizer)
        segments += _split(words, before, after)
    return segments


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Separators outside brackets: 、 及び 又は, and nothing between 「A」「B」."""
    outer = list(_outer(text, start, end))
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
        if b + 1 == c and text[a] in _QUOTES and text[c] in _QUOTES
    ]
    yield from sorted([*seps, *beside])


def _words(text: str, start: int, end: int, tokenizer: SudachiTokenizer) -> list[_Word]:
    """Words of a segment; what stands in brackets is one word."""
    outer = list(_outer(text, start, end))
    words: list[_Word] = []
    for token in tokenizer.tokens(text[start:end] + "、"):
        a, b = start + token.start, start + token.end
        if a >= end or any(opened < a <= closed for opened, closed in outer):
            continue
        closed = next((closed for opened, closed in outer if opened == a), None)
        if closed is not None:
            detail = "quote" if text[a] in _QUOTES else "bracket"
            words.append(_Word(a, closed + 1, _Kind.NOUN, text[a : closed + 1], detail))
        else:
            words.append(
                _Word(a, b, _kind(token), token.surface, token.detail if token.pos != "副詞" else "副詞")
            )
    return words


def _kind(token: Token) -> _Kind:
    if token.surface in ("など", "等"):
        return _Kind.AND_SO_ON
    if token.pos == "助動詞" and token.surface in ("ない", "た", "れる", "られる", "せる", "たい"):
        return _Kind.VERB
    if token.pos in ("助詞", "助動詞"):
        return _SURFACES.get(token.surface, _Kind.OTHER)
    return _KINDS.get(token.pos, _Kind.OTHER)


def _split(words: Sequence[_Word], before: str, after: str) -> Iterator[_Segment]:
    """や is a separator where it is a word of its own."""
    group: list[_Word] = []
    for word in words:
        if word.surface == "や" and word.kind is _Kind.OTHER and group:
            yield _Segment(tuple(group), before, "や")
            group, before = [], "や"
        else:
            group.append(word)
    if group:
        yield _Segment(tuple(group), before, after)


def _pairs(
    text: str, sentence: Span, segments: Sequence[_Segment], at: int
) -> tuple[int, Enumeration | None]:
    """A は 1、B は 2、C は 3: what is told of each of several things, in one form."""
    members: list[Span] = []
    particle = ""
    for end in range(at, len(segments)):
        segment = segments[end]
        found = _pair(segment.words)
        if not found or (members and found[0] != particle) or segment.before not in ("", "、"):
            break
        particle, value_end, rest = found
        members.append((segment.words[0].start, value_end))
        if rest or not segment.after:
            break
    if (len(members) > 1 and _QUANTITY.search(text[slice(*members[0])]) is not None) or len(members) > 2:
        return end, Enumeration(*sentence, tuple(members), 0.4)
    return at, None


def _pair(words: Sequence[_Word]) -> tuple[str, int, bool] | None:
    """Return the particle of `A は B`, where B ends, and whether です or で follows."""
    marks = [n for n, word in enumerate(words) if word.kind not in (_Kind.NOUN, _Kind.OF)]
    if not marks or words[marks[0]].surface not in ("は", "が") or marks[0] in (0, len(words) - 1):
        return None
    if len(marks) == 1:
        return words[marks[0]].surface, words[-1].end, False
    tail = words[marks[1]].surface
    if tail in ("です", "で", "でし", "だ") and marks[1] > marks[0] + 1:
        return words[marks[0]].surface, words[marks[1] - 1].end, True
    return None


def _chain(
    text: str, sentence: Span, segments: Sequence[_Segment], at: int
) -> tuple[int, Enumeration | None]:
    """A、B及びC: segments that are nouns as a whole, after one that ends in a noun, before one that begins with one."""
    first = segments[at]
    cut = _cut(first, clause=first.after != "や" and first.before in ("", "、"))
    if not _ends_in_noun(first) or cut == len(first.words):
        return at, None
    members = [(first.words[cut].start, first.words[-1].end)]
    quantity, joins, end = _is_quantity(text, first), [first.after], at + 1
    while end < len(segments) - 1 and _is_member(text, segments[end], quantity=quantity):
        members.append(_whole(segments[end]))
        joins.append(segments[end].after)
        end += 1
    last, closed = _reach(text, segments[end], len(members) + 1, joins)
    if last:
        members.append(last)
    clarity = _plainness(members, joins, closed=closed, quantity=quantity, clean=_is_clean(first, cut))
    if last and len(members) == 2 and _is_contrast(text, first, cut, last):
        clarity = 0.0
    if not all(re.search(r"\w", text[slice(*member)]) for member in members):
        clarity = 0.0
    if not clarity:
        return (end if len(members) > 2 else at), None
    return end, Enumeration(*sentence, tuple(_bare(text, members)), clarity)


def _whole(segment: _Segment) -> Span:
    words = _led(segment.words)
    return words[0].start, words[-1].end


def _led(words: Sequence[_Word]) -> Sequence[_Word]:
    """Leave out the conjunctions and adverbs that lead to a member."""
    lead = 0
    while lead < len(words) - 1 and (
        words[lead].kind is _Kind.OTHER or words[lead].detail == "副詞" or not words[lead].surface.strip()
    ):
        lead += 1
    return words[lead:]


def _ends_in_noun(segment: _Segment) -> bool:
    head = segment.head
    if not head or head.kind is not _Kind.NOUN or head.surface in _ADVERBIAL:
        return False
    if not segment.after or segment.words[0].surface.startswith("毎"):
        return False
    return head.detail != "副詞可能" or bool(_DAY.search(head.surface))


def _is_member(text: str, segment: _Segment, *, quantity: bool) -> bool:
    return (
        _ends_in_noun(segment)
        and segment.words[0].kind is not _Kind.CASE
        and not (segment.before == "や" and any(word.kind is _Kind.AND_SO_ON for word in segment.words))
        and _cut(segment, clause=True) == len(segment.words) - len(_led(segment.words))
        and _is_quantity(text, segment) == quantity
    )


def _is_quantity(text: str, segment: _Segment) -> bool:
    head = segment.head
    return bool(head and _QUANTITY.search(text, segment.words[0].start, head.end))


def _cut(segment: _Segment, *, clause: bool) -> int:
    """Return where the member begins: after the topic, and after a noun whose verb comes only after the list."""
    words, at = segment.words, 0
    for n, word in enumerate(words[:-1]):
        governed = any(w.kind in (_Kind.VERB, _Kind.MODIFIER) for w in words[n + 1 :])
        if (
            word.kind in (_Kind.TOPIC, _Kind.OTHER)
            or word.surface in "：:　"
            or (word.kind is _Kind.VERB and not clause)
            or (
                word.kind is _Kind.CASE
                and word.surface != "と"
                and words[n + 1].kind is not _Kind.OF
                and not (governed and clause)
            )
        ):
            at = n + 1
    while at < len(words) - 1 and (
        words[at].detail == "副詞" or words[at].kind is _Kind.OF or not words[at].surface.strip()
    ):
        at += 1
    return at


def _is_clean(segment: _Segment, cut: int) -> bool:
    """A list of two without など is one only where it begins a clause."""
    return cut == 0 or segment.words[cut - 1].surface in ("は", "が", "：", ":", "　")


def _is_contrast(text: str, first: _Segment, cut: int, last: Span) -> bool:
    """Aは一つ、Bは二つ: two clauses, not one list."""
    particle = first.words[cut - 1].surface if cut else ""
    return particle in ("は", "が") and text.startswith(particle, last[1])


def _reach(text: str, segment: _Segment, size: int, joins: Sequence[str]) -> tuple[Span | None, bool]:
    """Return the noun that the last segment begins with, and whether など or a number closes the list after it."""
    words = _led(segment.words)
    ends = _until_and_so_on(words, clause="、" in joins)
    if ends:
        return (words[0].start, ends), True
    stop = 0
    for n, word in enumerate(words):
        if word.kind is _Kind.NOUN:
            if word.surface in "：:":
                break
            stop = n + 1
        elif not _goes_on(text, words, n, size):
            break
    if stop and stop < len(words) and words[stop].kind is _Kind.VERB:
        stop = len(words) if stop + 1 == len(words) and not segment.after else 0
    subject = 0 < stop < len(words) and words[stop].surface in ("が", "は")
    if subject and segment.before == "、" and joins[-1] == "や":  # AやB、市が…: a clause of its own.
        stop = 0
    while stop and _is_adverbial(words[stop - 1]):
        stop = max((n for n in range(stop) if words[n].kind is _Kind.OF), default=0)
    if not stop:
        return None, False
    end = words[stop - 1].end
    closed = bool(_COUNT_AFTER.match(text, end) or _ALL.match(text, end))
    return (words[0].start, end), closed


def _goes_on(text: str, words: Sequence[_Word], at: int, size: int) -> bool:
    """Say whether a noun phrase goes on at a word that is no noun."""
    word, rest = words[at], words[at + 1 :]
    if word.kind is _Kind.OF:
        stated = _COUNT_AFTER.match(text, word.start)
        return not (stated and (_value(stated[1]) == size or stated[0][-1] in "つ所")) and not _ALL.match(
            text, word.start
        )
    if word.kind is _Kind.CASE:
        return bool(rest) and (rest[0].kind is _Kind.OF or _joins_nouns(words, at))
    if word.kind is _Kind.VERB:
        governed = next((w for w in rest if w.kind is not _Kind.VERB), None)
        led = not at or words[at - 1].kind in (_Kind.OF, _Kind.NOUN, _Kind.VERB)
        return led and governed is not None and governed.kind in (_Kind.NOUN, _Kind.MODIFIER)
    return word.kind is _Kind.MODIFIER and not _ALL.match(text, word.start)


def _until_and_so_on(words: Sequence[_Word], *, clause: bool) -> int:
    """Return where など ends the member, if only nouns and their modifiers stand before it."""
    for n, word in enumerate(words):
        if word.kind is _Kind.AND_SO_ON:
            return words[n - 1].end if n and words[n - 1].kind is _Kind.NOUN else 0
        governed = any(w.kind in (_Kind.VERB, _Kind.MODIFIER) for w in words[n + 1 :])
        loose = word.kind is _Kind.CASE and words[n + 1 : n + 2] and words[n + 1].kind is not _Kind.OF
        if word.kind in (_Kind.TOPIC, _Kind.OTHER) or (loose and not (governed and clause)):
            return 0
    return 0


def _joins_nouns(words: Sequence[_Word], at: int) -> bool:
    """世界の平和と繁栄への貢献: と joins two nouns that share the one after them."""
    after = [n for n in range(at + 1, len(words)) if words[n].kind is not _Kind.NOUN]
    return (
        words[at].surface == "と"
        and words[at + 1].kind is _Kind.NOUN
        and words[at + 1].detail != "quote"
        and bool(after)
        and (words[after[0]].kind is _Kind.OF or words[after[0]].surface == "へ")
    )


def _is_adverbial(word: _Word) -> bool:
    return word.surface in _ADVERBIAL or (word.detail == "副詞可能" and not _DAY.search(word.surface))


def _plainness(
    members: Sequence[Span], joins: Sequence[str], *, closed: bool, quantity: bool, clean: bool
) -> float:
    size = len(members)
    if size < 2:
        return 0.0
    used = joins[: size - 1]
    if set(used) & {"、", "「"}:
        if size > 2:
            return 0.8 if closed or not quantity else 0.6
        return 0.7 if closed else 0.4 if clean and not quantity else 0.0
    if size > 2 and set(used) == {"や"}:
        return 0.6
    return 0.4 if closed else 0.1 if "又は" in used else 0.2


def _bare(text: str, members: Sequence[Span]) -> Iterator[Span]:
    """Members without spaces around them; 「A」「B」 without their marks, where every member has them."""
    quoted = all(text[a] in _QUOTES and text[b - 1] in "」』" for a, b in members)
    for start, end in members:
        member = text[start:end]
        lead, tail = len(member) - len(member.lstrip()), len(member) - len(member.rstrip())
        yield start + lead + quoted, end - tail - quoted
