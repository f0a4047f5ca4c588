"""All features of a question's candidates, one row a feature: what they are, where they stand, what is asked."""

from functools import cache

import numpy as np
import numpy.typing as npt

from qa.reading import spanfeatures
from qa.reading.asking import ROLES, Asked, ask
from qa.reading.expectations import Expectations, new_tally
from qa.reading.likeness import likeness
from qa.reading.matching import match, occurrences
from qa.reading.records import Floats, Spread, read_text, spread
from qa.reading.vectors import LikenessVectors, no_vectors

Table = npt.NDArray[np.float32]


def table(
    asked: Asked, pages: Spread, weights: Floats, expectations: Expectations, vectors: LikenessVectors
) -> Table:
    """Return the features as (features, candidates), in the order of `names()`."""
    many = len(pages.passage)
    rows = list(_dynamic(asked, pages, weights, expectations, vectors).values())
    static = pages.columns.described.T
    asked_rows = _of_question(asked)
    whole = np.empty((len(static) + len(rows) + len(asked_rows), many), np.float32)
    whole[: len(static)] = static
    for number, row in enumerate(rows, len(static)):
        whole[number] = row
    whole[len(static) + len(rows) :] = np.array(asked_rows, np.float32)[:, None]
    return whole


def _dynamic(
    asked: Asked, pages: Spread, weights: Floats, expectations: Expectations, vectors: LikenessVectors
) -> dict[str, Floats]:
    word_of = occurrences(asked, pages)
    return {
        **match(asked, pages, weights, word_of),
        **likeness(asked, pages, weights, word_of, vectors),
        **expectations.score(asked, pages.columns.traits, vectors),
    }


ASKED_NAMES = (
    "gap",
    "particle",
    "question_words",
    "words_after_gap",
    "has_unit",
    "has_focus",
    "focus_after_gap",
)


def _of_question(asked: Asked) -> list[float]:
    focus = asked.roles[ROLES.index("focus")]
    return [
        asked.gap,
        asked.particle,
        len(asked.keys),
        sum(side > 0 for side in asked.side),
        bool(asked.unit),
        bool(asked.focus),
        focus >= 0 and asked.side[focus] > 0,
    ]


@cache
def names() -> tuple[str, ...]:
    """Return the name of each row of a table."""
    text = "名"
    asked = ask("名は何?")
    pages = spread([read_text(text)], [text])
    weights = np.full(len(asked.keys), 1.0, np.float32)
    dynamic = _dynamic(asked, pages, weights, new_tally().expectations(), no_vectors())
    return (*spanfeatures.NAMES, *dynamic, *ASKED_NAMES)
