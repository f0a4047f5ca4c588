"""How a counter answers a writer's questions of tables: `python -m eval.training.tables.measuring FOLDER WORK`.

Strict: the same rows and every cell asked for in the headline or the list, the right number, the right はい or いいえ.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.training.tables.asked_tables import AskedTable, WrittenTables, questions, read_writer
from eval.training.tables.gold_tables import order, plain, ranked, selected
from index.bundle import open_bundle
from qa.assistant import Assistant
from qa.building import homes
from qa.replies.reply_record import Record, reply_record
from qa.tables.asking.asked_model import NONE
from qa.tables.store.table_store import TableStore

_NEAR = 1e-6
_YES, _NO = "はい", "いいえ"


def measure(folder: Path, work: Path) -> Counter[str]:
    """Return how many questions of a writer got which verdict."""
    written = read_writer(folder)
    home = _home(written, work / folder.name)
    store = TableStore(open_bundle(home).segments)
    assistant = Assistant.open(home)
    counts: Counter[str] = Counter()
    for asked in questions(folder, written, store):
        record = reply_record(assistant.ask(asked.question, history=asked.before))
        told = verdict(asked, written, record)
        counts[told] += 1
        if told == "back":
            turns = [*asked.before, asked.question]
            chosen = [reply_record(assistant.ask(option, history=turns)) for option in record["options"]]
            counts["one click"] += any(verdict(asked, written, one) == "right" for one in chosen)
    return counts


def verdict(asked: AskedTable, written: WrittenTables, record: Record) -> str:
    """Return how a question was answered: right, wrong, declined, back; of one that no table tells: quiet or loud."""
    if asked.operation == NONE:
        return "loud" if record["status"] == "answered" else "quiet"
    if record["status"] != "answered":
        return "back" if record["status"] == "clarify" else "declined"
    return "right" if _is_right(asked, written, record) else "wrong"


def _is_right(asked: AskedTable, written: WrittenTables, record: Record) -> bool:
    told, gold = asked.asked, written.gold
    table = gold[asked.document]
    rows = selected(table, told.get("where", ()), gold)
    operation = asked.operation
    if asked.holds is not None:
        return bool(record["short_answer"].startswith(_YES if asked.holds else _NO))
    if operation in ("count", "sum", "mean", "max", "min", "difference"):
        expected = _number(
            operation, [order(table.cell(r, c)) for r in rows for c in told.get("cols", ())], len(rows)
        )
        values = [float(figure["value"]) for figure in record["figures"][:1]]
        return bool(values) and abs(values[0] - expected) <= max(0.006, _NEAR * abs(expected))
    if operation in ("argmax", "argmin"):
        rows = ranked(table, told, rows)
    said = plain("\n".join(record["members"]) or record["short_answer"])
    cells = [plain(table.cell(row, column)) for row in rows for column in told.get("cols", (table.naming,))]
    shown = record["table"]["total"] if record["table"] else max(1, len(record["members"]))
    return all(cell in said for cell in cells) and shown <= max(len(rows), 1)


def _number(operation: str, values: Sequence[float | None], rows: int) -> float:
    held = [value for value in values if value is not None]
    if operation == "count":
        return float(rows)
    if operation == "difference":
        return abs(held[1] - held[0])
    return {"sum": sum(held), "mean": sum(held) / len(held), "max": max(held), "min": min(held)}[operation]


def _home(written: WrittenTables, home: Path) -> Path:
    """Build a home of a writer's tables, each with its title."""
    corpus = home.with_name(home.name + "-documents")
    if not (home / "settings.toml").exists():
        corpus.mkdir(parents=True, exist_ok=True)
        for table in written.gold.values():
            (corpus / table.path.name).write_bytes(table.path.read_bytes())
            title = table.title.replace('"', "'")
            (corpus / f"{table.name}.toml").write_text(f'title = "{title}"\n', "utf-8")
        homes.build(home, corpus=corpus)
    return home


def main() -> None:
    """Print how questions were answered, with the interval of the share of right ones."""
    counts = measure(Path(sys.argv[1]), Path(sys.argv[2]))
    asked = sum(counts[name] for name in ("right", "wrong", "declined", "back"))
    shown = counts["right"] + counts["wrong"] + counts["loud"]
    from scipy.stats import binomtest

    low, high = binomtest(counts["right"], asked).proportion_ci(method="wilson")
    quiet = counts["quiet"] / max(1, counts["quiet"] + counts["loud"])
    sys.stdout.write(
        f"strict {counts['right'] / asked:.3f} [{low:.2f}–{high:.2f}] of {asked}, right among shown "
        f"{counts['right'] / max(1, shown):.3f} of {shown}, kept quiet {quiet:.3f}, "
        f"declined {counts['declined'] / asked:.3f}, asked back {counts['back']}, "
        f"of which one click leads to the right answer {counts['one click']}\n"
    )


if __name__ == "__main__":
    main()
