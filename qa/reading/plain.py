"""A parse without a parser: phrases by parts of speech, each depending on the next. For passages not built in."""

from collections.abc import Sequence

from index.tokenizer import shared_tokenizer
from index.types import Token
from qa.reading.parsing import Entity, Parse, Phrase, Word, fold
from qa.reading.records import Record, record
from qa.reading.sheet import CONTENT, Pos, pos_of, sheet


def plain_record(text: str) -> Record:
    """Return the record of a passage by Sudachi alone."""
    return record(sheet(text, plain_parse(text)))


def plain_parse(text: str) -> Parse:
    """Return words, phrases and numbers; names only as far as Sudachi tells proper nouns."""
    words = [w for w in shared_tokenizer().tokens(fold(text), "C") if w.surface and not w.surface.isspace()]
    pos = [pos_of(f"{w.pos}-{w.subpos}") for w in words]
    starts = [i for i in range(len(words)) if _begins(words, pos, i)]
    ends = [*starts[1:], len(words)][: len(starts)]
    phrases = [
        Phrase(words[a].start, words[b - 1].end, min(n + 1, len(starts) - 1), "dep")
        for n, (a, b) in enumerate(zip(starts, ends, strict=True))
    ]
    return Parse(
        tuple(Word(w.start, w.end, f"{w.pos}-{w.subpos}") for w in words),
        tuple(phrases),
        tuple(_names(words, pos)),
    )


def _begins(words: Sequence[Token], pos: Sequence[Pos], i: int) -> bool:
    if i == 0:
        return True
    now, before = pos[i], pos[i - 1]
    if before in (Pos.COMMA, Pos.STOP):
        return True
    bound = (Pos.SUFFIX, Pos.NOUN_SUFFIX, Pos.COUNTER)
    return (
        (now in CONTENT or now in (Pos.ADNOMINAL, Pos.CONJUNCTION, Pos.OPENING))
        and now not in bound
        and before not in CONTENT
        and before not in (Pos.OPENING, Pos.SYMBOL, Pos.CLOSING)
        and words[i].normalized not in ("為る", "居る", "有る", "言う", "因る", "於く")
    )


def _names(words: Sequence[Token], pos: Sequence[Pos]) -> list[Entity]:
    labels = {Pos.NAME: "Name_Other", Pos.PERSON: "Person", Pos.PLACE: "City"}
    return [Entity(w.start, w.end, labels[p]) for w, p in zip(words, pos, strict=True) if p in labels]
