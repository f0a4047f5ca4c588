"""What is computed of a frame is what the figures give, or nothing: numbers, places in an order, lists, sources, words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.budgets import read_tables
from corpus.reading.text import text_document
from qa.frames.computing import compute
from qa.frames.frame import Frame, Threshold
from qa.frames.operations import Operation
from qa.ledger import Ledger
from qa.ledger.items import Item
from qa.types import Answer, Decline, Reply

BUDGET = """令和８年度 みどり局予算の概要（単位：千円）
区分　本年度　前年度　増減
合計　1,000　900　100
１ 里山の保全　500千円（300千円）
　　財源：国 100千円、市債 150千円、一般財源 250千円
　　担当：自然課
　　　里山を８か所で手入れします。
２ 市民農園　300千円（300千円）
　　担当：農園課
３ 街路樹【新規】　150千円（―）
４ 公園遊具　50千円（300千円）
　　理由　買い替えを終えたため
"""
TITLE = "令和８年度 みどり局予算の概要"


def ledger_of(text: str) -> Ledger:
    document = text_document(text, id="midori", title=TITLE, fiscal_year=None)
    return Ledger(read_tables(document), {document.id: document})


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_of(BUDGET)


def _item(ledger: Ledger, name: str) -> Item:
    return next(item for item in ledger.items if item.label == name)


def computed(ledger: Ledger, operation: Operation, *names: str, **slots: object) -> Reply | None:
    items = tuple(_item(ledger, name) for name in names)
    whole = next(iter(ledger.totals.values()))
    frame = Frame(operation, items, year=2026, base=2025, whole=whole)
    return compute(replace(frame, **slots), ledger, 0.9)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("operation", "names", "value"),
    [
        (Operation.AMOUNT, ["里山の保全"], 500),
        (Operation.CHANGE, ["公園遊具"], -250),
        (Operation.RATE, ["里山の保全"], Decimal("66.7")),
        (Operation.SHARE, ["市民農園"], 30),
        (Operation.SHARE_OF, ["里山の保全", "市民農園"], 60),
        (Operation.DIFFERENCE, ["市民農園", "里山の保全"], 200),
        (Operation.TIMES, ["里山の保全", "公園遊具"], 10),
        (Operation.SUM, ["市民農園", "街路樹"], 450),
        (Operation.PLACE, ["街路樹"], 3),
    ],
)
def test_what_is_computed_is_what_the_figures_give(
    ledger: Ledger, operation: Operation, names: list[str], value: Decimal
) -> None:
    reply = computed(ledger, operation, *names)
    assert isinstance(reply, Answer)
    assert Decimal(reply.figures[0].value) == value


@pytest.mark.parametrize(
    ("operation", "sources", "value"),
    [
        (Operation.SOURCE, ("国費",), 100),
        (Operation.SOURCE_SUM, ("国", "市債"), 250),
        (Operation.SOURCE_SUM, ("特定財源",), 250),
        (Operation.SOURCE_SHARE, ("一財",), 50),
    ],
)
def test_sources_are_told_by_the_words_people_use(
    ledger: Ledger, operation: Operation, sources: tuple[str, ...], value: int
) -> None:
    reply = computed(ledger, operation, "里山の保全", sources=sources)
    assert isinstance(reply, Answer)
    assert Decimal(reply.figures[0].value) == value


def test_a_source_that_is_not_printed_is_declined_with_what_is(ledger: Ledger) -> None:
    reply = computed(ledger, Operation.SOURCE, "里山の保全", sources=("入湯税",))
    assert isinstance(reply, Decline)
    assert "500千円" in reply.text


@pytest.mark.parametrize(
    ("operation", "order", "name"),
    [
        (Operation.LARGEST, None, "里山の保全"),
        (Operation.LARGEST, 3, "街路樹"),
        (Operation.SMALLEST, None, "公園遊具"),
        (Operation.RISE, None, "里山の保全"),
        (Operation.FALL, None, "公園遊具"),
        (Operation.RATE_FALL, None, "公園遊具"),
        (Operation.MOST_DEPARTMENT, None, "自然課"),
    ],
)
def test_a_place_in_an_order_is_told(
    ledger: Ledger, operation: Operation, order: int | None, name: str
) -> None:
    reply = computed(ledger, operation, order=order)
    assert isinstance(reply, Answer)
    assert reply.short == name


@pytest.mark.parametrize(
    ("operation", "lesser", "name"),
    [
        (Operation.RISE, False, "里山の保全"), (Operation.RISE, True, "街路樹"),
        (Operation.RATE_RISE, False, "里山の保全"), (Operation.RATE_RISE, True, "街路樹"),
    ],
)  # fmt: skip
def test_the_smallest_rise_is_another_one_than_the_largest(
    operation: Operation, lesser: bool, name: str
) -> None:
    risen = BUDGET.replace("街路樹【新規】　150千円（―）", "街路樹　150千円（100千円）")
    reply = computed(ledger_of(risen.replace("1,000　900　100", "1,000　1,000　0")), operation, lesser=lesser)
    assert isinstance(reply, Answer)
    assert reply.short == name


@pytest.mark.parametrize(
    ("operation", "slots", "members"),
    [
        (Operation.INCREASED, {}, ("里山の保全",)),
        (Operation.UNCHANGED, {}, ("市民農園",)),
        (Operation.NEW, {}, ("街路樹",)),
        (Operation.ABOVE, {"bar": Threshold(Decimal(300), "千円")}, ("里山の保全", "市民農園")),
        (Operation.OF_DEPARTMENT, {"division": "農園課"}, ("市民農園",)),
        (Operation.WITH_SOURCE, {"sources": ("国",)}, ("里山の保全",)),
        (Operation.TOP, {"count": 2}, ("里山の保全", "市民農園")),
    ],
)
def test_all_that_fit_are_listed(
    ledger: Ledger, operation: Operation, slots: dict[str, object], members: tuple[str, ...]
) -> None:
    reply = computed(ledger, operation, **slots)
    assert isinstance(reply, Answer)
    assert reply.members == members


@pytest.mark.parametrize(
    ("operation", "value"), [(Operation.COUNT, 4), (Operation.SUM_NEW, 150), (Operation.SUM_FALLS, -250)]
)
def test_numbers_and_sums_of_those_that_fit_are_told(
    ledger: Ledger, operation: Operation, value: int
) -> None:
    reply = computed(ledger, operation)
    assert isinstance(reply, Answer)
    assert Decimal(reply.figures[0].value) == value


@pytest.mark.parametrize(
    ("operation", "names", "slots", "short"),
    [
        (Operation.COMPARE_LARGER, ["里山の保全", "市民農園"], {}, "はい"),
        (Operation.COMPARE_SMALLER, ["里山の保全", "市民農園"], {}, "いいえ"),
        (Operation.EXCEEDS, ["里山の保全"], {"bar": Threshold(Decimal(60), "%")}, "いいえ、50%"),
        (Operation.VERIFY, ["市民農園"], {"bar": Threshold(Decimal(30), "万円")}, "はい、300千円"),
        (Operation.COMPARE, ["里山の保全", "市民農園"], {"lesser": True}, "市民農園"),
        (Operation.DEPARTMENT, ["里山の保全"], {}, "自然課"),
        (Operation.DESCRIPTION, ["里山の保全"], {}, "里山を８か所で手入れします。"),
        (Operation.REASON, ["公園遊具"], {}, "買い替えを終えたため"),
        (Operation.CONVERT, ["里山の保全"], {"unit": "万円"}, "50万円（500千円）"),
        (Operation.DIRECTION, ["市民農園"], {}, "変わらない（同額、増減なし）"),
    ],
)
def test_what_is_asked_with_yes_or_no_or_for_words_is_said_so(
    ledger: Ledger, operation: Operation, names: list[str], slots: dict[str, object], short: str
) -> None:
    reply = computed(ledger, operation, *names, **slots)
    assert isinstance(reply, Answer)
    assert reply.short == short


def test_a_place_that_two_items_share_is_given_to_both() -> None:
    same = ledger_of(BUDGET.replace("150千円（―）", "300千円（―）"))
    reply = computed(same, Operation.LARGEST, order=2)
    assert isinstance(reply, Answer)
    assert reply.members == ("市民農園", "街路樹")


def test_what_has_no_figure_of_the_year_is_declined_with_what_there_is(ledger: Ledger) -> None:
    reply = computed(ledger, Operation.CHANGE, "街路樹")
    assert isinstance(reply, Decline)
    assert "150千円" in reply.text


def test_that_no_item_fits_is_said() -> None:
    none = ledger_of(BUDGET.replace("市民農園　300千円（300千円）", "市民農園　300千円（299千円）"))
    assert isinstance(computed(none, Operation.UNCHANGED), Decline)


def test_among_those_with_a_mark_and_without_it(ledger: Ledger) -> None:
    marked = computed(ledger, Operation.LARGEST, marked="新規")
    without = computed(ledger, Operation.COUNT, unmarked="新規")
    assert isinstance(marked, Answer)
    assert isinstance(without, Answer)
    assert (marked.short, without.short) == ("街路樹", "3件")
