"""Spans of the kind asked for: numbers, times, reasons, what settles a question. One sentence of a document each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokenizer import shared_tokenizer
from qa.analysis import analyse
from qa.clauses import reasons
from qa.phrases import noun_phrases
from qa.settling import settling
from qa.typed import typed_spans
from qa.types import Wanted
from qa.wanted import how_many, wanted_kind


def spans(question: str, sentence: str, *, year: int | None = None) -> dict[str, float]:
    found = typed_spans(
        analyse(question, shared_tokenizer()),
        sentence,
        (0, len(sentence)),
        year,
        noun_phrases(sentence, shared_tokenizer()),
    )
    return {sentence[slice(*span)]: sure for span, sure in found.items()}


def surest(question: str, sentence: str) -> list[str]:
    found = spans(question, sentence)
    return [text for text, sure in found.items() if sure == max(found.values())]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("橋が開通したのは何年の何月何日でしたか?", Wanted.WHEN),
        ("窓口が移ったのはいつなんでしょう", Wanted.WHEN),
        ("療養の費用はいつまでに請求すればいいですか", Wanted.WHEN),
        ("申込みの締切は?", Wanted.WHEN),
        ("工場を見られる日にちは?", Wanted.WHEN),
        ("なんで水が止まったんですか", Wanted.REASON),
        ("教室を開く狙いは?", Wanted.REASON),
        ("平日は仕事なんですけど、土曜に受け取れますか", Wanted.YES_NO),
        ("弟の代わりに申し込んでも大丈夫?", Wanted.YES_NO),
        ("手当は毎月いくら?", Wanted.AMOUNT),
        ("港を訪れた客の数は?", Wanted.COUNT),
        ("協定は何年で更新するんですか", Wanted.FREQUENCY),
        ("祭りの準備はどこの課の担当ですか", Wanted.DIVISION),
        ("市が進める計画の文言を教えてください", Wanted.OTHER),
        ("バスはどの地区を走りますか", Wanted.WHERE),
        ("YKRは何の略ですか", Wanted.NAME),
    ],
)
def test_questions_that_look_like_another_kind_are_told_apart(question: str, wanted: Wanted) -> None:
    assert wanted_kind(question) is wanted


@pytest.mark.parametrize(
    ("question", "counter"),
    [("何カ国語で話せますか", "カ国語"), ("何週間の講座ですか", "週間"), ("何度も聞けますか", None)],
)
def test_the_counter_asked_for_is_read_whole(question: str, counter: str | None) -> None:
    assert how_many(question) == counter


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("何カ国語で相談できますか", "窓口では15言語で相談に応じます。", ["15言語"]),
        ("市内で何か所目の図書館ですか", "市内８番目となる図書館を開きます。", ["８番目"]),
        ("港の会議は第何回でしたか", "港の会議（第６回）を開きました。", ["第６回"]),
        ("何ヶ月前から借りられますか", "会議室は利用日の６か月前から受け付けます。", ["６か月前"]),
        ("ホールは何席ですか", "大ホールは１，２００席です。", ["１，２００席"]),
        ("何人来ましたか", "来場者は３２万５千人でした。", ["３２万５千人"]),
        ("満足した人は何パーセント?", "満足　　８１.５％", ["８１.５％"]),
        ("どのくらいの期間ですか", "６都市から技術者を招き、約４週間の研修を行います。", ["４週間"]),
        ("市民課は何階のどの窓口?", "市民課　　　12人　本館３階14番窓口　000-111-2222", ["本館３階14番窓口"]),
        ("対象年齢はどうなっていますか", "若者の相談（16～35歳）", ["16～35歳"]),
        ("一人暮らしは何人ですか", "市内約４万人の一人ひとりを大切にします。", ["４万人"]),
    ],
)
def test_numbers_are_found_with_what_is_counted(question: str, sentence: str, expected: list[str]) -> None:
    assert surest(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("予約はいつまでですか", "予約は前日まで受け付けます。", ["前日まで"]),
        ("開催はいつですか", "工場を８月３日から５日まで開きます。", ["８月３日から５日まで"]),
        ("相談の曜日と時間を教えて", "貿易の相談　月・木曜日13時～16時", ["月・木曜日13時～16時"]),
        (
            "いつから加盟していますか",
            "令和２年４月から加盟し、令和３年10月に報告しました。",
            ["令和２年４月"],
        ),
        ("バスの間隔は?", "駅から20分おきに走ります。", ["20分おき"]),
    ],
)
def test_times_are_found_whole(question: str, sentence: str, expected: list[str]) -> None:
    assert surest(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("入場にお金かかる?", "中学生以下は、無料です。", "無料"),
        ("いくら補助されますか", "費用の２分の１を補助します。", "２分の１"),
        ("講座に申込みは要りますか", "講座は申込み不要で、どなたでも聞けます。", "講座は申込み不要"),
        ("スマホから申し込めますか", "２次の申込みは窓口に限ります。", "２次の申込みは窓口に限ります"),
        (
            "届を出さないとどうなりますか",
            "届が必要で、出さないと権利がなくなります。",
            "出さないと権利がなくなります",
        ),
        ("通訳には何の機械を使っていますか", "端末を用いた通訳に応じます。", "端末"),
        ("市は何を進めますか", "手続きのデジタル化を推進します。", "手続きのデジタル化"),
        ("代理の人に必要なものは何?", "代理の方は、委任状が必要です。", "委任状"),
        ("相談室の電話番号は?", "相談室　000-230-5300", "000-230-5300"),
        (
            "前と何が変わりましたか",
            "平日のみだったものを土曜日にも広げます。",
            "平日のみだったものを土曜日にも広げます",
        ),
    ],
)
def test_what_settles_or_is_done_is_found(question: str, sentence: str, expected: str) -> None:
    assert expected in surest(question, sentence)


def test_a_number_is_of_the_year_in_brackets_after_it() -> None:
    text = "客船は150回で、その前は200回（令和３年度）です。"
    assert list(spans("令和3年度の客船は何回?", text, year=2022)) == ["200回"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("保育所は、園舎の老朽化のため令和８年３月末で閉じます。", "園舎の老朽化のため"),
        ("減ったのは、倉庫の建て替えが終わったためです。", "倉庫の建て替えが終わったため"),
        ("また、聞こえにくいので曲を変えました。", "聞こえにくいので"),
        ("増は、主に会館の改修が始まることによるものです。", "主に会館の改修が始まることによる"),
    ],
)
def test_a_reason_ends_with_the_word_that_marks_it(sentence: str, expected: str) -> None:
    assert expected in [sentence[slice(*span)] for span, _ in reasons(sentence)]


def test_where_something_starts_is_no_reason() -> None:
    assert not list(reasons("駅前広場から港まで歩きます。"))


@given(st.text(alphabet="港が開くため、できません。必要は不要で（）「」\n　1２", max_size=60))
def test_settling_and_reasons_are_spans_of_any_text(text: str) -> None:
    for (start, end), sure in [*settling(text, ""), *reasons(text)]:
        assert 0 <= start < end <= len(text)
        assert 0 < sure <= 1


@given(
    st.sampled_from(
        [
            "会長は誰ですか",
            "どこですか",
            "いつですか",
            "何人ですか",
            "何をしますか",
            "いくらですか",
            "できますか",
        ]
    ),
    st.text(alphabet="港市で会長「」（）、。年月日5２人円とのまで\n　ア", max_size=60),
)
def test_typed_spans_of_any_text_are_spans_of_it(question: str, text: str) -> None:
    for said, sure in spans(question, text).items():
        assert said
        assert 0 < sure <= 1
