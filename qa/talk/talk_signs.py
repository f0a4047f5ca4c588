"""What talk is told from questions by: the runs of letters of a text, and its meaning."""

from zlib import crc32

import numpy as np

from corpus.normalizing import normalize
from qa.learned.linear_models import Numbers

HASHED = 4096
"""Places that runs of letters fall into; two that share one are told apart by their other runs."""
_RUNS = (1, 2, 3, 4)  # letters of a run
_MEANING = 2.0  # length of the vector beside the runs
_END = 200  # of a long text its first and its last letters are read


def plain(text: str) -> str:
    """Return `text` as it is read: normalised, of a long one its beginning and its end."""
    normalized = normalize(text).strip()
    if len(normalized) <= 2 * _END:
        return normalized
    return f"{normalized[:_END]} {normalized[-_END:]}"


def signs(read: str, vector: Numbers) -> Numbers:
    """Return the signs of a text as `plain` returns it, with its vector: of shape (HASHED + dimension,)."""
    found = np.zeros(HASHED + len(vector), np.float32)
    letters = f"^{read.casefold()}$"
    places = {
        crc32(letters[start : start + length].encode("utf-8", "replace")) % HASHED
        for length in _RUNS
        for start in range(len(letters) - length + 1)
    }
    found[list(places)] = len(places) ** -0.5
    found[HASHED:] = _MEANING * vector
    return found
