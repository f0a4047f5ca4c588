"""Test sets in the forms people have, and in the states they are in."""

import csv
import io
import json
import time
from decimal import Decimal

import pytest

from eval.datasets.beir import read_beir
from eval.datasets.reading import read_set
from eval.datasets.template import HEADERS, write_template

ROWS = (
    "番号,質問,種別,正解,根拠,利用者,難易度\n"
    "1,休館日はいつ？,事実,月曜日|月曜,休館日は月曜日,住民,易\n"
    "2,駐車料金は？,答えなし,,,住民,難\n"
)


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_set(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp"])
def test_a_csv_is_read_in_whatever_encoding_the_office_saved_it(tmp_path, encoding):
    gold = read(tmp_path, "set.csv", ROWS.encode(encoding))
    assert [q.id for q in gold.questions] == ["1", "2"]
    assert gold.questions[0].answers == ("月曜日", "月曜")
    assert gold.questions[1].kind == "unanswerable"
    assert gold.questions[0].fields == {"難易度": "易"}
    assert not any(problem.fatal for problem in gold.problems)


def test_english_headers_and_tabs_do_as_well(tmp_path):
    gold = read(tmp_path, "set.tsv", "id\tQuestion\tAnswer\tValue\tUnit\nx\tいくら？\t\t1,200\t千円\n")
    assert gold.questions[0].value == Decimal(1200)
    assert gold.questions[0].kind == "figure"


def test_each_problem_names_row_and_column_and_the_good_rows_remain(tmp_path):
    text = (
        ROWS
        + "3,,事実,月曜日\n4,いくら？,事実,\n5,いくら？,謎,1円\n1,別の質問,事実,x\n6,料金は？,答えなし,100円\n"
    )
    gold = read(tmp_path, "set.csv", text)
    assert [q.id for q in gold.questions] == ["1", "2"]
    told = {problem.row: str(problem) for problem in gold.problems if problem.fatal}
    assert sorted(told) == [4, 5, 6, 7, 8]
    assert "質問がありません" in told[4]
    assert "質問" in told[4].split("：")[0]
    assert "正解がありません" in told[5]
    assert "種別「謎」" in told[6]
    assert "2行目と重なっています" in told[7]
    assert "答えなし" in told[8]


def test_a_title_above_the_header_and_a_quoted_line_break_are_taken_in_their_stride(tmp_path):
    gold = read(tmp_path, "set.csv", '窓口試験,,\n\n質問,正解\n"休館日は\nいつ？","月曜日\n月曜"\n')
    assert gold.questions[0].question == "休館日は\nいつ？"
    assert gold.questions[0].answers == ("月曜日", "月曜")


def test_a_table_without_our_header_is_refused_with_the_cure(tmp_path):
    gold = read(tmp_path, "set.csv", "a,b\n1,2\n")
    assert gold.questions == ()
    assert "madoguchi eval template" in gold.problems[0].message


def test_a_broken_json_line_costs_only_itself(tmp_path):
    lines = [
        '{"id": "a", "question": "いつ？", "answers": ["月曜"]}',
        '{"id": "b", "question"',
        "[1]",
        "null",
        '{"id": "c"}',
    ]
    gold = read(tmp_path, "set.jsonl", "\n".join(lines))
    assert [q.id for q in gold.questions] == ["a"]
    assert [problem.row for problem in gold.problems] == [2, 3, 4, 5]


def test_the_same_question_under_two_numbers_is_kept_and_remarked(tmp_path):
    gold = read(tmp_path, "set.csv", "番号,質問,正解\n1,いつ？,月曜\n2,いつ？,月曜\n")
    assert len(gold.questions) == 2
    assert not gold.problems[0].fatal


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    assert read(tmp_path, "set.jsonl", "").problems[0].message == "質問が一つもありません"


def test_an_unknown_form_and_a_missing_file_are_refused_with_what_there_is(tmp_path):
    with pytest.raises(ValueError, match=r"\.xlsx"):
        read(tmp_path, "set.docx", b"x")
    with pytest.raises(FileNotFoundError, match="yokohama-dev"):
        read_set(tmp_path / "nothing.csv")


def book(rows, *, change=lambda sheet: None) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    change(workbook.active)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def test_a_workbook_is_read_with_its_numbers(tmp_path):
    gold = read(
        tmp_path,
        "set.xlsx",
        book(
            [["質問", "正解", "数値", "単位"], ["いくら？", None, 1200, "千円"], ["何割？", None, 12.5, "%"]]
        ),
    )
    assert [q.value for q in gold.questions] == [Decimal(1200), Decimal("12.5")]


def test_merged_cells_are_filled_down_and_remarked_but_never_a_question(tmp_path):
    def merge(sheet):
        sheet.merge_cells("C2:C3")
        sheet.merge_cells("A2:A3")

    rows = [
        ["質問", "正解", "種別"],
        ["いつ？", "月曜", "事実"],
        [None, "火曜", None],
        ["どこ？", "東", "事実"],
    ]
    gold = read(tmp_path, "set.xlsx", book(rows, change=merge))
    assert [q.question for q in gold.questions] == ["いつ？", "どこ？"]
    told = " ".join(map(str, gold.problems))
    assert "C2:C3" in told
    assert "A2:A3" in told
    assert "3行目" in told


def test_a_formula_without_a_result_costs_its_row_and_says_what_to_do(tmp_path):
    rows = [["質問", "正解", "数値"], ["いくら？", None, "=1+1"], ["いつ？", "月曜", None]]
    gold = read(tmp_path, "set.xlsx", book(rows))
    assert [q.question for q in gold.questions] == ["いつ？"]
    assert "数式（C2）" in gold.problems[0].message


def test_a_file_that_only_calls_itself_a_workbook_is_refused(tmp_path):
    assert "Excel" in read(tmp_path, "set.xlsx", b"not a zip").problems[0].message


def test_squad_nested_and_flat_give_the_same_question(tmp_path):
    context = "雨が降る。梅雨は雨季の一種である。次の文。"
    answers = [{"text": "雨季", "answer_start": 8}]
    nested = {"data": [{"title": "梅雨", "paragraphs": [{"context": context, "qas": [
        {"id": "a", "question": "何の一種？", "answers": answers, "is_impossible": False},
        {"id": "b", "question": "誰の？", "answers": [], "is_impossible": True},
        {"id": "c", "question": "何？", "answers": [{"text": "雨季", "answer_start": 0}]}]}]}]}  # fmt: skip
    flat = [{"id": "a", "title": "梅雨", "context": context, "question": "何の一種？",
             "answers": {"text": ["雨季"], "answer_start": [8]}}]  # fmt: skip
    first = read(tmp_path, "nested.json", json.dumps(nested))
    second = read(tmp_path, "flat.json", json.dumps(flat))
    assert first.questions[0] == second.questions[0]
    assert first.questions[0].evidence == ("梅雨は雨季の一種である。",)
    assert first.questions[1].kind == "unanswerable"
    assert "answer_start" in first.problems[0].message
    assert not first.problems[0].fatal


def test_the_template_is_itself_a_good_test_set(tmp_path):
    for name in ("t.xlsx", "t.csv"):
        write_template(tmp_path / name)
        gold = read_set(tmp_path / name)
        assert [q.kind for q in gold.questions] == ["fact", "figure", "list", "unanswerable"]
        assert gold.problems == ()
    assert next(csv.reader((tmp_path / "t.csv").open(encoding="utf-8-sig"))) == list(HEADERS)


def test_fifty_thousand_rows_are_read_in_seconds(tmp_path):
    text = "質問,正解\n" + "".join(f"質問{i}はどこ？,場所{i}\n" for i in range(50_000))
    begun = time.perf_counter()
    assert len(read(tmp_path, "set.csv", text).questions) == 50_000
    assert time.perf_counter() - begun < 15


def beir(folder, corpus, queries, qrels):
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(rows), "utf-8")
    (folder / "qrels" / "test.tsv").write_text(qrels, "utf-8")
    return folder


def test_a_beir_folder_keeps_its_good_lines_and_lists_the_others(tmp_path):
    folder = beir(
        tmp_path / "set",
        ['{"_id": "d1", "title": "旅券", "text": "窓口"}', "{broken", '{"_id": "d1", "text": "again"}'],
        ['{"_id": "q1", "text": "どこ"}', '{"_id": "q2", "text": "いつ"}'],
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\tgone\t1\nq9\td1\t1\nq1\n",
    )
    gold = read_beir(folder)
    assert gold.corpus == {"d1": ("旅券", "窓口")}
    assert gold.queries == {"q1": "どこ"}
    assert gold.qrels == {"q1": {"d1": 2, "gone": 1}}
    told = [(problem.column, problem.row) for problem in gold.problems]
    assert told == [
        ("corpus.jsonl", 2),
        ("corpus.jsonl", 3),
        ("test.tsv", 3),
        ("test.tsv", 4),
        ("test.tsv", 5),
        ("queries.jsonl", None),
    ]


def test_a_beir_folder_without_qrels_names_the_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"corpus\.jsonl"):
        read_beir(tmp_path)
