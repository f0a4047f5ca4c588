"""Names of persons, bodies, places and things, found whole in a sentence."""

import pytest

from index.tokenizer import shared_tokenizer
from qa.analysis import analyse
from qa.phrases import noun_phrases
from qa.typed import typed_spans


def surest(question: str, sentence: str) -> list[str]:
    found = typed_spans(
        analyse(question, shared_tokenizer()),
        sentence,
        (0, len(sentence)),
        None,
        noun_phrases(sentence, shared_tokenizer()),
    )
    best = max(found.values(), default=0.0)
    return [sentence[slice(*span)] for span, sure in found.items() if sure == best]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "どこが運営しますか",
            "運営は一般財団法人みなとスポーツ財団が担います。",
            "一般財団法人みなとスポーツ財団",
        ),
        ("どこの法人が引き受けますか", "（社会福祉法人若葉会が運営）に引き継ぎます。", "社会福祉法人若葉会"),
        ("点検しているのはどこ?", "学識者でつくる「港湾推進会議」が毎年点検します。", "港湾推進会議"),
        ("実行委員長はどなたですか", "実行委員長：商工会議所会頭　山田 耕造", "山田 耕造"),
        ("対象はどんな人ですか", "小さい頃から、小学生等を対象とした教室を開きます。", "小学生等"),
        ("利用できるのはどのような方ですか", "・利用できる方　登録をした地区の住民", "登録をした地区の住民"),
    ],
)
def test_who_does_it_and_for_whom_it_is(question: str, sentence: str, expected: str) -> None:
    assert expected in surest(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("どこの国の町にありますか", "開発の案（タイ・ラヨーン）", "タイ・ラヨーン"),
        (
            "どこで売っていますか",
            "券は郵便局とコンビニエンスストアで扱います。",
            "郵便局とコンビニエンスストア",
        ),
        ("どこで処理していますか", "町外れの加工所「やまびこ工房」で処理します。", "やまびこ工房"),
        ("どこの建物でやりますか", "同市の旧市庁舎で式典を行います。", "旧市庁舎"),
    ],
)
def test_places_are_found_whole(question: str, sentence: str, expected: str) -> None:
    assert expected in surest(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("MTKは何の略ですか", "毎年開く、みなと観光機構（ＭＴＫ）の会議です。", "みなと観光機構"),
        ("港湾戦略という言葉の意味は?", "港湾戦略：港をひらく計画", "港をひらく計画"),
        (
            "電力会社の愛称は何ですか",
            "「港地域電力株式会社」（愛称「みなでん」）を設立しました。",
            "みなでん",
        ),
        ("今年のテーマは何ですか", "テーマは「つなぐ、ひらく」です。", "つなぐ、ひらく"),
        ("留学を支える事業の名前は?", "４　世界へ羽ばたく応援事業", "世界へ羽ばたく応援事業"),
        ("どこの課の担当ですか", "港湾振興課が受け付けます。", "港湾振興課"),
    ],
)
def test_names_of_things_are_found_whole(question: str, sentence: str, expected: str) -> None:
    assert expected in surest(question, sentence)
