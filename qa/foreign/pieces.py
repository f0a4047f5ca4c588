"""What of a passage can be an answer: a sentence, the block under a title, the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.scopes import opens_block, scopes
from corpus.sentences import sentence_spans
from corpus.types import Passage


class Size(StrEnum):
    """How much of its passage a piece is."""

    SENTENCE = "sentence"
    BLOCK = "block"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Piece:
    """`passage.text[start:end]`; `context` is the piece behind its heading and titles, for the encoder."""

    passage: Passage
    start: int
    end: int
    size: Size
    title: bool
    context: str

    @property
    def text(self) -> str:
        """Return the text, verbatim."""
        return self.passage.text[self.start : self.end]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return its lines that are not empty."""
        return tuple(line.strip() for line in self.text.split("\n") if line.strip())


def pieces(passage: Passage) -> list[Piece]:
    """Return every sentence, every block under a title, and the whole where it is more than one sentence."""
    text = passage.text
    spans = list(sentence_spans(text))
    above = scopes(text, spans)
    heading = passage.heading[-1:]
    found = [
        Piece(
            passage, start, end, Size.SENTENCE, opens_block(text, (start, end)),
            _joined(heading, [text[slice(*spans[title])] for title in titles], text[start:end]),
        )
        for (start, end), titles in zip(spans, above, strict=True)
    ]  # fmt: skip
    for title in sorted({title for titles in above for title in titles}):
        inside = [number for number, titles in enumerate(above) if title in titles]
        start, end = spans[title][0], spans[inside[-1]][1]
        if len(inside) > 1:
            found.append(Piece(passage, start, end, Size.BLOCK, False, _joined(heading, (), text[start:end])))
    if len(spans) > 1:
        start, end = spans[0][0], spans[-1][1]
        found.append(Piece(passage, start, end, Size.WHOLE, False, passage.indexed_text))
    return found


def _joined(heading: Sequence[str], titles: Sequence[str], text: str) -> str:
    return " ".join([*heading, *titles, text])
