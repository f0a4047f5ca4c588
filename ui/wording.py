"""The words that the faces share: kinds of figures, fiscal years, how sure a reply is."""

from decimal import Decimal

from corpus.tables.years import in_era

KINDS = {
    "amount": "金額",
    "difference": "増減",
    "rate": "増減率",
    "share": "構成比",
    "total": "合計",
    "count": "数",
}


def fiscal_year(year: int | None) -> str:
    """Return a fiscal year as city halls write it, nothing where there is none.

    >>> fiscal_year(2022), fiscal_year(None)
    ('令和4年度', '')
    """
    return in_era(year) if year is not None else ""


def amount(value: str) -> str:
    """Return a plain number with its thousands apart.

    >>> amount("-18252"), amount("7.4")
    ('−18,252', '7.4')
    """
    return f"{Decimal(value):,f}".replace("-", "−")


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
