"""Japanese amounts, exactly: `16億3,408万円`, `1,634,083千円`, `△５千円` to Decimal and back. No float."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Units of money in yen.
SCALE = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
_MYRIAD = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "億": 100_000_000, "兆": 10**12}
_WIDTH = str.maketrans("０１２３４５６７８９，．－−‐―", "0123456789,.----")
MINUS = "△▲－−-"
_DIGITS = "0-9０-９"
NUMBER = rf"[{_DIGITS}]{{1,3}}(?:[,，][{_DIGITS}]{{3}})+(?![{_DIGITS}])|[{_DIGITS}]+"
_DECIMAL = rf"(?:{NUMBER})(?:[.．][{_DIGITS}]+)?"
# A hyphen is a sign only where nothing stands before it; between two numbers it is a range.
_SIGN = rf"(?:(?P<sign>[△▲])[ 　]?|(?<![{_DIGITS}円年月日A-Za-z〜～])(?P<minus>[－−-]))?"
_AMOUNT = re.compile(
    rf"{_SIGN}(?<![{_DIGITS},，.．])(?P<number>(?:{_DECIMAL})[兆億万]?(?:[ 　]?(?:{_DECIMAL})(?:百万|[億万千]))*(?:{_DECIMAL})?)"
    r"\s*(?P<unit>百万円|千円|万円|億円|円)"
)
_PART = re.compile(rf"({_DECIMAL})(百万|[兆億万千]|)")


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """An amount with its unit at `text[start:end]`; `step` is the last place printed, in `unit`.

    `16億3,408万円` is 1634080000円 with step 10000: what it rounds lies within half a step of it.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    step: Decimal = Decimal(1)


def parse_amounts(text: str) -> list[AmountSpan]:
    """Return the amounts of money in `text` that carry a unit, in order.

    >>> [(str(a.value), a.unit) for a in parse_amounts("16億3,408万円、△１，０２３千円")]
    [('1634080000', '円'), ('-1023', '千円')]
    """
    return [_span(match) for match in _AMOUNT.finditer(text)]


def parse_number(text: str) -> Decimal | None:
    """Return the number a whole cell holds (`△1,234`, `１２`, `(500)` is 500), or None where it is no number."""
    match = re.fullmatch(rf"[ 　\t]*+([＋+{MINUS}]?)[ 　]*+({_DECIMAL})[ 　\t]*+", text) or re.fullmatch(
        rf"[ 　\t]*+([{MINUS}]?)[(（]({_DECIMAL})[)）][ 　\t]*+", text
    )
    if match is None:
        return None
    value = decimal_of(match[2])
    return -value if match[1] and match[1] in MINUS else value


def decimal_of(digits: str) -> Decimal:
    """Return the Decimal of digits as printed, commas and full width included."""
    return Decimal(digits.translate(_WIDTH).replace(",", ""))


def yen(value: Decimal, unit: str) -> Decimal:
    """Return an amount in yen."""
    return value * SCALE[unit]


def in_words(value: Decimal, unit: str) -> str:
    """Return an amount as people say it, rounded to 万円 from 1,000万円 up; other units as they are.

    >>> in_words(Decimal(266144), "千円")
    '約2億6,614万円'
    """
    if unit not in SCALE:
        return f"{value:,f}{unit}"
    exact = yen(abs(value), unit)
    shown = exact
    if exact >= 10_000_000:
        shown = (exact / 10_000).quantize(Decimal(1), ROUND_HALF_UP) * 10_000
    about = "約" if shown != exact else ""
    return ("△" if value < 0 else "") + about + _grouped(shown) + "円"


def rounds_to(exact: Decimal, shown: Decimal, step: Decimal) -> bool:
    """Tell whether `shown`, printed to `step`, is `exact` rounded half up (both in one unit)."""
    return (abs(exact) / step).quantize(Decimal(1), ROUND_HALF_UP) * step == abs(shown) and exact * shown >= 0


def _grouped(amount: Decimal) -> str:
    whole = int(amount)
    parts = []
    for name, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        count, whole = divmod(whole, size)
        if count:
            parts.append(f"{count:,}{name}")
    return "".join(parts) or "0"


def _span(match: re.Match[str]) -> AmountSpan:
    unit = match["unit"]
    parts = _PART.findall(match["number"])
    value, step, unit = _sum(parts, unit)
    negative = match["sign"] or match["minus"]
    return AmountSpan(-value if negative else value, unit, match.start(), match.end(), step)


def _sum(parts: list[tuple[str, str]], unit: str) -> tuple[Decimal, Decimal, str]:
    """Add the parts of a number; a compound one (`2億580万8千円`) comes in 円."""
    if len(parts) == 1 and parts[0][1] + unit in SCALE:
        value = decimal_of(parts[0][0])
        return value, Decimal(1).scaleb(int(value.as_tuple().exponent)), parts[0][1] + unit
    scales = [_MYRIAD[scale] for _, scale in parts]
    scales[-1] *= SCALE[unit]
    values = [decimal_of(digits) for digits, _ in parts]
    total = sum((v * s for v, s in zip(values, scales, strict=True)), Decimal(0))
    step = Decimal(1).scaleb(int(values[-1].as_tuple().exponent)) * scales[-1]
    return total, step, "円"
