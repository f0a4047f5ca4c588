"""Which lines are rows of cells or of numbers, and no running text."""

import re

_BARS = re.compile(r"[|│┃｜║]")
_LEADER = re.compile(r"\S(?:…{2,}|‥{2,}|・{3,})\S")
_NUMERIC = re.compile(r"[0-9０-９,，.．（）()△▲\-－―千百万億円%％①-⑳: 　]*")
_COLUMNS = re.compile(r"[0-9０-９][ 　][0-9０-９(（△▲]|[぀-ヿ㐀-鿿] [぀-ヿ㐀-鿿]")
# Cells of one row stand far apart; a numbering may stand far before its title.
_WIDE_GAP = re.compile(r"(?<=[^\s0-9０-９①-⑳Ⅰ-Ⅻ)）章節条.．])(?:　{2,}|\t+)(?=[^\s【（(])")


def is_cells(text: str) -> bool:
    """Tell whether `text` is a row of cells, parted by gaps, bars, tabs or leaders, or of numbers alone."""
    cells = is_numeric(text) or bool(_COLUMNS.search(text.strip())) or has_wide_gap(text)
    return cells or len(_BARS.findall(text)) > 1 or "\t" in text.strip() or bool(_LEADER.search(text))


def has_wide_gap(text: str) -> bool:
    """Tell whether `text` is a row of cells: 「本館　　　９時～17時」.

    >>> has_wide_gap("第１章　　総則"), has_wide_gap("本館　　９時～17時")
    (False, True)
    """
    return bool(_WIDE_GAP.search(text.strip(" 　")))


def is_numeric(text: str) -> bool:
    """Tell whether `text` holds nothing but numbers, their units and what is set around them."""
    return bool(_NUMERIC.fullmatch(text))
