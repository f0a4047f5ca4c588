"""The kinds of text that are no question about documents."""

from enum import StrEnum

QUESTION = "question"
"""What everything else is."""


class Talk(StrEnum):
    """A kind of talk, as the model and its training rows name it.

    DISTRESS is a threat to oneself, or danger now; DISTRESS_ASKING says so and asks where to turn.
    """

    GREETING = "greeting"
    CHAT = "chat"
    ORDER = "order"
    INSULT = "insult"
    DISTRESS = "distress"
    DISTRESS_ASKING = "distress_asking"
    THREAT = "threat"

    @property
    def reason(self) -> str:
        """Return the reason of the reply as records hold it: several kinds have one."""
        return _REASONS[self]

    @property
    def message(self) -> str:
        """Return the name of the fixed line, in `qa/replies/messages.tsv`, that is said to it."""
        return _MESSAGES.get(self.reason, "ask_something")


_REASONS = {
    Talk.GREETING: "small_talk",
    Talk.CHAT: "small_talk",
    Talk.ORDER: "instruction",
    Talk.INSULT: "insult",
    Talk.DISTRESS: "distress",
    Talk.DISTRESS_ASKING: "distress",
    Talk.THREAT: "threat",
}
_MESSAGES = {"insult": "insulted", "distress": "distress", "threat": "threat"}
REASONS = frozenset(_REASONS.values())
"""Reasons of replies that decline no question."""
