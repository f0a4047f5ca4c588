"""What is suggested."""

from dataclasses import dataclass
from enum import StrEnum


class SuggestionKind(StrEnum):
    """What a suggestion is in its document."""

    QUESTION = "question"
    TITLE = "title"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that a document holds, without the marks before it. Pages start at 1."""

    text: str
    kind: SuggestionKind
    document: str
    page: int


@dataclass(frozen=True, slots=True)
class Spelled:
    """A suggestion with its two forms for comparing: `folded` as written, `spoken` as read aloud, in hiragana."""

    suggestion: Suggestion
    folded: str
    spoken: str
