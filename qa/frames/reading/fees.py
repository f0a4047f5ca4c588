"""What is called like a fee: a city takes it in, and a person pays it; which of the two is asked, other words tell."""

import re
from collections.abc import Sequence

from qa.frames.meant.resolving import FEE
from qa.ledger.composing import name_of
from qa.ledger.names import Mention

_OF_FEES = re.compile(
    r"使用料|手数料|利用料|入場|入館料|料金|チケット|会費|月謝|運賃|(?:いくら|何円)まで|(?:お金|おかね)[はがも]?(?:か|掛)か|(?<![てで])もらえ|受け取れ|払えば"
)
_OF_PRICES = re.compile(r"値上|値下|値段|有料|無料")


def may_be_a_fee(mentions: Sequence[Mention]) -> bool:
    """Tell whether all that is named is called like a fee: 市民プール使用料 is what a city takes in, or a ticket."""
    items = [item for mention in mentions for item in mention.items]
    return bool(items) and all(FEE.search(name_of(item)) for item in items)


def asks_of_fees(text: str) -> bool:
    """Tell whether a masked question asks what a person has to pay, or gets."""
    return bool(_OF_FEES.search(text))


def asks_of_prices(text: str) -> bool:
    """Tell whether a masked question asks about a price, and not about what it brings in: 値上げ, 無料."""
    return bool(_OF_PRICES.search(text))
