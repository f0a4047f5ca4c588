"""Text → the kind of talk that it is, or None: a question. Fitted by `eval.training.talk`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from index.types import Encoder
from qa.learned.linear_models import LinearModel, Numbers, load_linear
from qa.talk.talk_kinds import QUESTION, Talk
from qa.talk.talk_signs import plain, signs


@dataclass(frozen=True)
class TalkModel:
    """`least` is, by reason, how unlikely a question a text has to be, 0–1, to be taken for talk."""

    linear: LinearModel
    least: Mapping[str, float]

    def told(self, rows: Numbers) -> list[Talk | None]:
        """Return the kind of each text by its signs, of shape (n, signs); None where it may be a question."""
        return [self._told(kind, talk) for kind, talk in likeliest(self.linear, rows)]

    def _told(self, kind: Talk, talk: float) -> Talk | None:
        return kind if talk >= self.least[kind.reason] else None


def likeliest(linear: LinearModel, rows: Numbers) -> list[tuple[Talk, float]]:
    """Return the kind that each text is of, were it talk, and how likely it is talk.

    That is the likeliest kind of the likeliest reason: what is said depends on the reason alone.
    """
    found = []
    for row in linear.one_of(rows).tolist():
        chances = dict(zip(linear.labels, row, strict=True))
        by_reason: dict[str, float] = {}
        for kind in Talk:
            by_reason[kind.reason] = by_reason.get(kind.reason, 0.0) + chances[kind]
        reason = max(by_reason, key=lambda reason: by_reason[reason])
        kind = max((kind for kind in Talk if kind.reason == reason), key=lambda kind: chances[kind])
        found.append((kind, 1 - chances[QUESTION]))
    return found


class TalkReader:
    """Tells talk from questions. Safe to share between threads."""

    def __init__(self, encoder: Encoder, model: TalkModel | None = None) -> None:
        """`encoder` is the built-in one; where it remembers vectors, a question's is computed once for all."""
        self._encoder = encoder
        self._model = model or shipped_talk()

    def kind(self, text: str) -> Talk | None:
        """Return the kind of talk that `text` is; None where it may be a question about documents.

        A greeting before a question is part of the question.
        """
        return self.kinds([text])[0]

    def kinds(self, texts: Sequence[str]) -> list[Talk | None]:
        """Return the kind of each text."""
        if not texts:
            return []
        read = [plain(text) for text in texts]
        vectors = self._encoder.encode_queries(read)
        rows = np.stack([signs(text, vector) for text, vector in zip(read, vectors, strict=True)])
        return self._model.told(rows)


@cache
def shipped_talk() -> TalkModel:
    """Return the model that the project ships."""
    folder = files("qa.talk") / "model"
    with as_file(folder / "talk.npz") as path:
        linear = load_linear(path)
    return TalkModel(linear, json.loads((folder / "thresholds.json").read_text(encoding="utf-8")))
