"""JaQuAD's questions (So et al. 2022) as trials: which sentence of an article answers, or that none of these does."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from eval.training.cross.reading_sets import ReadingQuestion, ReadingSet, read_set
from eval.training.cross.trials import Trial, trial
from qa.cross.reading import PairReader
from qa.pieces.letters import pairs as letter_pairs

_OWN, _NEAR = 3, 2
"""Wrong sentences of the question's own passage, and of the same article's others; the likest ones."""
_TOLD = 0.8  # how often the sentence that answers is among them
_SHORTEST = 6
_ENDS = re.compile(r"(?<=。)|\n")


def wikipedia_trials(folder: Path, reader: PairReader, *, signs: int, seed: int = 0) -> list[Trial]:
    """Return the trials of a reading set, mixed; they come with `signs` zeros, for nothing was chosen by signs."""
    told = read_set(folder)
    chance = random.Random(seed)  # noqa: S311 - an order to learn in, no secret
    found = list(_trials(told, reader, chance, signs))
    chance.shuffle(found)
    return found


def _trials(told: ReadingSet, reader: PairReader, chance: random.Random, signs: int) -> Iterator[Trial]:
    articles = defaultdict(list)
    for passage in told.passages.values():
        articles[passage.document].append(passage.id)
    sentences = {name: _sentences(passage.text) for name, passage in told.passages.items()}
    for question in told.questions:
        title = told.passages[question.passage_id].document
        others = [s for name in articles[title] if name != question.passage_id for s in sentences[name]]
        drawn = _drawn(question, sentences[question.passage_id], others, chance)
        if drawn:
            texts = [(title, (), text) for text, _ in drawn]
            right = [float(is_right) for _, is_right in drawn]
            zeros = np.zeros((len(texts), signs), np.float32)
            yield trial(title, question.text, "", texts, right, zeros, question.answers, reader)


def _drawn(
    question: ReadingQuestion, own: Sequence[str], others: Sequence[str], chance: random.Random
) -> list[tuple[str, bool]]:
    asked = letter_pairs(question.text)

    def likest(texts: Sequence[str], most: int) -> list[str]:
        wrong = [text for text in texts if not any(answer in text for answer in question.answers)]
        return sorted(wrong, key=lambda text: -len(asked & letter_pairs(text)) / len(text) ** 0.5)[:most]

    right = [text for text in own if any(answer in text for answer in question.answers)]
    if not right:
        return []
    drawn = [(text, False) for text in (*likest(own, _OWN), *likest(others, _NEAR))]
    if chance.random() < _TOLD or not drawn:
        drawn.append((max(right, key=lambda text: len(asked & letter_pairs(text))), True))
    chance.shuffle(drawn)
    return drawn


def _sentences(text: str) -> list[str]:
    """Return the sentences of a passage, whose first line is its article's title."""
    body = text.split("\n", 1)[-1]
    return [part.strip() for part in _ENDS.split(body) if len(part.strip()) >= _SHORTEST]
