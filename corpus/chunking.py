"""Document → Passages: split at pages and headings, then where titles stand, between blocks, between sentences.

A passage that begins inside a titled block (●本館) has the title among its headings, so that 休館日：月曜日 is of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from corpus.cutting import short_enough
from corpus.normalizing import normalize
from corpus.scopes import opens_block, scopes
from corpus.sentences import sentence_spans
from corpus.types import Block, BlockKind, Document, Page, Passage

MOST_ROWS = 2_000
"""Rows of a document that are passages of their own: those after them are found by the tables alone."""
MAX_LENGTH = 420  # characters: two or three sentences of municipal prose, or a whole list
_LEAST = 0.3  # of MAX_LENGTH stands before a cut, at least
_LONGEST_TITLE = 60
_CELLS = (BlockKind.CELL, BlockKind.HEADING)

Span = tuple[int, int]


def chunk(document: Document) -> list[Passage]:
    """Return the passages of `document` in reading order; `document.text[start:end] == text` for each."""
    passages: list[Passage] = []
    rows = 0
    path: list[Block] = []
    for page, page_blocks in _by_page(document):
        path = path if page.goes_on else []
        for group in _groups(page_blocks):
            rows += group[0].kind is BlockKind.ROW
            if rows > MOST_ROWS and group[0].kind is BlockKind.ROW:
                continue
            for block in group:
                if block.kind is BlockKind.HEADING:
                    path = [*(above for above in path if above.level < block.level), block]
            heading = tuple(document.text[block.start : block.end] for block in path)
            titled = _Titles(document.text, group)
            for start, end in _sized(document.text, group):
                above = (*heading, *(title for title in titled.over(start) if title not in heading))
                passages.append(_passage(document, len(passages) + 1, above, group, start, end))
    return passages


def _by_page(document: Document) -> Iterator[tuple[Page, list[Block]]]:
    blocks = document.blocks
    for page in document.pages:
        first = bisect_left(blocks, page.start, key=lambda block: block.start)
        last = bisect_left(blocks, page.end, key=lambda block: block.start)
        if first < last:
            yield page, list(blocks[first:last])


def _groups(blocks: list[Block]) -> Iterator[list[Block]]:
    """Yield runs of blocks that belong under one heading; a table row stands alone."""
    group: list[Block] = []
    for block in blocks:
        starts = block.kind is BlockKind.HEADING and any(b.kind is not BlockKind.HEADING for b in group)
        if group and (starts or block.kind is BlockKind.ROW or group[-1].kind is BlockKind.ROW):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _sized(text: str, group: list[Block]) -> Iterator[Span]:
    """Yield spans of at most MAX_LENGTH characters, cut before titles, between blocks or between sentences."""
    held: list[Span] = []
    for piece in _pieces(text, group):
        while held and piece[1] - held[0][0] > MAX_LENGTH:
            count = _cut(text, [*held, piece])
            yield held[0][0], held[count - 1][1]
            held = held[count:]
        held.append(piece)
    if held:
        yield held[0][0], held[-1][1]


def _cut(text: str, pieces: list[Span]) -> int:
    """Return after how many pieces to cut: before the last one that opens a block, if not too little stands before."""
    for number in range(len(pieces) - 1, 0, -1):
        if pieces[number][0] - pieces[0][0] < MAX_LENGTH * _LEAST:
            break
        if opens_block(text, pieces[number]):
            return number
    return len(pieces) - 1


class _Titles:
    """The titled blocks of a group; looked for once, where the group makes several passages."""

    def __init__(self, text: str, group: list[Block]) -> None:
        self._text = text
        self._begins, self._ends = group[0].start, group[-1].end

    @cached_property
    def _sentences(self) -> list[Span]:
        spans = sentence_spans(self._text[self._begins : self._ends])
        return [(self._begins + start, self._begins + end) for start, end in spans]

    @cached_property
    def _scopes(self) -> list[tuple[int, ...]]:
        return scopes(self._text, self._sentences)

    def over(self, start: int) -> list[str]:
        """Return the titles of the blocks that are open where a passage starts."""
        if start == self._begins:
            return []
        sentences = self._sentences
        first = min(bisect_left(sentences, (start, 0)), len(sentences) - 1)
        if first and start < sentences[first - 1][1]:
            first -= 1  # A piece of a sentence that was cut stands where its sentence stands.
        above = [sentences[number] for number in self._scopes[first]]
        return [
            self._text[a:b] for a, b in above if b - a <= _LONGEST_TITLE and opens_block(self._text, (a, b))
        ]


def _pieces(text: str, group: list[Block]) -> Iterator[Span]:
    for block in group:
        if block.end - block.start <= MAX_LENGTH:
            yield block.start, block.end
            continue
        for start, end in sentence_spans(text[block.start : block.end]):
            yield from short_enough(text, block.start + start, block.start + end)


def _passage(
    document: Document, number: int, heading: tuple[str, ...], group: list[Block], start: int, end: int
) -> Passage:
    text = document.text[start:end]
    above = [line for line in heading if line not in text]
    first = bisect_right(group, start, key=lambda block: block.end)
    last = bisect_left(group, end, key=lambda block: block.start)
    kinds = [block.kind for block in group[first:last]]
    kind = next((k for k in kinds if k not in _CELLS), kinds[0])
    return Passage(
        id=f"{document.id}#{number}",
        document=document.id,
        page=document.page_at(start),
        heading=heading,
        kind=kind,
        text=text,
        indexed_text=normalize("\n".join([*above, text])),
        start=start,
        end=end,
    )
