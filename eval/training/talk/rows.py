"""What talk is told from questions by: rows written for it, and real questions of every kind."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.training.frames.drawing import drawn, ledgers, wordings
from index.tokenizer import shared_tokenizer
from qa.talk.talk_kinds import QUESTION

TRAINING = Path(__file__).parents[1]
_WORDINGS = 2_000
"""Of the 17,000 wordings of questions about budgets, which are much alike."""
_SEED = 1
_BESIDE = "other"
_NAME = range(1, 9)  # characters
_KANA = 3  # of three names one is read in kana too


@dataclass(frozen=True, slots=True)
class Row:
    """A text with its kind; rows of one `group` are fitted on together or not at all."""

    kind: str
    text: str
    group: str


def written_rows() -> list[Row]:
    """Return the rows written for this, grouped by theme."""
    return [row for path in sorted(Path(__file__).parent.glob("*.tsv")) for row in read_rows(path)]


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file: kind and text; a line that begins with # names the theme of those below it."""
    theme = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            theme = line.lstrip("# ")
            continue
        kind, _, text = line.partition("\t")
        yield Row(kind, text, f"{path.stem}: {theme}")


def city_rows() -> list[Row]:
    """Return the questions and dialogues of the training cities."""
    return [Row(QUESTION, row["question"], city) for city, row in _of_cities()]


def name_rows() -> list[Row]:
    """Return what the questions of the training cities are about, some of it in kana: people search with no more."""
    named = {(city, row["about"]) for city, row in _of_cities() if len(row.get("about", "")) in _NAME}
    rows = [Row(QUESTION, name, city) for city, name in sorted(named)]
    return [*rows, *(replace(row, text=_in_kana(row.text)) for row in rows[::_KANA])]


def _in_kana(name: str) -> str:
    """Return a name in hiragana, as its words are read."""
    read = "".join(token.reading for token in shared_tokenizer().tokens(name))
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in read)


def budget_rows() -> list[Row]:
    """Return questions about invented budgets, by writer; what they ask beside budgets may be talk."""
    chance = random.Random(_SEED)  # noqa: S311 - the same rows are drawn every time
    held = list(ledgers().values())
    found = []
    about = [wording for wording in wordings() if wording.operation != _BESIDE]
    for wording in chance.sample(about, _WORDINGS):
        asked = drawn(wording.text, chance.choice(held), chance)
        if asked:
            found.append(Row(QUESTION, asked.text, wording.writer))
    return [*found, *_fragments()]


def _fragments() -> Iterator[Row]:
    """Yield the turns of dialogues about budgets that name no item: 「前年度は？」."""
    for path in sorted((TRAINING / "frames").glob("dialogues-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 4 and cells[2] != _BESIDE and "{" not in cells[4]:
                yield Row(QUESTION, cells[4], path.stem)


def _of_cities() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of all training cities, each with its city."""
    for path in [*sorted(TRAINING.glob("cities/*/*.jsonl")), *sorted(TRAINING.glob("*.jsonl"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield _city(path), json.loads(line)


def _city(path: Path) -> str:
    if path.parent == TRAINING:
        return path.stem.removeprefix("foreign-")
    return path.parent.name
