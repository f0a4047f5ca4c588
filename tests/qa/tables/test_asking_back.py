"""A plain question is answered by what it says; readings that may be meant are offered, and each leads to its answer."""

from datetime import date

import numpy as np
import pytest

from corpus.tables.csv_document import csv_document
from eval.training.tables.asked_tables import Segment
from index.encoders.use_encoder import fresh_use
from qa.evidence.word_vectors import likeness_vectors
from qa.tables.answering import TableAnswering
from qa.tables.asking.conditions import Condition
from qa.tables.computing import compute
from qa.tables.frames import TableFrame, TableOperation
from qa.tables.opening import open_tables
from qa.tables.plain_questions import plain_question
from qa.tables.store.table_store import TablesFile, TableStore

TODAY = date(2026, 5, 13)
CENTRES = """name,address,capacity,telephoneNumber,startTime,endTime
中央公民館,桜浜市北浜1-1,300,0999-55-1111,09:00,21:00
北浜公民館,桜浜市北浜2-2,200,0999-55-2222,09:00,17:00
北浜図書館,桜浜市北浜2-9,250,0999-55-3333,10:00,19:00
桜浜ふれあい館,桜浜市港町3-3,80,0999-55-4444,08:30,22:00
鍛冶町集会所,桜浜市鍛冶町4-4,40,0999-55-5555,09:00,21:30
"""
CLOSE = (
    "中央公民館の時間", "北浜公民館は何時", "中央公民館のこと", "北浜のところ何人", "図書館の番号とか",
    "ふれあい館どうなってる", "集会所の開く閉まる",
    "公民館 定員", "北浜 電話", "遅いのは", "小さい順", "広いところはどこで何人",
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[TableStore, TableAnswering]:
    document, _ = csv_document(CENTRES.encode(), id="centres", title="centres", publisher="", source="")
    folder = tmp_path_factory.mktemp("back")
    made = TablesFile()
    made.write(folder, [made.part(document)])
    store = TableStore([Segment(folder)])
    use = fresh_use()
    answering = open_tables(store, use, use, likeness_vectors(), {document.id: document}, "balanced")
    assert answering is not None
    return store, answering


@pytest.mark.parametrize("column", [1, 2, 3, 4, 5])
def test_a_plain_question_is_answered_by_its_own_frame(
    opened: tuple[TableStore, TableAnswering], column: int
) -> None:
    store, answering = opened
    table = store.table(next(iter(store.heads)))
    named = [text == "北浜図書館" for text in table.columns[0].texts]
    where = (Condition(0, "named", "北浜図書館", np.array(named)),)
    frame = TableFrame(table, TableOperation.VALUE, (column,), where)
    result = compute(frame)
    assert result is not None
    answer = answering.answer(plain_question(frame), (), TODAY)
    assert answer is not None
    assert answer.confidence == 1
    assert answer.short.startswith(table.text(2, column))


def test_each_reading_that_is_offered_leads_to_an_answer_of_its_own(
    opened: tuple[TableStore, TableAnswering],
) -> None:
    _, answering = opened
    offered = {question: answering.offer(question, (), TODAY) for question in CLOSE}
    assert any(len(one.questions) > 1 for one in offered.values())
    for question, one in offered.items():
        answers = [answering.as_offered(option, [question], TODAY) for option in one.questions]
        assert all(answer and answer.confidence == 1 for answer in answers)
        assert len({(answer.short, answer.understood) for answer in answers if answer}) == len(answers)


def test_an_option_says_nothing_else_without_what_was_asked_before_it(
    opened: tuple[TableStore, TableAnswering],
) -> None:
    _, answering = opened
    offered = {question: answering.offer(question, (), TODAY).questions for question in CLOSE}
    shared = [
        (answering.as_offered(option, [question], TODAY), answering.as_offered(option, [], TODAY))
        for question, options in offered.items()
        for option in options
    ]
    both = [(chosen, alone) for chosen, alone in shared if alone]
    assert len(both) > len(shared) / 2
    assert all(chosen and chosen.short == alone.short for chosen, alone in both)


def test_what_was_not_offered_is_no_option(opened: tuple[TableStore, TableAnswering]) -> None:
    _, answering = opened
    assert answering.as_offered("中央公民館の定員は", ["北浜のところ何人"], TODAY) is None
    assert (
        answering.as_offered("「なぞの表」で、「中央公民館」の定員は何ですか", ["北浜のところ何人"], TODAY)
        is None
    )
