"""Which of several names a text clearly means, by the two-letter pieces that they share."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from corpus.budgets.pieces import NumberedName
from corpus.normalizing import squash


def told_of(text: str, names: Sequence[NumberedName], often: Counter[str]) -> int | None:
    """Return the number of the name a text is clearly about.

    A two-letter piece of a name counts the more, the fewer names and the fewer of the page's texts (`often`) have it.
    """
    pieces = [letter_pairs(name.label) for name in names]
    shared = Counter(piece for own in pieces for piece in own)
    words = letter_pairs(text)
    scores = [
        sum((Fraction(1, shared[p] * max(1, often[p])) for p in own & words), Fraction(0)) for own in pieces
    ]
    best = _clear_best(scores, Fraction(1))
    return None if best is None else names[best].number


def most_like(text: str, labels: Sequence[str]) -> int | None:
    """Return the place of the label that is `text`, or is clearly most like it (two-letter pieces, Dice), or None."""
    equal = [i for i, label in enumerate(labels) if squash(label) == squash(text)]
    if equal:
        return equal[0] if len(equal) == 1 else None
    own = letter_pairs(text)
    scores = []
    for label in labels:
        other = letter_pairs(label)
        scores.append(Fraction(2 * len(own & other), max(1, len(own) + len(other))))
    return _clear_best(scores, Fraction(3, 10))


def letter_pairs(text: str) -> frozenset[str]:
    """Return the two-letter pieces of a text, squashed."""
    word = squash(text)
    return frozenset(word[i : i + 2] for i in range(len(word) - 1))


def _clear_best(scores: Sequence[Fraction], least: Fraction) -> int | None:
    if not scores:
        return None
    ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
    best = ranked[0]
    second = scores[ranked[1]] if len(ranked) > 1 else Fraction(0)
    return best if scores[best] >= least and scores[best] >= 2 * second else None
