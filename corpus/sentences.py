"""Sentence ends in Japanese text; what stands in brackets is kept whole."""

from collections.abc import Iterator

_OPEN = "「『（(【《〈［[｛{"
_CLOSE = "」』）)】》〉］]｝}"
_END = "。！？!?"


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of `text`, white space trimmed; a line break ends a sentence.

    >>> list(sentence_spans("あ「い。」う。え。"))
    [(0, 7), (7, 9)]
    """
    start = depth = 0
    for position, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        if char == "\n":
            depth = 0
        if char == "\n" or (char in _END and depth == 0 and text[position + 1 : position + 2] not in _CLOSE):
            yield from _trimmed(text, start, position + 1)
            start = position + 1
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
