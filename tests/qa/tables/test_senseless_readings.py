"""What nobody asks is no reading: the largest of one row, or the question's own words again."""

from datetime import date

import pytest

from index.encoders.use_encoder import fresh_use
from qa.evidence.word_vectors import likeness_vectors
from qa.tables.answer_texts import told_values
from qa.tables.asking.asked_model import shipped_asked
from qa.tables.asking.column_model import shipped_columns
from qa.tables.asking.column_signs import ColumnSigns
from qa.tables.frames import OF_NUMBERS, OF_ORDER, TableOperation
from qa.tables.naming.naming_model import shipped_namings
from qa.tables.reading.table_reader import TableCandidate, TableReader
from tests.qa.tables.table_sample import store_of

HALLS = """施設名,地区,区分,定員
中央公民館,中央,公立,300
北浜公民館,北浜,公立,200
北浜図書館,北浜,私立,250
港町ふれあい館,港町,私立,80
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> TableReader:
    store = store_of(tmp_path_factory.mktemp("senseless"), halls=HALLS)
    signs = ColumnSigns(store, likeness_vectors())
    return TableReader(store, fresh_use(), signs, shipped_asked(), shipped_columns(), shipped_namings())


def _read(reader: TableReader, question: str) -> tuple[TableCandidate, ...]:
    return reader.read(question, date(2026, 5, 13)).candidates


def _values(found: tuple[TableCandidate, ...]) -> set[str]:
    single = [c for c in found if c.frame.operation is TableOperation.VALUE and len(c.frame.columns) == 1]
    return {value for one in single for value in told_values(one.frame, one.result)}


@pytest.mark.parametrize("question", ["北浜図書館のうち定員が一番多いのは", "港町ふれあい館の定員の合計は"])
def test_nothing_is_compared_or_added_over_one_row(reader: TableReader, question: str) -> None:
    over_rows = [c for c in _read(reader, question) if c.frame.operation in (*OF_NUMBERS, *OF_ORDER)]
    assert over_rows
    assert all(c.result.counted + c.result.blank > 1 for c in over_rows)


def test_a_value_is_not_the_question_s_own_words(reader: TableReader) -> None:
    told = _values(_read(reader, "中央にある公民館の名前は何ですか、中央公民館ですか"))
    assert "中央" not in told
    assert "公立" in told


def test_of_a_choice_that_the_question_leaves_one_may_be_told(reader: TableReader) -> None:
    assert "公立" in _values(_read(reader, "北浜公民館は公立ですか私立ですか"))
