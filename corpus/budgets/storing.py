"""Figures on disk: column-wise JSON, each column coded by its distinct values, Decimals as text."""

import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from corpus.types import Attribute, Basis, Figure, Measure, Problem, Stage, Tables

FORMAT = 2
_PARTS = (("figures", Figure), ("attributes", Attribute), ("problems", Problem))
_DECODE: dict[str, Any] = {
    "value": Decimal,
    "stage": Stage,
    "measure": Measure,
    "basis": Basis,
    "parents": tuple,
    "marks": tuple,
}


def write_tables(path: Path, tables: Sequence[Tables]) -> None:
    """Write all `tables` into one file; the same tables give the same bytes."""
    stored: dict[str, Any] = {"format": FORMAT}
    for part, record in _PARTS:
        rows = list(chain.from_iterable(getattr(one, part) for one in tables))
        stored[part] = {name.name: _encoded(name.name, rows) for name in fields(record)}
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")


def read_tables_file(path: Path) -> Tables:
    """Read what `write_tables` wrote, as one Tables."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    if stored.get("format") != FORMAT:
        raise ValueError(
            f"{path.name} の形式 {stored.get('format')} は読めません。索引を作り直してください。"
        )
    return Tables(
        tuple(map(Figure, *_columns(stored["figures"], Figure))),
        tuple(map(Attribute, *_columns(stored["attributes"], Attribute))),
        tuple(map(Problem, *_columns(stored["problems"], Problem))),
    )


def summarize_tables_file(path: Path, *, without: Container[str] = ()) -> tuple[int, tuple[Problem, ...]]:
    """Return how many figures the file holds and the problems, but for those of some documents."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    documents = _decoded("document", stored["figures"]["document"])
    problems = map(Problem, *_columns(stored["problems"], Problem))
    count = sum(document not in without for document in documents)
    return count, tuple(problem for problem in problems if problem.document not in without)


def _columns(part: dict[str, Any], record: type) -> list[Iterable[Any]]:
    return [_decoded(field.name, part[field.name]) for field in fields(record)]


def _encoded(name: str, rows: Iterable[Any]) -> dict[str, Any]:
    """Return a column as its distinct values and an index a row; offsets and other runs of integers as they are."""
    values = [getattr(row, name) for row in rows]
    if name in ("start", "end", "name_start", "name_end", "page"):
        return {"plain": values}
    keys = [str(value) if isinstance(value, Decimal) else value for value in values]
    places: dict[Any, int] = {}
    indices = [places.setdefault(key, len(places)) for key in keys]
    return {"values": list(places), "rows": indices}


def _decoded(name: str, column: dict[str, Any]) -> Iterable[Any]:
    if "plain" in column:
        plain: list[int | None] = column["plain"]
        return plain
    decode = _DECODE.get(name)
    values = [decode(value) for value in column["values"]] if decode else column["values"]
    return map(values.__getitem__, column["rows"])
