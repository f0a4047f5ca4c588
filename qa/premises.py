"""False premises: a question names one thing of a kind, and the documents tell its matter of another of that kind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.normalizing import repair_radicals, squash
from index.tokenizer import SudachiTokenizer
from qa.evidence import PassageReader, coverage, weigh
from qa.nearness import Weighted
from qa.reading.folding import fold
from qa.types import Evidence, Question, Term
from qa.vocabulary import Vocabulary

# What a proper name stands before: the kind of thing that it names.
_NAMED = re.compile(r"(?:の(?=事|出|支|分))?(事務所|出張所|支所|分館|営業所|地区|[区市町村県](?!立))")
_PLACED = re.compile(r"[にへで](?!は|も)")
_PUPIL = re.compile(r"(園児|小学|中学|高校|大学院|大学)(?:\d年)?生?(?<=[児生])")
_WEEKDAY = re.compile(r"([月火水木金土日])曜日?")
_EDITION = re.compile(r"([ァ-ヶー]{2,8}|[一-鿿]{1,3})語版")
_YEAR = re.compile(r"(?<!\d)(\d{4})年(?!度)")
_WRITTEN = (("pupil", _PUPIL), ("weekday", _WEEKDAY), ("edition", _EDITION), ("year", _YEAR))
# アレッポ市 may be written アレッポ.
_REGIONS = frozenset("区市町村県")
# Words that stand in many places: the documents speak of one only beside what the question says of it.
_COMMON = frozenset({"pupil", "weekday"})
_RANKS = 8
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Correction:
    """What the documents tell instead: `evidence.passage.text[slice(*quote)]` names `instead`, the question `said`."""

    evidence: Evidence
    quote: tuple[int, int]
    said: str
    instead: str


@dataclass(frozen=True, slots=True)
class _Member:
    """`text[start:end]`, one thing of a kind; `key` tells it from the others."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class _Premise:
    """What a question takes for granted: a member, as said, the words right beside it, and all other known words."""

    question: str
    member: _Member
    said: str
    beside: frozenset[str]
    rest: Weighted


def contradicted(
    question: Question,
    evidence: Sequence[Evidence],
    reader: PassageReader,
    tokenizer: SudachiTokenizer,
    vocabulary: Vocabulary,
) -> Correction | None:
    """Return what the documents name in the place of a thing that the question names, or None.

    中区に新しくできるラウンジ, where a sentence tells of 「磯子区にラウンジを開設」 and no passage of 中区.
    """
    for member in _members(question.normalized, tokenizer):
        premise = _premise(question, member, vocabulary)
        if premise.beside and not _told(premise, evidence, reader):
            found = _told_instead(premise, evidence[:_RANKS], reader, tokenizer)
            if found:
                return found
    return None


def _members(text: str, tokenizer: SudachiTokenizer) -> Iterator[_Member]:
    """Yield the things of a known kind in `text`, whose characters are folded."""
    tokens = tokenizer.tokens(text)
    for place, token in enumerate(tokens):
        if token.subpos == "固有名詞" and (kind := _NAMED.match(text, token.end)):
            yield _Member(token.start, kind.end(), kind[1], token.surface)
        elif token.detail == "地名" and _PLACED.match(text, token.end):
            slot = " ".join(word.normalized for word in tokens[place + 1 : place + 3])
            yield _Member(token.start, token.end, slot, token.surface)
    for name, pattern in _WRITTEN:
        for found in pattern.finditer(text):
            yield _Member(found.start(), found.end(), name, found[1])


def _premise(question: Question, member: _Member, vocabulary: Vocabulary) -> _Premise:
    text = question.normalized
    said = text[member.start : member.end]
    rest = [term for term in question.terms if term.text not in said and vocabulary.knows(term.accepts)]
    return _Premise(text, member, said, _beside(member, rest, text), weigh(rest, vocabulary))


def _beside(member: _Member, rest: Sequence[Term], text: str) -> frozenset[str]:
    """Return the forms of the content words right before and right after the member."""
    places = [(text.find(term.text), term.accepts) for term in rest]
    after = min((row for row in places if row[0] >= member.end), default=None, key=lambda row: row[0])
    before = max((row for row in places if 0 <= row[0] < member.start), default=None, key=lambda row: row[0])
    return frozenset().union(*(row[1] for row in (before, after) if row))


def _told(premise: _Premise, evidence: Sequence[Evidence], reader: PassageReader) -> bool:
    """Tell whether the documents speak of the member: a name anywhere, a common word beside the same words."""
    spellings = _spellings(premise)
    if premise.member.kind in _COMMON:
        texts = [
            squash(item.passage.text[sentence.start : sentence.end])
            for item in evidence
            for sentence in reader.read(item.passage).sentences
            if not premise.beside.isdisjoint(sentence.forms)
        ]
    else:
        texts = [reader.spelled(item.passage) for item in evidence]
    return any(spelled in text for text in texts for spelled in spellings)


def _spellings(premise: _Premise) -> set[str]:
    member = premise.member
    spellings = {squash(premise.said), squash(premise.said.replace("の", ""))}
    if member.kind in _REGIONS and len(member.key) > 1:
        spellings.add(squash(member.key))
    return spellings


def _told_instead(
    premise: _Premise, evidence: Sequence[Evidence], reader: PassageReader, tokenizer: SudachiTokenizer
) -> Correction | None:
    """Return the sentence that holds most of the rest of the question and names another of the kind."""
    found: list[tuple[float, Correction]] = []
    for item in evidence:
        for sentence in reader.read(item.passage).sentences:
            held = coverage(premise.rest, sentence.forms)
            if held < _COVERED or premise.beside.isdisjoint(sentence.forms):
                continue
            plain = fold(repair_radicals(item.passage.text[sentence.start : sentence.end]))
            other = _another(premise, _members(plain, tokenizer))
            if other:
                quote, name = (sentence.start, sentence.end), plain[other.start : other.end]
                found.append((held, Correction(item, quote, premise.said, name)))
    return max(found, key=lambda row: row[0])[1] if found else None


def _another(premise: _Premise, members: Iterable[_Member]) -> _Member | None:
    """Return the first member of the same kind that the question does not hold."""
    kind = premise.member.kind
    return next((m for m in members if m.kind == kind and m.key not in premise.question), None)
