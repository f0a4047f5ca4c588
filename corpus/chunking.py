"""Document → Passages: split at pages and headings, then between blocks, then between sentences."""

from collections.abc import Iterator

from corpus.normalizing import normalize
from corpus.sentences import sentence_spans
from corpus.types import Block, BlockKind, Document, Passage

MAX_LENGTH = 420  # characters: two or three sentences of municipal prose, or a whole list
_CELLS = (BlockKind.CELL, BlockKind.HEADING)

Span = tuple[int, int]


def chunk(document: Document) -> list[Passage]:
    """Return the passages of `document` in reading order; `document.text[start:end] == text` for each."""
    passages: list[Passage] = []
    for page_blocks in _by_page(document):
        path: list[Block] = []
        for group in _groups(page_blocks):
            for block in group:
                if block.kind is BlockKind.HEADING:
                    path = [*(above for above in path if above.level < block.level), block]
            heading = tuple(document.text[block.start : block.end] for block in path)
            for start, end in _sized(document.text, group):
                passages.append(_passage(document, len(passages) + 1, heading, group, start, end))
    return passages


def _by_page(document: Document) -> Iterator[list[Block]]:
    for page in document.pages:
        blocks = [block for block in document.blocks if page.start <= block.start < page.end]
        if blocks:
            yield blocks


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
    """Yield spans of at most MAX_LENGTH characters, cut between blocks or, in a long block, between sentences."""
    start: int | None = None
    end = 0
    for piece_start, piece_end in _pieces(text, group):
        if start is not None and piece_end - start > MAX_LENGTH:
            yield start, end
            start = None
        start = piece_start if start is None else start
        end = piece_end
    if start is not None:
        yield start, end


def _pieces(text: str, group: list[Block]) -> Iterator[Span]:
    for block in group:
        if block.end - block.start <= MAX_LENGTH:
            yield block.start, block.end
            continue
        for start, end in sentence_spans(text[block.start : block.end]):
            yield block.start + start, block.start + end


def _passage(
    document: Document, number: int, heading: tuple[str, ...], group: list[Block], start: int, end: int
) -> Passage:
    text = document.text[start:end]
    above = [line for line in heading if line not in text]
    kinds = [block.kind for block in group if block.start < end and start < block.end]
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
