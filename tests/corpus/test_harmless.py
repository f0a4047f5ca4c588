"""No cell of a file that we write is run by a spreadsheet, and numbers stay numbers."""

import pytest

from corpus.tables.harmless import harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "-1-1", "-", "+81-45-123"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "+3.5", "-1,234.50", "中央", "", "1=1", "'=1"])
def test_plain_numbers_and_words_stay(text: str) -> None:
    assert harmless(text) == text
