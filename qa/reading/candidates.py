"""The spans of a passage that could be an answer. Each rule gives spans of words; the union is ranked."""

from collections.abc import Callable, Iterator
from enum import IntFlag
from itertools import accumulate

from qa.reading.parts import CONTENT, NOMINAL, Pos
from qa.reading.sheet import Sheet

Span = tuple[int, int]
"""Words [first, last) of a sheet."""


class Origin(IntFlag):
    """Which rules gave a candidate."""

    PART = 1
    PHRASE = 2
    JOINED = 4
    ENTITY = 8
    INSIDE = 16
    NUMBER = 32
    CLAUSE = 64


LONGEST_JOIN = 6
LONGEST_PART = 12
_MOST_CHARACTERS = 90
_OPENING = '「『(（〈《【[“"'
_CLOSING = '」』)）〉》】]”"'
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True))
_BRACKETS = frozenset(_OPENING + _CLOSING)


def candidates(sheet: Sheet) -> dict[Span, int]:
    """Return every candidate with the bits of its origins, in reading order, the shorter first."""
    found: dict[Span, int] = {}
    for rule, origin in _RULES:
        bit = origin.value
        for span in rule(sheet):
            found[span] = found.get(span, 0) | bit
    allowed = _Allowed(sheet)
    return {span: found[span] for span in sorted(found) if allowed(*span)}


class _Allowed:
    """Whether words [first, last) may be an answer: not too long, with letters, brackets in pairs around a part only."""

    def __init__(self, sheet: Sheet) -> None:
        self._text = sheet.text
        self._starts = [word.start for word in sheet.words]
        self._ends = [word.end for word in sheet.words]
        self._letters = [0, *accumulate(character.isalnum() for character in sheet.text)]
        self._brackets = [0, *accumulate(character in _BRACKETS for character in sheet.text)]

    def __call__(self, first: int, last: int) -> bool:
        if first >= last:
            return False
        start, end = self._starts[first], self._ends[last - 1]
        if end - start > _MOST_CHARACTERS or self._letters[start] == self._letters[end]:
            return False
        if self._brackets[start] == self._brackets[end]:
            return True
        text = self._text[start:end]
        return _balanced(text) and bare(text) == text


def bare(text: str) -> str:
    """Return what a pair of brackets around the whole text holds: 「大地の歌」 is answered by 大地の歌."""
    while len(text) > 2 and _PAIRS.get(text[-1]) == text[0] and text[0] != '"' and _balanced(text[1:-1]):
        text = text[1:-1]
    return text


def _balanced(text: str) -> bool:
    stack: list[str] = []
    for character in text:
        if character in _OPENING and character != '"':
            stack.append(character)
        elif character in _PAIRS and character != '"' and (not stack or stack.pop() != _PAIRS[character]):
            return False
    return not stack


def phrases(sheet: Sheet) -> list[Span]:
    """Return the words of each phrase as [first, last)."""
    spans: list[Span] = []
    for i, number in enumerate(sheet.phrase):
        if spans and sheet.phrase[i - 1] == number:
            spans[-1] = (spans[-1][0], i + 1)
        else:
            spans.append((i, i + 1))
    return spans


_EDGE = frozenset({Pos.COMMA, Pos.STOP, Pos.SPACE})
_TAIL = _EDGE | {Pos.CASE_PARTICLE, Pos.TOPIC_PARTICLE, Pos.PARTICLE, Pos.AUXILIARY}


def core(sheet: Sheet, first: int, last: int) -> Span:
    """Return a phrase without the marks before it and the particles, copulas and marks after it."""
    while first < last and sheet.pos[first] in _EDGE:
        first += 1
    while last > first and sheet.pos[last - 1] in _TAIL:
        last -= 1
    return first, last


def _starts(sheet: Sheet, i: int) -> bool:
    pos = sheet.pos[i]
    return pos in CONTENT or pos in (Pos.OPENING, Pos.ADNOMINAL, Pos.OTHER) or _is_mark_of_name(sheet, i)


def _ends(sheet: Sheet, i: int) -> bool:
    pos = sheet.pos[i]
    return (
        pos in CONTENT or pos in (Pos.CLOSING, Pos.OTHER) or sheet.words[i].surface in ("%", "％", "℃", "°")
    )


def _is_mark_of_name(sheet: Sheet, i: int) -> bool:
    return sheet.pos[i] == Pos.SYMBOL and sheet.words[i].surface in "約○●#＃〇-−+$￥¥"


def _parts(sheet: Sheet) -> Iterator[Span]:
    """Each run of words inside one phrase: 横浜市国際局 also gives 横浜市 and 国際局."""
    for span in phrases(sheet):
        first, last = core(sheet, *span)
        for i in range(first, last):
            if not _starts(sheet, i):
                continue
            for j in range(i + 1, min(last, i + LONGEST_PART) + 1):
                if _ends(sheet, j - 1) and _fair_cut(sheet, i, j):
                    yield i, j


def _fair_cut(sheet: Sheet, first: int, last: int) -> bool:
    """A long unit may be cut at one side, not at both: of 国際協力課長 not 協力."""
    return sheet.long[first] or sheet.long_end[last - 1]


def _whole(sheet: Sheet) -> Iterator[Span]:
    for span in phrases(sheet):
        yield core(sheet, *span)


def _joined(sheet: Sheet) -> Iterator[Span]:
    """Runs of phrases that all depend on one another or on the last: 小原国芳が創立した玉川学園."""
    spans = phrases(sheet)
    ends = [list(_nominal_ends(sheet, *span)) for span in spans]
    # Where each phrase leads: to the phrase it depends on, or to the next one of a list.
    leads = [q + 1 if _lists(sheet, *span) else _head(sheet, spans, q) for q, span in enumerate(spans)]
    for p, (begin, end) in enumerate(spans):
        first, _ = core(sheet, begin, end)
        starts = [first, *(i for i in range(first + 1, end) if sheet.long[i] and _starts(sheet, i))]
        reach = leads[p]
        for q in range(p + 1, min(p + LONGEST_JOIN, len(spans))):
            if sheet.sentence[spans[q][0]] != sheet.sentence[begin]:
                break
            if reach <= q:
                yield from ((start, last) for last in ends[q] for start in starts)
            reach = max(reach, leads[q])


_LISTING = frozenset("と や から 及び および 又は または あるいは 並びに ならびに ・".split())


def _lists(sheet: Sheet, first: int, last: int) -> bool:
    """Whether a phrase is listed with the next one, whatever it depends on: ムール貝、カキおよび舌平目."""
    comma = sheet.pos[last - 1] == Pos.COMMA
    while last > first and sheet.pos[last - 1] in _EDGE:
        last -= 1
    if last == first:
        return False
    ends = sheet.pos[last - 1]
    return sheet.words[last - 1].surface in _LISTING or (comma and ends in _NOMINAL_END)


def _nominal_ends(sheet: Sheet, first: int, last: int) -> Iterator[int]:
    """Where a run of nouns stops, before its particle; where brackets close; and the end of the phrase's core."""
    _, end = core(sheet, first, last)
    for j in range(first + 1, last + 1):
        stops = j == last or sheet.pos[j] not in CONTENT
        if (j == end and _ends(sheet, j - 1)) or (stops and sheet.pos[j - 1] in _NOMINAL_END):
            yield j


_NOMINAL_END = NOMINAL | {Pos.CLOSING}


def _runs(sheet: Sheet) -> Iterator[Span]:
    """Runs of nouns whatever the parser says of their phrases: ホスロー|1世."""
    for i in range(len(sheet.words)):
        if sheet.pos[i] not in _RUN or not sheet.long[i]:
            continue
        for j in range(i + 1, min(i + LONGEST_PART, len(sheet.words)) + 1):
            if sheet.pos[j - 1] not in _RUN and sheet.words[j - 1].surface not in "・=＝":
                break
            if sheet.long_end[j - 1] and sheet.pos[j - 1] in _NOMINAL_END:
                yield i, j


_RUN = NOMINAL | {Pos.PREFIX, Pos.SUFFIX}


def _head(sheet: Sheet, spans: list[Span], q: int) -> int:
    # A root's head is itself; nothing is joined over it.
    head = sheet.heads[min(sheet.phrase[spans[q][0]], len(sheet.heads) - 1)]
    return head if head > q else q + 1


def _entities(sheet: Sheet) -> Iterator[Span]:
    first_at = {w.start: i for i, w in enumerate(sheet.words)}
    last_at = {w.end: i + 1 for i, w in enumerate(sheet.words)}
    for entity in sheet.entities:
        if entity.start in first_at and entity.end in last_at:
            yield first_at[entity.start], last_at[entity.end]


def _bracketed(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Each pair of brackets, as (opening, closing)."""
    stack: list[tuple[str, int]] = []
    for i, word in enumerate(sheet.words):
        mark = word.surface[0]
        if mark in _OPENING and len(word.surface) == 1 and mark != '"':
            stack.append((mark, i))
        elif mark in _PAIRS and stack and stack[-1][0] == _PAIRS[mark]:
            yield stack.pop()[1], i


def _inside(sheet: Sheet) -> Iterator[Span]:
    for opening, closing in _bracketed(sheet):
        yield opening + 1, closing
        last = opening + 1
        for i in range(opening + 1, closing):
            if sheet.pos[i] in (Pos.COMMA, Pos.STOP) or sheet.words[i].surface in ";:・":
                yield last, i
                last = i + 1
        yield last, closing


def _numbers(sheet: Sheet) -> Iterator[Span]:
    """Runs of numbers, counters and what may stand around them: 約1万2千人以上, 1695年から1696年."""
    for i, pos in enumerate(sheet.pos):
        if pos == Pos.NUMBER and not (i and sheet.pos[i - 1] == Pos.NUMBER):
            for j in range(i + 1, min(i + 14, len(sheet.pos)) + 1):
                if not _numeric(sheet, j - 1):
                    break
                if _ends(sheet, j - 1):
                    yield i, j
                    if i and sheet.pos[i - 1] in (Pos.PREFIX, Pos.NOUN, Pos.ADVERB, Pos.NAME):
                        yield i - 1, j


def _numeric(sheet: Sheet, i: int) -> bool:
    surface = sheet.words[i].surface
    return sheet.pos[i] in (Pos.NUMBER, Pos.COUNTER, Pos.NOUN_SUFFIX, Pos.NOUN, Pos.PREFIX) or surface in (
        "%", ",", ".", "・", "-", "~", "〜", "から", "/", ":", "(", ")", "と", "年", "℃", "−", "–",
    )  # fmt: skip


def _clauses(sheet: Sheet) -> Iterator[Span]:
    """From a clause's beginning to its predicate: what a why or a what-does-it-mean is answered with."""
    starts: list[int] = []
    for i in range(len(sheet.pos)):
        opens = i == 0 or sheet.sentence[i] != sheet.sentence[i - 1]
        if opens:
            starts = [i]
        previous = sheet.pos[i - 1] if i else Pos.SPACE
        if not opens and (
            previous in (Pos.COMMA, Pos.TOPIC_PARTICLE, Pos.OPENING) or sheet.words[i - 1].surface in ":："
        ):
            starts.append(i)
        if _closes(sheet, i):
            yield from ((start, i) for start in starts[-4:] if i - start >= 2)
            yield from ((start, _stem(sheet, start, i)) for start in starts[-4:] if i - start >= 2)


def _closes(sheet: Sheet, i: int) -> bool:
    word, pos = sheet.words[i], sheet.pos[i]
    return (
        pos in (Pos.STOP, Pos.COMMA)
        or word.normalized in ("為", "から", "ので", "事", "こと", "ため")
        or (i > 0 and sheet.pos[i - 1] in (Pos.VERB, Pos.AUXILIARY) and pos in NOMINAL)
    )


def _stem(sheet: Sheet, start: int, end: int) -> int:
    while end > start and sheet.pos[end - 1] in _TAIL:
        end -= 1
    return end


_RULES: tuple[tuple[Callable[[Sheet], Iterator[Span]], Origin], ...] = (
    (_parts, Origin.PART),
    (_runs, Origin.PART),
    (_whole, Origin.PHRASE),
    (_joined, Origin.JOINED),
    (_entities, Origin.ENTITY),
    (_inside, Origin.INSIDE),
    (_numbers, Origin.NUMBER),
    (_clauses, Origin.CLAUSE),
)
