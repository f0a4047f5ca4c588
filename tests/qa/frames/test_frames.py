"""Questions about figures in any words: read as a frame by what was learned, computed exactly, said back plainly."""

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.reading.text import text_document
from corpus.tables import read_tables
from eval.training.frames.__main__ import measured, plain_wordings, wordings
from index.encoders.use_encoder import fresh_use
from qa.assistant import Assistant
from qa.building import build
from qa.frames.computing import compute
from qa.frames.frame import Frame, Operation
from qa.frames.masking import masked
from qa.frames.operation_model import shipped_operations
from qa.frames.reading import SURE
from qa.ledger import Ledger
from qa.ledger.items import Item
from qa.types import Answer, Clarification, Decline, Reply

UNSEEN = Path(__file__).parents[2] / "data" / "budget-wordings" / "writer-d.tsv"
BUDGET = """令和８年度 みどり局予算の概要（単位：千円）
区分　本年度　前年度　増減
合計　1,000　900　100
１ 里山の保全　500千円（300千円）
　　自然課
２ 市民農園　300千円（300千円）
３ 街路樹【新規】　150千円（―）
４ 公園遊具　50千円（300千円）
"""


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    document = text_document(BUDGET, id="midori", title="令和８年度 みどり局予算の概要", fiscal_year=None)
    return Ledger(read_tables(document), {document.id: document})


def _item(ledger: Ledger, name: str) -> Item:
    return next(item for item in ledger.items if item.label == name)


def _computed(ledger: Ledger, operation: Operation, *names: str, order: int | None = None) -> Reply | None:
    items = tuple(_item(ledger, name) for name in names)
    return compute(Frame(operation, items, 2026, order), ledger, 0.9)


@pytest.mark.parametrize(
    ("operation", "names", "value"),
    [
        (Operation.AMOUNT, ["里山の保全"], 500),
        (Operation.CHANGE, ["公園遊具"], -250),
        (Operation.RATE, ["里山の保全"], Decimal("66.7")),
        (Operation.SHARE, ["市民農園"], 30),
        (Operation.DIFFERENCE, ["市民農園", "里山の保全"], 200),
        (Operation.SUM, ["市民農園", "街路樹"], 450),
    ],
)
def test_what_is_computed_is_what_the_figures_give(
    ledger: Ledger, operation: Operation, names: list[str], value: Decimal
) -> None:
    reply = _computed(ledger, operation, *names)
    assert isinstance(reply, Answer)
    assert Decimal(reply.figures[0].value) == value


@pytest.mark.parametrize(
    ("operation", "order", "name"),
    [
        (Operation.LARGEST, None, "里山の保全"),
        (Operation.NTH, 3, "街路樹"),
        (Operation.SMALLEST, None, "公園遊具"),
        (Operation.RISE, None, "里山の保全"),
        (Operation.FALL, None, "公園遊具"),
        (Operation.DEPARTMENT, None, "自然課"),
    ],
)
def test_a_place_in_an_order_is_told(
    ledger: Ledger, operation: Operation, order: int | None, name: str
) -> None:
    names = ["里山の保全"] if operation is Operation.DEPARTMENT else []
    reply = _computed(ledger, operation, *names, order=order)
    assert isinstance(reply, Answer)
    assert reply.short == name


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        (Operation.INCREASED, ("里山の保全",)),
        (Operation.UNCHANGED, ("市民農園",)),
        (Operation.NEW, ("街路樹",)),
    ],
)
def test_all_that_fit_are_listed(ledger: Ledger, operation: Operation, members: tuple[str, ...]) -> None:
    reply = _computed(ledger, operation)
    assert isinstance(reply, Answer)
    assert reply.members == members


def test_a_place_that_two_items_share_is_not_given_to_one(ledger: Ledger) -> None:
    document = text_document(
        BUDGET.replace("150千円（―）", "300千円（―）"),
        id="m",
        title="令和８年度 みどり局予算",
        fiscal_year=None,
    )
    same = Ledger(read_tables(document), {document.id: document})
    assert compute(Frame(Operation.NTH, (), 2026, 2), same, 0.9) is None


def test_what_has_no_figure_of_the_year_is_not_computed(ledger: Ledger) -> None:
    assert _computed(ledger, Operation.CHANGE, "街路樹") is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("市民農園の令和7年度の予算は", "甲の年の予算は"),
        ("里山の保全と街路樹、どっちが多い?", "甲と乙、どっちが多い?"),
        ("第三位はどれ", "第はどれ"),
    ],
)
def test_what_is_exact_is_masked(ledger: Ledger, question: str, text: str) -> None:
    assert masked(question, ledger.names).text == text


def test_the_operation_of_a_writer_that_was_not_fitted_on_is_told() -> None:
    told = measured(shipped_operations(), wordings(UNSEEN), fresh_use())
    assert isinstance(told["operation right"], float)
    assert isinstance(told["wrong of the sure"], float)
    assert told["operation right"] > 0.9
    assert told["wrong of the sure"] < 0.02


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("三番目に予算の多い事業は", "国際協力推進事業"),
        ("減らされた額が三番目に大きいのは", "海外事務所運営費"),
    ],
)
def test_a_place_is_asked_for_in_words_that_no_rule_knows(
    assistant: Assistant, question: str, short: str
) -> None:
    reply = assistant.ask(question)
    assert isinstance(reply, Answer)
    assert reply.short == short
    assert reply.understood


def test_what_stayed_as_it_was_is_listed(assistant: Assistant) -> None:
    reply = assistant.ask("予算が前の年と変わらなかったものってありますか")
    assert isinstance(reply, Answer)
    assert reply.members == ("国際平和・SDGs推進事業",)


def test_that_no_item_fits_is_said(ledger: Ledger) -> None:
    document = text_document(
        BUDGET.replace("（300千円）\n３", "（299千円）\n３"),
        id="m",
        title="令和８年度 みどり局予算",
        fiscal_year=None,
    )
    none = Ledger(read_tables(document), {document.id: document})
    reply = compute(Frame(Operation.UNCHANGED, (), 2026), none, 0.9)
    assert isinstance(reply, Decline)


@pytest.fixture(scope="module")
def bureaus(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two bureaus' budgets in one home."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("budgets")
    (folder / "midori.txt").write_text(BUDGET, encoding="utf-8")
    other = BUDGET.replace("みどり局", "みなと局").replace("里山", "港").replace("市民農園", "桟橋")
    (folder / "minato.txt").write_text(other, encoding="utf-8")
    build(home, corpus=folder)
    return Assistant.open(home)


def test_every_plain_question_of_a_frame_is_read_as_that_frame() -> None:
    model, encoder = shipped_operations(), fresh_use()
    for operation, text in plain_wordings():
        assert model.chances(text, encoder)[operation] >= SURE
        assert model.knows(text)


def test_of_several_budgets_the_one_that_is_named_is_meant(bureaus: Assistant) -> None:
    reply = bureaus.ask("みなと局で二番目に金額の多い事業はどれ?")
    assert isinstance(reply, Answer)
    assert reply.short == "桟橋"


def test_a_budget_called_initial_is_its_bureaus_too() -> None:
    title = "令和８年度 みどり局当初予算"
    document = text_document(BUDGET.replace("予算の概要", "当初予算"), id="m", title=title, fiscal_year=None)
    ledger = Ledger(read_tables(document), {document.id: document})
    said = masked("みどり局は全部でいくら", ledger.names, list(ledger.totals.values()))
    assert said.text == "局は全部でいくら"


def test_where_none_of_several_budgets_is_named_it_is_asked_which(bureaus: Assistant) -> None:
    reply = bureaus.ask("二番目に金額の多い事業はどれ?")
    assert isinstance(reply, Clarification)
    assert [bureaus.ask(option).short for option in reply.options] == ["市民農園", "桟橋"]  # type: ignore[union-attr]


@pytest.mark.parametrize("question", ["お世話になっております。国際局予算はいくらですか"])
def test_what_is_not_clear_is_asked_back_and_every_option_answers(
    assistant: Assistant, question: str
) -> None:
    reply = assistant.ask(question)
    options = reply.options if isinstance(reply, Clarification) else (reply.understood or "",)
    assert options
    assert all(isinstance(assistant.ask(option), Answer) for option in options)


@pytest.mark.parametrize(
    "question",
    ["図書館の予算はいくら", "海外事務所運営費の光熱水費だけでいくら", "図書館の事業で一番高いのはどれ"],
)
def test_no_figure_is_shown_for_what_the_ledger_does_not_hold(assistant: Assistant, question: str) -> None:
    reply = assistant.ask(question)
    assert not (isinstance(reply, Answer) and reply.figures)


@pytest.mark.parametrize(
    "question",
    ["みなと局の桟橋の消耗品費どんくらい?", "みどり局、1件あたりなんぼだべ", "港の保全の広告宣伝費だけ"],
)
def test_an_items_own_amount_is_not_shown_where_a_part_of_it_is_asked_for(
    bureaus: Assistant, question: str
) -> None:
    assert not isinstance(bureaus.ask(question), Answer)
