"""Tables have ids that stay while documents come and go, and places that hold what they say."""

from pathlib import Path

import pytest

from index.bundle import open_bundle
from qa.building.homes import add_documents, build, remove_document
from qa.tables.store.table_catalogue import TableCatalogue, UnknownTableError

_TWO = """施設名,地区,定員
中央公民館,中央,300
サクラ会館,北部,45
南部体育館,南部,500

避難所名,住所,階
東小学校,東町1-1,3
西小学校,西町2-2,4
南小学校,南町3-3,2
"""
_ONE = "講座名,曜日,回数\n書道,月曜日,5\n華道,火曜日,6\n茶道,水曜日,7\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("catalogue")
    documents = home / "documents"
    documents.mkdir()
    (documents / "places.csv").write_text(_TWO, encoding="utf-8")
    build(home, corpus=documents)
    return home


def _catalogue(home: Path) -> TableCatalogue:
    return TableCatalogue(open_bundle(home).segments)


def test_tables_of_one_document_are_numbered_and_keep_their_ids_as_others_come_and_go(
    home: Path, tmp_path: Path
) -> None:
    assert list(_catalogue(home).entries) == ["places~1", "places~2"]
    (tmp_path / "courses.csv").write_text(_ONE, encoding="utf-8")
    add_documents(home, [tmp_path / "courses.csv"])
    grown = _catalogue(home)
    assert sorted(grown.entries) == ["courses~1", "places~1", "places~2"]
    assert [grown.view("courses~1").table.text(row, 0) for row in range(3)] == ["書道", "華道", "茶道"]
    remove_document(home, "courses")
    assert list(_catalogue(home).entries) == ["places~1", "places~2"]


def test_an_entry_says_what_the_table_holds(home: Path) -> None:
    catalogue = _catalogue(home)
    for entry in catalogue.entries.values():
        table = catalogue.view(entry.id).table
        assert (entry.rows, entry.title, entry.page) == (table.size, table.title, table.page)
        assert [c.title for c in entry.columns] == [c.title for c in table.columns]


def test_what_is_not_there_is_told(home: Path) -> None:
    catalogue = _catalogue(home)
    with pytest.raises(UnknownTableError, match="places~3"):
        catalogue.view("places~3")
    with pytest.raises(UnknownTableError, match="1 から 3"):
        catalogue.row("places~1", 4)
    assert catalogue.row("places~1", 3) == 2
