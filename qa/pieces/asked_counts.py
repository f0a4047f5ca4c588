"""How many of what a question asks for: 何人, 何キロ, いくつ. A text that prints no number of them does not tell."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.data_rows import data_rows
from corpus.normalizing import normalize

_SCALE = r"[十千百万億兆]{0,3}"
_NUMBER = rf"(?:[0-9][0-9.]{{0,12}}|[一二三四五六七八九十百千]{{1,9}}){_SCALE} ?"
_BETWEEN = 8  # characters between a unit in brackets and its number
_ALONE = "*"
_HOW_MANY = "いくつ"
_INDEFINITE = r"(?!か(?![らか])|も|でも)"  # 何人か, 何回も, 何人でも ask for no number


@cache
def counters() -> Mapping[str, tuple[str, ...]]:
    """Return what 何 may count, each with the ways it is spelled behind a number; none where the number may stand alone."""
    found = {}
    for counter, others, *_ in data_rows("qa.pieces", "asked_counters.tsv", columns=4):
        spelled = others.split()
        found[counter] = () if _ALONE in spelled else tuple(normalize(one) for one in (counter, *spelled))
    return found


@cache
def _asking() -> re.Pattern[str]:
    longest_first = sorted(counters(), key=len, reverse=True)
    return re.compile(rf"何({'|'.join(map(re.escape, longest_first))}){_INDEFINITE}|{_HOW_MANY}{_INDEFINITE}")


@cache
def _counted(spelled: tuple[str, ...]) -> re.Pattern[str]:
    behind = "|".join(re.escape(one) for one in spelled)
    labelled = rf"\({_SCALE}(?:{behind})\)[^0-9]{{0,{_BETWEEN}}}[0-9]"  # 配布数(枚): 1,500
    return re.compile(rf"{_NUMBER}(?:{behind})|{labelled}" if spelled else _NUMBER)


def asked_counts(question: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of the numbers that a question asks for: one for each thing that it counts."""
    return tuple(
        _counted(counters()[match[1]] if match[1] else ())
        for match in _asking().finditer(normalize(question))
    )


def tells_counts(text: str, asked: Sequence[re.Pattern[str]]) -> bool:
    """Tell whether a text prints a number of what is asked for; of several things one is enough.

    >>> tells_counts("定員は30名です。", asked_counts("何人入れますか")), tells_counts("3時間です", asked_counts("何人ですか"))
    (True, False)
    >>> tells_counts("配布数（枚）：1,500", asked_counts("何枚配りましたか"))
    True
    """
    plain = normalize(text).replace(",", "")
    return not asked or any(form.search(plain) for form in asked)
