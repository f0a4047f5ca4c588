"""Budget outlines whose tables came out of the PDF in pieces."""

import json
import re
from pathlib import Path
from random import Random

import pytest
from budget_outlines import Key, Made, outline

from corpus.budgets import read_tables
from corpus.library import BUILT_IN, read_folder
from corpus.reading.text import text_document
from corpus.types import Basis, Document, Measure, Tables

SEEDS = range(60)
RAW = BUILT_IN / "yokohama-international-bureau-budget-fy2022.txt"
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+")


def _read(made: Made, text: str | None = None) -> Tables:
    return read_tables(text_document(text or made.text, id="made", title=made.title, fiscal_year=made.year))


def _served(tables: Tables) -> set[Key]:
    return {
        (f.label, f.fiscal_year or 0, f.measure.value, f.aspect, int(f.value), f.unit)
        for f in tables.figures
        if f.basis is not Basis.ORDER
    }


def _changed(text: str, match: re.Match[str], rng: Random) -> str:
    place = rng.choice([i for i in range(*match.span()) if text[i].isdigit()])
    return text[:place] + rng.choice([d for d in "123456789" if d != text[place]]) + text[place + 1 :]


@pytest.fixture(scope="module")
def built_in() -> tuple[Document, Tables]:
    """Return the built-in outline and what is read from it."""
    document = next(d for d in read_folder(BUILT_IN)[0] if d.fiscal_year)
    return document, read_tables(document)


def test_the_built_in_outline_is_read_whole(built_in: tuple[Document, Tables]) -> None:
    """Bureau total, 3 lines, 13 projects, 12 funding amounts, 4 highlights, 6 rows in 百万円: none by order alone."""
    figures = built_in[1].figures
    assert all(f.basis is not Basis.ORDER for f in figures)
    amounts = [f for f in figures if f.measure is Measure.AMOUNT and f.unit == "千円"]
    by_depth = [
        {f.label for f in amounts if len(f.parents) == depth and "ポイント" not in f.parents[0][-5:]}
        for depth in (1, 2)
    ]
    assert [len(labels) for labels in by_depth] == [3, 13]
    assert sum(f.measure is Measure.FUNDING for f in figures) == 12
    assert len({f.label for f in amounts if f.parents and "ポイント" in f.parents[0]}) == 4
    assert sum(f.unit == "百万円" for f in figures) == 6
    assert sum(f.measure is Measure.DIFFERENCE for f in figures) == 4


def test_the_built_in_figures_are_the_ones_staff_expect(built_in: tuple[Document, Tables]) -> None:
    """Every amount that a development question asks for by figure stands in the ledger."""
    values = {(int(f.value), f.unit) for f in built_in[1].figures}
    gold = Path(__file__).parents[2] / "eval" / "testsets" / "yokohama-dev.jsonl"
    asked = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    staff = [q for q in asked if q["user"] == "staff" and q["kind"] == "figure" and q["unit"] == "千円"]
    assert len(staff) > 15
    assert [q["id"] for q in staff if (q["value"], q["unit"]) not in values] == []


def test_each_reason_for_change_finds_its_line(built_in: tuple[Document, Tables]) -> None:
    """Three reasons came out apart from the three lines; each line gets its own."""
    reasons = built_in[1].attributes
    assert len(reasons) == len({a.label for a in reasons}) == 3


def test_offsets_show_amount_and_name(built_in: tuple[Document, Tables]) -> None:
    """The characters at a figure's places are its amount and its name, on its page."""
    document, tables = built_in
    for figure in tables.figures:
        assert document.text[figure.name_start : figure.name_end] == figure.label
        printed = re.sub(r"\D", "", document.text[figure.start : figure.end])
        assert figure.unit == "円" or int(printed) == abs(figure.value)
        assert document.page_at(figure.start) == figure.page


@pytest.mark.parametrize("seed", SEEDS)
def test_another_outline_is_read_as_well(seed: int) -> None:
    """Other names, amounts, numbers of lines and projects, another order of the pieces: all figures, none wrong."""
    made = outline(seed)
    served = _served(_read(made))
    assert served - made.truth == set()
    assert made.required - served == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_one_wrong_digit_is_detected(seed: int) -> None:
    """The figure with the wrong digit is not served, nothing wrong is, and a Problem says so."""
    made, rng = outline(seed), Random(seed)  # noqa: S311 - test data
    for match in rng.sample(list(NUMBER.finditer(made.text)), 3):
        tables = _read(made, _changed(made.text, match, rng))
        assert _served(tables) - made.truth == set()
        assert tables.problems


@pytest.mark.parametrize("seed", SEEDS)
def test_where_all_order_is_lost_nothing_wrong_is_served(seed: int) -> None:
    """Pieces shuffled at random leave figures out, never give a name another's amount."""
    made = outline(seed, shuffled=True)
    assert _served(_read(made)) - made.truth == set()


def test_one_wrong_digit_in_the_built_in_outline_is_detected(built_in: tuple[Document, Tables]) -> None:
    """Each grouped amount of its tables in turn gets one wrong digit; prose and the amount no sum checks left out."""
    truth, rng = _served(built_in[1]), Random(7)  # noqa: S311 - test data
    raw = RAW.read_text(encoding="utf-8")
    start = raw.index("主な増減理由") - 600
    matches = [m for m in NUMBER.finditer(raw, start) if raw[m.end()] not in "万名人"]
    assert len(matches) > 50
    for match in rng.sample(matches, 30):
        text = _changed(raw, match, rng)
        tables = read_tables(text_document(text, id="x", title="令和４年度予算の概要", fiscal_year=2022))
        assert _served(tables) - truth == set()
        assert len(tables.problems) > len(built_in[1].problems) or len(_served(tables)) == len(truth)


def test_a_document_without_tables_has_no_figures() -> None:
    """The duties of divisions are no budget."""
    document = next(d for d in read_folder(BUILT_IN)[0] if not d.fiscal_year)
    assert read_tables(document) == Tables()
