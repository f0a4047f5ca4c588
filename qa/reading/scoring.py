"""Exact match and character F1 as JGLUE scores JSQuAD: lower case, ASCII punctuation and spaces dropped."""

import string
from collections import Counter
from collections.abc import Iterable

_DROPPED = dict.fromkeys(map(ord, string.punctuation + string.whitespace + "\u3000"))


def answer_form(text: str) -> str:
    """Return what is compared: 「The 3.0 版」 → "the30版". Japanese brackets stay."""
    return text.lower().translate(_DROPPED)


def exact_match(prediction: str, answers: Iterable[str]) -> float:
    """Return 1 if the prediction equals an answer, else 0."""
    form = answer_form(prediction)
    return float(any(form == answer_form(answer) for answer in answers))


def char_f1(prediction: str, answers: Iterable[str]) -> float:
    """Return the best F1 of the two bags of characters over all answers."""
    return max((_f1(answer_form(prediction), answer_form(answer)) for answer in answers), default=0.0)


def _f1(prediction: str, answer: str) -> float:
    shared = sum((Counter(prediction) & Counter(answer)).values())
    return 2 * shared / (len(prediction) + len(answer)) if shared else 0.0
