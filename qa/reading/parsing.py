"""A passage's words, phrases (bunsetsu) and named entities by GiNZA: the one file that knows spaCy."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end]` with its Sudachi part of speech, such as 名詞-固有名詞-地名-一般."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One bunsetsu; `head` is the number of the phrase it depends on, its own where it is the root."""

    start: int
    end: int
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity; labels are those of Sekine's extended hierarchy, such as Province or Date."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """What a parser says of one text; offsets are characters of the text."""

    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...]
    entities: tuple[Entity, ...]


def fold(text: str) -> str:
    """Return `text` in NFKC as far as that keeps every offset: 「４（㈱）」 → "4(㈱)"."""
    return "".join(map(_fold_character, text))


@cache
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def parse(texts: Sequence[str]) -> Iterator[Parse]:
    """Return one parse a text, in order (some 3,000 characters a second).

    Each line is parsed by itself: headings, items and paragraphs do not depend on one another.
    """
    lines = [[line for line in _lines(fold(text)) if line[1].strip()] for text in texts]
    parsed = _ginza().pipe((line for of_text in lines for _, line in of_text), batch_size=32)
    for of_text in lines:
        yield _joined([_parse(next(parsed), start) for start, _ in of_text])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _joined(parts: Sequence[Parse]) -> Parse:
    words: list[Word] = []
    phrases: list[Phrase] = []
    entities: list[Entity] = []
    for part in parts:
        before = len(phrases)
        words += part.words
        phrases += (replace(p, head=p.head + before) for p in part.phrases)
        entities += part.entities
    return Parse(tuple(words), tuple(phrases), tuple(entities))


@cache
def _ginza() -> Any:
    import spacy

    return spacy.load("ja_ginza", exclude=["compound_splitter", "morphologizer"])


def _parse(document: Any, offset: int) -> Parse:
    import ginza

    spans = list(ginza.bunsetu_spans(document))
    phrase_of = {token.i: number for number, span in enumerate(spans) for token in span}
    return Parse(
        tuple(Word(offset + t.idx, offset + t.idx + len(t.text), t.tag_) for t in document),
        tuple(
            Phrase(
                offset + s.start_char,
                offset + s.end_char,
                phrase_of.get(s.root.head.i, number),
                s.root.dep_,
            )
            for number, s in enumerate(spans)
        ),
        tuple(Entity(offset + e.start_char, offset + e.end_char, e.label_) for e in document.ents),
    )


def to_json(parsed: Parse) -> str:
    """Return one line of JSON, for a file of parses."""
    return json.dumps(
        [[list(asdict(x).values()) for x in part] for part in _parts(parsed)], ensure_ascii=False
    )


def from_json(line: str) -> Parse:
    """Return the parse that `to_json` wrote."""
    words, phrases, entities = json.loads(line)
    return Parse(
        tuple(Word(*w) for w in words),
        tuple(Phrase(*p) for p in phrases),
        tuple(Entity(*e) for e in entities),
    )


def _parts(parsed: Parse) -> tuple[tuple[Any, ...], ...]:
    return parsed.words, parsed.phrases, parsed.entities
