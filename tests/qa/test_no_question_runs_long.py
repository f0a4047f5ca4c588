"""No question runs long: adversarial ones over adversarial documents, a file that once never ended, the time limit.

Times are of the processor, not of the wall, so that a busy machine fails no test.
"""

from pathlib import Path
from time import process_time

import pytest

from bench.adversarial import adversarial_home
from bench.adversarial_texts import questions
from index.bundle import open_bundle
from qa import deadline
from qa.assistant import Assistant
from qa.building.homes import build
from qa.deadline import OutOfTimeError, check_time, time_limit
from qa.types import Answer, Decline, Reply
from ui.questions import cleaned, objection

_LONGEST = 2.0  # seconds
_QUESTION = "パスポートセンターは何か所ありますか"


def _timed(assistant: Assistant, question: str, history: tuple[str, ...] = ()) -> tuple[float, Reply]:
    started = process_time()
    reply = assistant.ask(question, history=history)
    return process_time() - started, reply


def test_no_adversarial_question_takes_two_seconds(tmp_path: Path) -> None:
    assistant = Assistant.open(adversarial_home(tmp_path, seed=7, characters=700))
    asked = [text for text in map(cleaned, questions(7, 300)) if not objection(text)]
    before = [(), *((text,) for text in asked)]
    taken = [
        (_timed(assistant, text, history if number % 5 == 0 else ())[0], text)
        for number, (text, history) in enumerate(zip(asked, before, strict=False))
    ]
    assert len(taken) > 280
    assert max(taken)[0] < _LONGEST, max(taken)


# As cities publish them: amounts in yen with eleven digits, no unit in the header. One question never ended here.
_TAXES = """年度,税目,区分,調定額,収入済額,不納欠損額,収入未済額
令和3年度,宿泊税,現年課税分,31877204519,31602918847,1730284,272555388
令和3年度,宿泊税,滞納繰越分,518206633,190472215,28817004,298917414
"""


def test_a_table_of_long_amounts_is_answered_in_time_and_never_with_another_amount(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "taxes.csv").write_text(_TAXES, encoding="utf-8")
    build(tmp_path / "home", corpus=tmp_path / "corpus")
    assistant = Assistant.open(tmp_path / "home")
    taken, reply = _timed(assistant, "宿泊税の収入済額はいくらですか")
    assert taken < _LONGEST
    if isinstance(reply, Answer):
        assert "31602918847" in reply.short.replace(",", "")


def test_a_question_that_takes_too_long_is_declined_and_says_so(
    assistant: Assistant, built_home: Path
) -> None:
    hurried = Assistant(open_bundle(built_home), longest_answer=0.0)
    reply = hurried.ask(_QUESTION)
    assert isinstance(reply, Decline)
    assert reply.reason == "out_of_time"
    assert "時間内に" in reply.text
    assert assistant.ask(_QUESTION) == assistant.ask(_QUESTION)


@pytest.mark.parametrize("looks", [1, 2, 3, 5, 8, 13, 21, 34])
def test_wherever_a_question_is_stopped_the_next_one_is_unaffected(
    built_home: Path, assistant: Assistant, looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Assistant(open_bundle(built_home))
    looked = iter([0.0] * (looks + 1))
    with monkeypatch.context() as clock:
        clock.setattr(deadline, "monotonic", lambda: next(looked, 1e9))
        stopped = fresh.ask(_QUESTION)
    assert isinstance(stopped, Decline)
    assert stopped.reason == "out_of_time"
    assert fresh.ask(_QUESTION) == assistant.ask(_QUESTION)


def test_a_limit_within_a_limit_ends_with_the_earlier_one() -> None:
    with time_limit(0.0), time_limit(60.0), pytest.raises(OutOfTimeError):
        check_time()
    check_time()
