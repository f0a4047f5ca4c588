"""Where in a question the words stand that refer to an item: a linear-chain CRF over its words (Lafferty et al. 2001).

What budget questions say around an item is alike in every city; what they call the item is not. So a word that few
writers have is seen by its kind alone, with its neighbours, and whether the ledger has it; what is exact (years,
sources, items named outright) is one word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from threading import Lock

import pycrfsuite

from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.frames.exact.masking import Mark
from qa.frames.meant.described_items import Forms, is_content

BEGIN, INSIDE, OUTSIDE = "B", "I", "O"
_BARS = (0.2, 0.8)
"""Beside the likeliest stretches, those of words that are inside with at least .8, and with at least .2, are returned."""
_START, _END = ("^^", "^"), ("$", "$$")
_PATTERNS: Sequence[Sequence[tuple[str, int]]] = [
    *([(kind, step)] for kind in "skh" for step in (-2, -1, 0, 1, 2)),
    *([("n", step)] for step in (-1, 0, 1)),
    [("s", -2), ("s", 0)], [("s", -1), ("s", 0)], [("s", 0), ("s", 1)], [("s", 1), ("s", 2)],
    [("k", -1), ("k", 0)], [("k", 0), ("k", 1)],
    [("s", 0), ("k", 1)], [("k", 0), ("s", 1)], [("s", -1), ("k", 0)],
    [("h", -1), ("h", 0)], [("h", 0), ("h", 1)], [("h", 0), ("s", 0)], [("h", 0), ("s", 1)], [("s", -1), ("h", 0)],
    [("h", -1), ("h", 0), ("h", 1)], [("s", -1), ("h", 0), ("s", 1)],
]  # fmt: skip
"""What is seen at a word: of itself and of its neighbours the surface, the normal form, the kind, if the ledger has it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a folded question, `text[start:end]`, or the sign of something exact there (then it has no `token`)."""

    start: int
    end: int
    surface: str
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch `text[start:end]` of a folded question that refers to an item, with a probability (0–1)."""

    start: int
    end: int
    probability: float


def words_of(text: str, marks: Sequence[Mark], tokenizer: SudachiTokenizer) -> list[Word]:
    """Return the words of a folded question; what is exact in it is one each."""
    found: list[Word] = []
    position = 0
    for start, end, sign in [*sorted(marks), (len(text), len(text), "")]:
        found += [
            Word(position + token.start, position + token.end, token.surface, token)
            for token in tokenizer.tokens(text[position:start])
            if token.surface.strip()
        ]
        if sign:
            found.append(Word(start, end, sign))
        position = max(end, position)
    return found


def features(
    words: Sequence[Word], known: frozenset[str], vocabulary: tuple[Forms, Forms]
) -> list[list[str]]:
    """Return what is seen at each word; `vocabulary` are the words of the names and of the texts of a ledger's items."""
    columns = {
        "s": [_seen(word, word.surface, known) for word in words],
        "n": [_seen(word, word.token.normalized if word.token else "", known) for word in words],
        "k": [
            f"{word.token.pos}/{word.token.subpos}" if word.token else f"<{word.surface}>" for word in words
        ],
        "h": [_held(word, *vocabulary) for word in words],
    }
    columns = {kind: [*_START, *column, *_END] for kind, column in columns.items()}
    names = ["".join(f"{kind}{step}" for kind, step in pattern) for pattern in _PATTERNS]
    return [
        [
            f"{name}={' '.join(columns[kind][place + step] for kind, step in pattern)}"
            for name, pattern in zip(names, _PATTERNS, strict=True)
        ]
        for place in range(len(_START), len(_START) + len(words))
    ]


def _held(word: Word, of_names: Forms, of_texts: Forms) -> str:
    """Return whether names of the ledger's items have a word (N), their descriptions (T), or neither."""
    if word.token is None:
        return f"<{word.surface}>"
    if not is_content(word.token):
        return "-"
    own = word.token.forms
    return "N" if own & of_names else "T" if own & of_texts else "?"


def _seen(word: Word, form: str, known: frozenset[str]) -> str:
    if word.token is None:
        return f"<{word.surface}>"
    return form if word.surface in known else f"?{word.token.pos}"


class SpanTagger:
    """Tells which stretches of a question refer to an item."""

    def __init__(self, model: bytes, known: frozenset[str]) -> None:
        """Open a CRFsuite model; `known` are the words that it sees as they are."""
        self._known = known
        self._model = model  # CRFsuite reads it where it lies
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)
        self._one_at_a_time = Lock()  # a CRFsuite tagger holds the sentence that it tags

    def stretches(self, words: Sequence[Word], vocabulary: tuple[Forms, Forms]) -> list[Stretch]:
        """Return the likeliest stretches of a question, and longer and shorter ones where an edge is in doubt."""
        if not words:
            return []
        with self._one_at_a_time:
            self._tagger.set(features(words, self._known, vocabulary))
            likeliest = self._tagger.tag()
            outside, begins = (
                [self._tagger.marginal(tag, place) for place in range(len(words))] for tag in (OUTSIDE, BEGIN)
            )
        found: dict[tuple[int, int], Stretch] = {}
        for tags in (likeliest, *(_tags(outside, begins, bar) for bar in _BARS)):
            for first, last in _joined(_runs(tags)):
                chance = 1 - max(outside[first], outside[last])
                found.setdefault((first, last), Stretch(words[first].start, words[last].end, chance))
        return list(found.values())


def _tags(outside: Sequence[float], begins: Sequence[float], bar: float) -> list[str]:
    """Return the tags where a word is inside that is outside with no more than a probability."""
    tags: list[str] = []
    for chance, begin in zip(outside, begins, strict=True):
        if chance > bar:
            tags.append(OUTSIDE)
        else:
            begun = not tags or tags[-1] == OUTSIDE or begin > (1 - chance) / 2
            tags.append(BEGIN if begun else INSIDE)
    return tags


def _runs(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each stretch."""
    starts = [
        place
        for place, (before, tag) in enumerate(pairwise([OUTSIDE, *tags]))
        if tag == BEGIN or (tag == INSIDE and before == OUTSIDE)
    ]
    for start in starts:
        end = start
        while end + 1 < len(tags) and tags[end + 1] == INSIDE:
            end += 1
        yield start, end


def _joined(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield runs, and each two that touch as one: where one ends and the next begins is in doubt."""
    before: tuple[int, int] | None = None
    for first, last in runs:
        yield first, last
        if before and before[1] + 1 == first:
            yield before[0], last
        before = first, last


@cache
def shipped_tagger() -> SpanTagger:
    """Return the model that the project ships."""
    folder = files("qa.frames") / "model"
    words = (folder / "span-words.txt").read_text("utf-8").split("\n")
    return SpanTagger((folder / "spans.crfsuite").read_bytes(), frozenset(words))
