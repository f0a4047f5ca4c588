"""Which lines are rows of cells or of numbers, and no running text."""

import re

_BARS = re.compile(r"[|│┃｜║]")
_LEADER = re.compile(r"\S(?:…{2,}|‥{2,}|・{3,})\S")
_SET_APART = re.compile(r"(?<=[^\s。、]) {2,}(?=[^\s【（(])")
"""Half-width spaces that set cells under one another; running text of typed pages has none."""
_NUMERIC = re.compile(r"[0-9０-９,，.．（）()△▲\-－―千百万億円%％①-⑳: 　]*")
_COLUMNS = re.compile(r"[0-9０-９][ 　][0-9０-９(（△▲]|[぀-ヿ㐀-鿿] [぀-ヿ㐀-鿿]")
_NUMBERED = re.compile(
    r"[ 　]*(?:第?[0-9０-９一二三四五六七八九十]+[章節条]?|[①-⑳Ⅰ-Ⅻ]|[(（]\S{1,3}[)）]|\S{1,2}[.．]) {2,}\S*$"
)
# Cells of one row stand far apart; a numbering may stand far before its title.
_WIDE_GAP = re.compile(r"(?<=[^\s0-9０-９①-⑳Ⅰ-Ⅻ)）章節条.．])(?:　{2,}|\t+)(?=[^\s【（(])")


def is_cells(text: str) -> bool:
    """Tell whether `text` is a row of cells, parted by gaps, bars, tabs or leaders, or of numbers alone."""
    cells = (
        is_numeric(text) or bool(_COLUMNS.search(text.strip())) or has_wide_gap(text) or is_set_apart(text)
    )
    return cells or len(_BARS.findall(text)) > 1 or "\t" in text.strip() or bool(_LEADER.search(text))


def has_wide_gap(text: str) -> bool:
    """Tell whether `text` is a row of cells: 「本館　　　９時～17時」.

    >>> has_wide_gap("第１章　　総則"), has_wide_gap("本館　　９時～17時")
    (False, True)
    """
    return bool(_WIDE_GAP.search(text.strip(" 　")))


def is_set_apart(text: str) -> bool:
    """Tell whether cells are set under those of other rows with half-width spaces: 「本館    9時から」.

    >>> is_set_apart("本館    9時から"), is_set_apart("第1条  この条例は")
    (True, False)
    """
    return bool(_SET_APART.search(text.strip(" 　"))) and not _NUMBERED.match(text)


def is_numeric(text: str) -> bool:
    """Tell whether `text` holds nothing but numbers, their units and what is set around them."""
    return bool(_NUMERIC.fullmatch(text))
