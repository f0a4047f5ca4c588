"""Evidence → drafts: the phrases, clauses, sentences and lists of the passages that may answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.normalizing import squash
from index.tokenizer import SudachiTokenizer
from qa.cells import cells
from qa.clauses import clauses
from qa.drafts import Draft, Kind, Piece, Span
from qa.duties import departments, divisions, divisions_under, duties, equally_good
from qa.evidence import PassageReader, Sentence, lists_duties, weigh
from qa.fields import fields
from qa.gates import admissible
from qa.lists import enumerations
from qa.nearness import AskedWords, Nearness
from qa.pages import (
    READ,
    Page,
    group,
    held,
    held_by_sentences,
    may_want_several,
    passage_signs,
    sentences_around,
    signs_of,
)
from qa.parallel import parallel
from qa.placing import CellSigns, PartSigns
from qa.quotes import beside_best, with_quote_signs
from qa.reading.reader import Reader, ShortAnswer
from qa.relevance.scoring import Relevance
from qa.shapes import is_whole, shape
from qa.typed import typed_spans
from qa.types import Evidence, Question, Wanted
from qa.vocabulary import Vocabulary

_RANKED = 4  # passages that the learned reader ranks phrases of
_LEAST = 0.1  # a sentence that holds less of the question is not searched for phrases
_SHORT = 40
_KEPT = 1024
_NUMBERED_NAME = re.compile(r"[A-Za-zァ-ヶー]-?[0-9０-９]")  # TICAD9 is not TICAD8
_HAS_DIGIT = re.compile(r"[0-9０-９]")


class PassageAnswerer:
    """Drafts answers from passages."""

    def __init__(
        self,
        tokenizer: SudachiTokenizer,
        passages: PassageReader,
        reader: Reader,
        relevance: Relevance,
        vocabulary: Vocabulary,
        years: Mapping[str, int | None],
        titles: Mapping[str, str],
    ) -> None:
        self._tokenizer = tokenizer
        self._passages = passages
        self._reader = reader
        self._relevance = relevance
        self._vocabulary = vocabulary
        self._years = years
        self._titles = {document: squash(title) for document, title in titles.items()}
        self._spelled = lru_cache(maxsize=_KEPT)(lambda passage: squash(passage.indexed_text))

    def drafts(self, question: Question, evidence: Sequence[Evidence]) -> list[Draft]:
        """Return every draft that the first passages of `evidence` allow."""
        asked = AskedWords(
            weigh(question.terms, self._vocabulary),
            self._passages.vectors,
            focus=question.focus,
            proper=[term.proper for term in question.terms],
        )
        answers = self._reader.read(question.text, [(e.passage, e.score) for e in evidence[:_RANKED]])
        pages = []
        for item in evidence[:READ]:
            read = self._passages.read(item.passage)
            own = [answer for answer in answers if answer.passage_id == item.passage.id]
            near = Nearness(asked, read.words)
            nameless = self._nameless(question, item, near)
            signs = passage_signs(question, item, near, nameless)
            pages.append(
                Page(
                    question,
                    item,
                    read,
                    near,
                    own,
                    fields(item.passage.text),
                    cells(item.passage.text),
                    signs,
                )
            )
        found = [
            *self._of_divisions(pages),
            *_of_departments(pages, evidence),
            *(draft for page in pages for draft in self._of_page(page)),
        ]
        whole = [d for d in found if question.wanted is Wanted.DUTY and d.kind is Kind.DUTY]
        # The duties of the division that is named are all of them; a phrase of one is not.
        kept = list(admissible(question, whole or found, self._tokenizer))
        return beside_best(with_quote_signs(question, kept, self._relevance, self._vocabulary))

    def _nameless(self, question: Question, item: Evidence, near: Nearness) -> float:
        """Return the share of the question's names that the passage neither spells nor has another word for.

        The city's own name need not be said in its documents.
        """
        spelled = self._spelled(item.passage) + self._titles.get(item.passage.document, "")
        missing = [
            name
            for name in question.names
            if squash(name) not in spelled
            and (
                _NUMBERED_NAME.search(name)
                or not any(near.says(n) for n, term in enumerate(question.terms) if term.text in name)
            )
        ]
        return len(missing) / max(1, len(question.names))

    def _of_divisions(self, pages: Sequence[Page]) -> Iterator[Draft]:
        """The division whose duty is asked for, or all of them."""
        found = [
            (page, same, alike, piece)
            for page in pages
            if page.question.wanted is Wanted.DIVISION and lists_duties(page.item.passage)
            for same, alike, piece in divisions(page.read, page.item, page.near)
        ]
        if found and found[0][0].question.wants_all:
            pieces = equally_good([(same + alike, piece) for _, same, alike, piece in found])
            page, same, alike, _ = max(found, key=lambda row: row[1] + row[2])
            if len(pieces) > 1:
                yield Draft(pieces, Kind.DUTY, {**signs_of(page, Kind.DUTY), **held(same, alike)})
        for page, same, alike, piece in found:
            yield Draft((piece,), Kind.DUTY, {**signs_of(page, Kind.DUTY), **held(same, alike)})

    def _of_page(self, page: Page) -> Iterator[Draft]:
        wanted, listing = page.question.wanted, lists_duties(page.item.passage)
        if wanted is Wanted.DIVISION and listing:
            return  # Its lines name duties; a phrase of one would be a quote that proves nothing.
        if listing and (wanted in (Wanted.DUTY, Wanted.LIST) or may_want_several(page.question.normalized)):
            piece = duties(page.question, page.item)
            if piece:
                yield Draft((piece,), Kind.DUTY, {**signs_of(page, Kind.DUTY), **held(1.0, 1.0)})
        every = page.question.wants_all or wanted is Wanted.LIST
        named = list(self._names(page)) if every else []
        # A question may want several things without saying so; a list is offered, and its signs tell.
        lists = list(self._lists(page))
        yield from lists
        yield from named
        for number, sentence in enumerate(page.read.sentences):
            drafts = list(self._of_sentence(page, number, sentence))
            together = list(_together(page, [d for d in drafts if d.kind is Kind.TYPED])) if every else []
            # What is among the names of the whole passage is not all of them.
            whole = {member for draft in named for member in draft.members}
            together = [
                draft
                for draft in together
                if not whole.issuperset(draft.members) and not any(_within_one(draft, d) for d in lists)
            ]
            # Where all are asked for, one of several is no answer.
            yield from (d for d in drafts if not together or d.kind not in (Kind.TYPED, Kind.READER))
            yield from together

    def _of_sentence(self, page: Page, number: int, sentence: Sentence) -> Iterator[Draft]:
        quote = (sentence.start, sentence.end)
        whole = page.near.signs(number)
        answers = [a for a in page.answers if quote[0] <= a.start and a.end <= quote[1]]
        inside = [f for f in page.fields if quote[0] <= f.label[0] and f.value[1] <= quote[1]]
        labels = {field.value: page.near.stretch(*field.label) for field in inside}
        table = [c for c in page.cells if quote[0] <= c.value[0] and c.value[1] <= quote[1]]
        spans, sure = self._spans(
            page,
            sentence,
            answers,
            [*labels, *(cell.value for cell in table)],
            searched=whole["before"] >= _LEAST or bool(answers),
        )
        if quote[1] - quote[0] > _SHORT and len(spans) > 1:
            del spans[quote]  # The sentence is quoted anyway; what is said first should be short.
        near = page.near.spans(number, list(spans))
        tabular = CellSigns(page.near, table)
        parts = PartSigns(page.near, number, page.text, quote)
        best = max((answer.probability for answer in answers), default=0.0)
        for (span, kind), around, together, said in zip(
            spans.items(), near.around, near.with_own, near.said, strict=True
        ):
            if (
                said >= 1
                and kind in (Kind.TYPED, Kind.READER)
                and not _HAS_DIGIT.search(page.text[slice(*span)])
            ):
                continue  # The question says it already.
            if span != quote and not is_whole(page.text[slice(*span)]):
                continue
            label, labelled = labels.get(span, (0.0, 0.0))
            signs = {
                **signs_of(page, kind),
                **whole,
                "near": float(around),
                "with": float(together),
                "said": float(said),
                "sure": sure.get(span, 0.0),
                "label": label,
                "labelled": labelled,
                "reader": _read_as(answers, span),
                "reader_here": best,
                "long": float(span[1] - span[0] > _SHORT),
                "heading": float(_is_heading(page.text[slice(*quote)]) and not labels),
                **tabular.of(span),
                **parts.of(span),
                **shape(page.question.normalized, page.text, span, kind),
            }
            yield Draft((Piece(page.item, span, quote),), kind, signs)

    def _spans(
        self,
        page: Page,
        sentence: Sentence,
        answers: Sequence[ShortAnswer],
        values: Sequence[Span],
        *,
        searched: bool,
    ) -> tuple[dict[Span, Kind], dict[Span, float]]:
        """Return the spans of a sentence that may answer, and how surely some are of the kind asked for."""
        quote = (sentence.start, sentence.end)
        spans: dict[Span, Kind] = {quote: Kind.SENTENCE}
        if not searched:
            return spans, {}
        asked = _squashed(page.question.text)
        spans |= {(quote[0] + a, quote[0] + b): Kind.CLAUSE for a, b in clauses(page.text[slice(*quote)])}
        spans |= {(a.start, a.end): Kind.READER for a in answers if squash(a.text) not in asked}
        known = {cell.value for cell in page.cells}
        spans |= {span: Kind.CELL if span in known else Kind.FIELD for span in values}
        year = self._years.get(page.item.passage.document)
        typed = typed_spans(page.question, page.text, quote, year, self._tokenizer)
        spans |= dict.fromkeys(typed, Kind.TYPED)
        return spans, typed

    def _lists(self, page: Page) -> Iterator[Draft]:
        """Lists as the text marks them, and all names of the kind asked for."""
        for found in enumerations(page.text, self._tokenizer):
            start = min(found.start, found.intro[0]) if found.intro else found.start
            introduced = page.near.stretch(*found.intro) if found.intro else (0.0, 0.0)
            signs = {
                **signs_of(page, Kind.LIST),
                **held(*held_by_sentences(page, start, found.end)),
                "intro": introduced[0],
                "introduced": introduced[1],
                "clarity": found.clarity,
                # 「基本目標」 tells nobody what the 目標 are.
                "said": page.near.stretch(found.members[0][0], found.members[-1][1])[1],
            }
            short = (found.members[0][0], found.members[-1][1])
            yield Draft((Piece(page.item, short, (start, found.end), found.members),), Kind.LIST, signs)

    def _names(self, page: Page) -> Iterator[Draft]:
        head = page.question.head
        nouns = self._tokenizer.tokens(head, "C") if head else []
        members = parallel(page.text, nouns[-1].surface, self._tokenizer) if nouns else ()
        if len(members) < 2:
            return
        quote = sentences_around(page, members[0][0], members[-1][1])
        signs = {
            **signs_of(page, Kind.LIST),
            **held(*held_by_sentences(page, *quote)),
            f"{Kind.LIST}:names": 1.0,
        }
        yield Draft((Piece(page.item, (members[0][0], members[-1][1]), quote, members),), Kind.LIST, signs)


def _of_departments(pages: Sequence[Page], evidence: Sequence[Evidence]) -> Iterator[Draft]:
    """The divisions under the department that is named, and all departments, where several things are asked for."""
    if not pages or not may_want_several(pages[0].question.normalized):
        return
    for name, pieces in (
        ("under", divisions_under(pages[0].question, evidence)),
        ("departments", departments(evidence)),
    ):
        if len(pieces) > 1:
            signs = {**signs_of(pages[0], Kind.DUTY), f"{Kind.DUTY}:{name}": 1.0}
            yield Draft(pieces, Kind.DUTY, {**signs, **held(*pages[0].near.whole())})


_squashed = lru_cache(maxsize=_KEPT)(squash)


def _together(page: Page, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """All phrases of the kind asked for in one sentence, where every one is asked for."""
    surest = max((draft.signs["sure"] for draft in drafts), default=0.0)
    chosen = sorted((d for d in drafts if d.signs["sure"] == surest), key=lambda d: d.first.short)
    members: list[Span] = []
    for draft in chosen:
        if not members or draft.first.short[0] >= members[-1][1]:
            members.append(draft.first.short)
    if len(members) > 1:
        best = max(chosen, key=lambda d: d.signs["near"])
        kind = {f"{Kind.TYPED}:{group(page.question)}": 0.0, f"{Kind.LIST}:typed": 1.0}
        piece = Piece(page.item, (members[0][0], members[-1][1]), best.first.quote, tuple(members))
        yield Draft((piece,), Kind.LIST, {**best.signs, **kind})


def _within_one(draft: Draft, listed: Draft) -> bool:
    """Tell whether all members of a draft are parts of one member of a list: 現ムンバイ事務所 in （仮称）アジア事務所（…）."""
    start, end = draft.first.members[0][0], draft.first.members[-1][1]
    return any(a <= start and end <= b for a, b in listed.first.members)


def _read_as(answers: Sequence[ShortAnswer], span: Span) -> float:
    """Return the reader's probability of the answer that is this span, or most of it."""
    overlapping = [
        answer.probability * _overlap((answer.start, answer.end), span)
        for answer in answers
        if answer.start < span[1] and span[0] < answer.end
    ]
    return max(overlapping, default=0.0)


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def _is_heading(sentence: str) -> bool:
    """A heading says what a passage is about, not what it tells."""
    return not sentence.endswith(("。", "）", ")")) and len(sentence) < _SHORT
