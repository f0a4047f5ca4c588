"""Measures near misses (`python -m eval.near_misses`), or writes a world to fit on (`… --write FOLDER --seed N`)."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.near_misses.measuring import Counts, Result, counts, grouped, measured, to_json
from eval.near_misses.vocabulary import HALVES, MEASURED, TRAINING, vocabulary
from eval.near_misses.worlds import PAIRS, world, write_world
from eval.runs import write_json

SEEDS = tuple(range(1, 7))
"""The worlds that are measured: 300 near misses and 300 twins."""
_COLUMNS = {
    "misses_answered": "答えない問い: 答えた", "misses_with_a_neighbours_value": "うち隣の値",
    "misses_with_something_else": "うち別のこと", "twins_answered": "双子: 答えた", "twins_right": "正しい",
    "twins_right_briefly": "短い答えで正しい", "twins_with_a_neighbours_value": "隣の値",
}  # fmt: skip
_GROUPED = ("misses_answered", "misses_with_a_neighbours_value", "twins_answered", "twins_right")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, or write."""
    parser = argparse.ArgumentParser(prog="python -m eval.near_misses", description=__doc__)
    parser.add_argument("--seed", type=int, nargs="+", default=list(SEEDS), help="worlds by their seeds")
    parser.add_argument("--half", choices=HALVES, help="which kinds, names and wordings")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="near misses a document, each with its twin")
    parser.add_argument("--json", type=Path, help="write counts and cases to this file")
    parser.add_argument("--write", type=Path, help="write documents and questions.jsonl here; ask nothing")
    given = parser.parse_args(arguments)
    own = vocabulary(given.half or (TRAINING if given.write else MEASURED))
    worlds = (world(own, seed, pairs=given.pairs) for seed in given.seed)
    if given.write:
        if len(given.seed) != 1:
            parser.error("--write には --seed で種をひとつ指定してください")
        write_world(given.write, next(worlds))
        return
    found = [result for made in worlds for result in measured(made)]
    sys.stdout.write("\n".join(report(found)) + "\n")
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        write_json(given.json, to_json(found))


def report(found: Sequence[Result]) -> list[str]:
    """Return the counts as lines for people: all, by layout, by fact."""
    names = {key: fact.name for half in HALVES for key, fact in vocabulary(half).facts.items()}
    by_fact = {names[key]: own for key, own in grouped(found, "fact").items()}
    lines = [f"{label}\t{counts(found)[key]}" for key, label in _COLUMNS.items()]
    return [*lines, *_table("書き方", grouped(found, "layout")), *_table("たずねたこと", by_fact)]


def _table(title: str, groups: Mapping[str, Counts]) -> list[str]:
    rows = ["\t".join([name, *(str(own[key]) for key in _GROUPED)]) for name, own in groups.items()]
    return ["", "\t".join([title, *(_COLUMNS[key] for key in _GROUPED)]), *rows]


if __name__ == "__main__":
    main()
