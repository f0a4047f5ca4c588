"""The words that the faces share: kinds of figures, fiscal years, how sure a reply is."""

from decimal import Decimal, InvalidOperation

KINDS = {
    "amount": "金額",
    "difference": "増減",
    "rate": "増減率",
    "share": "構成比",
    "total": "合計",
    "count": "数",
}
_ERAS = ((2019, "令和"), (1989, "平成"), (1926, "昭和"))


def fiscal_year(year: int | None) -> str:
    """Return a fiscal year as city halls write it.

    >>> fiscal_year(2022), fiscal_year(2019), fiscal_year(None)
    ('令和4年度', '令和元年度', '')
    """
    if year is None:
        return ""
    for first, era in _ERAS:
        if year >= first:
            return f"{era}{'元' if year == first else year - first + 1}年度"
    return f"{year}年度"


def grouped(value: str) -> str:
    """Return a plain number with its thousands apart; what is no number stays as it is.

    >>> grouped("-18252"), grouped("7.40")
    ('−18,252', '7.40')
    """
    try:
        return f"{Decimal(value):,}".replace("-", "−")
    except InvalidOperation:
        return value


def sureness(confidence: float) -> str:
    """Return how sure a reply is, in a word."""
    if confidence >= 0.9:
        return "高い"
    return "ふつう" if confidence >= 0.6 else "低め"


def place(page: int, heading: str) -> str:
    """Return where a quote stands.

    >>> place(7, "3 主な事業")
    '7ページ「3 主な事業」'
    """
    return f"{page}ページ「{heading}」" if heading else f"{page}ページ"
