"""How cells and questions are made comparable: what differs between two spellings of one name is gone."""

import re
from dataclasses import dataclass

from corpus.lexicon.kanji_variants import plain_kanji
from corpus.normalizing import hiragana, normalize

_KANJI_NUMBER = str.maketrans("〇一二三四五六七八九", "0123456789")
_NUMBERED = re.compile(
    r"[〇一二三四五六七八九](?=丁目|番|号|期|年|区|班|組)|(?<=第)[一二三四五六七八九](?![一二三四五六七八九十])"
)
_GA = re.compile(r"(?<=[㐀-鿿])[がけヶケガ](?=[㐀-鿿])")


@dataclass(frozen=True, slots=True)
class KeyedText:
    """A text and its key; `key[i]` stands at `text[places[i]]`."""

    text: str
    key: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `key[start:end]` stands in `text`."""
        return self.places[start], self.places[end - 1] + 1


def value_key(text: str) -> str:
    """Return the comparable form of a cell.

    >>> value_key("福岡町 二丁目"), value_key("サクラ・センター"), value_key("霧ヶ谷")
    ('福岡町2丁目', 'さくらせんた', '霧が谷')
    """
    return keyed(text).key


def one_spelling(plain: str) -> str:
    """Return a normalised text with one letter for those that names are spelt with alike, letter for letter.

    >>> one_spelling("第三サクラ、霧ヶ谷")
    '第3さくら、霧が谷'
    """
    same = _NUMBERED.sub(lambda match: match[0].translate(_KANJI_NUMBER), plain).lower()
    return hiragana(_GA.sub("が", same))


def keyed(text: str) -> KeyedText:
    """Return a text, normalised, with its key."""
    plain = plain_kanji(normalize(text))
    same = one_spelling(plain)
    kept = [(char, place) for place, char in enumerate(same) if char.isalnum() and char != "ー"]
    return KeyedText(
        plain, "".join(char for char, _ in kept), tuple(min(place, len(plain) - 1) for _, place in kept)
    )
