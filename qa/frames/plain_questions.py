"""How frames say themselves as plain questions: `plain_questions.tsv`, by form and operation."""

from collections.abc import Mapping
from functools import cache

from corpus.data_rows import data_rows
from qa.frames.operations import OF_THE_WHOLE, Operation

PLAIN, PLACED, LESSER, OF_WHOLE = "plain", "placed", "lesser", "of_whole"


@cache
def templates() -> Mapping[str, Mapping[str, str]]:
    """Return the questions with places to fill, by form and operation (of `one_direction` by the way)."""
    found: dict[str, dict[str, str]] = {}
    for form, operation, text in data_rows("qa.frames", "plain_questions.tsv"):
        found.setdefault(form, {})[operation] = text
    return found


def template(form: str, operation: str) -> str | None:
    """Return the question of an operation in a form, None where it has none."""
    return templates()[form].get(operation)


def of_total(operation: Operation) -> str | None:
    """Return the question for an operation on the total of a budget."""
    whole = next((name for name, of_item in OF_THE_WHOLE.items() if of_item is operation), operation)
    return template(OF_WHOLE, whole)
