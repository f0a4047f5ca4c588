"""How many of what a question asks for: 何人, 何キロ, いくつ. A text that prints no number of them does not tell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.data_rows import data_rows
from corpus.normalizing import normalize

_SCALE = r"[十千百万億兆]{0,3}"
_NUMBER = rf"(?:[0-9][0-9.]{{0,12}}|[一二三四五六七八九十百千]{{1,9}}){_SCALE} ?"
_BETWEEN = 8  # characters between a unit in brackets and its number
_ALONE, _WORD = "*", "="
_UNLIMITED = "制限"  # 制限はありません tells of any number
_HOW_MANY = "いくつ"
_INDEFINITE = r"(?!か(?![らか])|も|でも)"  # 何人か, 何回も, 何人でも ask for no number


@dataclass(frozen=True, slots=True)
class Counter:
    """How numbers of a thing are told: what may stand `behind` them (nothing: they may stand alone), and `words` without any."""

    behind: tuple[str, ...]
    words: tuple[str, ...] = ()


@cache
def counters() -> Mapping[str, Counter]:
    """Return what 何 may count, and how so many are told."""
    found = {}
    for counter, others, *_ in data_rows("qa.pieces", "asked_counters.tsv", columns=4):
        spelled = [normalize(one) for one in others.split()]
        words = tuple(one.removeprefix(_WORD) for one in spelled if one.startswith(_WORD))
        behind = (counter, *(one for one in spelled if not one.startswith(_WORD)))
        found[counter] = Counter(() if _ALONE in spelled else behind, words)
    return found


@cache
def _asking() -> re.Pattern[str]:
    longest_first = sorted(counters(), key=len, reverse=True)
    return re.compile(rf"何({'|'.join(map(re.escape, longest_first))}){_INDEFINITE}|{_HOW_MANY}{_INDEFINITE}")


@cache
def _told(counter: Counter) -> re.Pattern[str]:
    behind = "|".join(map(re.escape, counter.behind))
    labelled = rf"\({_SCALE}(?:{behind})\)[^0-9]{{0,{_BETWEEN}}}[0-9]"  # 配布数(枚): 1,500
    numbers = [rf"{_NUMBER}(?:{behind})", labelled] if behind else [_NUMBER]
    return re.compile("|".join([*numbers, *map(re.escape, (*counter.words, _UNLIMITED))]))


def asked_counts(question: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of the numbers that a question asks for: one for each thing that it counts."""
    return tuple(
        _told(counters()[match[1]] if match[1] else Counter(()))
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
