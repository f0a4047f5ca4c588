"""The chiVe word vectors that the package ja-ginza installs; read at build time only."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.settings import EncoderError
from index.keys import Hashes, hash_keys


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words in the order of their hashes: 480,000 words share 20,000 rows of 300 numbers.

    `ranks` starts at 1 for the most frequent word of the text that the vectors were trained on.
    """

    words: tuple[str, ...]
    keys: Hashes
    ranks: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.float16]


@cache
def chive() -> WordVectors:
    """Read the vectors (some 3 s). Half precision: the rows take 12 MB and no ranking changes."""
    from spacy.strings import StringStore
    from spacy.vectors import Vectors

    folder = _vocab_folder()
    strings = StringStore().from_disk(folder / "strings.json")
    stored = Vectors(strings=strings).from_disk(folder)
    rows = np.fromiter(stored.key2row.values(), np.int32, len(stored.key2row))
    return word_vectors([strings[key] for key in stored.key2row], rows, np.asarray(stored.data))


def word_vectors(
    words: Sequence[str], rows: npt.NDArray[np.int32], vectors: npt.NDArray[np.float32]
) -> WordVectors:
    """Return the words, given most frequent first, in the order of their hashes."""
    keys = hash_keys(words)
    order = np.argsort(keys, kind="stable")
    return WordVectors(
        words=tuple(words[position] for position in order.tolist()),
        keys=keys[order],
        ranks=(order + 1).astype(np.int32),
        rows=rows[order],
        vectors=vectors.astype(np.float16),
    )


def _vocab_folder() -> Path:
    # find_spec, not import: importing ja_ginza would load its whole pipeline.
    spec = find_spec("ja_ginza")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        for folder in sorted(Path(place).glob("ja_ginza-*/vocab")):
            return folder
    raise EncoderError(
        "単語ベクトルのパッケージ ja-ginza が見つかりません。「make setup」で入れ直してください。"
    )
