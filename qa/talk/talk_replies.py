"""What is said to talk: a fixed line each, in the asker's language, from the reviewed messages."""

from dataclasses import replace

from qa.replies.messages import say
from qa.talk.talk_kinds import Talk
from qa.types import Answer, Decline, Reply


def spoken(question: str, kind: Talk, language: str) -> Decline:
    """Return the fixed line to talk of this kind."""
    return Decline(question, say(kind.message, language), kind.reason, language=language)


def led_on(line: Decline, reply: Reply) -> Decline:
    """Return the fixed line with the places that would have answered: no quote stands before it."""
    if not isinstance(reply, Answer):
        return line
    text = f"{line.text}\n{say('distress_places', line.language)}"
    return replace(line, text=text, citations=reply.citations, understood=reply.understood)
