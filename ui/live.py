"""The assistant of a running server: takes up a new bundle by itself, keeps the last good one if that is damaged."""

import os
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TypeVar

from corpus.types import Document
from index.home import Layout
from index.manifest import BundleError
from index.milvus.errors import StoreError
from index.suggesting.types import Suggestion
from qa.assistant import Assistant
from qa.declining import OUT_OF_TIME
from qa.replies.reply_record import Record, reply_record
from qa.types import Evidence

_LOOK_EVERY = 0.5  # seconds between two looks at the disk
_REMEMBERED = 2_048  # replies; the same question to the same bundle has the same reply
# What a visitor reads; what the matter is stands in the log and in /healthz.
OUT_OF_SERVICE = "いま文書を調べられません。しばらくしてから、もう一度お試しください。"
Result = TypeVar("Result")


class LiveAssistant:
    """Answers from the newest good bundle of a home. To be used from one thread: the server's event loop.

    `warning` says why the bundle is not the newest one, `trouble` why the last question could not be searched for.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.warning: str | None = None
        self.trouble: str | None = None
        self._replies: OrderedDict[tuple[str, ...], Record] = OrderedDict()
        self._seen = _state(home)
        self._looked = monotonic()
        self._take(Assistant.open(home))

    def ask(self, question: str, history: Sequence[str] = ()) -> Record:
        """Return the reply record, its id and time still to be stamped. StoreError if Milvus is away."""
        self.refresh()
        key = (question, *history)
        known = self._replies.get(key)
        if known is None:
            known = self._tried(lambda: reply_record(self.assistant.ask(question, history=tuple(history))))
            if known["reason"] == OUT_OF_TIME:
                return known  # A busy moment is not remembered: asked again, it may be answered.
            self._replies[key] = known
            if len(self._replies) > _REMEMBERED:
                self._replies.popitem(last=False)
        return known

    def search(self, query: str, *, k: int) -> Sequence[Evidence]:
        """Return the k best hits. StoreError if Milvus is away."""
        self.refresh()
        return self._tried(lambda: self.assistant.search(query, k=k))

    def suggest(self, typed: str, *, k: int) -> Sequence[Suggestion]:
        """Return what may be about to be typed."""
        self.refresh()
        return self.assistant.suggest(typed, k=k)

    @property
    def documents(self) -> Mapping[str, Document]:
        """Return the documents by id, in order."""
        return self._documents

    def refresh(self) -> None:
        """Open the current bundle again if another one has taken its place."""
        now = monotonic()
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        state = _state(self.home)
        if state == self._seen:
            return
        self._seen = state
        try:
            self._take(Assistant.open(self.home))
        except (BundleError, OSError) as error:
            self.warning = f"新しい索引を開けないため、前の索引で答えています。{error}"

    def _tried(self, work: Callable[[], Result]) -> Result:
        try:
            done = work()
        except StoreError as error:
            self.trouble = str(error)
            raise
        self.trouble = None
        return done

    def _take(self, assistant: Assistant) -> None:
        assistant.read_ahead()
        self.assistant = assistant
        self.warning = assistant.warning
        self._documents = assistant.shelf
        self._replies.clear()


def _state(home: Path) -> tuple[tuple[int, int], ...]:
    """Return what changes with the bundle or the settings: the folder behind the link `current`, the settings' file."""
    return tuple(_identity(path) for path in (Layout(home).current, Layout(home).settings))


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0)
    return status.st_ino, status.st_mtime_ns
