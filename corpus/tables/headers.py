"""What the columns of a budget table hold, told from its header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.normalizing import squash
from corpus.tables.amounts import parse_number
from corpus.tables.cells import Cell, Row
from corpus.tables.years import circled_year, era_number, parse_fiscal_year
from corpus.types import Stage

_NOW = 2025  # a year without its era, in a document without a year, is taken to be near
_UNIT = re.compile(r"(百万円|千円|万円|億円|円|人|件|か所|箇所|回|団体|戸|世帯)")
_UNIT_NOTE = re.compile(r"(?:単位|金額)[ 　]*[:：・]?[ 　]*(百万円|千円|万円|億円|円)")
_UNIT_ALONE = re.compile(r"[(（\[［](百万円|千円|万円|億円|円)(?:[、,，・][^()（）]*)?[)）\]］]")
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
_MOST_ROWS = 3
_SPANNING = re.compile(r"(?:左の)?財源(?:内訳)?|内訳|特定財源|うち.*")
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


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: rows `first` to `last`, its columns, and the unit of a note above."""

    first: int
    last: int
    columns: tuple[Column, ...]
    unit: str | None
    year: int | None
    stage: Stage | None


def dated(header: Header, near: int | None) -> Header:
    """Return a header whose years without an era are those nearest to a year: 6年度 near 2025 is 2024."""
    number = max((c.era_year for c in header.columns if c.era_year is not None), default=None)
    if number is None:
        return header
    columns = [
        replace(c, year=circled_year(c.era_year, near=near or _NOW), era_year=None)
        if c.era_year is not None
        else c
        for c in header.columns
    ]
    return replace(header, columns=tuple(columns))


def find_header(rows: Sequence[Row]) -> Header | None:
    """Return the first header: a row (or two, where cells span) that names an item column and an amount."""
    for number in range(min(len(rows), 40)):
        header = header_at(rows, number)
        if header:
            return header
    return None


def text_header_at(rows: Sequence[Row], number: int) -> Header | None:
    """Return the header of a table without amounts that begins at a row below a heading of one cell, None where none does."""
    if number == 0 or sum(bool(cell.text) for cell in rows[number - 1]) != 1:
        return None
    titles = [cell.text for cell in rows[number]]
    if sum(bool(title) for title in titles) < 2 or any(parse_number(title) is not None for title in titles):
        return None
    columns = _columns(titles)
    if any(column.role in (Role.AMOUNT, Role.FUNDING, Role.DIFFERENCE) for column in columns):
        return None
    plain = tuple(replace(c, role=Role.TEXT) if c.role is Role.COUNT else c for c in columns)
    return Header(number, number, plain, None, None, None)


def noted_unit(text: str) -> str | None:
    """Return the one unit that notes in a text tell, None where they tell several or none."""
    units = {*_UNIT_NOTE.findall(text), *_UNIT_ALONE.findall(text)}
    return units.pop() if len(units) == 1 else None


def is_source(name: str) -> bool:
    """Tell whether a name is one that funding sources commonly have: 国庫支出金, 市債, 一般財源."""
    return bool(_FUNDING.fullmatch(squash(name)))


def stage_of(text: str) -> Stage | None:
    """Return the stage a text names: 当初, 補正 (予算現額 includes it), 決算 (支出済額)."""
    for word, stage in (
        ("決算", Stage.SETTLED),
        ("済額", Stage.SETTLED),
        ("執行額", Stage.SETTLED),
        ("現額", Stage.SUPPLEMENTARY),
        ("補正", Stage.SUPPLEMENTARY),
        ("当初", Stage.INITIAL),
    ):
        if word in text:
            return stage
    return None


def header_at(rows: Sequence[Row], number: int) -> Header | None:
    """Return the header that begins at a row, None where that is none."""
    titles = [cell.text for cell in rows[number]]
    if sum(bool(title) for title in titles) < 2 or any(parse_number(t) is not None for t in titles):
        return None
    last = number
    while last + 1 < min(len(rows), number + _MOST_ROWS):
        below = [cell.text for cell in rows[last + 1]]
        if not _is_second_row(titles, below):
            break
        titles, last = _stacked(titles, below), last + 1
    columns = _columns(titles)
    roles = {column.role for column in columns}
    if Role.NAME not in roles or not roles & {Role.AMOUNT, Role.FUNDING, Role.COUNT}:
        return None
    above = [cell.text for row in rows[:number] for cell in row if cell.text]
    unit = _unit_above([*above, *titles]) or _common_unit(columns)
    return Header(number, last, columns, unit, _year_above(above), _stage_above(above))


def _common_unit(columns: tuple[Column, ...]) -> str | None:
    """Columns that print no unit share the one that all others print."""
    units = {column.unit for column in columns if column.unit and column.role is not Role.COUNT}
    return units.pop() if len(units) == 1 else None


def _is_second_row(titles: list[str], below: list[str]) -> bool:
    """A second header row fills columns of amounts and leaves the name column empty."""
    if not any(below) or any(parse_number(text) is not None for text in below):
        return False
    words = [
        _column(text).role
        for text, above in zip(below, titles + [""] * len(below), strict=False)
        if text and text != above and not _SPANNING.fullmatch(squash(text))
    ]
    return bool(words) and all(
        role in (Role.AMOUNT, Role.FUNDING, Role.DIFFERENCE, Role.NOTHING) for role in words
    )


def _stacked(upper: list[str], lower: list[str]) -> list[str]:
    """Join a spanning title with what stands below it: 予算額 over 令和６年度 is 予算額 令和６年度."""
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    titles: list[str] = []
    spanning = ""
    for top, bottom in zip(upper, lower, strict=True):
        spanning = top or (spanning if bottom else "")
        same = not bottom or bottom == spanning
        titles.append(spanning if same else f"{spanning} {bottom}".strip())
    return titles


def _columns(titles: list[str]) -> tuple[Column, ...]:
    columns = [_column(title) for title in titles]
    name = _name_position(titles, columns)
    if name is not None:
        columns[name] = Column(Role.NAME, titles[name])
    return tuple(columns)


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


def _column(title: str) -> Column:
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


def _unit_above(texts: list[str]) -> str | None:
    for text in reversed(texts):
        found = _UNIT_NOTE.search(text) or _UNIT_ALONE.search(text)
        if found:
            return found[1]
    return None


def _year_above(texts: list[str]) -> int | None:
    years = [year for text in texts if (year := parse_fiscal_year(text)) is not None]
    return years[-1] if years else None


def _stage_above(texts: list[str]) -> Stage | None:
    stages = [stage for text in texts if (stage := stage_of(text)) is not None]
    return stages[-1] if stages else None


def is_note(row: Sequence[Cell]) -> bool:
    """Tell whether a row is a note below or between the data: one cell that says ※ or the unit."""
    printed = [cell.text for cell in row if cell.text]
    return len(printed) == 1 and (
        printed[0].startswith(("※", "＊", "*", "注")) or bool(_UNIT_NOTE.search(printed[0]))
    )
