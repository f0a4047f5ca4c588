"""Whether a cell can be what is asked for, by form: an hour for 何時, a number for 何人, and of a row that the question names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.tables.cell_forms import clocks_in
from index.tokenizer import shared_tokenizer
from index.types import Token
from qa.pieces.asked_counts import asked_counts
from qa.tables.computing import Result
from qa.tables.frames import TableFrame, TableOperation
from qa.tables.store.table_store import LINKED, StoredTable
from qa.tables.store.value_keys import reading_key, value_key

_HOUR = re.compile(r"何時(?!間|も|でも)")
_HOURS_SAID = re.compile(r"時|終日|常時")
_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九十百千〇無]|なし|制限")
_END = re.compile(r"[㐀-鿿々ァ-ヶー]{2,6}")
_LIKE = 3  # so many names that end alike are names of one kind of thing
_SHORTEST, _LONGEST = 2, 6  # letters of such an end
_WHOLLY = 0.7
"""A row of whose name so much (0–1) is said is the one that is meant, whatever else is named."""
_WORDS = 3  # of a shared end
_OF_NAMES, _PRONOUN = frozenset(("名詞", "接頭辞", "接尾辞")), "代名詞"
_NO_NAMES = frozenset(("助数詞可能", "副詞可能"))


def can_answer(question: str, frame: TableFrame, result: Result) -> bool:
    """Tell whether a frame may be what a normalised question asks for.

    It is not where the question asks for an hour or a number and none of its cells holds one, nor where it names one
    more of the things that the rows are: ひまわり保育園, in a list of other 保育園, has no row, and their sum is not its.
    """
    return _has_form(question, frame, result) and (
        _is_named(frame) or not names_another(question, frame.table)
    )


def _has_form(question: str, frame: TableFrame, result: Result) -> bool:
    if frame.operation is not TableOperation.VALUE:
        return True
    told = [frame.table.text(row, column) for row in result.rows for column in frame.columns]
    if _HOUR.search(question) and not any(clocks_in(text) or _HOURS_SAID.search(text) for text in told):
        return False
    return not asked_counts(question) or any(_NUMBER.search(text) for text in told)


def _is_named(frame: TableFrame) -> bool:
    """Tell whether the row is named, and its name is said as good as whole."""
    named = [condition for condition in frame.conditions if condition.column == frame.table.name]
    return any(condition.coverage >= _WHOLLY for condition in named)


def names_another(question: str, table: StoredTable) -> bool:
    """Tell whether a question names a thing of the kind that the rows are, which no row is."""
    tokens = shared_tokenizer().tokens(question)
    unknown = [name for name in _names(tokens, _shared_ends(table)) if not _holds(table, name)]
    return bool(unknown)


def _names(tokens: Sequence[Token], ends: frozenset[str]) -> Iterator[str]:
    """Yield what stands before a shared end, as far as it is one name with it."""
    for begin, stop in _stretches(tokens, ends):
        start = begin
        while start and _is_part(tokens[start - 1]) and tokens[start - 1].end == tokens[start].start:
            start -= 1
        if start < begin:
            yield "".join(token.surface for token in tokens[start:stop])


def _stretches(tokens: Sequence[Token], ends: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the words that make up one of the ends together: 保育 and 園."""
    for begin in range(len(tokens)):
        said = ""
        for stop in range(begin + 1, min(begin + _WORDS, len(tokens)) + 1):
            said += tokens[stop - 1].surface
            if said in ends:
                yield begin, stop


def _is_part(token: Token) -> bool:
    return token.pos in _OF_NAMES and token.subpos != _PRONOUN and token.detail not in _NO_NAMES


def _holds(table: StoredTable, name: str) -> bool:
    """Tell whether a cell of a table holds a name, as it is written or as it is read."""
    told = [column for n, column in enumerate(table.columns) if n == table.name or column.kind in LINKED]
    key, read = value_key(name), reading_key(name)
    texts = [table.title, *(text for column in told for text in column.texts)]
    return any(key in value_key(text) for text in texts) or any(
        read in reading_key(text) for text in table.columns[table.name].texts
    )


def _shared_ends(table: StoredTable) -> frozenset[str]:
    """Return what at least three of the names end with: 保育園, 公民館."""
    counts: Counter[str] = Counter()
    for name in table.columns[table.name].texts:
        counts.update({name[-size:] for size in range(_SHORTEST, min(len(name) - 1, _LONGEST) + 1)})
    return frozenset(end for end, count in counts.items() if count >= _LIKE and _END.fullmatch(end))
