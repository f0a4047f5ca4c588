"""The parts that answers are drafted from: clauses, labelled values, kinds of span, nearness, the form of a phrase."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keys import Hashes
from index.tokenizer import shared_tokenizer
from qa.analysis import analyse, word_forms
from qa.clauses import clauses, reasons
from qa.drafts import Kind
from qa.fields import fields
from qa.nearness import AskedWords, Floats, Nearness, PassageWords, WordVectors, passage_words
from qa.phrases import noun_phrases
from qa.shapes import shape
from qa.spans import counts, expansions, frequencies, smallest_unit, times
from qa.typed import typed_spans
from qa.types import Wanted
from qa.wanted import head_noun, wanted_kind, wants_all


def cut(text: str, spans: object) -> list[str]:
    return [text[start:end] for start, end in spans]  # type: ignore[attr-defined]


def typed(question: str, sentence: str) -> list[str]:
    found = typed_spans(
        analyse(question, shared_tokenizer()),
        sentence,
        (0, len(sentence)),
        None,
        noun_phrases(sentence, shared_tokenizer()),
    )
    best = max(found.values(), default=0.0)
    return [sentence[slice(*span)] for span, sure in found.items() if sure == best]


def test_clauses_are_cut_at_commas_outside_brackets() -> None:
    text = "雨（強い、寒い雨）のため、屋外の催しは中止します。"
    assert "雨（強い、寒い雨）のため" in cut(text, clauses(text))
    assert not any(piece.startswith("寒い") for piece in cut(text, clauses(text)))


@given(st.text(alphabet="あいう、。（）「」\n　abc123", max_size=80))
def test_clauses_of_any_text_are_spans_of_it(text: str) -> None:
    for start, end in clauses(text):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


def test_a_reason_is_a_clause_that_says_so_and_a_date_is_none() -> None:
    text = "４月から、担い手が足りないため、回数を減らします。"
    assert [text[slice(*span)] for span, sure in reasons(text) if sure == 1] == ["担い手が足りないため"]


def test_labelled_values_are_read_and_numbering_is_no_label() -> None:
    text = "休館日　毎週月曜日\n・申込み：不要\n【対象】市内に住む方\n第２条　この条例は\n１　目的"
    assert [(text[slice(*f.label)], text[slice(*f.value)]) for f in fields(text)] == [
        ("休館日", "毎週月曜日"),
        ("申込み", "不要"),
        ("対象", "市内に住む方"),
    ]


@pytest.mark.parametrize(
    ("question", "wanted", "head"),
    [
        ("市は何を進めるのですか", Wanted.OTHER, None),
        ("窓口はどこに住んでる人でも使えますか", Wanted.WHO, None),
        ("出張所を受け持つ課はどこですか", Wanted.DIVISION, "課"),
        ("客船を呼ぶ事業は、何という名前ですか", Wanted.NAME, "事業"),
        ("会議を開いた団体は?", Wanted.OTHER, "団体"),
        ("理事会は何年おきですか", Wanted.FREQUENCY, None),
        ("県からもらった称号って何?", Wanted.NAME, None),
        ("VLRって何?", Wanted.DEFINITION, None),
        ("図書館の休館日は?", Wanted.WHEN, None),
        ("TICADの開催地は?", Wanted.WHERE, None),
    ],
)
def test_the_interrogative_and_its_noun_say_what_is_asked(
    question: str, wanted: Wanted, head: str | None
) -> None:
    assert wanted_kind(question) is wanted
    if head:
        assert head_noun(question) == head


@pytest.mark.parametrize(
    "question", ["園を全部教えて", "会場はどことどこですか", "条件は3つとも何ですか", "両方教えて"]
)
def test_words_that_ask_for_every_member_are_known(question: str) -> None:
    assert wants_all(question)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "図書館は何時から開きますか",
            "図書館は午前９時から午後５時までです。",
            ["午前９時から午後５時まで"],
        ),
        ("休館日はいつですか", "午前９時から開き、休館日は毎週月曜日です。", ["毎週月曜日"]),
        ("窓口は何人ですか", "職員は第３回の後、約12万人から5人になりました。", ["12万人", "5人"]),
        ("どの区にありますか", "新たに磯辺区に開設する。", ["磯辺区"]),
        ("誰でも使えますか、対象は?", "市内に住む方を対象とします。", ["市内に住む方"]),
        ("何年おきに開かれますか", "理事会は隔年で開かれます。", ["隔年"]),
    ],
)
def test_spans_of_the_kind_asked_for_are_found(question: str, sentence: str, expected: list[str]) -> None:
    assert typed(question, sentence) == expected


def test_what_the_question_says_already_is_no_answer() -> None:
    assert "港市" not in typed("港の街の名前は?", "港市と長崎市が加わった。")


def test_an_ordinal_and_a_year_are_no_counts() -> None:
    assert cut("第５回と令和３年に３回", counts("第５回と令和３年に３回", "回")) == ["３回"]


def test_an_ordinal_does_not_tell_how_many_and_a_count_ends_with_its_counter() -> None:
    text = "12番目の会場を加え、４つの事務所を運営します。"
    assert cut(text, counts(text, None)) == ["４つ"]


def test_a_name_is_expanded_from_what_a_text_calls_hereafter() -> None:
    text = "「港の平和を進める条例」（以下、「平和条例」という。）"
    assert cut(text, expansions(text, "平和条例"))[0] == "港の平和を進める条例"


def test_how_often_and_how_long_are_told_apart() -> None:
    assert cut("年２回、２年間", frequencies("年２回、２年間")) == ["年２回"]
    assert "２年間" in cut("年２回、２年間", times("年２回、２年間"))


def test_the_smallest_unit_asked_for_is_wanted() -> None:
    assert smallest_unit("何年何月にできましたか") == "月"


def test_the_form_of_a_clause_speaks_for_or_against_it() -> None:
    text = "また、令和４年度末を目途に、申請できます。"
    assert shape("何ができますか", text, (3, 13), Kind.CLAUSE)["adverbial"] == 1
    assert shape("いつから始まりますか", "平成31年１月より参加", (0, 7), Kind.TYPED)["related"] == 1


class Letters:
    """Vectors in which only the same word is alike."""

    def of(self, words: Hashes) -> Floats:
        return np.array([[float(word % 97), 1.0] for word in words], np.float32) * 0


class Alike:
    """Vectors in which any word is like any other."""

    def of(self, words: Hashes) -> Floats:
        return np.tile(np.array([1.0, 0.0], np.float32), (len(words), 1))


def laid(*sentences: str, heading: str = "", vectors: WordVectors | None = None) -> PassageWords:
    tokenizer = shared_tokenizer()
    words = []
    offset = 0
    for sentence in sentences:
        words.append([(offset + t.start, offset + t.end, f) for t, f in word_forms(sentence, tokenizer)])
        offset += len(sentence)
    return passage_words(words, [f for _, f in word_forms(heading, tokenizer)], vectors or Letters())


def asked(question: str) -> AskedWords:
    terms = analyse(question, shared_tokenizer()).terms
    return AskedWords(tuple((1.0, term.accepts) for term in terms), Letters())


def test_a_sentence_holds_the_words_it_shares_with_the_question_alone_and_with_its_heading() -> None:
    near = Nearness(asked("図書館の休館日"), laid("休館日は月曜日です。", heading="図書館"))
    assert 0 < near.sentence(0)[0] < near.sentence(0, with_heading=True)[0]
    assert near.signs(0)["missing"] == 0


def test_nearer_spans_are_nearer() -> None:
    sentence = "開館は九時で、閉館は五時、電話は九番です。"
    near = Nearness(asked("閉館"), laid(sentence))
    places = [(sentence.index(word), sentence.index(word) + len(word)) for word in ("五時", "九番")]
    around = near.spans(0, places).around
    assert around[0] > around[1] > 0


def test_part_of_a_compound_is_not_found_in_another_compound() -> None:
    near = Nearness(asked("海外の出先機関"), laid("発給事務を行います。"))
    assert near.whole() == (0.0, 0.0)


@given(st.lists(st.sampled_from(["図書館", "休館日", "月曜日", "", "港の市場"]), min_size=1, max_size=6))
def test_nearness_lies_between_nothing_and_everything(sentences: list[str]) -> None:
    near = Nearness(asked("図書館の休館日は月曜日ですか"), laid(*sentences))
    for number in range(len(sentences)):
        assert all(-1e-6 <= value <= 1 + 1e-6 for value in near.signs(number).values())


def test_a_name_is_near_only_where_it_stands_and_no_other_name_is_like_it() -> None:
    words = laid("名古屋では、市民の皆様と協定を結びました。", vectors=Alike())
    terms = analyse("横浜の協定", shared_tokenizer()).terms
    weighted = tuple((1.0, term.accepts) for term in terms)
    by_likeness = Nearness(AskedWords(weighted, Alike()), words)
    by_name = Nearness(AskedWords(weighted, Alike(), proper=[term.proper for term in terms]), words)
    assert [term.text for term in terms if term.proper] == ["横浜"]
    assert by_name.sentence(0)[1] < by_likeness.sentence(0)[1]


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        (
            "窓口はいつできましたか",
            "令和３年12月に実施した満足度調査では、多くの方が満足と答えました。",
            "調査はいつ実施しましたか",
        ),
        (
            "二つの市が姉妹都市になったのはいつですか",
            "令和４年２月から始まった侵攻により、姉妹都市が攻撃を受けています。",
            "侵攻はいつ始まりましたか",
        ),
    ],
)
def test_a_date_in_a_clause_about_a_noun_is_less_surely_of_anything_else(
    question: str, sentence: str, other: str
) -> None:
    def surest(asked: str) -> float:
        found = typed_spans(
            analyse(asked, shared_tokenizer()),
            sentence,
            (0, len(sentence)),
            None,
            noun_phrases(sentence, shared_tokenizer()),
        )
        return max(found.values())

    assert surest(question) < surest(other)


def test_what_goes_on_in_a_year_too_did_not_surely_begin_then() -> None:
    def surest(sentence: str) -> float:
        asked = analyse("支援が始まったのはいつですか", shared_tokenizer())
        return max(
            typed_spans(
                asked, sentence, (0, len(sentence)), None, noun_phrases(sentence, shared_tokenizer())
            ).values()
        )

    assert surest("令和４年度も、支援を行います。") < surest("令和４年度に、支援を行います。")
