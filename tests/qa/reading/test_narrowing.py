"""What is left out before ranking."""

import numpy as np

from qa.reading.asking import ask
from qa.reading.folding import fold
from qa.reading.narrowing import narrow
from qa.reading.records import Spread, read_text, spread

TEXTS = [
    "倉庫の屋根は赤い。塔の鐘は毎朝鳴る。",
    "中央図書館は1921年6月に野毛山で開館した。",
    "市場では魚と野菜が売られる。店は朝早くに開く。",
]
QUESTION = ask("中央図書館はいつ開館しましたか")
WEIGHTS = np.full(len(QUESTION.keys), 1 / len(QUESTION.keys), np.float32)


def pages() -> Spread:
    return spread([read_text(text) for text in TEXTS], [fold(text) for text in TEXTS])


def test_candidates_beside_the_questions_words_are_kept() -> None:
    """Asked of the library, only what its passage says is left, and nothing else of the pages changes."""
    whole = pages()
    own = int((whole.passage == 1).sum())
    narrowed = narrow(QUESTION, whole, WEIGHTS, most=own)
    assert set(narrowed.passage.tolist()) == {1}
    assert len(narrowed.columns.first) == len(narrowed.columns.described) == own
    assert np.array_equal(narrowed.columns.keys, whole.columns.keys)


def test_few_candidates_are_all_kept() -> None:
    """Nothing is gained by choosing among few."""
    whole = pages()
    assert narrow(QUESTION, whole, WEIGHTS) is whole


def test_a_question_of_no_known_word_keeps_the_first_candidates() -> None:
    """Without a word to go by, the order of the passages decides."""
    asked = ask("それはいつですか")
    narrowed = narrow(asked, pages(), np.zeros(len(asked.keys), np.float32), most=2)
    assert narrowed.passage.tolist() == [0, 0]
