"""Amounts and fiscal years as cities print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.budgets.amounts import SCALE, in_words, parse_amounts, parse_number, rounds_to, yen
from corpus.budgets.years import circled_year, fiscal_years, in_era, parse_fiscal_year


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("16億3,408万円", "1634080000", "円"),
        ("１億221万円", "102210000", "円"),
        ("34億6,800万円", "3468000000", "円"),
        ("1,634,083千円", "1634083", "千円"),
        ("1634083千円", "1634083", "千円"),
        ("△1,023千円", "-1023", "千円"),
        ("▲　５百万円", "-5", "百万円"),
        ("２６６，１４４千円", "266144", "千円"),
        ("2億580万8千円", "205808000", "円"),
        ("2億580万8,000円", "205808000", "円"),
        ("1.5億円", "1.5", "億円"),
        ("12,000千円", "12000", "千円"),
        ("27千円", "27", "千円"),
        ("2万7千円", "27000", "円"),
        ("300円", "300", "円"),
        ("1兆2,000億円", "1200000000000", "円"),
    ],
)
def test_an_amount_is_read_exactly(text: str, value: str, unit: str) -> None:
    """Value and unit of one printed amount."""
    (amount,) = parse_amounts(text)
    assert yen(amount.value, amount.unit) == yen(Decimal(value), unit)
    assert text[amount.start : amount.end] == text


def test_amounts_in_a_sentence_keep_their_places() -> None:
    """Circled years before an amount are not part of it."""
    text = "多文化共生の推進（④152,842千円 ③126,985千円）"
    assert [text[a.start : a.end] for a in parse_amounts(text)] == ["152,842千円", "126,985千円"]


def test_numbers_without_a_unit_of_money_are_no_amounts() -> None:
    """People, months and bare numbers are left alone."""
    assert parse_amounts("59人、10月、1,234、17件の事業化、円") == []


@given(st.integers(0, 10**12), st.sampled_from(sorted(SCALE)))
def test_what_is_printed_is_read_back(value: int, unit: str) -> None:
    """Printing with commas and reading is the identity, in Decimal."""
    (amount,) = parse_amounts(f"計{value:,}{unit}。")
    assert yen(amount.value, amount.unit) == yen(Decimal(value), unit)
    assert isinstance(amount.value, Decimal)


@given(st.integers(-(10**9), 10**9))
def test_words_say_the_amount_within_their_rounding(value: int) -> None:
    """約 words lie within half of 万円; words without 約 are exact."""
    words = in_words(Decimal(value), "千円")
    (said,) = parse_amounts(words.removeprefix("△").removeprefix("約"))
    exact = abs(yen(Decimal(value), "千円"))
    if "約" in words:
        assert abs(yen(said.value, said.unit) - exact) <= 5000
    else:
        assert yen(said.value, said.unit) == exact


@pytest.mark.parametrize(
    ("cell", "value"),
    [("△1,234", "-1234"), ("▲５", "-5"), ("－３", "-3"), ("１，０００", "1000"), ("(500)", "500"), ("-12", "-12"),
     ("12.5", "12.5"), ("－", None), ("皆増", None), ("", None), ("1,2345", None), ("12件", None)],
)  # fmt: skip
def test_a_cell_is_a_number_or_not(cell: str, value: str | None) -> None:
    """Signs, widths, brackets; a dash alone is no number."""
    assert parse_number(cell) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "year"),
    [("令和４年度", 2022), ("Ｒ３", 2021), ("R4当初", 2022), ("H31", 2019), ("平成31年度", 2019), ("令和元年度", 2019),
     ("2022年度", 2022), ("令和四年度", 2022), ("平成三十一年度予算額", 2019), ("２０２４年度", 2024), ("令和６年度予算額", 2024),
     ("令和４年２月24日", None), ("R4.1月現在", None), ("本年度", None), ("第10回", None), ("1,2022千円", None)],
)  # fmt: skip
def test_fiscal_years_in_every_form(text: str, year: int | None) -> None:
    """Eras, abbreviations, western years; dates are not fiscal years."""
    assert parse_fiscal_year(text) == year


def test_several_years_keep_their_order() -> None:
    """A header names two years."""
    assert [y.year for y in fiscal_years("区　分 令和４年度 令和３年度 増△減")] == [2022, 2021]


@given(st.integers(1927, 2040))
def test_a_year_in_its_era_is_read_back(year: int) -> None:
    """Writing and reading a fiscal year is the identity."""
    assert parse_fiscal_year(in_era(year)) == year


def test_circled_numbers_are_years_of_the_era_near_by() -> None:
    """④ beside 2022 is 令和4; ㉛ beside 2019 is 平成31."""
    assert circled_year(4, near=2022) == 2022
    assert circled_year(30, near=2019) == 2018


def test_rounding_is_half_up() -> None:
    """百万円 rows round the 千円 ones half up."""
    assert rounds_to(Decimal("147.646"), Decimal(148), Decimal(1))
    assert rounds_to(Decimal("0.5"), Decimal(1), Decimal(1))
    assert not rounds_to(Decimal("12.4"), Decimal(13), Decimal(1))
