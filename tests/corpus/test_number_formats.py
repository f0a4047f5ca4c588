"""Numbers are shown as Excel shows them in Japan."""

import doctest
from types import ModuleType

import pytest

from corpus import decoding, kinds
from corpus.reading import articles
from corpus.tables import (
    cells,
    date_formats,
    digit_shapes,
    format_codes,
    harmless,
    number_formats,
    sheets,
    xlsx_document,
)
from corpus.tables.number_formats import shown_number, shown_text

_ACCOUNTING = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1500, '#,##0"円"', "1,500円"),
        (0.456, "0%", "46%"),
        (0.456, "0.0%", "45.6%"),
        (1.25, "0.0", "1.3"),
        (2.675, "0.00", "2.68"),
        (12, "0000", "0012"),
        (0.1 + 0.2, "General", "0.3"),
        (12345.678, "General", "12345.678"),
        (1234567, "#,##0,", "1,235"),
        (-1234, '#,##0;"△ "#,##0', "△ 1,234"),
        (-1234, "#,##0;[Red]-#,##0", "-1,234"),
        (-1.5, "0.0_);(0.0)", "(1.5)"),
        (0, '0"人";;', ""),
        (0, _ACCOUNTING, "-"),
        (1500, _ACCOUNTING, "1,500"),
        (7600000, r"000\-0000", "760-0000"),
        (1234567, r"[<=999]000;[<=9999]000\-00;000\-0000", "123-4567"),
        (1500, "[$¥-411]#,##0", "¥1,500"),
        (12, '"第"0"号"', "第12号"),
        (100, 'G/標準"円"', "100円"),
        (1234, "0.00E+00", "1.23E+03"),
        (1234, "[DBNum3]#,##0", "１，２３４"),
        (10**40, "0.00", "1" + "0" * 40 + ".00"),
        (1.5, "# ?/?", "1.5"),
    ],
)
def test_numbers(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


@pytest.mark.parametrize(
    ("serial", "code", "shown"),
    [
        (45383, 'yyyy"年"m"月"d"日"', "2024年4月1日"),
        (45383, '[$-411]ggge"年"m"月"d"日";@', "令和6年4月1日"),
        (43585, 'ggge"年"m"月"d"日"', "平成31年4月30日"),
        (43586, "[$-411]ge.m.d", "R1.5.1"),
        (43586, '[$-ja-JP-x-gannen]ggge"年"', "令和元年"),
        (45383, "m/d", "4/1"),
        (45383, 'm"月"d"日"(aaa)', "4月1日(月)"),
        (45383, r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "2024年4月1日"),
        (45383.5625, "yyyy/m/d h:mm", "2024/4/1 13:30"),
        (0.375, "h:mm", "9:00"),
        (0.375, "hh:mm:ss", "09:00:00"),
        (1.26, "[h]:mm", "30:14"),
        (0.75, "[$-411]AM/PM h:mm", "午後 6:00"),
        (90.5 / 86400, "mm:ss.0", "01:30.5"),
        (45383, '[DBNum1][$-411]ggge"年"m"月"d"日"', "令和六年四月一日"),
        (-1, "yyyy/m/d", "-1"),
    ],
)
def test_dates_and_times(serial: float, code: str, shown: str) -> None:
    assert shown_number(serial, code) == shown


def test_a_workbook_that_counts_days_from_1904_shows_the_same_days() -> None:
    assert shown_number(43921, "yyyy/m/d", from_1904=True) == "2024/4/1"


def test_words_that_a_format_adds_to_a_text_are_shown() -> None:
    assert shown_text("山田", '@"様"') == "山田様"


@pytest.mark.parametrize(
    "module",
    [
        *(articles, cells, date_formats, decoding, digit_shapes),
        *(format_codes, harmless, kinds, number_formats, sheets, xlsx_document),
    ],
)
def test_the_examples_of_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
