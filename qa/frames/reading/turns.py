"""What stands from the turns before a question, and what a short one takes from it."""

from dataclasses import dataclass

from qa.frames.frame import Frame
from qa.ledger.items import Item


@dataclass(frozen=True, slots=True)
class Context:
    """What stands from the turns before: the last frame, the items and sources that each turn told of, the newest last.

    `listed` are the items of a list that was told last.
    """

    frame: Frame
    told: tuple[tuple[Item, ...], ...]
    sources: tuple[str, ...] = ()
    listed: tuple[Item, ...] = ()
    division: str | None = None
    """The division in charge that was told last."""

    @property
    def last(self) -> tuple[Item, ...]:
        """The items that the last turn told of."""
        return self.told[-1] if self.told else ()

    @property
    def pair(self) -> tuple[Item, ...]:
        """The two items that were spoken of last, or the one where it was the same."""
        if len(self.last) > 1:
            return self.last[:2]
        before = self.told[-2][:1] if len(self.told) > 1 else ()
        return tuple(dict.fromkeys([*before, *self.last]))


def document_of(before: Context) -> str | None:
    """Return the document that the frame before is about."""
    own = before.frame.items[:1] or (before.frame.whole,)
    return own[0].document if own[0] is not None else None
