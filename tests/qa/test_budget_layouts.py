"""Budgets in many layouts: every figure that would be shown is the printed one, and most are found."""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from corpus.budgets import read_tables
from corpus.budgets.amounts import SCALE
from corpus.library import read_file
from corpus.normalizing import normalize
from corpus.reading.text import text_document
from corpus.types import Document, Figure, Measure
from qa.ledger import Ledger

FOLDER = Path(__file__).parents[1] / "data" / "budget-layouts"
TEXTS = sorted(FOLDER.glob("doc*.txt"))
SHEETS = sorted([*FOLDER.glob("s*.csv"), *FOLDER.glob("s*.xlsx")])
LEAST = {"texts": 0.57, "sheets": 0.78}
_MEASURES = {"amount": Measure.AMOUNT, "difference": Measure.DIFFERENCE, "funding": Measure.FUNDING}
_BRACKETED = re.compile(r"[（(【〈《［\[].*?[)）】〉》］\]]")
Printed = tuple[str, int, str, str]


def _key(name: str) -> str:
    return re.sub(r"[\s・･]", "", normalize(_BRACKETED.sub("", name))).lower()


def _document(path: Path) -> Document:
    if path.suffix != ".txt":
        document, problems = read_file(path)
        assert document is not None, problems
        return document
    told = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    return text_document(
        path.read_text("utf-8"), id=path.stem, title=told["title"], fiscal_year=told["fiscal_year"]
    )


def _printed(path: Path) -> dict[Printed, list[Decimal]]:
    """Return what a budget prints, in yen."""
    found: dict[Printed, list[Decimal]] = defaultdict(list)
    with path.with_suffix(".tsv").open(encoding="utf-8") as lines:
        for name, year, kind, source, value, unit in csv.reader(lines, delimiter="\t"):
            found[_key(name), int(year), kind, _key(source)].append(Decimal(value) * SCALE[unit])
    return found


@cache
def _shown(path: Path) -> list[tuple[Printed, Decimal]]:
    """Return every figure of a budget that may be shown, in yen."""
    document = _document(path)
    ledger = Ledger(read_tables(document), {document.id: document})
    return [*_figures(ledger)]


def _figures(ledger: Ledger) -> Iterator[tuple[Printed, Decimal]]:
    for item in ledger.items:
        for year in item.years():
            for kind, measure in _MEASURES.items():
                for source in ledger.aspects(item) if kind == "funding" else (None,):
                    found = ledger.figure(item, year, measure, aspect=source)
                    if isinstance(found, Figure) and found.unit in SCALE:
                        told = _key(item.label), year, kind, _key(source or "")
                        yield told, found.value * SCALE[found.unit]


@pytest.mark.parametrize("path", [*TEXTS, *SHEETS], ids=lambda path: path.name)
def test_no_layout_is_read_wrong(path: Path) -> None:
    printed = _printed(path)
    wrong = [(told, value) for told, value in _shown(path) if told in printed and value not in printed[told]]
    assert wrong == []


@pytest.mark.parametrize(("paths", "least"), [(TEXTS, LEAST["texts"]), (SHEETS, LEAST["sheets"])], ids=LEAST)
def test_as_much_of_the_layouts_is_read_as_before(paths: list[Path], least: float) -> None:
    wanted = [(path, told) for path in paths for told in _printed(path)]
    shown = {(path, told) for path in paths for told, _ in _shown(path)}
    assert sum(each in shown for each in wanted) / len(wanted) >= least
