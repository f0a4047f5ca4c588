"""Opens the encoder that the settings name: when an index is built, and when questions come."""

from pathlib import Path

from index.encoders.pretrained import PretrainedEncoder
from index.encoders.settings import EncoderError, EncoderSettings
from index.encoders.use_encoder import fresh_use, open_use
from index.encoders.use_tuning import FINGERPRINT
from index.types import Encoder


def prepare_encoder(settings: EncoderSettings, folder: Path) -> Encoder:
    """Write what the query path needs into `folder` (made if missing) and return the encoder.

    A model by name writes nothing: it stays where it is, and its fingerprint binds the index to it.
    """
    if settings.name is not None:
        return PretrainedEncoder(settings)
    fresh_use().save(folder)
    return open_use(folder)


def fresh_encoder(settings: EncoderSettings) -> Encoder:
    """Return the encoder in memory, for a retriever that is thrown away."""
    return fresh_use() if settings.name is None else PretrainedEncoder(settings)


def open_encoder(settings: EncoderSettings, folder: Path, fingerprint: str) -> Encoder:
    """Return the encoder that an index with this fingerprint was built with; EncoderError if it is another.

    A model by name is opened, and compared, when it is first asked.
    """
    if settings.name is not None:
        return PretrainedEncoder(settings, fingerprint)
    if fingerprint != FINGERPRINT:
        raise EncoderError(
            f"この索引は別の版の内蔵の埋め込みモデルで作られています（{fingerprint}、今の版 {FINGERPRINT}）。"
            "「madoguchi build」で索引を作り直してください。"
        )
    return open_use(folder)
