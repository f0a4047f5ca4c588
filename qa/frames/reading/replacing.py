"""Which operation is meant in place of the one that the words alone tell."""

from collections.abc import Mapping
from functools import cache

from corpus.data_rows import data_rows
from qa.frames.operations import Operation


@cache
def instead(where: str) -> Mapping[Operation, Operation]:
    """Return which operations are meant in place of others: `instead.tsv` tells where."""
    rows = data_rows("qa.frames.reading", "instead.tsv")
    return {Operation(told): Operation(meant) for place, told, meant in rows if place == where}
