"""The ledger and its answers, on the built-in outline and on small tables."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from frame_readers import frame_reader
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_sample import documents, outline, table

import corpus.lexicon
import qa.ledger
from corpus.budgets.amounts import in_words
from corpus.normalizing import normalize
from corpus.types import Basis, Figure, Tables
from qa.frames.frame_reader import FrameReader
from qa.ledger import Ledger
from qa.types import Answer, Clarification, Decline
from ui.ledger_rows import rows

FOLDER = Path(qa.ledger.__file__).parent


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    held = documents()
    return Ledger(outline(held), held)


@pytest.fixture(scope="module")
def answerer(ledger: Ledger) -> FrameReader:
    return frame_reader(ledger)


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("パスポートセンター運営事業の令和4年度予算は？", "266144", "千円"),
        ("ﾊﾟｽﾎﾟｰﾄｾﾝﾀｰ運営事業 R3 予算", "247892", "千円"),
        ("旅券センター運営事業の2021年度の予算額", "247892", "千円"),
        ("ＹＯＫＥ補助金の前年度の額は", "71871", "千円"),
        ("Y-PORTの予算、R4でいくらですか", "109568", "千円"),
        ("シティーネット事業の昨年度予算", "23298", "千円"),
        ("国際協力推進費の予算額はいくらですか", "298818", "千円"),
        ("国際協力推進事業の予算額はいくらですか", "175451", "千円"),
        ("外国人材の受入・共生の推進、Ｒ３はいくら計上？", "126985", "千円"),
        ("国際局の予算総額はいくらですか（R3）", "1531875", "千円"),
        ("国際連携事業推進費のその他の財源は", "14", "千円"),
        ("国際総務費は前年度からいくら減りましたか", "-347", "千円"),
        ("海外プロジェクト推進事業の伸び率は何%（小数第2位まで）", "63.78", "%"),
        ("パスポートセンター運営事業は国際局予算全体の何%を占めますか", "16.3", "%"),
        ("YOKE補助金とシティネット事業を足すといくら", "78270", "千円"),
        ("国際局の一般財源の合計はいくら", "1525045", "千円"),
    ],
)
def test_a_figure_question_gets_the_exact_number(
    answerer: FrameReader, question: str, value: str, unit: str
) -> None:
    reply = answerer.reply(question)
    assert isinstance(reply, Answer), reply
    assert (reply.figures[0].value, reply.figures[0].unit) == (value, unit)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("国際局の事業で一番減った事業は？", "シティネット事業"),
        ("国際局の費目で最も金額が小さいのは？", "国際連携事業推進費"),
        ("国際局の事業のうち2番目に予算額が大きい事業は", "パスポートセンター運営事業"),
        ("国際協力推進費と国際連携事業推進費、どちらが多い？", "国際協力推進費"),
        ("海外事務所運営費は前年度より増えましたか", "いいえ、減った（6,883千円の減）"),
        ("国際平和・SDGs推進事業は増えた？減った？", "変わらない（同額、増減なし）"),
    ],
)
def test_comparisons_and_rankings_name_the_item(answerer: FrameReader, question: str, short: str) -> None:
    reply = answerer.reply(question)
    assert isinstance(reply, Answer), reply
    assert reply.short == short


@pytest.mark.parametrize(
    ("question", "members"),
    [
        (
            "国際連携事業推進費の事業を全部挙げて",
            {"海外プロジェクト推進事業", "アフリカ開発会議関連事業", "海外事務所運営費"},
        ),
        ("国際局の新規事業は何ですか", {"アフリカ開発会議関連事業"}),
        ("拡充された事業を教えて", {"外国人材の受入れ・共生の推進", "パスポートセンター運営事業"}),
    ],
)
def test_lists_give_every_item(answerer: FrameReader, question: str, members: set[str]) -> None:
    reply = answerer.reply(question)
    assert isinstance(reply, Answer), reply
    assert set(reply.members) == members


@pytest.mark.parametrize(
    "question",
    [
        "国際局の令和5年度の予算はいくらですか",
        "シティネット事業の令和2年度予算は",
        "アフリカ開発会議関連事業の前年度予算はいくら",
        "パスポートセンター運営事業のうち一般財源はいくら",
        "パスポートセンター運営事業の一件あたりの経費は",
        "国際総務費の4月分の支出はいくら",
        "国際協力推進費の決算額はいくら",
        "上海事務所だけの運営費はいくら",
        "パスポートセンター運営事業の電気代の予算はいくら",
        "宇宙開発推進費の予算はいくらですか",
        "国際協力推進費補助金の予算はいくら",
    ],
)
def test_what_is_not_printed_is_declined(answerer: FrameReader, question: str) -> None:
    assert not isinstance(answerer.reply(question), Answer)


@pytest.mark.parametrize(
    "question",
    [
        "パスポートの申請に必要な書類は？",
        "国際協力推進費が増えた理由は何ですか",
        "海外事務所は何か所ありますか",
        "国際連携課の仕事を全部教えて",
        "GALERIOは何階にありますか",
        "こんにちは",
        "？？？",
    ],
)
def test_other_questions_are_left_to_the_passages(answerer: FrameReader, question: str) -> None:
    assert not isinstance(answerer.reply(question), Answer)


def test_two_readings_of_one_short_name_are_asked_back(answerer: FrameReader) -> None:
    reply = answerer.reply("国際協力推進の予算はいくらですか")
    assert isinstance(reply, Clarification)
    first = [answerer.reply(option) for option in reply.options]
    assert {a.figures[0].value for a in first if isinstance(a, Answer)} == {"298818", "175451"}


def test_a_figure_known_by_order_alone_is_never_served() -> None:
    tables, held = table("公園費,1200,1100")
    doubtful = tuple(_with(figure, Basis.ORDER) for figure in tables.figures)
    reply = frame_reader(Ledger(Tables(doubtful), held)).reply("公園費の令和2年度予算はいくら")
    assert isinstance(reply, Decline)
    assert "並び順" in reply.reason


def test_a_project_goes_by_its_name_without_its_printed_number() -> None:
    tables, held = table("夜市支援費,1500,1400\n003 夜市支援費,300,200\n005 灯台公開費,70,60")
    reader = frame_reader(Ledger(tables, held))
    asked = reader.reply("夜市支援費の予算額はいくらですか")
    assert isinstance(asked, Clarification)
    told = [reader.reply(option) for option in asked.options]
    assert [reply.short for reply in told if isinstance(reply, Answer)] == ["1,500千円", "300千円"]


def test_an_amount_printed_twice_with_two_values_is_declined() -> None:
    tables, held = table("公園費,1200,\n公園費,1300,")
    reply = frame_reader(Ledger(tables, held)).reply("公園費の令和2年度予算はいくら")
    assert isinstance(reply, Decline)


def test_the_office_in_charge_is_the_cell_of_the_row() -> None:
    tables, held = table("公園費,1200,1100,建設部\n図書館費,800,,教育部")
    reply = frame_reader(Ledger(tables, held)).reply("図書館費の所管はどこですか")
    assert isinstance(reply, Answer)
    assert reply.short == "教育部"
    assert reply.citations[0].quote == "教育部"


def test_another_city_asked_of_this_ledger_is_declined() -> None:
    tables, held = table("公園費,1200,1100")
    reply = frame_reader(Ledger(tables, held)).reply("となり市の港湾局の予算額は？")
    assert not isinstance(reply, Answer)


def test_a_unit_asked_for_is_converted_exactly_beside_the_printed_one(answerer: FrameReader) -> None:
    reply = answerer.reply("パスポートセンター運営事業の予算は億円でいくら")
    assert isinstance(reply, Answer)
    assert reply.short == "2.66144億円（266,144千円）"


_CHARS = "国県市町総務費事業推進公園図書館道路橋整備子育て支援新規学校消防"
_NAMES = st.lists(
    st.text(st.sampled_from(_CHARS), min_size=4, max_size=9).map(lambda s: s + "整備事業"),
    min_size=2,
    max_size=6,
    unique=True,
)


@settings(max_examples=60, deadline=None)
@given(_NAMES, st.data())
def test_a_table_of_any_names_gives_its_own_numbers_or_none(names: list[str], data: st.DataObject) -> None:
    amounts = [data.draw(st.integers(1, 9_999_999)) for _ in names]
    tables, held = table("\n".join(f"{n},{a},{a + 7}" for n, a in zip(names, amounts, strict=True)))
    asker = frame_reader(Ledger(tables, held))
    for name, amount in zip(names, amounts, strict=True):
        reply = asker.reply(f"{name}の令和2年度の予算額はいくらですか")
        assert isinstance(reply, Answer)
        assert reply.figures[0].value == str(amount)
        last = asker.reply(f"「{name}」の前年度予算は")
        assert isinstance(last, Answer)
        assert last.figures[0].value == str(amount + 7)
        assert not isinstance(asker.reply(f"{name}の令和7年度予算は"), Answer)
        assert not isinstance(asker.reply(f"{name}センターの予算額はいくら"), Answer)


_SHAPES = (
    "{}の予算はいくらですか", "{}の増減額は", "{}は前年度比で何%増えましたか", "{}の財源内訳は", "{}の一般財源比率は",
    "{}は増えましたか", "{}は国際局予算合計の何%を占めますか", "{}はシティネット事業の何倍ですか", "国際局で一番増えた事業は",
)  # fmt: skip


def test_every_number_shown_is_printed_or_derived_from_printed_ones(
    ledger: Ledger, answerer: FrameReader
) -> None:
    for item in ledger.items:
        for shape in _SHAPES:
            reply = answerer.reply(shape.format(item.label))
            if not isinstance(reply, Answer):
                continue
            for citation in reply.citations:
                text = ledger.document(citation.document).text
                assert text[citation.start : citation.end] == citation.quote
            printed = {n for c in reply.citations for n in _numbers(c.quote)}
            for figure in reply.figures:
                if figure.derivation is None and figure.kind == "amount":
                    assert figure.value in printed
                if figure.derivation:
                    assert _holds(figure.derivation), figure.derivation
            said = set(_numbers(reply.text)) - printed
            explained = {
                n for f in reply.figures for n in _explained(f.value, f.unit, f.derivation, f.fiscal_year)
            }
            assert said <= explained | {n for f in reply.figures for n in _numbers(f.label)}, reply.text


def test_derivations_recompute(answerer: FrameReader) -> None:
    reply = answerer.reply("パスポートセンター運営事業は前年度からいくら増えましたか")
    assert isinstance(reply, Answer)
    assert reply.figures[0].derivation == "266,144 − 247,892 = 18,252千円（7.4%増）"


def test_no_float_computes_money() -> None:
    names = ("arithmetic", "book", "items", "composing", "folding", "names")
    lexicon = Path(corpus.lexicon.__path__[0])
    for path in (*(FOLDER / f"{name}.py" for name in names), lexicon / "money.py", lexicon / "said_years.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
            assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"), path


def test_the_tree_lists_every_item_once(ledger: Ledger) -> None:
    tree = rows(ledger)
    labels = [row.label for row in tree if row.aspect is None and row.new is not None]
    assert labels[0] == "合計"
    assert len(labels) == len(ledger.items)
    assert {row.depth for row in tree if row.label == "国際総務費"} == {2}


def test_values_stay_decimal(ledger: Ledger) -> None:
    assert all(isinstance(row.change, Decimal | None) for row in rows(ledger))


def _with(figure: Figure, basis: Basis) -> Figure:
    from dataclasses import replace

    return replace(figure, basis=basis)


def _numbers(text: str) -> list[str]:
    return re.findall(r"[0-9]+(?:\.[0-9]+)?", normalize(text).replace(",", ""))


def _explained(value: str, unit: str, derivation: str | None, year: int | None) -> Iterator[str]:
    from corpus.budgets.years import in_era

    yield from _numbers(value)
    yield from _numbers(derivation or "")
    yield from _numbers(in_words(Decimal(value), unit))
    yield from _numbers(in_era(year) if year else "")


def _holds(derivation: str) -> bool:
    """Recompute 「a − b = c」, 「a + b = c」 and 「a ÷ b × 100 ≒ c」 with exact fractions."""
    from fractions import Fraction

    left, _, right = re.sub(r"（.*?）|千円|円|,", "", derivation).replace("≒", "=").partition("=")
    wanted = Fraction(re.sub(r"[%倍]", "", right).strip())
    value = Fraction(eval(_fractions(left), {"Fraction": Fraction}))  # noqa: S307 - our own arithmetic
    places = len(right.strip("%倍 ").partition(".")[2])
    return abs(value - wanted) <= (Fraction(1, 2 * 10**places) if "≒" in derivation else 0)


def _fractions(text: str) -> str:
    text = text.replace("−", "-").replace("÷", "/").replace("×", "*")
    return re.sub(r"[0-9]+(?:\.[0-9]+)?", lambda match: f"Fraction('{match[0]}')", text)
