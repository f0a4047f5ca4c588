"""Which stretch of a long piece answers: learned from pieces with the stretches that hold an answer and little else."""

from collections.abc import Sequence

import numpy as np

from eval.training.pieces.examples import LONGEST, Example, holds_answer
from qa.learned.linear_models import LinearModel
from qa.learned.networks import Networks
from qa.pieces.headlines import GLANCE, letters, window_signs, windows

_ROWS = 3  # pieces of a question


def fit_headline(examples: Sequence[Example], wants: LinearModel) -> Networks:
    """Return what scores the stretches of a long piece; pieces of which all things of a kind are wanted teach nothing."""
    from eval.training.pieces.fitting import Plan, fit_choice

    groups = []
    for example in examples:
        if not example.answerable or example.listed:
            continue
        own = wants.each(example.asked.wanting[None])[0]
        for text in _long_texts(example):
            spans = windows(text)
            right = np.array([_is_headline(example, text[a:b]) for (a, b), _ in spans], np.float32)
            if right.any():
                groups.append((window_signs(example.asked.text, text, spans, own), right))
    return fit_choice(groups, Plan(hidden=48, epochs=4, seeds=range(2), batch=32))


def _long_texts(example: Example) -> list[str]:
    texts = [example.found.pieces[n].text for n in np.flatnonzero(example.right > 0).tolist()]
    return [text for text in [t for t in texts if letters(t) > GLANCE][:_ROWS] if len(text) <= LONGEST]


def _is_headline(example: Example, text: str) -> bool:
    """Tell whether a stretch holds an answer and is no more than twice as long as it has to be."""
    longest = max(letters(answer) for answer in example.row["answers"])
    return letters(text) <= max(2 * longest + 10, GLANCE) and holds_answer(example.row, text)
