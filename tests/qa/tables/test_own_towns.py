"""The town whose tables are asked is no part of what is asked of them; another town's tables do not answer for it."""

import pytest

from qa.tables.reading.own_towns import OwnTowns
from qa.tables.store.table_store import TableStore
from tests.qa.tables.table_sample import store_of

HALLS = """施設名,所在地,定員
北公民館,みずき市北町1-1,30
南公民館,みずき市南町2-2,45
"""
NURSERIES = """市区町村名,保育園名,定員
さぎり市,北保育園,60
さぎり市,南保育園,90
"""
TAXES = """税目,税率
住民税,6%
"""
CITIES = """市町村名,人口
みずき市,30000
さぎり市,20000
つばき町,5000
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TableStore:
    return store_of(tmp_path_factory.mktemp("towns"), halls=HALLS, nurseries=NURSERIES, taxes=TAXES)


@pytest.fixture(scope="module")
def towns(store: TableStore) -> OwnTowns:
    return OwnTowns(store.towns, store.towns_in_rows)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("みずき市の北公民館の定員は", "北公民館の定員は"),
        ("みずき市では一番大きい公民館はどこ", "一番大きい公民館はどこ"),
        ("みずき市内の公民館は", "公民館は"),
        ("みずき市　北公民館　定員", "北公民館 定員"),
        ("北公民館の定員は？（みずき市）", "北公民館の定員は?"),
    ],
)
def test_the_own_town_is_left_out_of_what_is_asked(towns: OwnTowns, question: str, rest: str) -> None:
    assert towns.read(question).question == rest


@pytest.mark.parametrize(
    "question",
    [
        "みずき市立北公民館の定員は",
        "みずき市役所はどこ",
        "みずき市とさぎり市ではどちらが多い",
        "はなの市の公民館は",
        "みずき市",
    ],
)
def test_a_name_that_goes_on_is_compared_or_is_another_town_s_stays(towns: OwnTowns, question: str) -> None:
    assert towns.read(question).question == question


def test_another_town_s_tables_do_not_answer(store: TableStore, towns: OwnTowns) -> None:
    assert {store.heads[key] for key in towns.read("みずき市の保育園の定員は").but} == {"nurseries"}
    assert {store.heads[key] for key in towns.read("さぎり市の公民館の定員は").but} == {"halls"}


def test_towns_that_rows_tell_apart_choose_rows(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = store_of(tmp_path_factory.mktemp("cities"), halls=HALLS, cities=CITIES)
    towns = OwnTowns(store.towns, store.towns_in_rows)
    assert towns.read("みずき市の人口は").question == "みずき市の人口は"
    assert towns.read("みずき市の人口は").but == frozenset()
