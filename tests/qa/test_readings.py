"""Questions in kana are read with the corpus's own words; mistyped words also count as what they stand for."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.normalizing import normalize
from index.artefacts import Artefacts
from index.bundle import open_bundle
from index.keys import Hashes, hash_keys
from index.tokenizer import shared_tokenizer
from qa.assistant import Assistant
from qa.question.analysis import analyse, word_forms
from qa.question.readings import (
    EverydayWords,
    Reading,
    Readings,
    SpokenWords,
    open_readings,
)
from qa.question.spelling import CorpusSpelling
from qa.question.spoken_words import letter_names, spoken
from qa.question.vocabulary import Vocabulary
from tests.index.conftest import build, change, document
from tests.index.conftest import given as given_documents

PAGE = """保育課では、児童手当の申請を受け付けます。市の窓口は市民会館の一階です。
国際連携課は高校生の留学を応援します。対象は市内の高校生です。給食費の納付は毎月末日までです。
SDGsの推進、パスポートセンターの案内、日本語講座の教材は無料です。転入届は市民課へ。"""
TOKENIZER = shared_tokenizer()


def _vocabulary(text: str) -> Vocabulary:
    return Vocabulary(1, dict(Counter(form for _, forms in word_forms(text, TOKENIZER) for form in forms)))


class HeldWords:
    """Words in memory, found as those of a segment are."""

    def __init__(self, counts: Counter[tuple[str, str]]) -> None:
        self._by_key: dict[int, list[tuple[str, int]]] = {}
        for (reading, spelling), count in counts.items():
            self._by_key.setdefault(int(hash_keys([reading])[0]), []).append((spelling, count))

    def find(self, keys: Hashes) -> Iterator[list[tuple[str, int]]]:
        return (self._by_key.get(key, []) for key in keys.tolist())

    def standing(self) -> Iterator[str]:
        return (spelling for words in self._by_key.values() for spelling, count in words if count)


def _readings(text: str) -> Readings:
    return Readings([HeldWords(Counter(spoken(normalize(text), TOKENIZER)))])


SPELLING = CorpusSpelling(TOKENIZER, _readings(PAGE), _vocabulary(PAGE))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ほいくか の でんわばんごう おしえて", "保育課の電話番号教えて"),
        ("ほいくかのでんわばんごうおしえて", "保育課の電話番号教えて"),
        ("ﾎｲｸｶﾉﾃﾞﾝﾜﾊﾞﾝｺﾞｳｵｼｴﾃ", "保育課の電話番号教えて"),
        (
            "こうこうせいの りゅうがくの おうえんは、どんなこが たいしょう？",
            "高校生の留学の応援は、どんな子が対象?",
        ),
        ("にほんごこうざの きょうざいは いくらしますか", "日本語講座の教材はいくらしますか"),
        ("こくさいれんけいか は どんなしごとを しているのですか", "国際連携課はどんな仕事をしているのですか"),
        ("えすでぃーじーずってなに", "SDGsって何"),
        ("えすでぃじずってなに", "SDGsって何"),
        ("ぱすぽーとせんたーは なんじから", "パスポートセンターは何時から"),
        ("きゅうしょくひは なんがつまで", "給食費は何月まで"),
        ("しの まどぐちは どこ", "市の窓口はどこ"),
    ],
)
def test_a_question_in_kana_is_spelled_as_the_corpus_spells_it(typed: str, meant: str) -> None:
    assert SPELLING.spelled(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "児童手当はどこで申請できますか",
        "お金がかからないのはどんなこと？　まとめて教えて",
        "パスポートセンターは？",
        "YOKEとは",
        "スケートボードはできますか",
        "",
        "？？？",
    ],
)
def test_a_question_that_reads_well_stays_exactly_as_typed(typed: str) -> None:
    assert SPELLING.spelled(typed) == typed


def test_among_kanji_only_a_corpus_word_that_is_unknown_otherwise_is_spelled() -> None:
    assert SPELLING.spelled("市民課の きょうざいは無料？") == "市民課の 教材は無料?"
    assert SPELLING.spelled("市民課の しごとは何？") == "市民課の しごとは何？"


def test_the_kana_question_is_understood_and_kept_as_typed() -> None:
    question = analyse("しみんかいかん は なんじまで", TOKENIZER, SPELLING)
    assert question.text == "しみんかいかん は なんじまで"
    assert question.normalized == "市民会館は何時まで"
    assert "会館" in {term.text for term in question.terms}


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("市民会間はどこ", "市民会館"),
        ("パスポードセンターはどこ", "パスポートセンター"),
        ("パスポートセンターーはどこ", "パスポートセンター"),
    ],
)
def test_a_mistyped_word_also_counts_as_the_one_it_stands_for(typed: str, word: str) -> None:
    question = analyse(typed, TOKENIZER, SPELLING)
    assert question.normalized == typed
    assert word in question.query
    forms = {form for _, forms in word_forms(word, TOKENIZER)[-1:] for form in forms}
    assert any(forms & term.accepts for term in question.terms)


@pytest.mark.parametrize(
    "typed", ["転出届", "市民課", "国際連合課", "教育課", "市民会館", "2024年", "横浜市民会"]
)
def test_another_real_word_is_no_misspelling(typed: str) -> None:
    assert SPELLING.meant(typed) == []


def test_what_counts_is_no_misspelling() -> None:
    assert (
        CorpusSpelling(
            TOKENIZER, _readings("三年以上住む人です。"), _vocabulary("三年以上住む人です。")
        ).meant("何歳以上ですか")
        == []
    )


def test_what_is_too_long_for_a_question_stays_as_typed() -> None:
    assert SPELLING.spelled("ほいくか" * 200) == "ほいくか" * 200


def test_the_hour_is_meant_where_the_documents_count_no_characters() -> None:
    assert SPELLING.spelled("窓口は何字までですか") == "窓口は何時までですか"
    lettered = f"{PAGE}作文は千二百字です。"
    counted = CorpusSpelling(TOKENIZER, _readings(lettered), _vocabulary(lettered))
    assert counted.spelled("作文は何字までですか") == "作文は何字までですか"


def test_of_one_sound_the_most_frequent_spelling_is_kept() -> None:
    readings = _readings("期間を示す。期間を延ばす。機関に聞く。")
    assert readings.find(["きかん"])["きかん"].spelling == "期間"


def test_abbreviations_are_known_by_their_letters() -> None:
    assert {"えすでぃーじーず", "えすでぃじず"} <= set(letter_names("SDGs"))


def _city(home: Path, **texts: str) -> Readings:
    """Return the readings of a home to which each text was added by itself."""
    artefacts = Artefacts(segments=(SpokenWords(),), bundle=(EverydayWords(),))
    for number, (name, text) in enumerate(texts.items()):
        act = change if number else build
        sources = given_documents(document(name, text.splitlines()))
        act(home, **({"added": sources} if number else {"sources": sources}), artefacts=artefacts)
    return open_readings(open_bundle(home))


def test_readings_of_several_segments_are_those_of_all_their_text(tmp_path: Path) -> None:
    other = "期間を示す。期間を延ばす。機関に聞く。機関を置く。機関紙を読む。"
    stored, held = _city(tmp_path, page=PAGE, other=other), _readings(f"{PAGE}\n{other}")
    asked = ["ほいくか", "きかん", "ない", "まどぐち"]
    assert stored.find(asked) == held.find(asked)
    assert stored.spellings == held.spellings


def test_a_removed_document_s_words_are_not_heard_any_more(tmp_path: Path) -> None:
    readings = _city(tmp_path, page=PAGE, other="機関に聞く。窓口へ。")
    assert readings.find(["きかん"])["きかん"].spelling == "機関"
    change(tmp_path, removed=["other"])
    left = open_readings(open_bundle(tmp_path))
    assert left.find(["きかん"])["きかん"] == Reading("期間", 0), "as the everyday table has it"
    assert "機関" not in left.spellings
    assert left.find(["まどぐち"]) == _readings(PAGE).find(["まどぐち"])


def test_without_readings_a_question_is_read_as_typed() -> None:
    old = CorpusSpelling(TOKENIZER, Readings([]), _vocabulary(PAGE))
    assert old.spelled("ほいくか の でんわ") == "ほいくか の でんわ"
    assert old.meant("市民会間") == []


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="あかしのはがんゅっーカシー ほいく市課?、3a", max_size=25))
def test_any_text_is_read_and_only_kana_and_space_are_touched(text: str) -> None:
    def others(spelled: str) -> list[str]:
        return [c for c in normalize(spelled) if c in "?、a"]

    assert others(SPELLING.spelled(text)) == others(text)


def test_the_reply_keeps_the_question_as_typed(assistant: Assistant) -> None:
    typed = "こくさいぎれい は どのか の しごとですか"
    assert assistant.ask(typed).question == typed
    kanji = assistant.search("国際儀礼はどの課の仕事ですか", k=3)
    assert [e.passage.id for e in assistant.search(typed, k=3)] == [e.passage.id for e in kanji]
