"""Amounts as people write and say them. Exact: int and Decimal only."""

from decimal import ROUND_HALF_UP, Decimal

from corpus.budgets.amounts import SCALE, yen


def is_money(unit: str) -> bool:
    """Return whether `unit` is one of money."""
    return unit in SCALE


def plain(value: Decimal) -> str:
    """Return a number as text without exponent or trailing zeros: 18252, -347, 20.4."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal) -> str:
    """Return a number with thousands marked: 1,634,083."""
    whole, _, fraction = plain(value.copy_abs()).partition(".")
    return ("-" if value < 0 else "") + f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def shown(value: Decimal, unit: str) -> str:
    """Return an amount as printed: 266,144千円."""
    return grouped(value) + unit


def converted(value: Decimal, unit: str, wanted: str) -> str:
    """Return the exact amount in another unit of money: 266,144千円 in 億円 is 2.66144億円."""
    return shown(yen(value, unit) / SCALE[wanted], wanted)


def rounded(value: Decimal, digits: int) -> Decimal:
    """Return `value` rounded half up to `digits` places."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
