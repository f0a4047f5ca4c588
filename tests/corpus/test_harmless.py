"""No cell of an export is taken for a formula, and numbers stay numbers."""

import csv
from pathlib import Path

import pytest

from corpus.tables.harmless import harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "-5+A1", "=", "-", "+81-90-1", "--5"]
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-5", "+81", "-1,234.5", "-3%", "図書館", "1=1", "a@b.jp", "△5", "－", "'=1"]
)
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_harmless_cells_come_back_from_a_csv_file_as_written(tmp_path: Path) -> None:
    with (tmp_path / "t.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow([harmless("=cmd|' /C calc'!A0"), harmless("-5")])
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == ["'=cmd|' /C calc'!A0", "-5"]
