"""The written tables and questions are what they say: frames name columns that are there, and answers are not empty."""

import json
from pathlib import Path

import pytest

from eval.training.tables.gold_tables import GoldTable, read_gold, selected
from eval.training.tables.other_headers import other_headers

_ROOT = Path(__file__).parents[2]
_WRITTEN = _ROOT / "eval" / "training" / "tables" / "written"
_FOLDERS = [
    *sorted(p for p in _WRITTEN.iterdir() if p.is_dir()),
    *sorted((_ROOT / "tests" / "data" / "tables").iterdir()),
]
_MAY_BE_EMPTY = ("none", "count", "exists")


def _tables(folder: Path) -> dict[str, GoldTable]:
    return {path.stem: read_gold(path.with_suffix(".json")) for path in sorted(folder.glob("*.jsonl"))}


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda path: path.name)
def test_each_question_has_rows_that_answer_it_and_stands_once(folder: Path) -> None:
    tables, seen, wrong = _tables(folder), set[tuple[str, ...]](), []
    for name, table in tables.items():
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            asked = json.loads(line)
            key = (asked["q"], *asked.get("before", ()), name)
            rows = selected(table, asked.get("where", ()), tables)
            columns = [*asked.get("cols", ()), *filter(None, [asked.get("by")])]
            if (
                key in seen
                or not set(columns) <= set(table.columns)
                or (not rows and asked["op"] not in _MAY_BE_EMPTY)
            ):
                wrong.append((name, asked["q"]))
            seen.add(key)
    assert wrong == []


@pytest.mark.parametrize(
    "folder", [f for f in _FOLDERS if list(f.glob("*.headers.json"))], ids=lambda path: path.name
)
def test_other_headers_leave_the_answers_as_they_are(folder: Path, tmp_path: Path) -> None:
    tables = _tables(folder)
    for other in other_headers(folder, tmp_path):
        again = _tables(other)
        for name, table in again.items():
            assert table.rows == tables[name].rows
            assert len(set(table.columns)) == len(table.columns)
            old = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
            new = (other / f"{name}.jsonl").read_text("utf-8").splitlines()
            for before, after in zip(map(json.loads, old), map(json.loads, new), strict=True):
                assert before["q"] in after["q"]
                assert selected(table, after.get("where", ()), again) == selected(
                    tables[name], before.get("where", ()), tables
                )
