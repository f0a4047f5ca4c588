"""The town that tables are of, named in a question: 「高松市の児童館」 asks of Takamatsu's tables, and there of 児童館."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.normalizing import normalize
from index.tokenizer import shared_tokenizer
from index.types import Token
from qa.tables.store.romaji import read_names
from qa.tables.store.value_keys import reading_key, value_key

_COMPARED = -1
_LONGEST = 4  # words of a town's name
_BESIDE = frozenset(("と", "や", "から", "まで", "か"))  # 「高松市と丸亀市」 speaks of the towns themselves
_WITHIN = "内"  # 高松市内
_PARTICLES = frozenset(("助詞", "助動詞"))
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OfTown:
    """A question without the towns whose tables it is asked of; tables `but` these may be meant."""

    question: str
    but: frozenset[Key] = frozenset()


class OwnTowns:
    """Reads which of the towns that tables are of a question names.

    `of_tables` are the keys of their names by table, none where a table does not tell; `in_rows` are those that some
    table's rows tell apart: such a name chooses rows, not tables.
    """

    def __init__(self, of_tables: Mapping[Key, Sequence[str]], in_rows: Iterable[str] = ()) -> None:
        told = frozenset(in_rows)
        self._of_tables = {key: frozenset(names) - told for key, names in of_tables.items()}
        self._names = frozenset(name for names in self._of_tables.values() for name in names)
        self._read = {read: name for name in self._names if (read := reading_key(name))}

    def read(self, question: str) -> OfTown:
        """Return the question as it is asked of the tables of the towns that it names."""
        if not self._names:
            return OfTown(question)
        text = normalize(question)
        found = [*self._in_japanese(text), *self._in_latin(text)]
        if any(end == _COMPARED for _, end, _ in found):
            return OfTown(question)
        rest, named = text, frozenset[str]().union(*(names for _, _, names in found))
        for start, end, _ in sorted(found, key=lambda one: -one[0]):
            rest = rest[:start] + rest[end:]
        if not any(char.isalnum() for char in rest) or not found:
            return OfTown(question)
        others = (key for key, names in self._of_tables.items() if names and not names & named)
        return OfTown(rest.replace("()", "").strip(" 、"), frozenset(others))

    def _in_japanese(self, text: str) -> list[tuple[int, int, frozenset[str]]]:
        tokens = shared_tokenizer().tokens(text)
        found, place = [], 0
        while place < len(tokens):
            end, names = self._named(tokens, place)
            if names and _begins(text, tokens, place) and (last := _end(text, tokens, end)) is not None:
                found.append((tokens[place].start, last, names))
            place = max(end, place + 1)
        return found

    def _named(self, tokens: Sequence[Token], place: int) -> tuple[int, frozenset[str]]:
        """Return where the names end that stand from a place on without a gap (香川県高松市), and their keys."""
        for size in range(min(_LONGEST, len(tokens) - place), 0, -1):
            run = tokens[place : place + size]
            name = value_key("".join(token.surface for token in run))
            if name in self._names and run[0].surface[0].isalnum() and run[-1].surface[-1].isalnum():
                end, others = self._named(tokens, place + size)
                return end, others | {name}
        return place, frozenset()

    def _in_latin(self, text: str) -> list[tuple[int, int, frozenset[str]]]:
        read = ((start, end, self._read.get(key)) for start, end, key in read_names(text))
        return [(start, end, frozenset((name,))) for start, end, name in read if name]


def _begins(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a name does not go on from the word before it."""
    start = tokens[place].start
    return not start or not text[start - 1].isalnum() or tokens[place - 1].pos in _PARTICLES


def _end(text: str, tokens: Sequence[Token], end: int) -> int | None:
    """Return where what belongs to a name ends, its particles with it; None where the name goes on.

    _COMPARED where it stands beside another.
    """
    last = tokens[end - 1].end
    behind = tokens[end + 1 :] if text[last : last + 1] == _WITHIN else tokens[end:]
    particles = list(takewhile(lambda token: token.pos in _PARTICLES, behind))
    if any(token.surface in _BESIDE for token in particles):
        return _COMPARED
    if particles:
        return particles[-1].end
    return None if text[last : last + 1].isalnum() else last
