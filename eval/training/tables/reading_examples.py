"""Written questions as the models of `qa.tables` are fitted on them, read against their own table or against all."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.training.tables.asked_tables import AskedTable, WrittenTables, questions, read_writer, stored
from index.encoders.use_encoder import UseEncoder
from qa.evidence.word_vectors import likeness_vectors
from qa.tables.asking.asked_forms import AskedForms, forms_in
from qa.tables.asking.asked_model import BUCKETS, AskedModel
from qa.tables.asking.column_model import ColumnModel
from qa.tables.asking.column_signs import KINDS, ColumnSigns
from qa.tables.naming.cell_namings import Naming, namings
from qa.tables.naming.meant_names import Meant
from qa.tables.naming.naming_model import NamingModel, Numbers, naming_signs
from qa.tables.reading.found_tables import boundaries_of, outside_forms
from qa.tables.reading.read_table import ReadTable
from qa.tables.reading.table_reader import OPERATIONS, TableReader
from qa.tables.store.table_store import TableStore
from qa.tables.store.value_keys import KeyedText, keyed_question


@dataclass(frozen=True)
class Writer:
    """A writer's tables, stored, with the questions."""

    written: WrittenTables
    store: TableStore
    signs: ColumnSigns
    asked: tuple[AskedTable, ...]


def open_writer(folder: Path, work: Path) -> Writer:
    """Return a writer's tables, stored in the work folder."""
    written = read_writer(folder)
    store = stored([written], work / folder.name)
    return Writer(
        written, store, ColumnSigns(store, likeness_vectors()), tuple(questions(folder, written, store))
    )


def no_asked() -> AskedModel:
    """Return a model that knows nothing: for reading what comes before it."""

    def zeros(*shape: int) -> Numbers:
        return np.zeros(shape, np.float32)

    operations, kinds = len(OPERATIONS), len(KINDS)
    return AskedModel(
        OPERATIONS, KINDS, zeros(BUCKETS, 1), zeros(512, 1), zeros(1), zeros(1, operations), zeros(operations),
        zeros(1, kinds), zeros(kinds),
    )  # fmt: skip


def reader_of(
    writer: Writer, encoder: UseEncoder, asked: AskedModel, columns: ColumnModel | None, names: NamingModel
) -> TableReader:
    """Return what reads questions against a writer's tables."""
    return TableReader(writer.store, encoder, writer.signs, asked, columns, names)  # type: ignore[arg-type]


def text_of(asked: AskedTable) -> tuple[KeyedText, AskedForms]:
    """Return a question with the turns before it, and its forms."""
    text = keyed_question(" ".join([*asked.before, asked.question]))
    return text, forms_in(text.text, asked.today)


def named_in(writer: Writer, asked: AskedTable, encoder: UseEncoder) -> tuple[list[Naming], Numbers]:
    """Return what a question names in its own table, with the signs of each naming."""
    text, forms = text_of(asked)
    whole = np.asarray(encoder.encode_queries([text.text])[0], np.float32)
    letters = outside_forms(namings(writer.store, text), text, forms).get(asked.table, [])
    named = Meant(writer.store, encoder, text, whole).added(asked.table, letters)
    table = writer.store.table(asked.table)
    if not named:
        return named, np.zeros((0, 0), np.float32)
    return named, naming_signs(table, named, text, boundaries_of(text.text), writer.store.places)


def against_own_table(
    writer: Writer, asked: AskedTable, encoder: UseEncoder, reader: TableReader, names: NamingModel
) -> ReadTable:
    """Return a question as read against its own table."""
    named, signs = named_in(writer, asked, encoder)
    likely = list(zip(named, names.chances(signs).tolist(), strict=True)) if named else []
    return reader.one_table(asked.table, likely, text_of(asked)[0])
