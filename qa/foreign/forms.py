"""Forms of things that a text holds, whatever its language: an amount, a date, a telephone number."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from corpus.normalizing import normalize

# Every quantifier has an end: a pattern looks at a bounded stretch from each place, so a text takes linear time.
_N = r"[0-9]{1,9}"
_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "money": re.compile(r"[0-9][0-9.]{0,12}[千百万億]{0,2}円"),
        "share": re.compile(rf"[0-9.]{{1,9}}(?:%|パーセント|割)|{_N}分の[0-9]"),
        "clock": re.compile(r"[0-9]{1,2}(?:時|:[0-9]{2})(?:[0-9]{1,2}分)?"),
        "date": re.compile(
            r"(?:(?:令和|平成|昭和)(?:[0-9]{1,2}|元)年|[12][0-9]{3}年)(?:度|[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
            r"|[0-9]{1,2}月(?:[0-9]{1,2}日)?"
        ),
        "weekday": re.compile(r"[月火水木金土日](?:曜日?|・[月火水木金土日])"),
        "telephone": re.compile(r"[0-9]{2,4}-[0-9]{2,4}-[0-9]{3,4}|#[0-9]{4}"),
        "span": re.compile(rf"{_N}(?:日|か月|ヶ月|カ月|週間|年|時間|分|歳)(?:以内|間|前|まで|未満|後|以上)?"),
        "count": re.compile(
            rf"{_N}(?:人|名|件|か所|店|枚|回|便|個|台|校|組|部|本|戸|世帯|メートル|平方メートル|m|番)"
        ),
    }
)
FORMS = tuple(_PATTERNS)
LIST = "list"
"""Besides the forms a question may want: all things of a kind."""


def held(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return which forms each text holds: 0 or 1, of shape (texts, forms).

    >>> dict(zip(FORMS, held(["手数料は450円です。"])[0].tolist()))["money"]
    1.0
    """
    plain = [_plain(text) for text in texts]
    rows = [[bool(pattern.search(text)) for pattern in _PATTERNS.values()] for text in plain]
    return np.array(rows, np.float32).reshape(len(texts), len(FORMS))


def only(text: str, form: str) -> tuple[int, int] | None:
    """Return the one place in `text` that has the form; None where there is none, or more than one."""
    if len(normalize(text)) != len(text):
        return None  # places in the normalised text would not be those of the text
    found = [match.span() for match in _PATTERNS[form].finditer(_joined(normalize(text)))]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return normalize(text).replace(",", "")


def _joined(text: str) -> str:
    """Replace grouping commas by a digit, so that places stay: 2,400円 is one number."""
    return re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "0", text)
