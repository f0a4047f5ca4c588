"""Codes of columns as people say them: SHISETSU_NM is 施設 名, and is shown as 施設名."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.data_rows import data_rows

_CODE = re.compile(r"#?[A-Za-z][A-Za-z0-9_ \-]*")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST = 3
"""Words of a phrase that stand for one thing: number of households."""


def spoken_title(title: str) -> str:
    """Return a column's title as words, all that a code may stand for: in Japanese as far as its words are known.

    >>> spoken_title("DISTRICT_NAME"), spoken_title("numberOfHouseholds"), spoken_title("定員")
    ('地区名', '世帯数', '定員')
    """
    return " ".join(_parts(title)) or title


def shown_title(title: str) -> str:
    """Return a column's title as a reader is shown it: of what a code may stand for, the commonest.

    >>> shown_title("capacity"), shown_title("birthTotal"), shown_title("man12")
    ('定員', '出生合計', '男性12')
    """
    return "".join(part.split()[0] for part in _parts(title)) or title


def _parts(title: str) -> tuple[str, ...]:
    """Return what the phrases of a code stand for, one after the other; nothing where a title is no code."""
    return tuple(filter(None, _read(title))) if _CODE.fullmatch(title) else ()


def _read(title: str) -> Iterator[str]:
    typed = re.sub(r"[_\-]", " ", _HUMPS.sub(" ", title.strip("#"))).split()
    words = [word.lower() for word in typed]
    known = _code_words()
    place = 0
    while place < len(words):
        size = next((n for n in range(_LONGEST, 0, -1) if " ".join(words[place : place + n]) in known), 1)
        word, bare = " ".join(words[place : place + size]), words[place].rstrip("0123456789")
        yield known[word] if word in known else known.get(bare, typed[place][: len(bare)]) + word[len(bare) :]
        place += size


@cache
def _code_words() -> dict[str, str]:
    """Return Japanese words by the word or phrase of a code; "" where it says nothing beside others."""
    return {word: told.strip("-") for word, told, _ in data_rows("qa.tables", "code_words.tsv")}
