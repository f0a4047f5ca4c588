"""Puts together what answers questions in other languages, over one opened bundle."""

from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import cast

from corpus.types import Document
from index.bundle import Bundle
from index.encoders.use_encoder import UseEncoder, fresh_use
from index.types import Encoder
from qa.foreign.answering import FINGERPRINT, ForeignAnswering, Passages
from qa.foreign.figures import FigureReader
from qa.foreign.items import ItemMeanings
from qa.learned.linear_models import LinearModel, load_linear
from qa.ledger import Ledger


def open_foreign(
    bundle: Bundle,
    ledger: Ledger,
    documents: Mapping[str, Document],
    items: ItemMeanings | None,
    passages: Passages,
    encoder: Encoder,
) -> ForeignAnswering | None:
    """Return what answers in other languages; None where the bundle's encoder does not know them.

    `encoder` is the bundle's, which may remember vectors.
    """
    if items is None:
        return None
    return ForeignAnswering(
        encoder=encoder,
        figures=FigureReader(ledger, items, model("operations")),
        ledger=ledger,
        documents=documents,
        passages=passages,
    )


def item_meanings(bundle: Bundle, ledger: Ledger) -> ItemMeanings | None:
    """Return what tells which item is meant; None where the bundle's encoder is not the one that it was fitted on."""
    if not bundle.manifest.encoder_fingerprint.startswith(FINGERPRINT):
        return None
    return ItemMeanings(ledger, bundle.encoder, model("items"))


def frame_encoder(bundle: Bundle) -> UseEncoder:
    """Return the encoder that frames are read with: the built-in one, whatever the bundle's own is."""
    if bundle.manifest.encoder_fingerprint.startswith(FINGERPRINT):
        return cast("UseEncoder", bundle.encoder)
    return fresh_use()


def model(name: str) -> LinearModel:
    """Return a model that the project ships."""
    with as_file(files("qa.foreign") / "model" / f"{name}.npz") as path:
        return load_linear(path)
