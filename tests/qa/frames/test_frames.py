"""Questions about figures in any words: read as a frame by what was learned, computed exactly, said back plainly."""

from pathlib import Path

import pytest
from test_computing import BUDGET, TITLE, ledger_of

from corpus.budgets import read_tables
from corpus.reading.text import text_document
from eval.training.frames.__main__ import measured, plain_wordings, wordings
from index.encoders.use_encoder import fresh_use
from index.tokenizer import shared_tokenizer
from qa.assistant import Assistant
from qa.building.homes import build
from qa.frames.exact.masking import Vocabulary, masked
from qa.frames.exact.slots import direction_of, marked_of, unmarked_of
from qa.frames.exact.source_names import SourceNames, printed_as
from qa.frames.operation_model import plain, shipped_operations
from qa.ledger import Ledger
from qa.ledger.folding import folded
from qa.types import Answer, Clarification

UNSEEN = Path(__file__).parents[2] / "data" / "budget-wordings"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_of(BUDGET)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("市民農園の令和7年度の予算は", "甲の年の予算は"),
        ("里山の保全と街路樹、どっちが多い?", "甲と乙、どっちが多い?"),
        ("第三位はどれ", "第はどれ"),
        ("上位3つを教えて", "弐を教えて"),
        ("5千万円以上の事業", "壱円以上の事業"),
        ("うち国はいくら", "うち源はいくら"),
        ("増△減を", "増減を"),
    ],
)
def test_what_is_exact_is_masked(ledger: Ledger, question: str, text: str) -> None:
    names = Vocabulary(sources=SourceNames(("国",), shared_tokenizer()))
    mentions = [
        m for m in ledger.names.mentions(folded(question)) if not set(m.items) & set(ledger.totals.values())
    ]
    assert masked(question, mentions, names).text == text


def test_a_noun_that_no_wording_has_is_masked_as_unknown() -> None:
    assert plain("甲の提灯代はいくら", frozenset({"幾ら", "代"})) == "甲の〇代はいくら"


def test_a_letter_inside_a_word_is_no_source() -> None:
    assert SourceNames(("国", "県"), shared_tokenizer()).said("国際課が県道を直す") == []


def test_several_sources_go_by_one_name() -> None:
    assert printed_as("特定財源", ["国庫支出金", "市債", "一般財源"]) == ("国庫支出金", "市債")


def test_the_mark_among_whose_items_something_is_sought_is_told() -> None:
    assert marked_of("新規事業のうち一番大きいのは") == "新規"
    assert unmarked_of("廃止になったものを除いて") == "廃止"
    assert marked_of("新規事業を全部") is None


def test_the_operation_of_writers_that_were_not_fitted_on_is_told() -> None:
    for path in sorted(UNSEEN.glob("writer-*.tsv")):
        told = measured(shipped_operations(), wordings(path), fresh_use())
        assert isinstance(told["operation right"], float)
        assert isinstance(told["wrong of the sure"], float)
        assert told["operation right"] > 0.88
        assert told["wrong of the sure"] < 0.03


def test_every_plain_question_of_a_frame_is_read_as_that_frame() -> None:
    model, encoder = shipped_operations(), fresh_use()
    for operation, text in plain_wordings():
        chances = model.chances(text, encoder)
        assert max(chances, key=lambda name: chances[name]) is operation, text


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("三番目に予算の多い事業は", "国際協力推進事業"),
        ("減らされた額が三番目に大きいのは", "海外事務所運営費"),
        ("庁内国際人材育成事業ってどんだけ増えた？", "27千円の増"),
        ("YOKE補助金はいくら減りましたか", "7,400千円の減"),
        ("急ぎです、海外事務所運営費の三年度のやつ", "154,529千円"),
    ],
)
def test_figures_are_asked_for_in_words_that_no_rule_knows(
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


@pytest.mark.parametrize(
    ("question", "option"),
    [
        (
            "パスポートの事業、今年度はいくら",
            "令和4年度の「パスポートセンター運営事業」の予算額はいくらですか",
        ),
        ("TICAD関連の今年度予算はいくら", "令和4年度の「アフリカ開発会議関連事業」の予算額はいくらですか"),
    ],
)
def test_an_item_that_is_only_meant_is_answered_or_offered(
    assistant: Assistant, question: str, option: str
) -> None:
    reply = assistant.ask(question)
    offered = reply.options if isinstance(reply, Clarification) else (reply.understood,)
    assert option in offered


@pytest.fixture(scope="module")
def bureaus(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two bureaus' budgets in one home."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("budgets")
    (folder / "midori.txt").write_text(BUDGET, encoding="utf-8")
    other = BUDGET.replace("みどり局", "みなと局").replace("里山", "港").replace("市民農園", "桟橋")
    (folder / "minato.txt").write_text(other, encoding="utf-8")
    build(home, corpus=folder)
    return Assistant.open(home)


def test_of_several_budgets_the_one_that_is_named_is_meant(bureaus: Assistant) -> None:
    reply = bureaus.ask("みなと局で二番目に金額の多い事業はどれ?")
    assert isinstance(reply, Answer)
    assert reply.short == "桟橋"


def test_a_budget_called_initial_is_its_bureaus_too() -> None:
    text = BUDGET.replace("予算の概要", "当初予算")
    document = text_document(text, id="m", title=TITLE.replace("予算の概要", "当初予算"), fiscal_year=None)
    ledger = Ledger(read_tables(document), {document.id: document})
    said = masked("みどり局は全部でいくら", (), Vocabulary(list(ledger.totals.values())))
    assert said.text == "局は全部でいくら"


def test_where_none_of_several_budgets_is_named_it_is_asked_which(bureaus: Assistant) -> None:
    reply = bureaus.ask("局の予算の総額はいくらですか")
    assert isinstance(reply, Clarification)
    answers = [bureaus.ask(option) for option in reply.options[:2]]
    assert [answer.short for answer in answers if isinstance(answer, Answer)] == ["1,000千円", "1,000千円"]


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


@pytest.mark.parametrize(
    ("history", "question", "short"),
    [
        (["里山の保全の予算は"], "去年は？", "300千円"),
        (["里山の保全の予算は"], "公園遊具は？", "50千円"),
        (["みどり局で一番大きい事業は"], "2番目は？", "市民農園"),
        (["みどり局で一番大きい事業は"], "どの課？", "自然課"),
        (["里山の保全と公園遊具、どっちが多い"], "差はいくら", "450千円"),
    ],
)
def test_a_follow_up_fills_the_frame_from_the_one_before(
    bureaus: Assistant, history: list[str], question: str, short: str
) -> None:
    reply = bureaus.ask(question, history=history)
    assert isinstance(reply, Answer)
    assert reply.short == short


@pytest.mark.parametrize(
    "question",
    ["一番予算の多い事業は何ですか", "100千円以上の事業を全部教えて", "前年度から一番減った事業は"],
)
def test_what_is_asked_of_all_items_of_no_named_budget_is_asked_back(
    bureaus: Assistant, question: str
) -> None:
    reply = bureaus.ask(question)
    assert isinstance(reply, Clarification)
    assert len(reply.options) == 2
    assert all(isinstance(bureaus.ask(option), Answer) for option in reply.options)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("費目の市民農園はいくら", "甲はいくら"),
        ("市民農園(項)の予算は", "甲の予算は"),
        ("3費目の合計は", "費目の合計は"),
    ],
)
def test_the_level_of_an_item_is_part_of_its_name(ledger: Ledger, question: str, text: str) -> None:
    mentions = [
        m for m in ledger.names.mentions(folded(question)) if set(m.items) - {*ledger.totals.values()}
    ]
    assert masked(question, mentions, Vocabulary()).text == text


@pytest.mark.parametrize(
    ("question", "way"),
    [("増えましたか", "rise"), ("減ってます?", "fall"), ("同額ですか", "equal"), ("増えた?減った?", None)],
)
def test_a_question_that_says_one_way_is_a_yes_no_question(question: str, way: str | None) -> None:
    assert direction_of(question) == way


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("TICADは今年度（R4）いくら", [(2022, None)]),
        ("R4（今年度）はいくら", [(2022, None)]),
        ("R4（R3は要らない）はいくら", [(2022, None), (2021, None)]),
        ("今年度と昨年度はいくら", [(None, 0), (None, -1)]),
    ],
)
def test_a_year_that_is_told_by_words_and_by_its_number_is_one_year(
    question: str, years: list[tuple[int | None, int | None]]
) -> None:
    said = masked(question, (), Vocabulary())
    assert [(year.year, year.offset) for year in said.years] == years
    assert said.text.count("年") == len(years)


@pytest.mark.parametrize(
    "question", ["のびは、なんぱーせんと", "ぞうかりつをおしえて", "増加率は", "何%増えた"]
)
def test_a_rate_is_heard_in_kana_too(question: str) -> None:
    assert masked(question, (), Vocabulary()).of_rate


FUNDED = """款,項,目,事業名,令和8年度（千円）,令和7年度（千円）,増減（千円）,国庫支出金,自動車収入,一般財源,所管課,事業概要
土木費,道路費,道路管理費,道路の見回り,5000,4000,1000,1000,500,3500,道路課,【拡充】見回りを毎日にする
土木費,道路費,道路管理費,側溝の掃除,2000,2500,-500,0,0,2000,道路課,側溝80キロを掃除する
土木費,河川費,河川管理費,水門の点検,3000,3000,0,2000,0,1000,河川課,水門12か所を点検する
土木費,河川費,河川管理費,旧水門の撤去,0,1200,-1200,0,0,0,河川課,令和7年度で終了
"""


@pytest.fixture(scope="module")
def funded(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A table with funding in columns of any name and three levels that no row sums up."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("budgets")
    (folder / "doboku.csv").write_text(FUNDED, encoding="utf-8")
    (folder / "doboku.toml").write_text(
        'title = "令和8年度 土木局予算"\npublisher = "みほん市土木局"\nfiscal_year = 2026\n', encoding="utf-8"
    )
    build(home, corpus=folder)
    return Assistant.open(home)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("道路の見回りの財源のうち自動車収入はいくらですか", "500千円"),
        ("道路費の国庫支出金はいくらですか", "1,000千円"),
        ("道路の見回りの財源で一般財源以外はいくらですか", "1,500千円"),
        ("道路の見回りでは、一般財源と国庫支出金の差はいくらですか", "2,500千円"),
        ("道路の見回りと側溝の掃除を合わせると、前年度からいくら増えましたか", "500千円の増"),
        (
            "土木局の予算総額、2か年分の額を教えてください",
            "土木局予算 令和7年度 10,700千円、土木局予算 令和8年度 10,000千円",
        ),
        ("令和7年度で終わった事業はどれですか", "旧水門の撤去"),
        ("令和8年度の予算額が一番多い項はどれですか", "道路費"),
        ("拡充の事業をすべて教えてください", "道路の見回り"),
    ],
)
def test_funding_levels_and_what_has_ended_can_be_asked(funded: Assistant, question: str, short: str) -> None:
    reply = funded.ask(question)
    assert isinstance(reply, Answer)
    assert reply.short == short


def test_what_a_budget_does_not_tell_of_an_item_is_not_answered_but_its_amount_is_offered(
    funded: Assistant,
) -> None:
    reply = funded.ask("水門の点検のうち、潜水士の人件費だけの予算はいくらですか")
    assert isinstance(reply, Clarification)
    assert reply.options == ("令和8年度の「水門の点検」の予算額はいくらですか",)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("側溝の掃除では何キロ掃除するんですか", "80キロ"),
        ("水門の点検は何か所が対象ですか", "12か所"),
        ("水門の点検の予算は1か所あたりいくらになりますか", "250千円"),
    ],
)
def test_how_many_and_the_cost_of_one_are_told_where_the_description_prints_the_number(
    funded: Assistant, question: str, short: str
) -> None:
    reply = funded.ask(question)
    assert isinstance(reply, Answer)
    assert reply.short == short


@pytest.mark.parametrize(
    "question", ["道路の見回りは何台で回りますか", "土木局の予算は市民ひとりあたりいくらですか"]
)
def test_a_number_that_no_description_prints_is_not_made_up(funded: Assistant, question: str) -> None:
    assert not isinstance(funded.ask(question), Answer)


def test_a_fall_to_nothing_is_a_fall_of_all(funded: Assistant) -> None:
    reply = funded.ask("前年度より減った事業の減少額の合計はいくらですか")
    assert isinstance(reply, Answer)
    assert reply.short == "1,700千円の減"


def test_the_name_of_the_city_is_no_word_of_the_question(funded: Assistant) -> None:
    reply = funded.ask("みほん市の水門の点検、令和8年度はいくら？")
    assert isinstance(reply, Answer)
    assert reply.short == "3,000千円"


@pytest.mark.parametrize("question", ["みほん市全体の予算はいくらですか", "みほん市の予算はいくらですか"])
def test_a_citys_budget_is_not_an_offices(funded: Assistant, question: str) -> None:
    assert not isinstance(funded.ask(question), Answer)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("道路課の事業の今年度予算を足してください", "7,000千円"),
        ("道路の見回りの財源に占める自動車収入の割合は", "10%"),
        ("旧水門の撤去の総事業費はいくらですか", None),
        ("水門の点検はいつ終わりますか", None),
    ],
)
def test_what_is_answered_is_of_the_kind_that_the_words_ask_for(
    funded: Assistant, question: str, short: str | None
) -> None:
    reply = funded.ask(question)
    assert (reply.short if isinstance(reply, Answer) else None) == short


def test_the_year_before_that_is_before_the_one_spoken_of(funded: Assistant) -> None:
    history = ["水門の点検の予算はいくらですか", "去年は？"]
    last = funded.ask(history[1], history=history[:1])
    assert isinstance(last, Answer)
    assert last.short == "3,000千円"
    assert not isinstance(funded.ask("その前の年は？", history=history), Answer)


def test_the_largest_of_what_was_just_listed_is_meant(funded: Assistant) -> None:
    reply = funded.ask("一番大きいのはどれ？", history=["河川費の事業を教えてください"])
    assert isinstance(reply, Answer)
    assert reply.short == "水門の点検"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("道路の見回りは側溝の掃除より予算が多いですか", "はい"),
        ("側溝の掃除のほうが道路の見回りより予算が大きいという理解でよいですか", "いいえ"),
        ("道路の見回りと側溝の掃除、予算が多いのはどちらですか", "道路の見回り"),
    ],
)
def test_a_comparison_that_asks_of_none_which_is_answered_yes_or_no(
    funded: Assistant, question: str, short: str
) -> None:
    reply = funded.ask(question)
    assert isinstance(reply, Answer)
    assert reply.short == short


def test_three_items_of_which_one_is_unknown_are_not_added_up(funded: Assistant) -> None:
    known = funded.ask("道路の見回りと、側溝の掃除と、水門の点検の三つを合わせるといくらですか")
    assert isinstance(known, Answer)
    assert known.short == "10,000千円"
    lacking = funded.ask("道路の見回りと、側溝の掃除と、動物園のパンダの餌代の三つを合わせるといくらですか")
    assert not isinstance(lacking, Answer)


def test_the_second_item_named_is_the_whole_of_which_the_first_is_a_part(funded: Assistant) -> None:
    for question in ("道路費に占める側溝の掃除の割合は何％ですか", "側溝の掃除は道路費の何％を占めますか"):
        reply = funded.ask(question)
        assert isinstance(reply, Answer)
        assert reply.short == "28.6%"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("側溝の掃除は道路の見回りの何倍ですか", "0.4倍"),
        ("側溝の掃除に比べて道路の見回りは何倍ですか", "2.5倍"),
    ],
)
def test_which_of_two_is_how_many_times_the_other_is_told_by_the_order_of_the_words(
    funded: Assistant, question: str, short: str
) -> None:
    reply = funded.ask(question)
    assert isinstance(reply, Answer)
    assert reply.short == short


def test_what_narrows_the_items_of_a_budget_that_is_named_is_not_left_out(funded: Assistant) -> None:
    reply = funded.ask("令和8年度の土木局予算のポイントに挙がっている項目名を2つ")
    assert not isinstance(reply, Answer)
