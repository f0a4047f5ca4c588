"""Which sentence of a piece answers: each is read together with the question, as pieces are."""

from collections.abc import Mapping, Sequence

import numpy as np

from qa.cross.judging import PairJudge
from qa.pieces.choosing import Choice, Picked, choices_of, texts_of
from qa.pieces.cutting import Size
from qa.pieces.headlines import Span
from qa.pieces.signs import Asked, Found

_MOST = 10  # sentences of a piece that are read
_FAINT = 1e-6  # what is added before a logarithm is taken


def sentences_within(choice: Choice, found: Found) -> list[int]:
    """Return the rows of the sentences that make up a piece, in order; none where it is one itself."""
    piece, document = choice.piece, choice.evidence.passage.document
    whole = len(piece.spans) == 1 or (piece.size is Size.TITLED and len(piece.spans) == 2)
    rows = [
        row
        for row, own in enumerate(found.pieces)
        if whole
        and own.size in (Size.SENTENCE, Size.PART)
        and len(own.spans) == 1
        and piece.start <= own.start
        and own.end <= piece.end
        and found.evidence[row].passage.document == document
    ]
    return rows[:_MOST] if len(rows) > 1 else []


def sentence_weights(
    choice: Choice, asked: Asked, found: Found, picked: Picked, judge: PairJudge, titles: Mapping[str, str]
) -> Sequence[tuple[Span, float]]:
    """Return where each sentence of a piece stands, from the piece's start on, and the logarithm of its share."""
    rows = sentences_within(choice, found)
    if not rows:
        return ()
    own = choices_of(rows, found, picked.scores)
    shares = judge.shares(asked.asking, asked.before, texts_of(own, titles), picked.signs_of(own))
    weights = np.log(shares[:-1] + _FAINT).tolist()
    start = choice.piece.start
    return [
        ((one.piece.start - start, one.piece.end - start), weight)
        for one, weight in zip(own, weights, strict=True)
    ]
