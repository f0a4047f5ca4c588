"""The short answers of the last replies, for そこの電話は？ speaks of what was answered."""

from collections import OrderedDict
from collections.abc import Callable

from corpus.normalizing import normalize
from qa.types import Answer, Reply

_KEPT = 256


class Recent:
    """Short answers by question; a question that is not kept is asked again, so that a reply needs no memory."""

    def __init__(self, ask: Callable[[str], Reply]) -> None:
        self._ask = ask
        self._short: OrderedDict[str, str | None] = OrderedDict()

    def keep(self, question: str, reply: Reply) -> None:
        """Keep the short answer to a whole question."""
        self._short[_key(question)] = reply.short if isinstance(reply, Answer) else None
        while len(self._short) > _KEPT:
            self._short.popitem(last=False)

    def short(self, question: str) -> str | None:
        """Return the short answer to a whole question, None where it is not told."""
        key = _key(question)
        try:
            return self._short[key]
        except KeyError:
            self.keep(question, self._ask(question))
            return self._short.get(key)


def _key(question: str) -> str:
    return normalize(question).strip()
