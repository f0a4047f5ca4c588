"""Reads what is invented from: one file for what is measured, another for what may be fitted on."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from eval.near_misses.types import Fact, Kind, Vocabulary

MEASURED, TRAINING = "measured", "training"
HALVES = (MEASURED, TRAINING)


@cache
def vocabulary(half: str) -> Vocabulary:
    """Return one of HALVES; they share no kind, no name and no wording.

    >>> sorted({kind.key for half in HALVES for kind in vocabulary(half).kinds})[:3]
    ['afterschool', 'bus', 'clinic']
    """
    read = tomllib.loads(files("eval.near_misses").joinpath(f"{half}.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        half,
        read["parts"],
        tuple(read["voices"]),
        tuple(read["leads"]),
        {key: Fact(key, **_tuples(fact)) for key, fact in read["facts"].items()},
        tuple(_kind(key, kind) for key, kind in read["kinds"].items()),
    )


def _kind(key: str, read: Mapping[str, Any]) -> Kind:
    return Kind(key, **{name: _tuples(value) for name, value in read.items()})


def _tuples(read: Any) -> Any:
    """Return what was read with its lists as tuples, at any depth."""
    if isinstance(read, Mapping):
        return {key: _tuples(value) for key, value in read.items()}
    return tuple(read) if isinstance(read, list) else read
