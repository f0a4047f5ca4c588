"""Finds suggestions while a person types."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice

from index.segments.segment import Segment
from index.suggesting.compared_forms import folded, spoken
from index.suggesting.stored_suggestions import Match, SegmentSuggestions
from index.suggesting.suggestions_file import FOLDED, SPOKEN, SUGGESTIONS_FILE, order
from index.suggesting.types import Suggestion
from index.tokenizer import SudachiTokenizer

_LONGEST = 80  # characters: no suggestion is longer


class Suggester:
    """The suggestions of all segments. Safe to share between threads."""

    def __init__(self, segments: Sequence[SegmentSuggestions], tokenizer: SudachiTokenizer) -> None:
        self._segments = segments
        self._tokenizer = tokenizer

    @classmethod
    def of(cls, segments: Sequence[Segment], tokenizer: SudachiTokenizer) -> "Suggester":
        """Return the suggestions that the segments of a bundle hold; files are opened when they are first asked."""
        own = [SegmentSuggestions(s.folder / SUGGESTIONS_FILE, s.removed) for s in segments]
        return cls(own, tokenizer)

    def suggest(self, typed: str, k: int = 8) -> list[Suggestion]:
        """Return at most `k` distinct suggestions: those that begin as typed, that hold it, that are read so."""
        found: dict[str, Suggestion] = {}
        for match in self._matches(typed):
            for text, suggestion in islice(self._found(match), k + len(found)):
                found.setdefault(text, suggestion)
            if len(found) >= k:
                break
        return list(found.values())[:k]

    def _found(self, match: Match) -> Iterator[tuple[str, Suggestion]]:
        """Yield what fits in any segment, the best first, each text once."""
        last = None
        runs = (segment.found(match) for segment in self._segments)
        for text, suggestion in merge(*runs, key=lambda found: order(found[0])):
            if text != last:
                yield text, suggestion
            last = text

    def _matches(self, typed: str) -> Iterator[Match]:
        """Yield how typed text may fit, the best way first."""
        written = folded(typed)
        if not written or len(written) > _LONGEST:
            return
        yield Match(FOLDED, written, beginning=True)
        yield Match(FOLDED, written, beginning=False)
        # Kanji are taken at their word: what merely sounds the same is not meant.
        if any("ぁ" <= char <= "ゖ" for char in written):
            read = spoken(typed, self._tokenizer.tokens)
            yield Match(SPOKEN, read, beginning=True)
            yield Match(SPOKEN, read, beginning=False)
