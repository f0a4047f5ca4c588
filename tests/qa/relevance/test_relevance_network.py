"""The network that answers is the one that was trained, and it reads stored passages as it reads text."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import BlockKind, Document, Passage
from eval.training.relevance import torch_network
from eval.training.relevance.first_values import initial
from eval.training.relevance.network_training import matches
from index.keys import hash_keys
from index.segments.values import HeldValues
from index.tokenizer import shared_tokenizer
from qa.question.analysis import analyse
from qa.relevance.network_words import tokens_of, words_of
from qa.relevance.relevance_network import Network
from qa.relevance.relevance_scoring import Relevance
from qa.relevance.relevance_words import RelevanceWords, ToldStore, shipped_network
from qa.relevance.stretch_layout import BEFORE, HEADING, OWN, layout
from qa.relevance.word_vectors import likeness_vectors

TEXT = "中央図書館は火曜日から開いています。館長は田中一郎です。駐車場は北側にあります。"
SPANS = [(0, 18), (18, 27), (27, len(TEXT))]


def passage(text: str, id: str = "d#1") -> Passage:
    return Passage(id, "d", 1, ("図書館の案内",), BlockKind.PARAGRAPH, text, text, 0, len(text))


def stored() -> HeldValues:
    passages = [passage(TEXT), passage("", "d#2")]
    values = RelevanceWords().values(Document("d", "案内", "市", "d.txt", TEXT, (), ()), passages)
    return HeldValues(dict(zip([p.id for p in passages], values, strict=True)))


@pytest.fixture(scope="module")
def relevance() -> Relevance:
    return Relevance.open(stored(), likeness_vectors(), shared_tokenizer())


def random_words(draw: np.random.Generator, size: int) -> tuple[np.ndarray, ...]:
    return (
        draw.normal(size=(size, 96)).astype(np.float32),
        draw.uniform(size=size).astype(np.float32),
        draw.integers(0, 5, size),
        draw.integers(0, 4, size),
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(3, 60))
def test_numpy_and_torch_give_the_same_scores(seed: int, asked: int, told: int) -> None:
    draw = np.random.default_rng(seed)
    weights = {name: a.astype(np.float16) for name, a in initial(4, 3, seed=seed).items()}
    words_asked, words_told = random_words(draw, asked), random_words(draw, told)
    match = (draw.uniform(size=(asked, told)) < 0.2).astype(np.float32)
    laid = layout(np.arange(told, dtype=np.int32), min(2, told - 1), [(0, told // 2 + 1), (1, told)])

    network = Network(weights)
    question, text = network.see(*words_asked), network.see(*words_told)
    fast = network.scores(question, text, network.context(text, "text"), match, laid.words, laid.own)

    w = {name: torch.from_numpy(array.astype(np.float32)) for name, array in weights.items()}
    seen = torch_network.see(w, *map(torch.from_numpy, words_told))
    slow = torch_network.scores(
        w,
        torch_network.see(w, *map(torch.from_numpy, words_asked)),
        seen,
        torch_network.context(w, seen, "text"),
        torch.from_numpy(match),
        torch.from_numpy(laid.words.astype(np.int64)),
        torch.from_numpy(laid.own),
    )
    for one, other in zip(fast, slow, strict=True):
        assert np.allclose(one, other.numpy(), atol=2e-3)


@pytest.mark.parametrize(
    ("question", "right"),
    [("図書館の館長は誰ですか", 1), ("車はどこに停められますか", 2), ("図書館は何曜日に開きますか", 0)],
)
def test_the_sentence_that_answers_scores_highest(relevance: Relevance, question: str, right: int) -> None:
    [(scores, chances)] = relevance.scores(analyse(question, shared_tokenizer()), [("d#1", SPANS)])
    assert int(np.argmax(scores)) == right
    assert np.all((chances >= 0) & (chances <= 1))


def test_a_question_without_words_scores_nothing(relevance: Relevance) -> None:
    [(scores, _)] = relevance.scores(analyse("   ", shared_tokenizer()), [("d#1", SPANS)])
    assert not scores.any()


def test_an_empty_passage_and_no_spans_are_scored_without_a_fault(relevance: Relevance) -> None:
    asked = analyse("館長は誰", shared_tokenizer())
    found = relevance.scores(asked, [("d#1", SPANS[:1]), ("d#2", [(0, 0)])])
    assert [len(scores) for scores, _ in found] == [1, 1]


def test_a_passage_of_another_bundle_is_refused() -> None:
    with pytest.raises(KeyError):
        ToldStore(stored(), likeness_vectors(), shipped_network()).get("e#1")


def test_a_stored_passage_is_read_as_its_words_are() -> None:
    """What is stored gives the network the same as the text itself; a heading's words come first."""
    store = ToldStore(stored(), likeness_vectors(), shipped_network())
    told = store.get("d#1")
    tokens = tokens_of("図書館の案内", shared_tokenizer()) + tokens_of(TEXT, shared_tokenizer())
    np.testing.assert_array_equal(told.seen.input, store.see(words_of(tokens, store.lexicon)).input)
    assert told.headed == 4
    assert told.starts.tolist() == [token.start for token in tokens]
    books = int(hash_keys(["図書"])[0])
    assert [tokens[n].surface for n in told.places[books].tolist()] == ["図書", "図書"]


def test_a_stretch_is_read_with_its_heading_and_what_stands_before_it() -> None:
    starts = np.array([0, 0, *range(100)], np.int32)
    laid = layout(starts, 2, [(50, 52)])
    row = [n for n in laid.words[0].tolist() if n >= 0]
    assert row == [52, 53, 0, 1, *range(52 - BEFORE, 52)]
    assert laid.own[0].tolist() == [1.0] * 2 + [0.0] * (len(row) - 2)


def test_a_long_stretch_is_cut() -> None:
    laid = layout(np.arange(200, dtype=np.int32), 0, [(0, 200)])
    assert laid.words.shape == (1, OWN)
    assert HEADING < OWN


def test_words_match_by_themselves_and_by_synonym_groups() -> None:
    found = matches([frozenset({"旅券", "#1"}), frozenset({"費用"})], [frozenset({"パスポート", "#1"})])
    assert found.tolist() == [[1.0], [0.0]]


def test_passages_read_together_have_the_scores_that_each_has_alone(relevance: Relevance) -> None:
    question = analyse("図書館は何曜日から開きますか", shared_tokenizer())
    stretches = [("d#1", SPANS[:1]), ("d#1", SPANS[1:])]
    together = relevance.scores(question, stretches)
    for own, (scores, chances) in zip(stretches, together, strict=True):
        [(alone, sure)] = relevance.scores(question, [own])
        np.testing.assert_allclose(scores, alone, atol=1e-4)
        np.testing.assert_allclose(chances, sure, atol=1e-4)
