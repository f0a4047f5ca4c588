"""A fiscal year in an answer stands in the document, or the answer says it as the document does."""

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.building.homes import build
from qa.types import Answer

BUDGET = """令和8年度　みどり野市防災局　当初予算のあらまし（単位：千円）
合計　150,000　{previous}140,000
自主防災組織補助金　38,900（{before} 41,200）
　減額の理由：申請件数が減る見込みのため
避難所環境改善事業　111,100（{before} 98,800）
"""


def _opened(folder: Path, previous: str, before: str) -> Assistant:
    (folder / "c").mkdir()
    text = BUDGET.format(previous=previous, before=before)
    (folder / "c" / "bosai.txt").write_text(text, encoding="utf-8")
    header = 'title = "令和8年度 防災局当初予算"\npublisher = "みどり野市防災局"\nfiscal_year = 2026\n'
    (folder / "c" / "bosai.toml").write_text(header, encoding="utf-8")
    build(folder / "home", corpus=folder / "c")
    return Assistant.open(folder / "home")


@pytest.mark.parametrize(("before", "said"), [("前年度", "前年度から"), ("令和7年度", "令和7年度から")])
def test_the_year_before_is_called_as_the_document_calls_it(tmp_path: Path, before: str, said: str) -> None:
    reply = _opened(tmp_path, before, before).ask("自主防災組織補助金は前年度からいくら減りましたか")
    assert isinstance(reply, Answer)
    assert reply.short == "2,300千円の減"
    assert f"自主防災組織補助金は{said}令和8年度で" in reply.text


def test_a_reason_that_is_told_below_an_item_is_the_answer_to_why_it_fell(tmp_path: Path) -> None:
    reply = _opened(tmp_path, "前年度", "前年度").ask("自主防災組織補助金が減った理由は何ですか")
    assert isinstance(reply, Answer)
    assert reply.short == "申請件数が減る見込みのため"
