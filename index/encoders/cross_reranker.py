"""A CrossEncoder as the last step: it reads question and passage together and orders the first hits anew."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from index.encoders.local_models import fingerprint, open_model
from index.encoders.opened_once import OpenedOnce
from index.encoders.settings import EncoderError, RerankerSettings
from index.ranking import Scores

# A cross-encoder reads each hit anew: 50 is what the field reranks on a CPU, and what lies below rarely is right.
RERANKED = 50


class CrossReranker:
    """Scores passages for a question; the model is opened when it is first used."""

    def __init__(self, settings: RerankerSettings, expected: str | None = None) -> None:
        """`expected` is the fingerprint kept with the index: another model is refused."""
        self._settings = settings
        self._expected = expected
        self._model = OpenedOnce(self._open)

    @cached_property
    def fingerprint(self) -> str:
        """Return a digest of the model's files and of the settings that change its scores."""
        return fingerprint(self._settings, self._settings.name)

    def rerank(self, query: str, passages: Sequence[tuple[int, str]]) -> Scores:
        """Return one score for each (row, text), in the order given; higher is better."""
        if not passages:
            return np.zeros(0, np.float32)
        scores = self._model().predict(
            [(query, text) for _, text in passages],
            batch_size=self._settings.batch_size,
            show_progress_bar=False,
        )
        return np.asarray(scores, np.float32)

    def _open(self) -> Any:
        settings = self._settings
        model = open_model("CrossEncoder", settings, settings.name, expected=self._expected)
        if model.num_labels != 1:
            raise EncoderError(
                f"モデル「{settings.name}」は並べ替えには使えません（1つでなく {model.num_labels} つの値を返します）。"
                "点数を1つ返すモデルを指定するか、--reranker なしで作り直してください。"
            )
        return model
