"""What is stored of a passage for reading it: its words, phrases and candidates as NumPy columns."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from index.keys import Hashes, hash_keys
from qa.reading.candidates import candidates
from qa.reading.parts import CONTENT
from qa.reading.sheet import Sheet, sheet
from qa.reading.spanfeatures import describe
from qa.reading.traits import hashed, traits_of

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Record:
    """One passage. Words, phrases and candidates are numbered from 0; offsets are characters of its text.

    Per word: `keys` (hash of the normalised form), `starts`, `ends`, `content` (1 for content words),
    `phrase`, `sentence`. Per phrase: `heads`. Per candidate: `first`, `last` (words [first, last)),
    `described` (columns of `spanfeatures.NAMES`) and `traits` (hashes of what it is, for expectations).
    """

    keys: Hashes
    starts: Ints
    ends: Ints
    content: Bytes
    phrase: Ints
    sentence: Ints
    heads: Ints
    first: Ints
    last: Ints
    described: Bytes
    traits: Hashes


def read_text(text: str) -> Record:
    """Return the record of a text (some 3 ms for 300 characters)."""
    return record(sheet(text))


def record(sheet: Sheet) -> Record:
    """Lay a sheet and its candidates out in columns."""
    found = candidates(sheet)
    return Record(
        keys=hash_keys(w.normalized.casefold() for w in sheet.words),
        starts=_ints([w.start for w in sheet.words]),
        ends=_ints([w.end for w in sheet.words]),
        content=np.array([pos in CONTENT for pos in sheet.pos], np.uint8),
        phrase=_ints(sheet.phrase),
        sentence=_ints(sheet.sentence),
        heads=_ints(sheet.heads),
        first=_ints([first for first, _ in found]),
        last=_ints([last for _, last in found]),
        described=describe(sheet, found),
        traits=hashed(traits_of(sheet, found)),
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int32)


@dataclass(frozen=True, slots=True)
class Spread:
    """Several passages end to end, so that one operation counts over all of them.

    `columns` has the words, phrases and sentences renumbered; `passage` tells the passage of each candidate,
    `characters` holds the code points of all texts, apart from one another by `GAP` zeros. `place` is each
    word's position where passages lie `GAP` words apart: words of different passages are never near.
    """

    columns: Record
    passage: Ints
    place: Ints
    characters: npt.NDArray[np.uint32]
    shift: Ints


GAP = 64


def spread(records: Sequence[Record], texts: Sequence[str]) -> Spread:
    """Lay passages end to end. `texts` are folded."""
    words = np.cumsum([0] + [len(r.keys) for r in records])[:-1]
    phrases = np.cumsum([0] + [len(r.heads) for r in records])[:-1]
    sentences = np.cumsum([0] + [int(r.sentence[-1]) + 1 if len(r.sentence) else 0 for r in records])[:-1]
    shift = np.cumsum([GAP] + [len(text) + GAP for text in texts])[:-1].astype(np.int32)
    moved = {
        "starts": shift,
        "ends": shift,
        "phrase": phrases,
        "sentence": sentences,
        "heads": phrases,
        "first": words,
        "last": words,
    }
    columns = {
        f.name: _stacked([getattr(r, f.name) for r in records], moved.get(f.name)) for f in fields(Record)
    }
    numbers = np.arange(len(records), dtype=np.int32)
    passage = np.repeat(numbers, [len(r.first) for r in records])
    of_word = np.repeat(numbers, [len(r.keys) for r in records])
    place = np.arange(len(of_word), dtype=np.int32) + GAP * of_word
    return Spread(Record(**columns), passage, place, _characters(texts), shift)


def _stacked(arrays: list[npt.NDArray[Any]], offsets: npt.NDArray[Any] | None) -> npt.NDArray[Any]:
    if offsets is None:
        return np.concatenate(arrays)
    return np.concatenate([a + np.int32(o) for a, o in zip(arrays, offsets, strict=True)])


def _characters(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    between = "\0" * GAP
    joined = between + between.join(texts) + between
    return np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
