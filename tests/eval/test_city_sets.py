"""The questions about invented cities are what they say: distinct, and true to their documents."""

import json
import unicodedata
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_CITIES = sorted(
    folder
    for cities in (_ROOT / "eval" / "training" / "cities", _ROOT / "tests" / "data" / "cities")
    for folder in cities.iterdir()
)


def _squashed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("city", _CITIES, ids=lambda path: path.name)
def test_the_evidence_of_a_citys_questions_stands_in_its_documents(city: Path) -> None:
    told = [_squashed(file.read_text("utf-8")) for file in sorted((city / "documents").iterdir())]
    rows = [
        json.loads(line)
        for name in ("questions", "dialogues")
        for line in (city / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    assert len({row["id"] for row in rows}) == len(rows) > 200
    for row in rows:
        quotes = row.get("evidence") or []
        assert all(any(_squashed(quote) in text for text in told) for quote in quotes), row["id"]
        assert (row["kind"] == "unanswerable") == (not quotes), row["id"]
        assert row["kind"] == "unanswerable" or row.get("answers") or row.get("members"), row["id"]


def test_no_measured_city_shares_a_name_with_one_that_is_fitted_on() -> None:
    names = [city.name for city in _CITIES]
    assert len(set(names)) == len(names)
