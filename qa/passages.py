"""Evidence → drafts: the phrases, clauses, sentences and lists of the passages that may answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.normalizing import squash
from index.tokenizer import SudachiTokenizer
from qa.deadline import check_time
from qa.drafts import Draft, Kind
from qa.duties import departments, divisions, divisions_under, duties, equally_good
from qa.evidence import PassageReader, lists_duties, weigh
from qa.gates import LEAST_SAID, Gates
from qa.layouts import LayoutStore
from qa.list_drafts import admitted_lists, lists, names
from qa.nearness import AskedWords, Nearness
from qa.pages import READ, Page, held, may_want_several, passage_signs, signs_of
from qa.quotes import with_quote_signs
from qa.reading.reader import Reader, ShortAnswer
from qa.relevance.scoring import Relevance
from qa.sentence_drafts import SentenceDrafts
from qa.types import Evidence, Question, Wanted
from qa.vocabulary import Vocabulary

_RANKED = 2  # passages that the learned reader ranks phrases of
# The reader's share for the passage was fitted on scores of reciprocal ranks, which fall off more gently than chances.
_FLATTENED = 0.25
_NUMBERED_NAME = re.compile(r"[A-Za-zァ-ヶー]-?[0-9０-９]")  # TICAD9 is not TICAD8


class PassageAnswerer:
    """Drafts answers from passages."""

    def __init__(
        self,
        tokenizer: SudachiTokenizer,
        passages: PassageReader,
        layouts: LayoutStore,
        reader: Reader,
        relevance: Relevance,
        vocabulary: Vocabulary,
        years: Mapping[str, int | None],
        titles: Mapping[str, str],
    ) -> None:
        self._tokenizer = tokenizer
        self._passages = passages
        self._layouts = layouts
        self._reader = reader
        self._relevance = relevance
        self._vocabulary = vocabulary
        self._years = years
        self._titles = {document: squash(title) for document, title in titles.items()}

    def drafts(self, question: Question, evidence: Sequence[Evidence]) -> list[Draft]:
        """Return every draft that the first passages of `evidence` allow."""
        asked = AskedWords(
            weigh(question.terms, self._vocabulary),
            self._passages.vectors,
            focus=question.focus,
            proper=[term.proper for term in question.terms],
        )
        answers = self._reader.read(
            question.text, [(e.passage, e.score**_FLATTENED) for e in evidence[:_RANKED]]
        )
        pages = [self._page(question, asked, item, answers) for item in evidence[:READ]]
        check_time()
        gates = Gates(question, self._tokenizer)
        kept = [_with_lacking(draft, gates) for draft in self._admitted(pages, evidence, gates)]
        return with_quote_signs(question, kept, self._relevance, self._vocabulary)

    def _page(
        self, question: Question, asked: AskedWords, item: Evidence, answers: Sequence[ShortAnswer]
    ) -> Page:
        check_time()
        read = self._passages.read(item.passage)
        near = Nearness(asked, read.words)
        own = [answer for answer in answers if answer.passage_id == item.passage.id]
        signs = passage_signs(question, item, near, self._nameless(question, item, near))
        return Page(question, item, read, near, own, self._layouts.get(item.passage.id), signs)

    def _admitted(self, pages: Sequence[Page], evidence: Sequence[Evidence], gates: Gates) -> Iterator[Draft]:
        divided = [
            *_of_divisions(pages),
            *_of_departments(pages, evidence),
            *(draft for page in pages for draft in _of_duties(page)),
        ]
        yield from (draft for draft in divided if gates.admit(draft))
        # The duties of the division that is named are all of them; a phrase of one is not.
        if not divided or pages[0].question.wanted is not Wanted.DUTY:
            for page in pages:
                yield from self._of_page(page, gates)

    def _nameless(self, question: Question, item: Evidence, near: Nearness) -> float:
        """Return the share of the question's names that the passage neither spells nor has another word for.

        The city's own name need not be said in its documents.
        """
        spelled = self._passages.spelled(item.passage) + self._titles.get(item.passage.document, "")
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

    def _of_page(self, page: Page, gates: Gates) -> Iterator[Draft]:
        """The lists and the sentences of a passage; one that lacks a name of the question is not looked into."""
        if page.signs["nameless"] or _names_duties_of_divisions(page):
            return
        # A question may want several things without saying so; a list is offered, and its signs tell.
        listed = lists(page)
        yield from admitted_lists(page, listed, gates)
        every = page.question.wants_all or page.question.wanted is Wanted.LIST
        named = names(page, self._tokenizer) if every else None
        if named and gates.admit(named):
            yield named
        whole = frozenset(named.members if named else ())
        year = self._years.get(page.item.passage.document)
        for number in range(len(page.read.sentences)):
            check_time()
            if page.near.sign("before", number) < LEAST_SAID:
                continue
            sentence = SentenceDrafts(page, number, gates, year)
            if every:
                yield from sentence.admitted_of_all(whole, [draft for draft, _ in listed])
            else:
                yield from sentence.admitted()


def _with_lacking(draft: Draft, gates: Gates) -> Draft:
    lacking = gates.lacking(draft)
    return replace(draft, signs={**draft.signs, **lacking}) if lacking else draft


def _names_duties_of_divisions(page: Page) -> bool:
    """The lines name duties where the division is asked for; a phrase of one would be a quote that proves nothing."""
    return page.question.wanted is Wanted.DIVISION and lists_duties(page.item.passage)


def _of_duties(page: Page) -> Iterator[Draft]:
    """All duties of the division that is named."""
    wanted = page.question.wanted
    several = wanted in (Wanted.DUTY, Wanted.LIST) or may_want_several(page.question.normalized)
    if several and wanted is not Wanted.DIVISION and lists_duties(page.item.passage):
        piece = duties(page.question, page.item)
        if piece:
            yield Draft((piece,), Kind.DUTY, {**signs_of(page, Kind.DUTY), **held(1.0, 1.0)})


def _of_divisions(pages: Sequence[Page]) -> Iterator[Draft]:
    """The division whose duty is asked for, or all of them."""
    found = [
        (page, same, alike, piece)
        for page in pages
        if _names_duties_of_divisions(page)
        for same, alike, piece in divisions(page.read, page.item, page.near)
    ]
    if found and found[0][0].question.wants_all:
        pieces = equally_good([(same + alike, piece) for _, same, alike, piece in found])
        page, same, alike, _ = max(found, key=lambda row: row[1] + row[2])
        if len(pieces) > 1:
            yield Draft(pieces, Kind.DUTY, {**signs_of(page, Kind.DUTY), **held(same, alike)})
    for page, same, alike, piece in found:
        yield Draft((piece,), Kind.DUTY, {**signs_of(page, Kind.DUTY), **held(same, alike)})


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
