"""Any SentenceTransformer by name or path: its prompts or prefixes, shorter vectors, other backends and precisions."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from index.encoders.local_models import fingerprint, open_model
from index.encoders.opened_once import OpenedOnce
from index.encoders.settings import EncoderError, EncoderSettings
from index.types import Vectors

# The names that models give their prompts; sentence-transformers' own encode_query and encode_document know them.
_QUERY, _PASSAGE = "encode_query", "encode_document"


class PretrainedEncoder:
    """A sentence-transformers model; opened when it is first used, from disk or the local cache only."""

    def __init__(self, settings: EncoderSettings, expected: str | None = None) -> None:
        """`expected` is the fingerprint the index was built with: another model is refused."""
        if settings.name is None:
            raise ValueError(
                "settings.name is None: that is the built-in encoder, see index.encoders.use_encoder"
            )
        self._settings = settings
        self._name = settings.name
        self._expected = expected
        self._model = OpenedOnce(self._open)

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._model().get_embedding_dimension() or 0)

    @cached_property
    def fingerprint(self) -> str:
        """Return a digest of the model's files and of the settings that change its vectors."""
        return fingerprint(self._settings, self._name)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension)."""
        return self._encode(_QUERY, texts, self._settings.query_prompt, self._settings.query_prefix)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension)."""
        return self._encode(_PASSAGE, texts, self._settings.passage_prompt, self._settings.passage_prefix)

    def _encode(self, method: str, texts: Sequence[str], named: str | None, prefix: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        encoded = getattr(self._model(), method)(
            list(texts),
            prompt_name=named,
            prompt=prefix or None,
            batch_size=self._settings.batch_size,
            show_progress_bar=False,
        )
        vectors = np.asarray(encoded, np.float32)
        # Made of unit length here, since in half precision the model's own are off by a thousandth.
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return vectors

    def _open(self) -> Any:
        settings = self._settings
        model = open_model(
            "SentenceTransformer",
            settings,
            self._name,
            expected=self._expected,
            truncate_dim=settings.truncate_dim,
        )
        for named, prefix in (
            (settings.query_prompt, settings.query_prefix),
            (settings.passage_prompt, settings.passage_prefix),
        ):
            _check_prompt(model, self._name, named, prefix)
        return model


def _check_prompt(model: Any, name: str, named: str | None, prefix: str) -> None:
    if named is None:
        return
    if prefix:
        raise EncoderError(
            f"プロンプト名「{named}」と前置き「{prefix}」は一緒に使えません。どちらか一方にして作り直してください。"
        )
    known = [key for key, text in model.prompts.items() if text]
    if named not in known:
        raise EncoderError(
            f"モデル「{name}」にプロンプト「{named}」はありません（あるもの：{'、'.join(known) or 'なし'}）。"
            "名前を直すか、--query-prefix・--passage-prefix で文字列を指定してください。"
        )
