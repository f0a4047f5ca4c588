"""`madoguchi tables`: the list, the rows of a table, CSV, and what is wrong said in a sentence."""

import json
from pathlib import Path

import pytest

from tests.ui.conftest import Madoguchi


def test_tables_are_listed_and_rows_are_found(madoguchi: Madoguchi, table_home: Path) -> None:
    listed = madoguchi("tables", at=table_home).stdout
    assert "halls~1" in listed
    assert "避難所・地区・収容人数" in listed
    found = madoguchi("tables", "halls~1", "--where", "定員>=300", "--sort", "定員", at=table_home).stdout
    assert "3件中 1–3件" in found
    assert found.index("中央公民館") < found.index("南部体育館") < found.index("北部コミュニティ")


def test_csv_and_json_are_what_the_api_gives(madoguchi: Madoguchi, table_home: Path) -> None:
    saved = madoguchi("tables", "halls~1", "--where", "地区=北部", "--csv", at=table_home).stdout
    assert saved.startswith("\ufeff施設名,地区,定員（人）")
    assert "'=HYPERLINK(1)" in saved
    told = json.loads(madoguchi("tables", "shelters~1", "-q", "第7小学校", "--json", at=table_home).stdout)
    assert [row["cells"][0] for row in told["rows"]] == ["第7小学校"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["parks~1"], 1, "「madoguchi tables」に一覧があります"),
        (["halls~1", "--where", "定員>=多い"], 2, "「定員（人）」は数の列です"),
        (["halls~1", "--limit", "501"], 2, "500"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(
    madoguchi: Madoguchi, table_home: Path, arguments: list[str], code: int, told: str
) -> None:
    done = madoguchi("tables", *arguments, at=table_home)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_without_tables_says_how_to_get_some(madoguchi: Madoguchi) -> None:
    assert "madoguchi add" in madoguchi("tables").stdout
