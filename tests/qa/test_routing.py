"""Which questions are the ledger's: budget figures, answered or rightly declined; never fees, limits or prose."""

from dataclasses import replace

import pytest
from frame_readers import frame_reader
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_sample import table

from corpus.types import Document, Measure, Page, Tables
from qa.frames.frame_reader import FrameReader
from qa.ledger import Ledger
from qa.types import Answer

_BUDGET = """
公園整備費,1200,1100,土木課
図書館運営事業,800,760,教育課
学校給食費,5200,5000,教育課
子育て応援ステーション運営事業,340,300,福祉課
住宅リフォーム補助金,900,950,建築課
市民プール使用料,450,430,体育課
ごみ処理手数料,700,720,環境課
道路維持補修費,2100,2300,土木課
地域バス運行事業,610,,交通課
防災備蓄品購入費,95,95,危機管理課
"""
_PROSE = """
市民プールの大人の入場券は１回400円、回数券は11枚で4,000円です。
住宅リフォームの補助は、かかった費用の２割で、上限は15万円です。
会場の予約は、10日前までに取り消すと料金の半額をお返しします。
まちづくりの柱は４つで、７つの視点を大切にします。市の窓口は全部で６か所です。
水道管の漏水率は、５年後に８％まで下げます。
来館者アンケートでは、「満足」が72％、「やや満足」が20％でした。
"""


def _answerer(rows: str, prose: str = _PROSE) -> FrameReader:
    tables, held = table(rows)
    text = prose.strip() + "\n"
    page = Document("guide", "くらしの案内", "みほん市", "", text, (Page(1, 0, len(text)),), ())
    return frame_reader(Ledger(tables, {**held, "guide": page}))


@pytest.fixture(scope="module")
def answerer() -> FrameReader:
    return _answerer(_BUDGET)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("図書館運営事業はいくら？", "800千円"),
        ("公園の整備って今年度いくら予算がついてるの", "1,200千円"),
        ("公園整備費、前の年と比べていくらふえたの？", "100千円の増"),
        ("道路維持補修費は減りましたか", "はい、減った（200千円の減）"),
        ("図書館運営事業は前年度から何％増えた？", "5.3%増"),
        ("学校給食費と道路維持補修費、予算が多いのはどっち？", "学校給食費"),
        ("子育て応援ステーション運営事業　令和元年度", "300千円"),
        ("図書館運営事業と地域バス運行事業を足すといくら", "1,410千円"),
        ("学校給食費は公園整備費の何倍ですか", "4.3倍"),
        ("一番予算の大きい費目は？", "学校給食費"),
        ("前年度より減った事業や費目をすべて", "住宅リフォーム補助金、ごみ処理手数料、道路維持補修費"),
        ("市民プール使用料の令和2年度予算額は", "450千円"),
        ("ごみ処理手数料　R1　歳入予算", "720千円"),
        ("市民プール使用料 令和2年度", "450千円"),
        ("ごみ処理手数料は前年度からいくら減った？", "20千円の減"),
        ("住宅リフォーム補助金に今年度いくら計上していますか", "900千円"),
        ("道路維持補修費の所管は？", "土木課"),
        ("一番お金がかかっている費目はどれ", "学校給食費"),
        ("公園整備費は何割増し？", "9.1%増"),
    ],
)
def test_budget_figures_stay_with_the_ledger(answerer: FrameReader, question: str, short: str) -> None:
    reply = answerer.reply(question)
    assert isinstance(reply, Answer), reply
    assert reply.short == short


@pytest.mark.parametrize(
    "question",
    [
        "公園整備費の令和5年度予算はいくらですか",
        "図書館運営事業の平成30年度の予算は",
        "地域バス運行事業の前年度予算は？",
        "宇宙港建設事業の予算はいくら？",
        "火山観測費はいくらですか",
        "月面基地整備事業にいくらかかりますか",
        "道路維持補修費の一般財源はいくら",
        "学校給食費の決算額は",
        "図書館運営事業のうち電気代の予算はいくら",
        "市民一人あたりの公園整備費は何円",
        "公園整備費の5月分の支出額は",
        "温泉を掘る事業、今年度の予算はいくら？",
        "市役所の新しい庁舎に、今年度いくら計上していますか",
        "浜辺の掃除に今年度いくらかけていますか",
        "令和元年度の議会費は？",
        "水族館の運営費だけの額は",
    ],
)
def test_a_budget_figure_that_is_not_there_is_declined(answerer: FrameReader, question: str) -> None:
    assert not isinstance(answerer.reply(question), Answer)


@pytest.mark.parametrize(
    "question",
    [
        # fees and tickets
        "市民プールの大人の入場券はいくら？",
        "市民プール使用料はいくらですか",
        "今年度、プールの使用料はいくらですか",
        "市民プール使用料は去年より値上がりしましたか",
        "プールの回数券って何円？",
        "粗大ごみを出したいんですが、手数料はおいくらですか",
        "ごみ処理手数料って払わないとだめ？いくら？",
        "図書館のコピー代はいくら",
        "地域バスの運賃は大人いくらですか",
        "学校給食費は毎月いくら払うの",
        "子ども会の年会費はいくらですか",
        "陶芸教室の教材はいくらしますか",
        "会場の予約をやめたらお金はいくら返ってくる？",
        "相談すると費用はかかりますか",
        "水道の更新料はいくら",
        "通訳を頼むとお金はいる？",
        # limits and what is given
        "家を直すときの補助はいくらまで？",
        "住宅リフォーム補助金の上限はいくら",
        "住宅リフォーム補助金はいくらもらえますか",
        "屋根の工事だと費用の何割を助成してくれますか",
        "大会を呼ぶと最大でいくら助成がつくの",
        "奨学金は月いくらですか",
        # rates
        "漏水率はどこまで下げるつもりですか",
        "「満足」と「やや満足」を合わせるとどのくらいの割合？",
        "図書館に満足している人は何割？",
        "市民の何％がバスを使っていますか",
        "去年よりごみはどれくらい減りましたか",
        # counts and lists of prose
        "まちづくりの柱はいくつありますか",
        "市が大切にする視点をぜんぶ挙げてください",
        "市の窓口は全部でいくつ",
        "事業を進めるうえでのポイントはいくつ？",
        "みほん市が令和2年度に大事にする視点の数は？",
        "みほん市の令和2年度の施策は、どの条例をふまえていますか、すべて",
        "図書館運営事業で読み聞かせをするのは何曜日ですか",
        "地域バス運行事業のバス停を一番から順に全部教えて",
        "いちばん利用者が増えた施設はどこ？",
        "住んでいる外国人でいちばん多いのはどこの国の人？",
        # the budget as a book, and definitions
        "予算の冊子に出てくる「見える化」って何ですか",
        "予算書に載っている問い合わせ先はどこですか",
        # money that is no budget's
        "寄付のお金はどうやって集めたの",
        "募金は全部でいくら集まった？",
        "税金はいくら払えばいいですか",
    ],
)
def test_what_is_no_budget_figure_is_left_to_the_passages(answerer: FrameReader, question: str) -> None:
    assert not isinstance(answerer.reply(question), Answer)


@pytest.mark.parametrize(
    "question", ["公園整備費の予算はいくらですか", "入場料はいくら", "予算はいくらですか"]
)
def test_a_city_without_budget_documents_asks_its_passages(question: str) -> None:
    empty = frame_reader(Ledger(Tables((), ()), {}))
    assert empty.reply(question) is None


def test_a_word_that_holds_the_name_of_a_source_is_no_source() -> None:
    tables, held = table("公園費,1200,1100\n図書館費,800,700")
    funding = [
        replace(f, measure=Measure.FUNDING, aspect="国") for f in tables.figures if f.fiscal_year == 2020
    ]
    asker = frame_reader(Ledger(replace(tables, figures=(*tables.figures, *funding)), held))
    assert not isinstance(asker.reply("外国人で一番多いのはどこの国の人？"), Answer)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("体育館", "火葬場", "市民農園", "駐輪場", "天文台", "渡し船")),
    st.sampled_from(("使用料", "手数料", "入場料", "料金", "チケット")),
    st.sampled_from(
        ("{}の{}はいくらですか", "{}の{}っていくら？", "{}の{}は大人何円", "今年の{}の{}はおいくらですか")
    ),
)
def test_a_fee_is_never_the_ledgers_whatever_it_is_for(place: str, fee: str, shape: str) -> None:
    asker = _answerer(_BUDGET + f"{place}{fee},12,10\n{place}管理費,30,20\n")
    assert not isinstance(asker.reply(shape.format(place, fee)), Answer)
    assert isinstance(asker.reply(f"{place}管理費の予算はいくらですか"), Answer)
    assert isinstance(asker.reply(f"{place}{fee}の令和2年度予算額は"), Answer)
