"""From stored passages to short answers."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.types import BlockKind, Document, Passage
from index.segments.tallies import SegmentTally, Tallies
from qa.reading.reader import Reader, ShortAnswer
from qa.reading.storing import WORD_COUNTS, ReadingModel, ReadingWords
from qa.reading.vectors import likeness_vectors
from qa.reading.weighing import WordWeights

ROOT = Path(__file__).parents[3]


def passage(number: int, text: str) -> Passage:
    return Passage(f"p{number}", "d", 1, (), BlockKind.PARAGRAPH, text, text, 0, len(text))


LIBRARY = passage(
    1,
    "中央図書館\n中央図書館は1921年6月に野毛山で開館した。設計したのは建築家の前川國男である。蔵書は約167万冊。",
)
FESTIVAL = passage(2, "みなと祭\nみなと祭は毎年5月3日に山下公園で開かれる。主催は横浜観光協会である。")
OTHER = passage(3, "市営地下鉄\n市営地下鉄ブルーラインは湘南台駅とあざみ野駅を結ぶ。")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("bundle")
    write(written)
    return written


def write(folder: Path) -> None:
    document = Document("d", "文書", "市", "d.txt", "", (), ())
    ReadingWords().write(folder, [ReadingWords().part(document, [one]) for one in (LIBRARY, FESTIVAL)])
    ReadingModel().write(folder)


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return Reader.open(folder, weights(folder), likeness_vectors())


def weights(folder: Path) -> WordWeights:
    return WordWeights(Tallies([SegmentTally(folder, WORD_COUNTS)]), 2)


def best(reader: Reader, question: str) -> ShortAnswer:
    return reader.read(question, [(LIBRARY, 0.9), (FESTIVAL, 0.5)])[0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("中央図書館を設計したのは誰ですか", "前川國男"),
        ("中央図書館はいつ開館しましたか", "1921年6月"),
        ("みなと祭はどこで開かれますか", "山下公園"),
    ],
)
def test_the_phrase_that_answers(reader: Reader, question: str, answer: str) -> None:
    """Who, when, where: the phrase a person would say, not the sentence."""
    assert best(reader, question).text == answer


def test_every_answer_is_verbatim(reader: Reader) -> None:
    """`text` is what stands between `start` and `end`, and no two answers read the same."""
    texts = {p.id: p.text for p in (LIBRARY, FESTIVAL)}
    answers = reader.read("蔵書は何冊ですか", [(LIBRARY, 1.0), (FESTIVAL, 0.2)])
    assert all(texts[a.passage_id][a.start : a.end] == a.text for a in answers)
    assert len({a.text for a in answers}) == len(answers)


def test_answers_come_best_first(reader: Reader) -> None:
    """Scores fall, only the first has a margin above 0, probabilities lie in 0–1."""
    answers = reader.read("中央図書館はどこにありますか", [(LIBRARY, 1.0)])
    assert [a.score for a in answers] == sorted((a.score for a in answers), reverse=True)
    assert answers[0].margin >= 0 >= answers[1].margin
    assert all(0 <= a.probability <= 1 for a in answers)


def test_the_order_of_passages_is_their_scores(reader: Reader) -> None:
    """Whoever calls may give passages in any order."""
    one = reader.read("みなと祭はどこで開かれますか", [(LIBRARY, 0.1), (FESTIVAL, 0.9)])
    other = reader.read("みなと祭はどこで開かれますか", [(FESTIVAL, 0.9), (LIBRARY, 0.1)])
    assert one == other


def test_a_passage_far_behind_gives_way(reader: Reader) -> None:
    """Of two passages that fit alike, the answer of the one with the better score is first; so with ranks."""
    question = "開かれるのはいつですか"
    rival = passage(8, "さくら祭\nさくら祭は毎年4月9日に野毛山で開かれる。主催は商店会である。")
    for near, far in ((0.9, 0.1), (-1.0, -4.0)):
        assert reader.read(question, [(FESTIVAL, near), (rival, far)])[0].passage_id == FESTIVAL.id
        assert reader.read(question, [(FESTIVAL, far), (rival, near)])[0].passage_id == rival.id


def test_only_the_share_of_the_best_score_counts(reader: Reader) -> None:
    """A retriever's scale does not matter."""
    question = "みなと祭はどこで開かれますか"
    small = reader.read(question, [(FESTIVAL, 0.8), (LIBRARY, 0.4)])
    assert [a.score for a in small] == pytest.approx(
        [a.score for a in reader.read(question, [(FESTIVAL, 80.0), (LIBRARY, 40.0)])]
    )


def test_a_passage_is_read_when_it_is_first_asked_about(reader: Reader) -> None:
    """Nothing of a passage need be stored, and a changed text under an old id is read as it is now."""
    found = reader.read("ブルーラインは湘南台駅とどこを結びますか", [(OTHER, 1.0)])
    assert "あざみ野駅" in [a.text for a in found[:3]]
    changed = passage(1, "改訂。中央図書館は移転した。館長は山田花子である。")
    found = reader.read("館長は誰ですか", [(changed, 1.0)])
    assert found[0].text == "山田花子"
    assert all(changed.text[a.start : a.end] == a.text for a in found)


def test_words_count_by_the_passages_that_they_stand_in(folder: Path) -> None:
    """Every passage is counted once, however often it says a word."""
    counts = Tallies([SegmentTally(folder, WORD_COUNTS)])
    assert [counts.count(word) for word in ("図書", "祭", "は", "港町")] == [1, 1, 2, 0]


def test_nothing_to_read_gives_no_answer(reader: Reader) -> None:
    """No passages, an empty question, a passage without a word, one of nothing but spaces."""
    assert reader.read("誰ですか", []) == []
    assert reader.read("  ", [(LIBRARY, 1.0)]) == []
    assert reader.read("誰ですか", [(passage(9, "。"), 1.0)]) == []
    assert reader.read("誰ですか", [(passage(9, " \n "), 1.0), (passage(10, ""), 0.5)]) == []


def test_building_twice_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """The same passages, the same files."""
    write(tmp_path)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        p.name: p.read_bytes() for p in tmp_path.iterdir()
    }


def test_reading_loads_no_parser_and_no_trainer(folder: Path) -> None:
    """Answering needs Sudachi and NumPy alone."""
    code = (
        "import sys; from pathlib import Path; from qa.reading.reader import Reader; "
        "from qa.reading.vectors import load_likeness; from qa.reading.weighing import count_words; "
        f"folder = Path({str(folder)!r}); "
        "Reader.open(folder, count_words([]), load_likeness(folder)).read('誰', []); "
        "print([m for m in ('lightgbm','torch','scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
