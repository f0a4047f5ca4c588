"""A table whose title is a file's code is called by what its rows are called together and what its columns tell."""

import pytest

from corpus.tables.csv_document import csv_document
from corpus.tables.document_tables import tables_of
from qa.tables.store.told_titles import told_title

_HALLS = """name,telephoneNumber,capacity,note,cityName
福家児童館,0999-55-2222,30,,桜浜市
円座児童館,0999-55-3333,45,,桜浜市
香南児童館,0999-55-4444,25,雨の日は休み,桜浜市
子どもの国,0999-55-5555,90,,桜浜市
"""
_COUNTS = "month,birthTotal,deathTotal\n4月,12,30\n5月,15,28\n6月,11,31\n"


def _told(csv: str, title: str) -> str:
    document, _ = csv_document(csv.encode(), id="t", title=title, publisher="", source="")
    [table] = tables_of(document)
    return told_title(table)


def test_rows_and_columns_tell_what_a_file_of_a_code_is_of() -> None:
    assert _told(_HALLS, "tk-jidokan") == "児童館・定員（tk-jidokan）"


def test_columns_alone_tell_it_where_the_rows_have_no_name_in_common() -> None:
    assert _told(_COUNTS, "births-r2") == "出生合計・死亡合計（births-r2）"


@pytest.mark.parametrize("title", ["児童館一覧", "jidokan 児童館"])
def test_a_title_that_people_read_stays(title: str) -> None:
    assert _told(_HALLS, title) == title


def test_a_table_that_tells_nothing_of_itself_keeps_its_code() -> None:
    assert _told("a1,b1\n7,8\n9,4\n", "x-1") == "x-1"
