"""Enumerations in a passage, whatever their form."""

from functools import lru_cache

from index.tokenizer import SudachiTokenizer
from qa.listing.clauses import clause_lists
from qa.listing.columns import column_lists
from qa.listing.marked import marked_lists
from qa.listing.marks import lines_of
from qa.listing.plain import plain_lists
from qa.listing.sentences import sentence_lists
from qa.listing.text import intro_above, sentences
from qa.listing.types import Enumeration, Span

__all__ = ["Enumeration", "enumerations"]


@lru_cache(maxsize=4_096)
def enumerations(text: str, tokenizer: SudachiTokenizer) -> tuple[Enumeration, ...]:
    """Return every enumeration of `text` that has two members or more; of two with the same members the plainest."""
    lines = list(lines_of(text))
    found = marked_lists(text, lines)
    headed = {member: listed.intro for listed in found for member in listed.members}
    for line in lines:
        above = headed.get(line.body) or intro_above(text, line.start)
        for start, end in sentences(text, *line.body):
            found += sentence_lists(text, (start, end), above, tokenizer)
            found += clause_lists(text, start, end)
    found += [*column_lists(text), *plain_lists(text, lines)]
    return tuple(_once(found))


def _once(found: list[Enumeration]) -> list[Enumeration]:
    best: dict[tuple[Span, ...], Enumeration] = {}
    for listed in found:
        if listed.members not in best or best[listed.members].clarity < listed.clarity:
            best[listed.members] = listed
    return list(best.values())
