"""Packs chiVe for likeness: `python -m eval.training.vector_packing --output FOLDER`.

This needs ja-ginza 5.3 and spaCy. Neither is needed to run or to train anything: what this wrote is shipped, and it is
here so that it can be written again. The same package gives the same bytes.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, hash_keys
from index.tokenizer import Mode, shared_tokenizer
from qa.evidence.word_vectors import DIMENSION, RAREST, SHIFT

FILE = "vectors.npz"
_KEPT = 400_000
"""So many of the most frequent words are kept: the file stays under 4 MB."""
_MODES: tuple[Mode, ...] = ("A", "C")


@dataclass(frozen=True, slots=True)
class Chive:
    """chiVe as ja-ginza has it: `words`, most frequent first, share the rows of `vectors`."""

    words: list[str]
    rows: npt.NDArray[np.int32]
    vectors: npt.NDArray[np.float32]


def read_chive() -> Chive:
    """Read the vectors of the installed package; FileNotFoundError if there is none."""
    from spacy.strings import StringStore
    from spacy.vectors import Vectors

    folder = _vocab_folder()
    strings = StringStore().from_disk(folder / "strings.json")
    stored = Vectors(strings=strings).from_disk(folder)
    rows = np.fromiter(stored.key2row.values(), np.int32, len(stored.key2row))
    # Half precision first: so the vectors were when all that reads them was fitted.
    vectors = np.asarray(stored.data).astype(np.float16).astype(np.float32)
    return Chive([strings[key] for key in stored.key2row], rows, vectors)


def _vocab_folder() -> Path:
    # find_spec, not import: importing ja_ginza would load its whole pipeline.
    spec = find_spec("ja_ginza")
    for place in (spec.submodule_search_locations if spec else None) or ():
        for folder in sorted(Path(place).glob("ja_ginza-*/vocab")):
            return folder
    raise FileNotFoundError(
        "ja-ginza is not installed: pip install 'ja-ginza==5.3.0' spacy, in an environment apart"
    )


def pack(chive: Chive, path: Path) -> None:
    """Write the words that Sudachi gives as normalised forms, with their ranks and turned vectors."""
    given = _given(chive.words)
    kept = np.array([n for n, word in enumerate(chive.words[:_KEPT]) if word in given])
    keys = hash_keys(chive.words[n] for n in kept.tolist()) >> SHIFT
    keys, first = np.unique(keys, return_index=True)
    chosen = kept[first]
    ranks = np.round(RAREST * np.log(chosen + 1) / np.log(len(chive.words))).astype(np.uint8)
    turned = _turned(chive.vectors.astype(np.float64))
    np.savez_compressed(path, allow_pickle=False, **packed(keys, chive.rows[chosen], ranks, turned))


def _given(words: Sequence[str]) -> set[str]:
    tokenizer = shared_tokenizer()
    return {
        token.normalized.casefold()
        for word in words
        for mode in _MODES
        for token in tokenizer.tokens(word, mode)
    }


def _turned(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Centre the vectors and turn them to the directions in which they differ most."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    # Eigenvectors come by ascending variance.
    small = centred @ directions[:, -DIMENSION:]
    lengths = np.linalg.norm(small, axis=1, keepdims=True)
    return np.asarray(small / np.maximum(lengths, 1e-9), np.float32)


def packed(
    keys: Hashes, rows: npt.NDArray[Any], ranks: npt.NDArray[np.uint8], vectors: npt.NDArray[np.float32]
) -> dict[str, npt.NDArray[np.uint8] | npt.NDArray[np.int8]]:
    """Return what `unpacked` reads; `keys` are ascending 40-bit hashes, `vectors` any but zero.

    ValueError if two keys are 2³² or more apart.

    Numbers come byte by byte, all high bytes first, which is what compresses well; of keys their distances are kept.
    """
    steps = np.diff(keys, prepend=np.uint64(0))
    if steps.max(initial=0) >> np.uint64(32):
        raise ValueError("two keys are too far apart for four bytes: pack more words")
    signed = np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    return {
        "steps": _planes(steps.astype("<u4")),
        "rows": _planes(rows.astype("<u2")),
        "ranks": ranks,
        "vectors": signed,
    }


def _planes(numbers: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(numbers.view(np.uint8).reshape(len(numbers), -1).T)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    given.output.mkdir(parents=True, exist_ok=True)
    pack(read_chive(), given.output / FILE)


if __name__ == "__main__":
    main()
