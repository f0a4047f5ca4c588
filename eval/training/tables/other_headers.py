"""The written tables as other cities would publish them: under other headers and titles, asked with the town's name.

Each table comes as plain CSV under each header of its `NAME.headers.json`, with the same questions.
"""

import csv
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.data_rows import data_rows
from eval.training.tables.gold_tables import GoldTable, read_gold

_NAMED_TOWN = 0.3  # share of the questions that are asked with the town's name
_SAID = (
    "{town}の{question}", "{town} {question}", "{town}で、{question}", "{short}の{question}", "{town}です。{question}",
    "{short} {question}",
)  # fmt: skip


def other_headers(folder: Path, work: Path) -> list[Path]:
    """Write a writer's tables and questions under other headers, a folder for each; return the folders."""
    held = {
        path.name.split(".")[0]: json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.headers.json"))
    }
    gold = {name: read_gold(folder / f"{name}.json") for name in held}
    towns = dict(data_rows("eval.training.tables", "towns.tsv"))
    made = []
    for number in range(max((len(heads) for heads in held.values()), default=0)):
        out = work / f"{folder.name}-{number + 1}"
        out.mkdir(parents=True, exist_ok=True)
        told = {name: heads[number] for name, heads in held.items()}
        names = {
            name: dict(zip(gold[name].columns, head["columns"], strict=True)) for name, head in told.items()
        }
        chance = random.Random(number)  # noqa: S311 - the same questions each time, no secret
        for name, head in told.items():
            _write_table(gold[name], head, out)
            lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
            asked = [_renamed(json.loads(line), name, names) for line in lines if line.strip()]
            named = [_with_town(one, towns.get(folder.name, ""), chance) for one in asked]
            (out / f"{name}.jsonl").write_text(
                "\n".join(json.dumps(one, ensure_ascii=False) for one in named) + "\n", "utf-8"
            )
        made.append(out)
    return made


def _write_table(table: GoldTable, head: Mapping[str, Any], out: Path) -> None:
    with (out / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head["columns"])
        writer.writerows(table.rows)
    told = {
        "title": head["title"],
        "columns": head["columns"],
        "first": 2,
        "last": len(table.rows) + 1,
        "name": head["columns"][table.columns.index(table.naming)],
    }
    (out / f"{table.name}.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def _renamed(asked: dict[str, Any], table: str, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return a question in terms of the other headers."""
    own = names[table]
    told = dict(asked)
    if "cols" in told:
        told["cols"] = [own[column] for column in told["cols"]]
    if "by" in told:
        told["by"] = own[told["by"]]
    for part in ("where", "that"):
        if part in told:
            told[part] = [_condition(one, own, names) for one in told[part]]
    return told


def _condition(one: list[Any], own: Mapping[str, str], names: Mapping[str, Mapping[str, str]]) -> list[Any]:
    column, *rest = one
    joined = rest[1] if len(rest) > 1 and isinstance(rest[1], dict) else None
    if joined:
        other = names[joined["table"]]
        where = [_condition(part, other, names) for part in joined["where"]]
        rest = [rest[0], {"table": joined["table"], "col": other[joined["col"]], "where": where}]
    return [own[column], *rest]


def _with_town(asked: dict[str, Any], town: str, chance: random.Random) -> dict[str, Any]:
    """Return a question as one who writes to the city's counter from elsewhere would ask it: with the town's name."""
    said = chance.choice(_SAID)
    if not town or town[:-1] in asked["q"] or asked.get("before") or chance.random() >= _NAMED_TOWN:
        return asked
    return {**asked, "q": said.format(town=town, short=town[:-1], question=asked["q"])}
