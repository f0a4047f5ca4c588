"""Puts together what answers from the tables, over one opened bundle."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

from corpus.types import Document
from index.encoders.use_encoder import UseEncoder
from index.types import Encoder
from qa.cross.judging import PairJudge
from qa.cross.network import CrossEncoder
from qa.evidence.word_vectors import LikenessVectors
from qa.tables.answering import TableAnswering
from qa.tables.asking.asked_model import shipped_asked
from qa.tables.asking.column_model import shipped_columns
from qa.tables.asking.column_signs import ColumnSigns
from qa.tables.naming.naming_model import shipped_namings
from qa.tables.reading.frame_ranker import shipped_ranker
from qa.tables.reading.table_reader import TableReader
from qa.tables.store.table_store import TableStore


def open_tables(
    store: TableStore,
    encoder: Encoder,
    built_in: UseEncoder,
    likeness: LikenessVectors,
    documents: Mapping[str, Document],
    certainty: str,
) -> TableAnswering | None:
    """Return what answers from the tables of a store; None where there are none.

    `encoder` is the built-in one, which may remember vectors.
    """
    if not store:
        return None
    reader = TableReader(
        store, encoder, ColumnSigns(store, likeness), shipped_asked(), shipped_columns(), shipped_namings()
    )
    limits = table_thresholds()
    judge = PairJudge(built_in, shipped_table_judge())
    return TableAnswering(reader, shipped_ranker(), judge, documents, limits[certainty], limits["numbers"])


@cache
def shipped_table_judge() -> CrossEncoder:
    """Return the network that reads a question together with frames said as plain questions."""
    with as_file(files("qa.tables") / "model" / "judge.npz") as path:
        return CrossEncoder.open(path)


def table_thresholds() -> Mapping[str, float]:
    """Return from which probability on an answer is shown, by the certainty that the settings ask for."""
    return dict(
        json.loads(files("qa.tables").joinpath("model", "thresholds.json").read_text(encoding="utf-8"))
    )
