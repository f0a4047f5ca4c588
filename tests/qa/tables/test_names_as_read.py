"""A question names cells as they are read, cut short, in Latin letters; the town's own name names none."""

from datetime import date

import pytest

from index.encoders.use_encoder import fresh_use
from qa.tables.asking.asked_forms import forms_in
from qa.tables.naming.cell_namings import Naming, namings
from qa.tables.naming.meant_names import Meant
from qa.tables.reading.found_tables import outside_forms
from qa.tables.store.table_store import TableStore
from qa.tables.store.value_keys import KeyedText, keyed_question
from tests.qa.tables.table_sample import store_of

CENTRES = """name,address,capacity
北浜コミュニティセンター,桜浜市北浜1-1,300
寺前小学校,桜浜市寺前2-2,200
寺前中学校,桜浜市寺前2-9,250
桜浜ふれあい館,桜浜市港町3-3,80
鍛冶町集会所,桜浜市鍛冶町4-4,40
"""
BIRTHS = """month,births
1,40
2,38
8,51
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TableStore:
    return store_of(tmp_path_factory.mktemp("read"), centres=CENTRES, births=BIRTHS)


def _named(store: TableStore, question: str, document: str = "centres") -> list[tuple[Naming, set[str]]]:
    text = keyed_question(question)
    (key,) = [key for key, name in store.heads.items() if name == document]
    found = outside_forms(namings(store, text), text, forms_in(text.text, date(2026, 5, 13))).get(key, [])
    whole = fresh_use().encode_queries([text.text])[0]
    every = Meant(store, fresh_use(), text, whole).added(key, found)
    table = store.table(key)
    return [(one, {table.columns[one.column].texts[place] for place in one.places}) for one in every]


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("てらまえしょうがっこうは何人入れますか", "寺前小学校"),
        ("てらまえ小の場所", "寺前小学校"),
        ("What is the capacity of Kitahama community center?", "北浜コミュニティセンター"),
        ("北浜コミセンの場所", "北浜コミュニティセンター"),
        ("かじまち集会所の定員", "鍛冶町集会所"),
    ],
)
def test_a_name_is_found_as_it_is_read_or_cut_short(store: TableStore, question: str, cell: str) -> None:
    assert any(cell in cells for _, cells in _named(store, question))


def test_a_name_that_is_taken_out_says_so(store: TableStore) -> None:
    out = [one for one, cells in _named(store, "寺前小学校以外の施設は") if cells == {"寺前小学校"}]
    assert out
    assert all(one.excluded for one in out if one.run == "寺前小学校")
    assert not any(one.excluded for one, _ in _named(store, "寺前小学校の場所"))


def test_the_town_that_the_tables_are_of_is_known_by_its_addresses(store: TableStore) -> None:
    assert {"桜浜市", "桜浜"} <= store.places
    assert not {"北浜", "寺前"} & store.places


def test_the_digits_of_a_year_name_no_row(store: TableStore) -> None:
    assert _named(store, "令和2年に生まれた子は", "births") == []


def test_places_of_a_read_name_are_places_of_the_question() -> None:
    text: KeyedText = keyed_question("Kitahama Elementary School はどこ")
    start = text.key.index("きたはま")
    assert text.text[slice(*text.span(start, start + 4))] == "Kitahama"
