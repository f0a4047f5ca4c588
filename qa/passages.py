"""Evidence → Draft: the sentence, the list or the short span of a passage that answers best."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.normalizing import normalize, squash
from index.tokenizer import SudachiTokenizer
from qa.evidence import (
    PassageReader,
    ReadPassage,
    Sentence,
    Weighted,
    coverage,
    explained,
    lists_duties,
    weigh,
)
from qa.lists import Enumeration, enumerations
from qa.phrases import bracketed, named
from qa.spans import amounts, counts, dates, definitions, expansions, last_year, smallest_unit
from qa.types import Evidence, Question, Wanted
from qa.vocabulary import Vocabulary

Span = tuple[int, int]

_READ = 8  # passages that are read for an answer
_DUTY_LINE = re.compile(r"[ 　]*[（(][0-9０-９]{1,2}[)）][ 　]*(.+?)。?$", re.MULTILINE)
_LEAST_COVERED = 0.1  # a sentence that shares less with the question is not read for its phrases
_RANK_DECAY = 0.03  # what a rank costs beside a sentence's coverage


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is cited. All spans are offsets into the passage's text.

    `covered` is how much of the question the quote holds, `covered_by_passage` how much the whole passage holds;
    `typed` in 0–1 says how surely the short span is of the kind asked for; it is negative for a bare heading.
    """

    evidence: Evidence
    short: Span
    quote: Span
    members: tuple[Span, ...]
    covered: float
    covered_by_passage: float
    typed: float


class PassageAnswerer:
    """Drafts answers from passages."""

    def __init__(
        self,
        tokenizer: SudachiTokenizer,
        reader: PassageReader,
        vocabulary: Vocabulary,
        years: Mapping[str, int | None],
    ) -> None:
        self._tokenizer = tokenizer
        self._reader = reader
        self._vocabulary = vocabulary
        self._years = years

    def draft(self, question: Question, evidence: Sequence[Evidence]) -> Draft | None:
        """Return the best draft, or None where there is no evidence at all."""
        weighted = weigh(question.terms, self._vocabulary)
        drafts = [
            draft
            for item in evidence[:_READ]
            for draft in self._drafts(question, weighted, item, self._reader.read(item.passage))
        ]
        return max(drafts, key=self._score, default=None)

    @staticmethod
    def _score(draft: Draft) -> tuple[float, int]:
        rank = draft.evidence.rank
        score = draft.covered + 0.5 * draft.covered_by_passage + 0.3 * draft.typed - _RANK_DECAY * rank
        return score, -draft.quote[0]

    def _drafts(
        self, question: Question, weighted: Weighted, item: Evidence, read: ReadPassage
    ) -> Iterator[Draft]:
        whole = coverage(weighted, read.forms)
        if question.wanted is Wanted.DUTY or (question.wanted is Wanted.LIST and lists_duties(item.passage)):
            yield from self._duties(question, item, whole)
        if question.wanted is Wanted.DIVISION and lists_duties(item.passage):
            # Its lines name duties; a heading alone would be a quote that proves nothing.
            yield from self._division(weighted, item, whole)
            return
        if question.wants_all or question.wanted is Wanted.LIST:
            yield from self._lists(weighted, item, whole)
        for sentence in read.sentences:
            yield self._sentence(question, weighted, item, sentence, whole)

    def _sentence(
        self, question: Question, weighted: Weighted, item: Evidence, sentence: Sentence, whole: float
    ) -> Draft:
        covered = coverage(weighted, sentence.forms)
        quote = (sentence.start, sentence.end)
        spans = (
            list(self._typed(question, item.passage.text, quote, self._years.get(item.passage.document)))
            if covered >= _LEAST_COVERED
            else []
        )
        short = self._nearest(weighted, item.passage.text, quote, spans) if spans else quote
        return Draft(
            item,
            short,
            quote,
            (),
            covered,
            whole,
            _kind_score(item.passage.text[sentence.start : sentence.end], bool(spans)),
        )

    def _typed(self, question: Question, text: str, quote: Span, document_year: int | None) -> Iterator[Span]:
        """Spans of the kind asked for inside the quote; what the question itself says does not answer it."""
        for start, end in self._of_kind(question, text[quote[0] : quote[1]]):
            span = (quote[0] + start, quote[0] + end)
            if not self._of_year(question, text, quote[0], span[0], document_year):
                continue
            if squash(text[span[0] : span[1]]) not in squash(question.text):
                yield span

    @staticmethod
    def _of_year(question: Question, text: str, sentence: int, place: int, document_year: int | None) -> bool:
        """A number is of the year last named before it in its sentence, else of its document's year."""
        if not question.fiscal_years or document_year is None:
            return True
        if question.wanted not in (Wanted.COUNT, Wanted.AMOUNT):
            return True
        return (last_year(text[sentence:place], near=document_year) or document_year) in question.fiscal_years

    def _of_kind(self, question: Question, piece: str) -> Iterator[Span]:
        if question.wanted is Wanted.AMOUNT:
            yield from amounts(piece)
        elif question.wanted is Wanted.COUNT:
            yield from counts(piece, question.counter)
        elif question.wanted is Wanted.WHEN:
            yield from dates(piece, smallest_unit(question.normalized))
        elif question.wanted in (Wanted.DEFINITION, Wanted.NAME) and explained(question):
            reading = expansions if "正式" in question.normalized else definitions
            for name in explained(question):
                yield from reading(piece, name)
        elif question.wanted in (Wanted.WHO, Wanted.WHERE, Wanted.NAME, Wanted.OTHER) or question.head:
            yield from bracketed(piece, question.normalized)
            yield from named(piece, question.wanted, question.head, self._tokenizer)

    def _nearest(self, weighted: Weighted, text: str, quote: Span, spans: Sequence[Span]) -> Span:
        """Of several spans, the one whose neighbourhood holds most of the question."""

        def near(span: Span) -> tuple[float, int]:
            around = text[max(quote[0], span[0] - 25) : min(quote[1], span[1] + 25)]
            tokens = self._tokenizer.tokens(normalize(around))
            forms = frozenset(form for token in tokens for form in (token.normalized.casefold(),))
            forms |= {f"#{group}" for token in tokens for group in token.synonyms}
            return coverage(weighted, forms), -span[0]

        return max(spans, key=near)

    def _duties(self, question: Question, item: Evidence, whole: float) -> Iterator[Draft]:
        """All duties of the division that the question names."""
        heading = item.passage.heading[-1] if item.passage.heading else ""
        if not heading or normalize(heading) not in question.normalized:
            return
        members = tuple(match.span(1) for match in _DUTY_LINE.finditer(item.passage.text))
        if members:
            quote = (0, len(item.passage.text))
            yield Draft(item, (members[0][0], members[-1][1]), quote, members, 1.0, whole, typed=1.0)

    def _division(self, weighted: Weighted, item: Evidence, whole: float) -> Iterator[Draft]:
        """The division whose duty is asked for: its heading is the answer, the duty the quote."""
        heading = item.passage.heading[-1] if item.passage.heading else ""
        place = item.passage.text.find(heading) if heading else -1
        if place < 0:
            return
        short = (place, place + len(heading))
        for match in _DUTY_LINE.finditer(item.passage.text):
            forms = self._reader.forms(match[1])
            covered = coverage(weighted, forms)
            if covered > 0:
                yield Draft(item, short, (place, match.end()), (), covered, whole, typed=1.0)

    def _lists(self, weighted: Weighted, item: Evidence, whole: float) -> Iterator[Draft]:
        text = item.passage.text
        for found in enumerations(text, self._tokenizer):
            start = _introduced(text, found)
            forms = self._reader.forms(text[start : found.end])
            covered = coverage(weighted, forms)
            short = (found.members[0][0], found.members[-1][1])
            yield Draft(item, short, (start, found.end), found.members, covered, whole, typed=found.clarity)


def _kind_score(sentence: str, typed: bool) -> float:
    """A heading says what a passage is about, not what it tells."""
    heading = not sentence.endswith(("。", "）", ")")) and len(sentence) < 40
    return 1.0 if typed else -1.0 * heading


def _introduced(text: str, found: Enumeration) -> int:
    """Return where the quote of a list begins: bulleted members are introduced by the line above them."""
    line = text.rfind("\n", 0, found.start) + 1
    above = text[:line].rstrip()
    return above.rfind("\n") + 1 if found.clarity == 1.0 and above else found.start
