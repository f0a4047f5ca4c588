"""What a ranker of references is fitted on."""

from dataclasses import dataclass

from qa.frames.meant.described_items import Numbers, Piece


@dataclass(frozen=True)
class Example:
    """A piece with the signs of the items of a ledger, of shape (items, signs), and the item that is meant, if any."""

    piece: Piece
    near: Numbers
    item: int | None
