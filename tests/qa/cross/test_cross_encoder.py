"""The cross-encoder: what it reads of a question and a text, and that NumPy reads it as torch does."""

from pathlib import Path

import numpy as np
import pytest

from index.encoders.use_encoder import UseEncoder, fresh_use
from qa.cross.judging import PairJudge, shipped_cross_encoder
from qa.cross.network import CrossEncoder
from qa.cross.reading import ASKED, BEFORE, PATH, START, TEXT, TITLE, PairReader

_TEXTS = (
    ("青葉図書館の案内", ("施設", "駐車場"), "普通車32台。"),
    ("青葉図書館の案内", ("施設",), "午前９時から午後７時まで開きます。"),
    ("", (), "月曜日は休みです（祝日のときは翌日）。"),
)


@pytest.fixture(scope="module")
def encoder() -> UseEncoder:
    return fresh_use()


@pytest.fixture(scope="module")
def reader(encoder: UseEncoder) -> PairReader:
    return PairReader(encoder)


def test_a_pair_holds_the_question_then_the_titles_then_the_text(reader: PairReader) -> None:
    pair = reader.pairs("車はとめられる?", "図書館は何時まで", [_TEXTS[0]])[0]
    parts = pair.parts.tolist()
    assert parts == sorted(parts, key=[START, ASKED, BEFORE, TITLE, PATH, TEXT].index)
    assert set(parts) == {START, ASKED, BEFORE, TITLE, PATH, TEXT}
    assert parts.index(TEXT) == pair.text


def test_word_pieces_know_their_place_in_the_text(reader: PairReader) -> None:
    text = "土・日曜日は午前９時から午後5時まで（200台）。"
    told = reader.cut(text, 100)
    assert "".join(text[start:end] for start, end in told.spans) == text
    digits = [text[start:end] for (start, end), digit in zip(told.spans, told.digits, strict=True) if digit]
    assert digits == ["９", "5", "200"]


def test_a_word_that_stands_on_both_sides_is_the_same_on_both(reader: PairReader) -> None:
    pair = reader.pairs("駐車場は何台", "", [("", (), "駐車場は32台です。")])[0]
    same_of_question = pair.signs[pair.parts == ASKED][:, 1]
    same_of_text = pair.signs[pair.parts == TEXT][:, 5]
    assert same_of_question.max() == 1 == same_of_text.max()
    assert same_of_text.min() == 0


def test_numpy_reads_pairs_as_torch_does(reader: PairReader, tmp_path: Path) -> None:
    import torch

    from eval.training.cross.torch_network import TorchCrossEncoder, padded

    torch.manual_seed(1)
    pairs = reader.pairs("駐車場は何台ありますか", "図書館は何時まで", _TEXTS)
    pieces, parts, met, there = padded(pairs)
    known = np.unique(pieces.numpy())
    vectors = reader.vectors(known)
    network = TorchCrossEncoder(torch.from_numpy(vectors), 5).eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_((weight + torch.randn(weight.shape) * 0.05).half().float())
    signs = np.random.default_rng(1).normal(size=(3, 5)).astype(np.float32)
    network.save(tmp_path / "cross.npz", np.zeros(5, np.float32), np.ones(5, np.float32))
    rows = torch.from_numpy(np.searchsorted(known, pieces.numpy()))
    with torch.no_grad():
        score, nothing, ends = network(rows, parts, met, there, torch.from_numpy(signs))
    places = np.searchsorted(known, np.concatenate([pair.pieces for pair in pairs]))
    judged = CrossEncoder.open(tmp_path / "cross.npz").judged(pairs, vectors, places, signs)
    assert judged.score == pytest.approx(score.numpy(), abs=0.01)
    assert judged.nothing == pytest.approx(nothing.numpy(), abs=0.01)
    for row, (pair, own) in enumerate(zip(pairs, judged.ends, strict=True)):
        assert own == pytest.approx(ends[row, pair.text : len(pair.pieces)].numpy(), abs=0.02)


def test_shares_of_texts_and_of_nothing_are_one_together(encoder: UseEncoder) -> None:
    network = shipped_cross_encoder()
    signs = np.zeros((3, network.signs), np.float32)
    shares = PairJudge(encoder, network).shares("駐車場は何台ありますか", "", _TEXTS, signs)
    assert shares.shape == (4,)
    assert shares.sum() == pytest.approx(1)


@pytest.mark.parametrize("asked", ["", "🍣🍣", "あ" * 5_000, "\u0000\ufffd"])
def test_whatever_is_typed_is_read(encoder: UseEncoder, asked: str) -> None:
    network = shipped_cross_encoder()
    texts = [*_TEXTS, ("", (), ""), ("題" * 500, ("見出し" * 90,) * 9, "本文" * 900)]
    shares = PairJudge(encoder, network).shares(asked, asked, texts, np.zeros((5, network.signs), np.float32))
    assert np.isfinite(shares).all()
