"""One sentence → drafts: its phrases, clauses and values. What may answer is found first and described after."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.normalizing import squash
from qa.drafts import Draft, Kind, Piece, Span
from qa.gates import Gates
from qa.pages import Page, group, signs_of
from qa.placing import CellSigns, PartSigns
from qa.reading.reader import ShortAnswer
from qa.shapes import is_whole, shape
from qa.typed import typed_spans

_SHORT = 40
_HAS_DIGIT = re.compile(r"[0-9０-９]")

_squashed = lru_cache(maxsize=1024)(squash)


class SentenceDrafts:
    """The drafts of sentence `number` of a page; `year` is the document's.

    Describing costs more than finding, and most of what is found lacks something: only what `gates` admit is
    described.
    """

    def __init__(self, page: Page, number: int, gates: Gates, year: int | None) -> None:
        self._page, self._number, self._gates = page, number, gates
        sentence = page.read.sentences[number]
        self._quote = (sentence.start, sentence.end)
        self._answers = [a for a in page.answers if self._holds((a.start, a.end))]
        self._cells = [c for c in page.layout.cells if self._holds(c.value)]
        self._labels = {
            field.value: field.label
            for field in page.layout.fields
            if self._holds(field.label) and self._holds(field.value)
        }
        self._found, self._sure = self._spans(year)

    def admitted(self) -> list[Draft]:
        """Return the drafts of one span."""
        return self._described([draft for draft in self._bare() if self._gates.admit(draft)])

    def admitted_of_all(self, whole: frozenset[str], lists: Sequence[Draft]) -> list[Draft]:
        """Return the drafts where all things of a kind are asked for: one of several is no answer then.

        Neither is what stands among `whole`, the names of the passage, nor what is within a member of its lists.
        """
        bare = list(self._bare())
        several = self._together([draft for draft in bare if draft.kind is Kind.TYPED])
        if several and (whole.issuperset(several.members) or any(_within_one(several, d) for d in lists)):
            several = None
        if several:
            bare = [draft for draft in bare if draft.kind not in (Kind.TYPED, Kind.READER)]
        described = self._described([draft for draft in bare if self._gates.admit(draft)])
        return [*described, several] if several and self._gates.admit(several) else described

    def _holds(self, span: Span) -> bool:
        return self._quote[0] <= span[0] and span[1] <= self._quote[1]

    def _spans(self, year: int | None) -> tuple[dict[Span, Kind], dict[Span, float]]:
        """Return the spans that may answer, and how surely some are of the kind asked for."""
        page, quote, laid = self._page, self._quote, self._page.layout.sentences[self._number]
        spans: dict[Span, Kind] = {quote: Kind.SENTENCE}
        asked = _squashed(page.question.text)
        spans |= {(quote[0] + a, quote[0] + b): Kind.CLAUSE for a, b in laid.clauses}
        spans |= {(a.start, a.end): Kind.READER for a in self._answers if squash(a.text) not in asked}
        known = {cell.value for cell in page.layout.cells}
        values = [*self._labels, *(cell.value for cell in self._cells)]
        spans |= {span: Kind.CELL if span in known else Kind.FIELD for span in values}
        typed = typed_spans(page.question, page.text, quote, year, laid.phrases)
        spans |= dict.fromkeys(typed, Kind.TYPED)
        if quote[1] - quote[0] > _SHORT and len(spans) > 1:
            del spans[quote]  # The sentence is quoted anyway; what is said first should be short.
        return spans, typed

    def _bare(self) -> Iterator[Draft]:
        """Yield the spans that are whole and say more than the question, with the signs that gates look at."""
        near, text = self._page.near, self._page.text
        seen = {
            "nameless": self._page.signs["nameless"],
            **{name: near.sign(name, self._number) for name in ("before", "context_alike")},
        }
        phrases = [span for span, kind in self._found.items() if kind in (Kind.TYPED, Kind.READER)]
        said = dict(zip(phrases, near.said(self._number, phrases).tolist(), strict=True))
        for span, kind in self._found.items():
            phrase = text[slice(*span)]
            if said.get(span, 0.0) >= 1 and not _HAS_DIGIT.search(phrase):
                continue  # The question says it already.
            if span == self._quote or is_whole(phrase):
                piece = Piece(self._page.item, span, self._quote)
                yield Draft((piece,), kind, {**seen, "sure": self._sure.get(span, 0.0)})

    def _together(self, typed: Sequence[Draft]) -> Draft | None:
        """Return all the surest phrases of the kind asked for as one, told by that which the question is nearest to."""
        surest = max((draft.signs["sure"] for draft in typed), default=0.0)
        chosen = sorted((d for d in typed if d.signs["sure"] == surest), key=lambda d: d.first.short)
        members: list[Span] = []
        for draft in chosen:
            if not members or draft.first.short[0] >= members[-1][1]:
                members.append(draft.first.short)
        if len(members) < 2:
            return None
        near = self._page.near.spans(self._number, [draft.first.short for draft in chosen])
        best = self._described([chosen[int(near.around.argmax())]])[0]
        kind = {f"{Kind.TYPED}:{group(self._page.question)}": 0.0, f"{Kind.LIST}:typed": 1.0}
        piece = Piece(self._page.item, (members[0][0], members[-1][1]), self._quote, tuple(members))
        return Draft((piece,), Kind.LIST, {**best.signs, **kind})

    def _described(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts with all that the sentence and the place in it say of them."""
        if not drafts:
            return []
        page, quote, number = self._page, self._quote, self._number
        spans = [draft.first.short for draft in drafts]
        near = page.near.spans(number, spans)
        labels = {value: page.near.stretch(*label) for value, label in self._labels.items()}
        tabular = CellSigns(page.near, self._cells)
        parts = PartSigns(page.near, number, page.text, quote)
        shared = {
            **page.near.signs(number),
            "reader_here": max((answer.probability for answer in self._answers), default=0.0),
            "heading": float(_is_heading(page.text[slice(*quote)]) and not labels),
        }
        of_kind = {kind: {**signs_of(page, kind), **shared} for kind in {draft.kind for draft in drafts}}
        described = []
        for draft, around, together, said in zip(
            drafts, near.around.tolist(), near.with_own.tolist(), near.said.tolist(), strict=True
        ):
            span = draft.first.short
            label, labelled = labels.get(span, (0.0, 0.0))
            signs = {
                **of_kind[draft.kind],
                "near": around,
                "with": together,
                "said": said,
                "sure": draft.signs["sure"],
                "label": label,
                "labelled": labelled,
                "reader": _read_as(self._answers, span),
                "long": float(span[1] - span[0] > _SHORT),
                **tabular.of(span),
                **parts.of(span),
                **shape(page.question.normalized, page.text, span, draft.kind),
            }
            described.append(Draft(draft.pieces, draft.kind, signs))
        return described


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
