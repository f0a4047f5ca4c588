"""What likeness of words adds to a bundle: the vectors, ready to map."""

from dataclasses import dataclass
from pathlib import Path

from qa.relevance.word_vectors import likeness_vectors


@dataclass(frozen=True, slots=True)
class LikenessFile:
    """The shipped word vectors as arrays that are mapped."""

    name: str = "語の近さ"

    def write(self, folder: Path) -> None:
        """Write the arrays `reading-vectors.*.npy`."""
        likeness_vectors().save(folder)
