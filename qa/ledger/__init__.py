"""Budget figures, exactly: the ledger and its arithmetic."""

from qa.ledger.book import Lack, Ledger
from qa.ledger.items import Item

__all__ = ["Item", "Lack", "Ledger"]
