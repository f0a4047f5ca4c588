"""Shared kanji: 休み and 休館, 燃やす and 可燃 have one character in common where they share no word."""

from collections.abc import Callable
from functools import lru_cache

from corpus.normalizing import normalize

_FIRST, _LAST = "一", "鿿"
_OF_ASKING = frozenset("何誰教")


@lru_cache(maxsize=8_192)
def kanji_of(text: str) -> frozenset[str]:
    """Return the kanji of `text`, those aside that only ask.

    >>> sorted(kanji_of("休館日は何曜日?"))
    ['休', '日', '曜', '館']
    """
    return frozenset(c for c in normalize(text) if _FIRST <= c <= _LAST) - _OF_ASKING


class SharedKanji:
    """How much of a question's kanji a text holds, rare ones counting more."""

    def __init__(self, question: str, weight: Callable[[str], float]) -> None:
        self._weights = {character: weight(character) for character in kanji_of(question)}
        self._total = sum(self._weights.values()) or 1.0

    def of(self, *texts: str) -> float:
        """Return the share (0–1) that the texts hold together."""
        return self.share(frozenset().union(*map(kanji_of, texts)))

    def share(self, held: frozenset[str]) -> float:
        """Return the share (0–1) that these kanji are."""
        return sum(weight for character, weight in self._weights.items() if character in held) / self._total
