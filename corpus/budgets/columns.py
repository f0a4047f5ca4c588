"""What one column of a budget table holds, told from its title."""

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.budgets.stages import stage_of
from corpus.budgets.years import era_number, parse_fiscal_year
from corpus.normalizing import squash
from corpus.types import Stage

_UNIT = re.compile(r"(百万円|千円|万円|億円|円|人|件|か所|箇所|回|団体|戸|世帯)")
_FUNDING = re.compile(
    r"(?:うち)?(国庫支出金|国庫補助金|国県支出金|国支出金|国費|国|県支出金|都支出金|道支出金|府支出金|県補助金|県費|県|都|道|府"
    r"|市債|地方債|県債|町債|起債|その他特定財源|特定財源|その他|一般財源|基金繰入金|繰入金|企業債|一般会計繰入金|使用料|手数料|分担金|負担金|債|他|一般|一財)(?:\(.*\))?"
)
_AMOUNT = re.compile(
    r"予算額|予算現額|当初予算|補正予算|決算額|決算|金額|予算$|年度.*予算|支出済額|支出額|執行額|収入済額|本年度|前年度|今年度|当年度|昨年度|査定額|当初|補正額|事業費(?:\(.*\))?$|計上額"
)
_YEAR_ONLY = re.compile(
    r"(?:令和|平成|昭和|[rhs])?(?:元|\d{1,4})年?度?(?:\(.*\))?(?:a|b)?|(?:令和|平成)?[一二三四五六七八九十]+年度"
)
_SHORT_YEAR = re.compile(r"(?<![0-9])([0-9]{1,2}|元)年度")
_DIFFERENCE = re.compile(
    r"増減|増△減|差引|比較|差額|対前年|前年度比|増・減|a-b|[rh]?[0-9]{1,4}(?:年度)?[-−－][rh]?[0-9]{1,4}(?:年度)?$"
)
_RATE = re.compile(r"要求|率|%|割合|構成比|伸び")
_LAST = re.compile(r"前年|昨年")
_BEFORE_LAST = re.compile(r"前々年")
_NAMES = tuple(
    "事業名 事業名称 細事業名 取組名 件名 名称 予算事業 事業・取組 主な事業 事業 事項名 事項 項目名 項目 費目 科目 経費名"
    " 経費 内訳 取組 節 目 区分 施設名 項 款 財源 財源区分".split()
)
_CATEGORIES = re.compile(
    r"分類|款|項|目|節|(?:款|項|目)名?|費目|科目|会計|会計区分|会計名|政策.*|施策.*|基本.*|柱|重点.*|大項目|中項目|小項目"
    r"|大事業.*|中事業.*|小事業群|事業区分|種別|種類|区分|分野|体系|章|テーマ|新規|拡充|継続|新規・拡充|新・拡|マーク|新規等"
)
_DEPARTMENT = re.compile(r"所管|担当|部局|部署|局名|課名|所属|部名|課室|所管課|局|課")
_OUTLINE = re.compile(r"概要|内容|説明|備考|摘要|理由|目的|効果|取組内容|コメント")
_NUMBER = re.compile(
    r"番号|no\.?|№|通番|連番|頁|ページ|コード|整理番号|id|団体名?|自治体名?|市町村名?|都道府県名?"
)


PROJECT, PART = "事業", "細事業"
LEVELS = ("款", "項", "目", "節", PROJECT)
"""What a budget calls its items, from the outermost inwards."""


class Role(StrEnum):
    """What one column holds."""

    NAME = "name"
    CATEGORY = "category"
    AMOUNT = "amount"
    DIFFERENCE = "difference"
    FUNDING = "funding"
    COUNT = "count"
    YEAR = "year"
    STAGE = "stage"
    UNIT = "unit"
    TEXT = "text"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role, its header as printed, and what the header tells of unit, year and stage.

    `year` is a western fiscal year the header names; `offset` counts from the row's year: 0 本年度, -1 前年度.
    `era_year` is a year without its era: 6 of 6年度.
    """

    role: Role
    title: str
    unit: str | None = None
    year: int | None = None
    offset: int = 0
    stage: Stage | None = None
    aspect: str | None = None
    era_year: int | None = None


def columns_of(titles: list[str]) -> tuple[Column, ...]:
    """Return the columns under titles, one of them that of the items' names where one is."""
    columns = [column_of(title) for title in titles]
    name = _name_position(titles, columns)
    if name is not None:
        columns[name] = Column(Role.NAME, titles[name])
    return tuple(columns)


def column_of(title: str) -> Column:
    """Return what the column under one title holds, told from that title alone."""
    word = squash(title)
    unit = _unit_in(title)
    if not word:
        return Column(Role.NOTHING, title)
    if _NUMBER.fullmatch(word):
        return Column(Role.NOTHING, title)
    if word in ("年度", "会計年度", "予算年度"):
        return Column(Role.YEAR, title)
    if word in ("単位",):
        return Column(Role.UNIT, title)
    if word in ("予算区分", "予算種別", "補正区分", "当初・補正"):
        return Column(Role.STAGE, title)
    if _OUTLINE.search(word) or (_DEPARTMENT.search(word) and not _AMOUNT.search(word)):
        return Column(Role.TEXT, title)
    return _measure(title, word, unit)


def level_of_column(title: str) -> str | None:
    """Return the level of a budget that the items of a column of names have: 目 of 「目」, 事業 of 「小事業名」.

    >>> level_of_column("目"), level_of_column("小事業名"), level_of_column("区分")
    ('目', '事業', None)
    """
    word = squash(title).removesuffix("名")
    return next(
        (level for level in LEVELS if word == level or (level == PROJECT and word.endswith(level))), None
    )


def is_source(name: str) -> bool:
    """Tell whether a name is one that funding sources commonly have: 国庫支出金, 市債, 一般財源."""
    return bool(_FUNDING.fullmatch(squash(name)))


def plain_source(title: str) -> str:
    """Return the last word of a header without its unit: 使用料・手数料 of 「財源内訳　使用料・手数料（千円）」."""
    return re.sub(r"[(（](?:百万円|千円|万円|億円|円)[)）]", "", re.split(r"[ 　\n]", title.strip())[-1])


def _name_position(titles: list[str], columns: list[Column]) -> int | None:
    words = [re.sub(r"[(（].*", "", squash(title)) for title in titles]
    free = (Role.TEXT, Role.CATEGORY)
    for name in _NAMES:
        for position, word in enumerate(words):
            if word == name and columns[position].role in free:
                return position
    named = [
        position
        for position, word in enumerate(words)
        if word.endswith(("事業名", "名称", "事業", "項目", "経費")) and columns[position].role in free
    ]
    return named[-1] if named else None  # 小事業 stands behind 大事業


def _measure(title: str, word: str, unit: str | None) -> Column:
    if _RATE.search(word):
        return Column(Role.NOTHING, title)
    if _DIFFERENCE.search(word):
        return Column(Role.DIFFERENCE, title, unit, stage=stage_of(word))
    bare = re.sub(r"\((?:百万円|千円|万円|億円|円)\)", "", word)
    last = re.split(r"[ 　]", title)[-1]
    funding = _FUNDING.fullmatch(bare) or _FUNDING.fullmatch(squash(last)) or _funding_under(bare)
    if funding:
        return Column(Role.FUNDING, title, unit, aspect=funding[1])
    if _YEAR_ONLY.fullmatch(bare) or _AMOUNT.search(bare):
        return _amount(title, word, unit)
    if unit and unit not in ("百万円", "千円", "万円", "億円", "円"):
        return Column(Role.COUNT, title, unit, year=parse_fiscal_year(title))
    if unit:
        return _amount(title, word, unit)
    return Column(Role.CATEGORY if _CATEGORIES.fullmatch(word) else Role.TEXT, title)


def _funding_under(word: str) -> re.Match[str] | None:
    """財源内訳 spans its sources: 財源内訳国, 財源内訳一般財源."""
    found = re.match(r"(?:本年度の?|当初予算額の?)?財源(?:内訳)?", word)
    return _FUNDING.fullmatch(word[found.end() :]) if found and found.end() else None


def _amount(title: str, word: str, unit: str | None) -> Column:
    year = parse_fiscal_year(title)
    short = _SHORT_YEAR.search(word) if year is None else None
    if short:
        return Column(Role.AMOUNT, title, unit, None, 0, stage_of(word), era_year=era_number(short[1]))
    offset = -2 if _BEFORE_LAST.search(word) else -1 if _LAST.search(word) else 0
    return Column(Role.AMOUNT, title, unit, year, offset if year is None else 0, stage_of(word))


def _unit_in(title: str) -> str | None:
    """Return the unit in the brackets of a header: 予算額（千円）, 人数(人), 金額［単位:円］."""
    inside = re.findall(r"[(（\[［【]([^)）\]］】]*)[)）\]］】]", title)
    last = re.split(r"[ 　\n]+", title.strip())
    if len(last) > 1:
        inside.append(last[-1])
    for text in inside:
        found = _UNIT.fullmatch(re.sub(r"単位|[:：・\s　]", "", text))
        if found:
            return found[1]
    return None
