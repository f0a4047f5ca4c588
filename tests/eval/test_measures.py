"""What counts as right, and how much."""

from decimal import Decimal

import pytest

from eval.answers import char_f1, exact_match
from eval.citations import touches
from eval.figures import figure_accuracy, number, same_value
from eval.judging import judge
from eval.replies import failed, from_json, record
from eval.types import GoldQuestion, ReplyRecord, Score
from qa.types import FigureShown, Reply
from tests.eval.replying import GOLD, RIGHT, TEXT, WRONG, answer, figure

TEXTS = {"lib": TEXT}


def scored(gold: GoldQuestion, reply: Reply) -> Score:
    return judge(gold, record(reply), texts=TEXTS, evidence_ranks=None)


@pytest.mark.parametrize(
    ("said", "gold", "exact", "f1"),
    [
        ("月曜日", ["月曜日"], 1.0, 1.0),
        ("「月曜日」です。", ["月曜日"], 0.0, 2 * 3 / (5 + 3)),
        ("１，２００ 千円", ["1200千円"], 1.0, 1.0),
        ("", ["月曜日"], 0.0, 0.0),
        ("日曜", ["月曜日", "土曜"], 0.0, 2 * 2 / (2 + 3)),
        ("あああ", ["ああ"], 0.0, 2 * 2 / (3 + 2)),
        ("ＹＯＫＥ", ["yoke"], 1.0, 1.0),
        ("⺠間", ["民間"], 1.0, 1.0),
    ],
)
def test_exact_match_and_char_f1_agree_with_counts_done_by_hand(said, gold, exact, f1):
    assert exact_match(said, gold) == exact
    assert char_f1(said, gold) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("gold", "unit", "said", "said_unit", "same"),
    [
        ("1634083", "千円", "1634083", "千円", True),
        ("1634083", "千円", "1634083000", "円", True),
        ("1634083", "千円", "163408.3", "万円", True),
        ("1634083", "千円", "163408", "万円", True),  # rounded to its own unit
        ("1634083", "千円", "163409", "万円", False),
        ("1634083", "千円", "1634084", "千円", False),
        ("1634083", "千円", "1634083", "", False),  # money without its unit is no amount
        ("7400", "千円", "-7400", "千円", True),
        ("12.3", "%", "12.34", "%", True),
        ("12.3", "%", "12.4", "%", False),
        ("4", "か所", "4", "カ所", True),
        ("4", "か所", "-4", "か所", False),
        ("4", "か所", "四", "か所", False),
    ],
)
def test_a_figure_is_right_only_to_its_last_printed_digit(gold, unit, said, said_unit, same):
    assert same_value(Decimal(gold), unit, said, said_unit) is same


def test_a_large_amount_is_compared_exactly_where_floats_would_blur():
    assert not same_value(Decimal(9007199254740993), "円", "9007199254740992", "円")


def test_figure_accuracy_asks_for_the_unit_too():
    gold = GoldQuestion("x", "何人？", "figure", value=Decimal(59), unit="人")
    persons = FigureShown("職員", None, "count", "59", "人", None, ())
    places = FigureShown("職員", None, "count", "59", "か所", None, ())
    assert figure_accuracy(gold, ReplyRecord("answered", figures=(persons,))) == 1
    assert figure_accuracy(gold, ReplyRecord("answered", figures=(places,))) == 0


def test_a_short_answer_that_is_a_number_with_its_unit_is_a_figure_too():
    gold = GoldQuestion("x", "何件？", "figure", value=Decimal(1200), unit="件")
    for said, right in (
        ("1,200件", 1),
        ("１２００件", 1),
        ("1,200人", 0),
        ("1,201件", 0),
        ("1,200件のうち3件", 0),
    ):
        assert figure_accuracy(gold, ReplyRecord("answered", short_answer=said)) == right, said


def test_numbers_are_read_as_printed_and_nonsense_is_none():
    assert number("△1,234") == Decimal(-1234)
    assert number("約3") is None
    assert number("NaN") is None


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_right_replies_of_every_kind_count_as_right(gold):
    score = scored(gold, RIGHT[gold.question])
    assert score.measures["correct"] == 1
    assert score.outcome in ("right", "refused_rightly")


def test_a_wrong_number_is_counted_and_explained_with_both_values():
    score = scored(GOLD[1], WRONG["図書購入費はいくら？"])
    assert score.outcome == "wrong_number"
    assert score.measures["wrong_number"] == 1
    assert "1,200千円" in score.reason
    assert "900千円" in score.reason


def test_a_list_with_a_missing_and_an_invented_member_loses_recall_and_precision():
    score = scored(GOLD[2], WRONG["分館を全部"])
    assert score.outcome == "incomplete"
    assert score.measures["list_recall"] == pytest.approx(2 / 3)
    assert score.measures["list_precision"] == pytest.approx(2 / 3)
    assert score.measures["list_f1"] == pytest.approx(2 / 3)
    assert "南分館" in score.reason


def test_answering_what_the_documents_do_not_tell_is_wrong():
    score = scored(GOLD[3], WRONG["駐車料金は？"])
    assert (score.outcome, score.measures["refusal_recall"]) == ("answered_unanswerable", 0)


def test_declining_what_the_documents_tell_is_no_wrong_number_but_a_refusal_too_many():
    score = scored(GOLD[1], RIGHT["駐車料金は？"])
    assert score.measures["refused_wrong"] == 1
    assert score.measures["wrong_number"] == 0
    assert score.measures["precision_of_answers"] is None
    assert score.measures["refusal_precision"] == 0


def test_asking_back_is_right_only_where_the_set_says_ambiguous():
    asked = RIGHT["講座はいつ？"]
    assert scored(GOLD[4], asked).measures["correct"] == 1
    assert scored(GOLD[0], asked).outcome == "asked_back"


def test_a_failure_of_the_program_is_never_a_good_refusal():
    score = judge(GOLD[3], failed(RuntimeError("boom")), texts={}, evidence_ranks=None)
    assert (score.outcome, score.measures["correct"]) == ("error", 0)
    assert score.measures["refusal_recall"] == 0


def test_a_passage_in_place_of_a_short_answer_counts_leniently_only():
    score = scored(GOLD[0], answer(TEXT, "図書館の休館日は月曜日です。"))
    assert score.measures["correct"] == 0
    assert score.measures["answerable_lenient"] == 1
    assert score.outcome == "not_brief"


def test_a_quote_that_is_not_at_its_place_is_not_verbatim():
    good = record(RIGHT["休館日は何曜日？"])
    moved = from_json(
        {"status": "answered", "citations": [{"document": "lib", "quote": "休館日", "start": 0, "end": 3}]}
    )
    assert judge(GOLD[0], good, texts=TEXTS, evidence_ranks=None).measures["citations_verbatim"] == 1
    assert judge(GOLD[0], moved, texts=TEXTS, evidence_ranks=None).measures["citations_verbatim"] == 0
    assert judge(GOLD[0], good, texts={}, evidence_ranks=None).measures["citations_verbatim"] is None


def test_citation_precision_and_recall_count_citations_and_evidence():
    gold = GoldQuestion(
        "x", "？", "fact", answers=("月曜日",), evidence=("休館日は月曜日です", "講座は春と秋に開きます")
    )
    reply = figure("1", "円", "図書購入費は1,200千円")
    both = record(reply)
    two = ReplyRecord(
        "answered",
        short_answer="月曜日",
        citations=(*both.citations, *record(RIGHT["休館日は何曜日？"]).citations),
    )
    measures = judge(gold, two, texts=TEXTS, evidence_ranks=None).measures
    assert (measures["citation_precision"], measures["citation_recall"]) == (0.5, 0.5)
    assert measures["citations_on_evidence"] == 1


def test_a_quote_touches_evidence_by_eight_characters_in_a_row():
    assert touches("xx図書館の休館日は月曜yy", "図書館の休館日は月曜日です")
    assert not touches("休館日は火", "図書館の休館日は月曜日です")


def test_replies_of_other_programs_may_leave_fields_out_or_null():
    reply = from_json({"status": "answered", "short_answer": None, "figures": [{"value": 12, "unit": None}]})
    assert reply.figures[0].value == "12"
    with pytest.raises(ValueError, match="status"):
        from_json({"status": "maybe"})
