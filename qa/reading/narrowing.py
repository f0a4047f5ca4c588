"""Leaves out candidates far from the question's words before anything costly is counted."""

from dataclasses import replace

import numpy as np

from qa.reading.asking import Asked
from qa.reading.matching import occurrences
from qa.reading.records import Floats, Spread

MOST = 600
"""On JSQuAD, five passages retrieved: half of the candidates, exact match .6265 with and without."""


def narrow(asked: Asked, pages: Spread, weights: Floats, *, most: int = MOST) -> Spread:
    """Keep the `most` candidates whose sentence, with its neighbours, holds most of the question."""
    if len(pages.passage) <= most:
        return pages
    covered = _covered(asked, pages, weights)[pages.columns.sentence[pages.columns.first]]
    kept = np.sort(np.argsort(-covered, kind="stable")[:most])
    own = pages.columns
    columns = replace(
        own,
        first=own.first[kept],
        last=own.last[kept],
        described=own.described[kept],
        traits=own.traits[kept],
    )
    return replace(pages, columns=columns, passage=pages.passage[kept])


def _covered(asked: Asked, pages: Spread, weights: Floats) -> Floats:
    """How much of the question stands in each sentence, the one before and the one after."""
    word_of, sentence = occurrences(asked, pages), pages.columns.sentence
    matched = word_of >= 0
    present = np.zeros((len(weights), int(sentence[-1]) + 1), bool)
    present[word_of[matched], sentence[matched]] = True
    starts = np.flatnonzero(np.diff(sentence))
    # Sentences of different passages are no neighbours.
    together = np.diff(pages.place)[starts] == 1
    around = present.copy()
    around[:, 1:] |= present[:, :-1] & together
    around[:, :-1] |= present[:, 1:] & together
    return weights @ around.astype(np.float32)
