"""Lists of clauses: what is done (抗議するとともに、募金を集めるほか…), clauses that end alike, 左：甲、右：乙, 甲→乙."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.listing.text import outer_brackets
from qa.listing.types import Enumeration, Span

# After these a sentence tells of the next thing that is done.
_BESIDES = re.compile(r"(?:とともに|と共に|(?<=[るただぬう])ほかに?|だけでなく|のみならず|と同時に)$")
_NEXT = re.compile(
    r"(?:[一-鿿々](?:[しりいきぎちびみえけせてげめべ]|[っいけせべめえれ]て|して|んで)|[をに]し|[ぁ-ん][めけせり])$"
)
# What leads to the first of them: its topic, its reason.
_LEAD = re.compile(r".*(?:は|により|によって|ため|ことで|として)、?(?=.{4})")
_AND_SO_ON = re.compile(r"(?<=[るたい])(?:など|等)")
_LABELLED = re.compile(r"[ 　]*[^：:「」]{1,10}[：:][ 　]*(?=\S)")
# After these what is told begins with the next piece.
_LED = ("は", "により", "によって", "ため", "ことで", "として")
_ENDING = re.compile(r".[ぁ-ん]$|(?<=[るたいなのう])(?:方|者|人|物|場合|とき|時)$")
_SHORTEST = 6
_ARROW = re.compile(r"[ 　]*(?:[→⇒➡⇨／]|(?<=[一-鿿々ァ-ヶー）])/(?=[一-鿿々ァ-ヶー（]))[ 　]*")


def clause_lists(text: str, start: int, end: int) -> Iterator[Enumeration]:
    """Yield the clauses of one sentence that stand side by side."""
    pieces = _pieces(text, start, end)
    yield from _arrows(text, start, end)
    if len(pieces) > 1:
        yield from _deeds(text, pieces)
        yield from _alike(text, pieces)
        yield from _labelled(text, pieces)
    for opened, closed in outer_brackets(text, start, end):
        inner = _pieces(text, opened + 1, closed)
        if len(inner) > 1:
            yield from _labelled(text, inner)


def _arrows(text: str, start: int, end: int) -> Iterator[Enumeration]:
    """申請 → 審査 → 交付, 英語／中国語: what arrows or strokes part, after a label."""
    marks = [mark.span() for mark in _ARROW.finditer(text, start, end)]
    if not marks:
        return
    label = max((text.rfind(mark, start, marks[0][0]) for mark in "：:　、は「（("), default=-1)
    edges = [(start, label + 1 if label >= start else start), *marks, (end, end)]
    members = tuple((a, b) for (_, a), (b, _) in pairwise(edges) if text[a:b].strip())
    if len(members) > 1 and members[0][0] < members[0][1]:
        yield Enumeration(start, end, members, 0.5 if len(members) > 2 else 0.2, None, "clauses")


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """What stands between the commas outside brackets."""
    if text.find("、", start, end) < 0:
        return []
    outer = [(a, b) for a, b in outer_brackets(text, start, end) if text.find("、", a, b) >= 0]
    commas = [
        comma.start()
        for comma in re.compile("、").finditer(text, start, end)
        if not any(a < comma.start() < b for a, b in outer)
    ]
    return [(a + 1, b) for a, b in pairwise((start - 1, *commas, end)) if a + 1 < b]


def _deeds(text: str, pieces: Sequence[Span]) -> Iterator[Enumeration]:
    """Cut a sentence after とともに and ほか; or else, where it tells of three things or more, after each verb."""
    for cut, least, clarity in ((_BESIDES, 2, 0.4), (_NEXT, 3, 0.2)):
        members = list(_joined(text, pieces, cut))
        if len(members) >= least and all(b - a >= _SHORTEST for a, b in members):
            yield Enumeration(pieces[0][0], pieces[-1][1], tuple(members), clarity, None, "clauses")
            return


def _joined(text: str, pieces: Sequence[Span], cut: re.Pattern[str]) -> Iterator[Span]:
    """Pieces up to each that ends in `cut`, without what leads to the first and what closes the last."""
    led = pieces[1:] if text.endswith(_LED, *pieces[0]) else pieces
    lead = _LEAD.match(text, *led[0])
    begin = lead.end() if lead else led[0][0]
    for number, (_, end) in enumerate(led):
        found = cut.search(text, begin, end)
        if number == len(led) - 1 or _AND_SO_ON.search(text, begin, end):
            closing = _AND_SO_ON.search(text, begin, end)
            yield begin, closing.start() if closing else end
            return
        if found:
            yield begin, found.start() if cut is _BESIDES else end
            begin = end + 1


def _alike(text: str, pieces: Sequence[Span]) -> Iterator[Enumeration]:
    """Three clauses or more with one ending: …すること、…すること、…すること; 住む方、働く方、通う方."""
    at = 0
    while at < len(pieces) - 2:
        ending = (_ENDING.search(text, *pieces[at]) or [""])[0]
        members = [pieces[at]]
        for start, end in pieces[at + 1 :] if ending else ():
            if not text.endswith(ending, start, end):
                closing = text.rfind(ending, start, end)
                members += [(start, closing + len(ending))] if closing >= 0 else []
                break
            members.append((start, end))
        if len(members) > 2:
            yield Enumeration(pieces[0][0], pieces[-1][1], tuple(members), 0.5, None, "clauses")
        at += max(1, len(members) - 1)


def _labelled(text: str, pieces: Sequence[Span]) -> Iterator[Enumeration]:
    """左：甲、右：乙 names two things."""
    labels = [_LABELLED.match(text, *piece) for piece in pieces]
    members = tuple((label.end(), b) for label, (_, b) in zip(labels, pieces, strict=True) if label)
    if len(members) == len(pieces):
        yield Enumeration(pieces[0][0], pieces[-1][1], members, 0.6, None, "clauses")
