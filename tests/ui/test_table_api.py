"""`/api/tables`: what is listed, found, told of one row, and saved; and clear refusals."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ui.api import create_api
from ui.live import LiveAssistant
from ui.schemas import TableRowSchema, TableRowsSchema, TableSchema


@pytest.fixture(scope="module")
def client(table_home: Path) -> Iterator[TestClient]:
    with TestClient(create_api(LiveAssistant(table_home))) as opened:
        yield opened


def _rows(client: TestClient, table: str, **asked: Any) -> TableRowsSchema:
    reply = client.get(f"/api/tables/{table}", params=asked)
    assert reply.status_code == 200, reply.text
    return TableRowsSchema.model_validate(reply.json())


def test_every_table_is_listed_with_its_columns_and_a_name_that_stays(client: TestClient) -> None:
    listed = [TableSchema.model_validate(one) for one in client.get("/api/tables").json()]
    assert [(one.id, one.document, one.rows) for one in listed] == [
        ("halls~1", "halls", 9),
        ("shelters~1", "shelters", 120),
    ]
    halls = {column.title: (column.kind, column.unit) for column in listed[0].columns}
    assert halls["定員（人）"] == ("number", "人")
    assert halls["駐車場"] == ("mark", "")
    assert listed[0].notes == ["公共施設の一覧"]


def test_rows_keep_filters_hold_words_and_come_in_the_order_asked_for(client: TestClient) -> None:
    found = _rows(client, "halls~1", where=["定員>=40", "駐車場=○"], sort="定員", desc=True)
    assert [row.cells[0] for row in found.rows] == ["北部コミュニティセンター", "南部体育館", "中央公民館"]
    assert [row.row for row in found.rows] == [2, 4, 1]
    assert (found.total, found.size) == (3, 9)
    assert [row.cells[0] for row in _rows(client, "halls~1", q="さくら").rows] == ["サクラ会館"]


def test_the_address_may_be_written_as_it_is_read(client: TestClient) -> None:
    found = client.get("/api/tables/shelters~1?where=収容人数>=11900&where=地区=北部&limit=5").json()
    assert [row["cells"] for row in found["rows"]] == [["第120小学校", "北部", "12000"]]


def test_pages_follow_one_another(client: TestClient) -> None:
    first = _rows(client, "shelters~1")
    last = _rows(client, "shelters~1", offset=100, limit=50)
    assert [row.row for row in first.rows] == list(range(1, 51))
    assert [row.row for row in last.rows] == list(range(101, 121))
    assert first.total == last.total == 120


def test_a_column_of_marks_tells_its_choices_and_a_total_is_told_as_one(client: TestClient) -> None:
    found = _rows(client, "halls~1")
    choices = {column.title: column.choices for column in found.columns}
    assert choices["駐車場"] == ["○", "×"]
    assert choices["施設名"] == []
    assert [row.row for row in found.rows if row.adds_up] == [9]


@pytest.mark.parametrize("table", ["halls~1", "shelters~1"])
def test_every_cell_and_row_stands_where_it_is_said_to(client: TestClient, table: str) -> None:
    document = client.get(f"/api/documents/{table.partition('~')[0]}").json()
    for row in _rows(client, table, limit=500).rows:
        told = TableRowSchema.model_validate(client.get(f"/api/tables/{table}/rows/{row.row}").json())
        for cell in told.cells:
            assert document["text"][cell.start : cell.end] == cell.text
            assert not cell.text or row.start <= cell.start <= cell.end <= row.end
        assert [cell.text for cell in told.cells] == row.cells


def test_csv_has_the_rows_asked_for_and_nothing_that_a_spreadsheet_runs(client: TestClient) -> None:
    saved = client.get("/api/tables/halls~1.csv", params={"where": "備考 filled", "sort": "開設日"})
    assert saved.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in saved.headers["content-disposition"]
    assert saved.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(saved.content.decode("utf-8-sig"), newline="")))
    notes = {row["施設名"]: row["備考"] for row in rows}
    assert list(notes) == [
        "中央公民館",
        "サクラ会館",
        "第10集会所",
        "東部図書館",
        "南部体育館",
        "海辺の集会所",
    ]
    assert notes["サクラ会館"] == "'=HYPERLINK(1)"
    assert notes["第10集会所"] == "'@場所"
    assert notes["海辺の集会所"] == "-12.5"
    assert notes["中央公民館"] == "ホールは二つ\n改修中"


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/tables/parks~1", 404, ["parks~1", "/api/tables"]),
        ("/api/tables/parks~1.csv", 404, ["parks~1", "/api/tables"]),
        ("/api/tables/halls~1/rows/10", 404, ["10 行目", "1 から 9"]),
        ("/api/tables/halls~1/rows/0", 404, ["0 行目", "1 から 9"]),
        ("/api/tables/halls~1/rows/two", 422, ["number"]),
        ("/api/tables/halls~1?where=住所=北", 422, ["「住所」という列はありません", "「施設名」「地区」"]),
        ("/api/tables/halls~1?sort=住所", 422, ["「住所」という列はありません", "「施設名」「地区」"]),
        ("/api/tables/halls~1?where=定員>=多い", 422, ["定員（人）", "多い", "定員（人）>=50"]),
        ("/api/tables/halls~1.csv?where=開設日>=昔", 422, ["開設日", "昔", "2026-04-01"]),
        ("/api/tables/halls~1?limit=501", 422, ["500", "501"]),
        ("/api/tables/halls~1?offset=-1", 422, ["offset", "-1"]),
        ("/api/tables/halls~1?where=北部", 422, ["北部", "定員>=50"]),
    ],
)
def test_what_cannot_be_given_is_told_in_japanese_with_the_cure(
    client: TestClient, path: str, status: int, told: list[str]
) -> None:
    refused = client.get(path)
    assert refused.status_code == status
    assert all(part in refused.json()["detail"] for part in told), refused.text


def test_the_description_has_an_example_of_each(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    shapes = described["components"]["schemas"]
    for shape, schema in (
        ("TableSchema", TableSchema),
        ("TableRowsSchema", TableRowsSchema),
        ("TableRowSchema", TableRowSchema),
    ):
        assert schema.model_validate(shapes[shape]["examples"][0])
    limit = next(
        p for p in described["paths"]["/api/tables/{id}"]["get"]["parameters"] if p["name"] == "limit"
    )
    assert limit["schema"]["maximum"] == 500


def test_the_pages_own_scripts_come_from_here_and_nothing_else_does(client: TestClient) -> None:
    script = client.get("/madoguchi/tables/table_tab.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "connect-src 'self'" in script.headers["content-security-policy"]
    assert client.get("/madoguchi/tables/..%2Fpage.css").status_code == 404
