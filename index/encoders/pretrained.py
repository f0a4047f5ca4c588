"""Any sentence-transformers model by name or path, with its prefixes."""

import threading
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from index.encoders.settings import EncoderError, EncoderSettings
from index.offline import sentence_transformers
from index.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


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
        self._model: SentenceTransformer | None = None
        self._opening = threading.Lock()

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._opened().get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """Return a digest of the weights' shapes and samples and of the prefixes."""
        return _fingerprint(self._opened(), self._settings)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension)."""
        return self._encode(texts, self._settings.query_prefix)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (n, dimension)."""
        return self._encode(texts, self._settings.passage_prefix)

    def _encode(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        model = self._opened()
        prefixed = [prefix + text for text in texts]
        return np.asarray(
            model.encode(prefixed, normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
        )

    def _opened(self) -> "SentenceTransformer":
        with self._opening:
            if self._model is None:
                self._model = self._checked(_open(self._name))
            return self._model

    def _checked(self, model: "SentenceTransformer") -> "SentenceTransformer":
        if self._expected not in (None, _fingerprint(model, self._settings)):
            raise EncoderError(
                f"埋め込みモデル「{self._name}」は索引を作ったときのものと違います。"
                "「madoguchi build」で索引を作り直してください。"
            )
        return model


def _fingerprint(model: "SentenceTransformer", settings: EncoderSettings) -> str:
    digest = sha256(settings.query_prefix.encode() + b"\0" + settings.passage_prefix.encode())
    for name, tensor in sorted(model.state_dict().items()):
        sample = tensor.flatten()[:: max(1, tensor.numel() // 64)].float().numpy().tobytes()
        digest.update(f"{name}{tuple(tensor.shape)}".encode() + sample)
    return f"st-{digest.hexdigest()[:16]}"


def _open(name: str) -> "SentenceTransformer":
    package = sentence_transformers()
    try:
        model: SentenceTransformer = package.SentenceTransformer(name, device="cpu", local_files_only=True)
    except Exception as error:
        raise EncoderError(
            f"埋め込みモデル「{name}」を開けません（{type(error).__name__}）。"
            "実行時にダウンロードはしません。モデルのフォルダーのパスを指定するか、"
            "設定からモデル名を外して内蔵のモデルで作り直してください（madoguchi build）。"
        ) from error
    return model
