"""A question that takes for granted what the documents contradict is told what they say instead."""

from pathlib import Path

import pytest

from index.bundle import open_bundle
from index.tokenizer import shared_tokenizer
from qa.assistant import Assistant
from qa.building import build
from qa.declining import Reason, decline
from qa.evidence import PassageReader
from qa.premises import Correction, contradicted
from qa.reading.vectors import load_likeness
from qa.types import Decline
from qa.vocabulary import open_vocabulary
from qa.wordstore import WORDS, WordStore

_GUIDE = """みなと市の子育てと学び

令和６年４月に、北区に児童交流館を開設します。児童交流館には図書室と遊戯室があります。
市は、高校生を対象とした海外留学を支援します。大学生には就職の講演会を開きます。
税務の窓口は、毎週木曜日に受付時間を午後７時まで延長します。法律の相談は水曜日に行います。
防災地図は、韓国語版を作成しました。観光の計画は、2030年を目標年次とします。
海外の活動は、ソウル事務所が担当します。港まつりの写真展は大阪で開催します。
"""


class _Counter:
    """Looks a question up in the guide and checks what it takes for granted."""

    def __init__(self, home: Path) -> None:
        bundle = open_bundle(home)
        tokenizer = shared_tokenizer()
        words = WordStore(bundle.values(WORDS))
        self._reader = PassageReader(tokenizer, words, load_likeness(bundle.path))
        self._vocabulary = open_vocabulary(bundle)
        self._assistant = Assistant(bundle)

    def corrected(self, text: str) -> Correction | None:
        question = self._assistant.answering.question(text)
        evidence = self._assistant.answering.evidence(question)
        return contradicted(question, evidence, self._reader, shared_tokenizer(), self._vocabulary)

    def declined(self, text: str) -> Decline:
        evidence = self._assistant.search(text)
        documents = {document.id: document for document in self._assistant.documents}
        return decline(text, Reason.PREMISE, evidence, documents, correction=self.corrected(text))


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> _Counter:
    folder, home = tmp_path_factory.mktemp("guide"), tmp_path_factory.mktemp("home")
    (folder / "guide.txt").write_text(_GUIDE, encoding="utf-8")
    build(home, corpus=folder)
    return _Counter(home)


@pytest.mark.parametrize(
    ("question", "said", "instead"),
    [
        ("南区に新しくできる児童交流館には何がありますか", "南区", "北区"),
        ("大学生の海外留学の支援はいくらですか", "大学生", "高校生"),
        ("税務の窓口が水曜日に延長しているのは何時までですか", "水曜日", "木曜日"),
        ("防災地図のタイ語版は誰が作成しましたか", "タイ語版", "韓国語版"),
        ("2035年を目標年次とする観光の計画とは何ですか", "2035年", "2030年"),
        ("パリ事務所は海外の活動の何を担当しますか", "パリ事務所", "ソウル事務所"),
        ("神戸で開催する港まつりの写真展はいつですか", "神戸", "大阪"),
    ],
)
def test_another_of_the_kind_stands_in_the_documents(
    counter: _Counter, question: str, said: str, instead: str
):
    found = counter.corrected(question)
    assert found
    assert (found.said, found.instead) == (said, instead)
    start, end = found.quote
    assert instead in found.evidence.passage.text[start:end]


@pytest.mark.parametrize(
    "question",
    [
        "北区に開設する児童交流館には何がありますか",
        "高校生の海外留学は支援してもらえますか",
        "大学生の講演会では何を聞けますか",
        "法律の相談は水曜日ですか",
        "木曜日の税務の窓口は何時までですか",
        "ソウル事務所は何を担当しますか",
        "児童交流館はどの区にできますか",
        "南区の粗大ごみの収集日はいつですか",
    ],
)
def test_what_the_documents_tell_or_do_not_touch_is_not_corrected(counter: _Counter, question: str):
    assert counter.corrected(question) is None


def test_a_decline_tells_and_quotes_what_stands_instead(counter: _Counter):
    reply = counter.declined("南区に新しくできる児童交流館には何がありますか")
    assert reply.reason == "premise"
    assert "「南区」ではなく、文書には「北区」とあります。" in reply.text
    assert "北区に児童交流館を開設します" in reply.citations[0].quote
    assert [citation.number for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
