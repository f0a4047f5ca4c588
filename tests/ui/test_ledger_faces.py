"""The ledger on the command line, in the API and on the page."""

import csv
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.budgets import read_tables
from corpus.library import read_folder
from qa.ledger import Ledger
from ui import ledger_cli
from ui.ledger_tab import ledger_html

ROWS = "年度,分類,事業名,予算額（千円）,前年度予算額（千円）,所管\n"
TABLE = ROWS + "令和6年度,くらし,=公園費,1200,1500,建設部\n令和6年度,くらし,<b>図書館費</b>,800,,教育部\n"


@pytest.fixture
def book(tmp_path: Path) -> Ledger:
    (tmp_path / "yosan.csv").write_text(TABLE, encoding="utf-8")
    documents, _ = read_folder(tmp_path)
    return Ledger([read_tables(document) for document in documents], {d.id: d for d in documents})


def test_csv_gives_each_amount_with_its_source(book: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    ledger_cli.write_csv(book, out)
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    park = next(row for row in rows if "公園費" in row["項目"])
    text = book.document(park["文書"]).text
    assert park["項目"].startswith("'="), "a label never becomes a formula"
    assert text[int(park["開始"]) : int(park["終了"])] == park["金額"] == "1200"
    assert (park["増減"], park["増減率（%）"]) == ("-300", "-20")


def test_xlsx_holds_numbers_and_problems(book: Ledger, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "out.xlsx"
    ledger_cli.write_xlsx(book, out)
    workbook = load_workbook(out)
    cells = [cell.value for row in workbook["予算"].iter_rows() for cell in row]
    assert 1200 in cells
    assert "問題点" in workbook.sheetnames


def test_the_tree_prints_in_japanese_with_what_proves_it(
    book: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger_cli.print_ledger(book)
    printed = capsys.readouterr().out
    assert "1,200千円" in printed
    assert "△300" in printed


def test_the_record_has_places_that_hold_the_amounts(book: Ledger) -> None:
    record = json.loads(json.dumps(ledger_cli.ledger_record(book)))
    amounts = [(row["document"], row["amount"]) for row in record["rows"] if row["amount"]]
    amounts = [(document, amount) for document, amount in amounts if not amount["computed"]]
    assert amounts
    for document, amount in amounts:
        assert (
            book.document(document).text[amount["start"] : amount["end"]].replace(",", "") == amount["value"]
        )


def test_the_page_shows_escaped_names_and_both_years(book: Ledger) -> None:
    html = ledger_html(book)
    assert "<b>図書館費" not in html
    assert "&lt;b&gt;図書館費" in html
    assert "1,200千円" in html
    assert "1,500" in html


def test_the_api_serves_the_record(book: Ledger) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from ui.ledger_api import ledger_router

    live: Any = SimpleNamespace(refresh=lambda: None, assistant=SimpleNamespace(ledger=book))
    app = FastAPI()
    app.include_router(ledger_router(live))
    body = TestClient(app).get("/api/ledger").json()
    assert {row["label"] for row in body["rows"]} >= {"=公園費"}
