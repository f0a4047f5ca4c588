"""What a draft's whole quote tells, and how its signs stand beside those of the question's other drafts."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Passage
from qa.drafts import Draft, Span
from qa.kanji import SharedKanji
from qa.relevance.scoring import Relevance
from qa.types import Question
from qa.vocabulary import Vocabulary

_ABOVE = 60  # characters above a quote that it may lean on
_BESIDE = (
    "kanji",
    "kanji_around",
    "reader",
    "near",
    "with",
    "sure",
    "part",
    "context_alike",
    "held_alike",
    "before",
    "row",
    "clarity",
)
"""Signs that tell more beside the best of a question's drafts than by themselves."""
_BEHIND = 8.0


def with_quote_signs(
    question: Question, drafts: Sequence[Draft], relevance: Relevance, vocabulary: Vocabulary
) -> list[Draft]:
    """Add to each draft what the network says of its quote, how much of the question's kanji it holds, and how much
    less it has of some signs than the best draft of the question."""
    quotes: dict[str, dict[Span, None]] = {}
    for draft in drafts:
        quotes.setdefault(draft.first.evidence.passage.id, {})[draft.first.quote] = None
    scored = relevance.scores(question, [(id, list(spans)) for id, spans in quotes.items()])
    shared = SharedKanji(question.text, vocabulary.kanji_weight)
    passages = {d.first.evidence.passage.id: d.first.evidence.passage for d in drafts}
    told = {
        (id, span): {
            "relevant": float(score),
            "answers": float(chance),
            **_kanji_signs(shared, passages[id], span),
        }
        for (id, spans), (scores, chances) in zip(quotes.items(), scored, strict=True)
        for span, score, chance in zip(spans, scores, chances, strict=True)
    }
    signs = [{**d.signs, **told[d.first.evidence.passage.id, d.first.quote]} for d in drafts]
    _compare(signs)
    return [replace(draft, signs=own) for draft, own in zip(drafts, signs, strict=True)]


def _compare(drafts: Sequence[dict[str, float]]) -> None:
    """Add to the signs of each draft how far they are behind the best of all."""
    best = {name: max((signs.get(name, 0.0) for signs in drafts), default=0.0) for name in _BESIDE}
    relevant = max((signs["relevant"] for signs in drafts), default=0.0)
    for signs in drafts:
        signs.update({f"less_{name}": most - signs.get(name, 0.0) for name, most in best.items()})
        signs["relevant"] = max(-_BEHIND, signs["relevant"] - relevant) / _BEHIND


def _kanji_signs(shared: SharedKanji, passage: Passage, quote: Span) -> dict[str, float]:
    above = passage.text[max(0, quote[0] - _ABOVE) : quote[0]]
    told = passage.text[slice(*quote)]
    return {"kanji": shared.of(told), "kanji_around": shared.of(told, above, *passage.heading)}
