"""What answers in other languages over the built-in documents, with the built-in encoder."""

from collections.abc import Mapping

import pytest

from corpus.chunking import chunk
from corpus.library import BUILT_IN, read_folder
from corpus.tables import read_tables
from corpus.types import Document
from eval.training.encoding import training_encoder
from eval.training.foreign_passages import BruteForce
from index.tokenizer import shared_tokenizer
from qa.foreign.answering import ForeignAnswering
from qa.foreign.choosing import shipped_models
from qa.foreign.figures import FigureReader
from qa.foreign.finding import ForeignFinder
from qa.foreign.items import ItemMeanings
from qa.foreign.opening import model
from qa.foreign.passage_signs import ForeignPassageReader
from qa.ledger import Ledger, LedgerAnswerer


@pytest.fixture(scope="session")
def documents() -> Mapping[str, Document]:
    """The built-in documents by id."""
    return {document.id: document for document in read_folder(BUILT_IN)[0]}


@pytest.fixture(scope="session")
def foreign(documents: Mapping[str, Document]) -> ForeignAnswering:
    """Answers over the built-in documents, all passages searched by brute force."""
    encoder = training_encoder()
    ledger = Ledger([read_tables(document) for document in documents.values()], documents)
    answerer = LedgerAnswerer(ledger, shared_tokenizer())
    passages = [passage for document in documents.values() for passage in chunk(document)]
    return ForeignAnswering(
        encoder=encoder,
        finder=ForeignFinder(BruteForce(passages, encoder), ForeignPassageReader(encoder)),
        models=shipped_models(),
        figures=FigureReader(ledger, answerer, ItemMeanings(ledger, encoder, model("items")), model("operations")),
        ledger=ledger,
        documents=documents,
    )
