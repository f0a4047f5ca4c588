"""Data files of rows: columns with TABs between them; what begins with # is a comment."""

from collections.abc import Iterator
from importlib.resources import files


def data_rows(package: str, name: str, *, columns: int | None = None) -> Iterator[list[str]]:
    """Yield the rows of a file of a package, filled up with empty cells to so many columns."""
    for line in (files(package) / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * ((columns or 0) - len(cells))
