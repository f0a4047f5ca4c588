"""Budget figures, exactly: the ledger, its arithmetic, and answers to staff questions."""

from qa.ledger.answering import LedgerAnswerer
from qa.ledger.book import Lack, Ledger
from qa.ledger.items import Item

__all__ = ["Item", "Lack", "Ledger", "LedgerAnswerer"]
