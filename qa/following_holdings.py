"""What the documents hold, as far as a follow-up needs it: whether a phrase stands in them, and names of one kind."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from corpus.normalizing import squash
from qa.following_kinds import common_ending

_QUOTED = re.compile(r"[「『]([^「」『』]{2,24})[」』]")
_LEAST = 2  # characters that names of one kind share at their end


class Holdings:
    """The documents' text, read and squashed on first use, for looking up phrases without a search."""

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self._texts = texts

    def hold(self, phrase: str) -> bool:
        """Tell whether the documents hold a phrase, white space aside."""
        return squash(phrase) in self._text

    def others(self, text: str, noun: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the bracketed name ending in `noun` that `text` holds, and the other names that end as it does."""
        said = [name for name in self._names if name in text and name.endswith(noun)]
        if not said:
            return None
        own = max(said, key=len)
        found = (name for name in self._names if name != own and common_ending(name, own) >= _LEAST)
        return own, tuple(found)

    @cached_property
    def _text(self) -> str:
        return "\n".join(squash(text) for text in self._texts())

    @cached_property
    def _names(self) -> dict[str, None]:
        return dict.fromkeys(match[1] for match in _QUOTED.finditer(self._text))
