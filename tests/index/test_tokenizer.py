"""Words by Sudachi."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sudachipy import SplitMode

from corpus.library import BUILT_IN
from index.terms import bigrams, synonyms, words
from index.tokenizer import SudachiTokenizer, dictionary, shared_tokenizer


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60), st.sampled_from(["A", "C"]))
def test_every_token_stands_in_the_text_where_it_says(text: str, mode: str) -> None:
    tokens = shared_tokenizer().tokens(text, "A" if mode == "A" else "C")
    assert all(text[token.start : token.end] == token.surface for token in tokens)
    assert "".join(token.surface for token in tokens) == text


def test_mode_a_is_finer_than_mode_c() -> None:
    text = "選挙管理委員会"
    assert [token.surface for token in shared_tokenizer().tokens(text)] == ["選挙", "管理", "委員", "会"]
    assert [token.surface for token in shared_tokenizer().tokens(text, "C")] == [text]


def test_both_modes_from_one_cut_are_what_sudachi_gives_for_each() -> None:
    texts = [file.read_text(encoding="utf-8")[:10_000] for file in sorted(BUILT_IN.glob("*.txt"))]
    for mode, split in (("A", SplitMode.A), ("C", SplitMode.C)):
        analyser = dictionary().create(split)
        for text in texts:
            given = [
                (m.begin(), m.end(), m.normalized_form(), m.reading_form(), m.part_of_speech()[0])
                for m in analyser.tokenize(text)
            ]
            tokens = SudachiTokenizer().tokens(text, "A" if mode == "A" else "C")
            assert [(t.start, t.end, t.normalized, t.reading, t.pos) for t in tokens] == given


def test_the_reading_of_numerals_in_a_row_is_that_of_their_place() -> None:
    read = [
        next(token.reading for token in shared_tokenizer().tokens(text) if token.surface == "24")
        for text in ("1949年(昭和24年)4月、ふ", "2018年11月24日になると、")
    ]
    assert read == ["ニシ", "ニヨン"]


def test_words_are_content_words_in_normalised_form() -> None:
    assert words("引越しの届けは、必要ですか？") == ["引っ越し", "届け", "必要"]
    assert words("ｺﾝﾋﾟｭｰﾀ") == words("コンピューター")


def test_words_of_one_meaning_share_a_synonym_group() -> None:
    assert set(synonyms("旅券")) & set(synonyms("パスポート"))
    assert not set(synonyms("旅券")) & set(synonyms("図書館"))


def test_bigrams_do_not_cross_punctuation() -> None:
    assert bigrams("旅券、案内") == ["旅券", "案内"]
    assert bigrams("国際局") == ["国際", "際局"]
    assert bigrams("ア・イ") == ["ア", "イ"]


def test_a_text_longer_than_sudachi_takes_is_read_whole() -> None:
    text = "旅券の申請は窓口で受け付けます。" * 2000
    tokens = shared_tokenizer().tokens(text)
    assert len(text.encode()) > 49_149
    assert "".join(token.surface for token in tokens) == text
    assert tokens[-1].end == len(text)
    once = SudachiTokenizer().tokens("旅券の申請は窓口で受け付けます。")
    assert len(tokens) == 2000 * len(once)


@pytest.mark.parametrize("text", ["", "\0", "\ud800旅券", "😀", "\n\n"])
def test_odd_text_is_no_error(text: str) -> None:
    tokens = shared_tokenizer().tokens(text)
    assert sum(len(token.surface) for token in tokens) == len(text)


def test_threads_get_the_same_words_as_one() -> None:
    texts = [f"{number}番の窓口で旅券と住民票の申請を受け付けます。" for number in range(200)]
    alone = [words(text) for text in texts]
    found: list[list[list[str]]] = []
    threads = [
        threading.Thread(target=lambda: found.append([words(text) for text in texts])) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 6
