"""What a table leaves blank is said to be blank: no other cell of the row, and not the whole row, stands for it."""

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.building.homes import build
from qa.types import Answer, Decline

_GUIDE = """# 楡浜市 文化施設のご案内

| 施設名 | 開館時間 | 観覧料 | 電話 | 駐車場 |
| --- | --- | --- | --- | --- |
| 楡浜美術館 | 午前9時から午後5時まで | 310円 | 0XX-500-1111 | － |
| 楡浜郷土資料館 | 午前10時から午後4時まで | … | 0XX-500-2222 | 12台 |
| 港町文学館 | 午前9時から午後7時まで | 150円 | － | 30台 |
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    corpus, home = tmp_path_factory.mktemp("town"), tmp_path_factory.mktemp("home")
    (corpus / "bunka.md").write_text(_GUIDE, encoding="utf-8")
    build(Path(home), corpus=Path(corpus))
    return Assistant.open(Path(home))


@pytest.mark.parametrize(
    ("question", "row", "column"),
    [
        ("楡浜郷土資料館の観覧料はいくらですか", "楡浜郷土資料館", "観覧料"),
        ("港町文学館の電話番号を教えてください", "港町文学館", "電話"),
    ],
)
def test_a_blank_cell_is_no_answer_but_is_said_to_be_blank(
    town: Assistant, question: str, row: str, column: str
) -> None:
    reply = town.ask(question)
    assert isinstance(reply, Decline)
    assert reply.text == f"「{row}」の{column}は、表では空欄です。"
    assert row in reply.citations[0].quote


def test_a_cell_that_tells_is_told(town: Assistant) -> None:
    reply = town.ask("楡浜美術館の観覧料はいくらですか")
    assert isinstance(reply, Answer)
    assert reply.short == "310円"


@pytest.mark.parametrize("question", ["楡浜美術館の館長はだれですか", "港町文学館はいつ建ちましたか"])
def test_a_row_is_not_told_whole_for_what_it_does_not_tell(town: Assistant, question: str) -> None:
    reply = town.ask(question)
    assert not isinstance(reply, Answer) or reply.short.count("|") == 0
