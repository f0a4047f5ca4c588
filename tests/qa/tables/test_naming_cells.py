"""A question names cells by their letters: whole, in part, in another spelling, misspelt; a common word names nothing."""

import pytest

from qa.tables.naming.cell_namings import Naming, masked, namings
from qa.tables.naming.naming_model import naming_signs, shipped_namings
from qa.tables.reading.found_tables import boundaries_of
from qa.tables.store.table_store import StoredTable, TableStore
from qa.tables.store.value_keys import keyed, value_key
from tests.qa.tables.table_sample import store_of

HALLS = """施設名,地区,所在地,定員
髙崎公民館,A,霧ヶ谷町1-1,30
ｻｸﾗ会館,B,北町2-2,45
東山小学校体育館,C,西町3-3,60
ひばり図書館,A,南町4-4,20
中央公民館,B,南町5-5,90
霧ヶ谷集会所,C,東町1-1,50
第二集会所,C,東町1-2,15
"""
LEAST = 0.5
"""How likely a stretch has to be meant to count as a name."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TableStore:
    return store_of(tmp_path_factory.mktemp("naming"), halls=HALLS)


def _table(store: TableStore) -> StoredTable:
    return store.table(next(iter(store.heads)))


def _namings(store: TableStore, question: str) -> list[Naming]:
    return namings(store, keyed(question)).get(next(iter(store.heads)), [])


def _told(store: TableStore, question: str) -> set[tuple[str, bool]]:
    """Return the cells that are named, each with whether its whole name is said."""
    table = _table(store)
    return {
        (table.columns[one.column].texts[place], one.whole)
        for one in _namings(store, question)
        for place in one.places
    }


def _meant(store: TableStore, question: str) -> set[str]:
    """Return the cells that are likely meant."""
    found, text, table = _namings(store, question), keyed(question), _table(store)
    if not found:
        return set()
    chances = shipped_namings().chances(
        naming_signs(table, found, text, boundaries_of(text.text), store.places)
    )
    likely = [one for one, chance in zip(found, chances, strict=True) if chance >= LEAST]
    return {table.columns[one.column].texts[place] for one in likely for place in one.places}


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("中央公民館の定員は何人ですか", "中央公民館"),
        ("高崎公民館はどこですか", "髙崎公民館"),
        ("髙崎公民館はどこですか", "髙崎公民館"),
        ("サクラ会館の定員", "ｻｸﾗ会館"),
        ("さくら会館の定員", "ｻｸﾗ会館"),
        ("霧が谷集会所の定員", "霧ヶ谷集会所"),
        ("霧ケ谷集会所の定員", "霧ヶ谷集会所"),
        ("ヒバリ図書館の場所", "ひばり図書館"),
        ("中央　公民館の定員", "中央公民館"),
        ("第2集会所の定員", "第二集会所"),
        ("第２集会所の定員", "第二集会所"),
    ],
)
def test_a_whole_name_in_any_spelling_names_its_cell_and_no_other(
    store: TableStore, question: str, cell: str
) -> None:
    assert _told(store, question) == {(cell, True)}
    assert _meant(store, question) == {cell}


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("東山小学校の定員", "東山小学校体育館"),
        ("高崎の公民館は何人入れますか", "髙崎公民館"),
        ("ひばりの定員", "ひばり図書館"),
        ("霧ケ谷町にある施設", "霧ヶ谷町1-1"),
    ],
)
def test_a_part_of_a_name_names_the_cell_that_has_it(store: TableStore, question: str, cell: str) -> None:
    assert (cell, False) in _told(store, question)
    assert cell in _meant(store, question)


def test_a_part_says_how_much_of_the_name_it_is(store: TableStore) -> None:
    best = max(_namings(store, "東山小学校の定員"), key=lambda one: one.coverage)
    assert best.run == "東山小学校"
    assert best.coverage == 5 / len(value_key("東山小学校体育館"))


def test_a_part_that_several_cells_have_names_all_of_them(store: TableStore) -> None:
    told = {cell for cell, _ in _told(store, "公民館はいくつありますか")}
    assert told == {"髙崎公民館", "中央公民館"}


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("東山小学佼体育館の定員", "東山小学校体育館"),
        ("中央公民官の場所", "中央公民館"),
        ("霧ヶ谷集合所の定員", "霧ヶ谷集会所"),
    ],
)
def test_a_name_with_one_letter_amiss_names_its_cell(store: TableStore, question: str, cell: str) -> None:
    near = [one for one in _namings(store, question) if not one.whole and one.coverage >= LEAST]
    assert cell in {_table(store).columns[one.column].texts[place] for one in near for place in one.places}
    assert cell in _meant(store, question)


@pytest.mark.parametrize("question", ["A地区の施設は", "Ａ地区の施設は", "a地区にある施設", "地区はAの施設"])
def test_a_district_of_one_letter_is_named_where_the_letter_stands_alone(
    store: TableStore, question: str
) -> None:
    assert ("A", True) in _told(store, question)
    assert "A" in _meant(store, question)


@pytest.mark.parametrize("question", ["ABCの施設", "AEDはどこにありますか", "Wi-Fiが使えますか"])
def test_a_letter_within_a_word_is_no_district(store: TableStore, question: str) -> None:
    assert _told(store, question) == set()


@pytest.mark.parametrize(
    "question",
    [
        "施設の定員は何人ですか", "電話番号を教えてください", "ありがとうございます", "合計はいくつですか",
        "公民館はいくつありますか", "所在地の一覧をください",
    ],
)  # fmt: skip
def test_a_common_word_names_nothing_above_the_limit(store: TableStore, question: str) -> None:
    assert _meant(store, question) == set()


def test_a_question_is_masked_where_a_name_stands_as_typed(store: TableStore) -> None:
    question = keyed("霧ケ谷集会所の定員は何人ですか")
    (one,) = _namings(store, question.text)
    assert masked(question, [one], {0: "X"}) == "Xの定員は何人ですか"
    assert question.text[slice(*question.span(one.start, one.end))] == one.run == "霧ケ谷集会所"
