"""A question as it arrives: what is taken out of it, and what cannot be a question at all."""

import unicodedata
from collections.abc import Iterable

from qa.question.languages import told
from qa.replies.messages import JAPANESE, LANGUAGES, say
from qa.types import Decline
from ui.personal_numbers import hidden

LONGEST = 1_000  # characters
# Cc control, Cs lone surrogates, Cn unassigned; Cf hides marks that turn the reading direction.
_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Cf"})


def cleaned(text: str) -> str:
    """Return the text without characters that nobody can see; breaks and tabs become one space.

    Personal numbers are hidden here, at the door: nothing behind it can keep them or say them again.

    >>> cleaned("旅券\\x00は\\n どこ？")
    '旅券は どこ？'
    """
    spaced = (" " if char.isspace() else char for char in text)
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _UNSEEN)
    return hidden(" ".join(seen.split()))


def before(turns: Iterable[str]) -> tuple[str, ...]:
    """Return the questions before one as they are looked at: cleaned, and of each no more than can be asked."""
    return tuple(cleaned(turn)[:LONGEST] for turn in turns)


def objection(question: str) -> str | None:
    """Return why this cannot be asked, with the cure, in the language of the question; None where it can."""
    if not question:
        return "質問が空です。知りたいことを文で入力してください。"
    if len(question) > LONGEST:
        return say("too_long", told(question[:LONGEST]), length=f"{len(question):,}", limit=f"{LONGEST:,}")
    return None


def declined(question: str, why: str) -> Decline:
    """Return the decline for something that was never asked of the documents."""
    language = told(question[:LONGEST]) if question else JAPANESE
    spoken = language if language in LANGUAGES else JAPANESE
    return Decline(question=question[:LONGEST], text=why, reason=why, language=spoken)
