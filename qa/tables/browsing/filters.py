"""Filters as data, and as they are typed: 定員>=50, 地区=北部, 備考 contains 駐車場, 備考 filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.normalizing import normalize, squash

BOUNDS = (">=", "<=", ">", "<")
OPERATORS = ("=", "!=", "contains", *BOUNDS, "filled", "empty")
_ALONE = ("filled", "empty")
_OPERATOR = re.compile(
    r"(?P<sign>>=|<=|≧|≦|!=|≠|=|>|<|＞＝|＜＝|！＝|＝|＞|＜)|[\s　]+(?P<word>contains|filled|empty)(?=[\s　]|$)"
)
_SAME = {"≧": ">=", "≦": "<=", "≠": "!="}
_BRACKETED = re.compile(r"[(\[].*?[)\]]")
_HOW = "「定員>=50」「地区=北部」「備考 contains 駐車場」「備考 filled」のように書いてください。"


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows whose cell of `column` (its title) stands in `operator` to `value`; `filled` and `empty` need no value."""

    column: str
    operator: str
    value: str = ""


def filter_from(typed: str, titles: Sequence[str]) -> Filter:
    """Return the filter that was typed; ValueError (in Japanese, with the cure) where it is none.

    >>> filter_from("定員>=50", ["施設名", "定員（人）"])
    Filter(column='定員（人）', operator='>=', value='50')
    """
    found = list(_OPERATOR.finditer(typed))
    if not found:
        raise ValueError(f"「{typed}」は条件として読めません。{_HOW}")
    for match in found:
        number = _column_called(typed[: match.start()], titles)
        if number is not None:
            return _filter(titles[number], match, typed)
    raise ValueError(_no_column(typed[: found[0].start()], titles))


def column_number(name: str, titles: Sequence[str]) -> int:
    """Return the number of the column of that title, its unit in brackets left out or not; ValueError if none is.

    >>> column_number("定員", ["施設名", "定員（人）"])
    1
    """
    number = _column_called(name, titles)
    if number is None:
        raise ValueError(_no_column(name, titles))
    return number


def _filter(title: str, match: re.Match[str], typed: str) -> Filter:
    sign = match["word"] or normalize(match["sign"])
    operator, value = _SAME.get(sign, sign), typed[match.end() :].strip()
    if operator not in _ALONE and not value:
        raise ValueError(
            f"「{typed}」には比べる値がありません。{_HOW}空欄の行は「{title} empty」で探せます。"
        )
    return Filter(title, operator, "" if operator in _ALONE else value)


def _column_called(name: str, titles: Sequence[str]) -> int | None:
    """Return the column that is called so to the letter, else the only one that is but for what is in brackets."""
    if name in titles:
        return titles.index(name)
    for form in (squash, _bare):
        same = [number for number, title in enumerate(titles) if form(title) == form(name)]
        if len(same) == 1:
            return same[0]
    return None


def _bare(title: str) -> str:
    return _BRACKETED.sub("", squash(title)) or squash(title)


def _no_column(name: str, titles: Sequence[str]) -> str:
    there = "".join(f"「{title}」" for title in titles)
    return f"「{name.strip()}」という列はありません。この表の列は{there}です。"
