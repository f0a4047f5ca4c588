"""How answers are chosen, refused, asked back, and how sure they are: on a small city of its own."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.home import Certainty, Settings, write_settings
from qa.assistant import Assistant
from qa.building import build
from qa.judging import JUDGEMENT_FILE, SORTS, Judgement, shipped_judgement
from qa.types import Answer, Clarification

GUIDE = """みなとまち文化会館のごあんない

文化会館は、平成20年４月に港町に開館しました。館長は、作曲家の森田由美子です。

開館時間　午前９時から午後９時まで
休館日　毎週火曜日

文化会館には、音楽室、工作室及び茶室の３つの部屋があります。

利用できるのは、市内に住む方です。登録者は、令和５年度末で1,204人でした。

みなとまち産業会館のごあんない

産業会館は、令和元年10月に北町に開館しました。

開館時間　午前10時から午後６時まで
休館日　毎週日曜日

文化振興課

(１) 文化会館の管理運営に関すること。

(２) 文化財の保護に関すること。

産業振興課

(１) 産業会館の管理運営に関すること。
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    (folder / "guide.txt").write_text(GUIDE, encoding="utf-8")
    (folder / "guide.toml").write_text(
        'title = "文化会館と産業会館"\npublisher = "みなとまち市"\nsource = "試験"\nfiscal_year = 2024\n',
        encoding="utf-8",
    )
    home = tmp_path_factory.mktemp("home")
    build(home, corpus=folder)
    return home


@pytest.fixture(scope="module")
def assistant(home: Path) -> Assistant:
    return Assistant.open(home)


@pytest.fixture(scope="module")
def built_in(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("built-in")
    build(home)
    return Assistant.open(home)


def short(assistant: Assistant, question: str) -> str:
    reply = assistant.ask(question)
    return reply.short if isinstance(reply, Answer) else ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("文化会館の館長は誰ですか", "森田由美子"),
        ("文化会館の休館日はいつですか", "火曜日"),
        ("文化会館が開館したのはいつですか", "平成20年４月"),
        ("文化会館の登録者は令和5年度末で何人ですか", "1,204人"),
        ("文化会館の管理運営を担当しているのはどの課ですか", "文化振興課"),
    ],
)
def test_the_short_answer_is_the_phrase_a_person_would_say(
    assistant: Assistant, question: str, answer: str
) -> None:
    said = short(assistant, question)
    assert answer in said
    assert len(said) <= len(answer) + 8


def test_a_list_is_told_whole_and_in_order(assistant: Assistant) -> None:
    reply = assistant.ask("文化会館にはどんな部屋がありますか。全部教えてください")
    assert isinstance(reply, Answer)
    assert reply.members == ("音楽室", "工作室", "茶室")


def test_what_a_division_does_is_all_its_duties(assistant: Assistant) -> None:
    reply = assistant.ask("文化振興課は何をしていますか")
    assert isinstance(reply, Answer)
    assert reply.members == ("文化会館の管理運営に関すること", "文化財の保護に関すること")


def test_a_question_that_fits_two_places_is_asked_back_with_both(built_in: Assistant) -> None:
    reply = built_in.ask("市のパスポートセンターの名前は？")
    assert isinstance(reply, Clarification)
    assert len(set(reply.options)) == len(reply.options) == 2
    assert len({c.quote for c in reply.citations}) == 2
    assert not any(isinstance(built_in.ask(option), Clarification) for option in reply.options)


@pytest.mark.parametrize(
    "question",
    [
        "文化会館の電話番号を教えてください",
        "文化会館の館長の月給はいくらですか",
        "文化会館の児童手当の窓口はどこですか",
        "図書館の館長は誰ですか",
        "文化会館の登録者は令和2年度末で何人ですか",
        "文化会館には何台の駐車場がありますか",
    ],
)
def test_what_the_documents_do_not_tell_is_declined_beside_a_passage_that_tempts(
    assistant: Assistant, question: str
) -> None:
    assert not isinstance(assistant.ask(question), Answer)


def test_a_stated_count_that_no_list_has_is_not_answered_with_a_shorter_list(assistant: Assistant) -> None:
    assert not isinstance(assistant.ask("文化会館の8つの部屋を全部教えて"), Answer)


def test_a_higher_certainty_shows_fewer_answers_and_no_others(home: Path) -> None:
    questions = [
        "文化会館の館長は誰ですか",
        "文化会館の休館日はいつですか",
        "利用できるのは誰ですか",
        "文化財はどの課の仕事ですか",
        "文化会館はどこにありますか",
    ]
    answers = []
    for certainty in (Certainty.BALANCED, Certainty.MOST, Certainty.NEARLY_ALL):
        write_settings(home, Settings(certainty=certainty))
        replies = [Assistant.open(home).ask(question) for question in questions]
        answers.append({(r.question, r.short) for r in replies if isinstance(r, Answer)})
    write_settings(home, Settings())
    assert answers[0] >= answers[1] >= answers[2]
    assert len(answers[0]) > len(answers[2])


def test_the_judgement_is_kept_with_the_bundle(home: Path) -> None:
    kept = Judgement.open(home / "current" / JUDGEMENT_FILE)
    assert kept == shipped_judgement()
    for sort in SORTS:
        balanced, most, nearly_all = (kept.thresholds[certainty][sort] for certainty in Certainty)
        assert balanced < most <= nearly_all


@given(st.dictionaries(st.sampled_from(sorted(shipped_judgement().sure)), st.floats(-1e6, 1e6), max_size=9))
def test_a_probability_is_one_whatever_the_signs(signs: dict[str, float]) -> None:
    assert 0 <= shipped_judgement().probability(signs) <= 1


WORDS = st.sampled_from(
    [
        "文化会館",
        "産業会館",
        "館長",
        "誰",
        "いつ",
        "どこ",
        "何人",
        "全部",
        "は",
        "の",
        "ですか",
        "８",
        "休館日",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=9))
def test_whatever_is_asked_short_answers_members_and_quotes_are_verbatim(
    assistant: Assistant, words: list[str]
) -> None:
    reply = assistant.ask("".join(words))
    document = "".join(GUIDE.split())
    if isinstance(reply, Answer):
        for said in (reply.short, *reply.members, *(c.quote for c in reply.citations)):
            assert "".join(said.split()) in document
        assert reply.short in reply.citations[0].quote
