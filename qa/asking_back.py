"""A question that two places of the documents answer differently is asked back: both readings as options."""

from collections.abc import Sequence

from corpus.normalizing import squash
from index.tokenizer import SudachiTokenizer
from qa.drafts import Draft, Kind, Piece
from qa.phrases import noun_phrases
from qa.types import Question, Wanted

_FEW_TERMS = 4
"""A question of more words says which reading it means."""
_HELD = 0.95
_CLOSE = 1.5
_HINTS = 2
_ONE_READING = frozenset({Wanted.DEFINITION, Wanted.DUTY, Wanted.LIST, Wanted.YES_NO})


def second_reading(question: Question, ranked: Sequence[Draft]) -> Draft | None:
    """Return the draft that answers otherwise and about as well as the first, where the question fits both."""
    if len(question.terms) > _FEW_TERMS or question.wants_all or question.wanted in _ONE_READING:
        return None
    best = ranked[0]
    for other in ranked[1:]:
        if best.score - other.score > _CLOSE:
            return None
        if _elsewhere(best.first, other.first) and _fits_both(best, other):
            return other
    return None


def options(question: Question, drafts: Sequence[Draft], tokenizer: SudachiTokenizer) -> tuple[str, ...]:
    """Return the question once for each draft, with what sets that reading apart."""
    text = question.normalized.rstrip("?").rstrip("。")
    hints = [
        _hint(question, draft.first, [d.first for d in drafts if d is not draft], tokenizer)
        for draft in drafts
    ]
    return (
        tuple(f"{text}（{hint}）" for hint in hints) if all(hints) and len(set(hints)) == len(hints) else ()
    )


def _fits_both(one: Draft, other: Draft) -> bool:
    if one.signs.get("sure", 0.0) != other.signs.get("sure", 0.0) or Kind.SENTENCE in (one.kind, other.kind):
        return False
    return all(d.signs.get("before", 0.0) >= _HELD for d in (one, other))


def _elsewhere(one: Piece, other: Piece) -> bool:
    """Another sentence says something else."""
    places = [(p.evidence.passage.document, p.evidence.passage.start + p.quote[0]) for p in (one, other)]
    answers = [squash(p.text) for p in (one, other)]
    return places[0] != places[1] and answers[0] not in answers[1] and answers[1] not in answers[0]


def _hint(question: Question, piece: Piece, others: Sequence[Piece], tokenizer: SudachiTokenizer) -> str:
    """Return the heading of a reading if only it has that, else the nouns of its sentence that tell most."""
    said = squash(question.text)
    heading = piece.evidence.passage.heading[-1].strip() if piece.evidence.passage.heading else ""
    shared = any(heading in other.evidence.passage.heading for other in others)
    if heading and not shared and squash(heading) not in said and len(heading) <= 30:
        return heading
    start, end = piece.quote
    sentence, place = piece.evidence.passage.text[start:end], piece.short[0] - start
    elsewhere = "".join(squash(other.evidence.passage.text[slice(*other.quote)]) for other in others)
    nouns = [
        sentence[phrase.start : phrase.end]
        for phrase in noun_phrases(sentence, tokenizer)
        if phrase.end <= place or phrase.start >= place + (piece.short[1] - piece.short[0])
    ]
    telling = [n for n in nouns if len(n) > 1 and squash(n) not in said and squash(n) not in elsewhere]
    apart = [n for n in dict.fromkeys(telling) if not any(n != other and n in other for other in telling)]
    # Longer nouns tell more.
    chosen = sorted(apart, key=len, reverse=True)[:_HINTS]
    return "・".join(noun for noun in apart if noun in chosen)
