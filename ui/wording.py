"""The words that the faces share, in the language of the reply: kinds of figures, years, how sure a reply is."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from corpus.budgets.years import in_era
from qa.replies.messages import JAPANESE, say


def kind(name: str, language: str = JAPANESE) -> str:
    """Return a kind of figure in words.

    >>> kind("share"), kind("share", "en")
    ('構成比', 'share')
    """
    return say(f"kind_{name}", language)


def fiscal_year(year: int | None, language: str = JAPANESE) -> str:
    """Return a fiscal year as city halls write it, in another language with its western number; nothing for None.

    >>> fiscal_year(2022), fiscal_year(2022, "en"), fiscal_year(None)
    ('令和4年度', 'fiscal 2022 (令和4年度)', '')
    """
    return say("fiscal_year", language, year=year, era=in_era(year)) if year is not None else ""


def freshness(document: Mapping[str, Any]) -> str:
    """Return of when a document is: the day that it tells, or else its fiscal year.

    >>> freshness({"date": "2024-07-18", "fiscal_year": 2024}), freshness({"date": None, "fiscal_year": 2022})
    ('2024-07-18', '令和4年度')
    """
    return document["date"] or fiscal_year(document["fiscal_year"])


def moment(added: str | None) -> str:
    """Return a moment as the clock here shows it; nothing for None."""
    return f"{datetime.fromisoformat(added).astimezone():%Y-%m-%d %H:%M}" if added else ""


def amount(value: str) -> str:
    """Return a plain number with its thousands apart.

    >>> amount("-18252"), amount("7.4")
    ('−18,252', '7.4')
    """
    return f"{Decimal(value):,f}".replace("-", "−")


def sureness(confidence: float, language: str = JAPANESE) -> str:
    """Return how sure a reply is, in words.

    >>> sureness(0.95, "en")
    'Confidence: high'
    """
    level = "high" if confidence >= 0.9 else "medium" if confidence >= 0.6 else "low"
    return say("confidence", language, level=say(level, language))


def place(page: int, heading: str, language: str = JAPANESE) -> str:
    """Return where a quote stands; the heading as it is printed.

    >>> place(7, "3 主な事業"), place(7, "", "en")
    ('7ページ「3 主な事業」', 'page 7')
    """
    where = say("page", language, page=page)
    gap = "" if language == JAPANESE else " "
    return f"{where}{gap}「{heading}」" if heading else where
