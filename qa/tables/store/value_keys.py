"""How cells and questions are made comparable: what differs between two spellings of one name is gone."""

import re
from dataclasses import dataclass

from corpus.lexicon.kanji_variants import plain_kanji
from corpus.normalizing import hiragana, normalize
from index.tokenizer import shared_tokenizer
from qa.tables.store.romaji import read_names

_KANJI_NUMBER = str.maketrans("〇一二三四五六七八九", "0123456789")
_NUMBERED = re.compile(
    r"[〇一二三四五六七八九](?=丁目|番|号|期|年|区|班|組)|(?<=第)[一二三四五六七八九](?![一二三四五六七八九十])"
)
_KANJI = re.compile(r"[㐀-鿿々]")
_LONGEST_READ = 30
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


def reading_key(text: str) -> str:
    """Return the comparable form of how a cell is read, "" where it is written as it is read.

    >>> reading_key("寺前小学校"), reading_key("さくら")
    ('てらまえしょうがっこう', '')
    """
    if len(text) > _LONGEST_READ or not _KANJI.search(text):
        return ""
    read = "".join(token.reading or token.surface for token in shared_tokenizer().tokens(text))
    key = value_key(read)
    return key if key != value_key(text) and not _KANJI.search(key) else ""


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
    kept = _letters(one_spelling(plain), 0)
    return KeyedText(
        plain, "".join(char for char, _ in kept), tuple(min(place, len(plain) - 1) for _, place in kept)
    )


def keyed_question(text: str) -> KeyedText:
    """Return a question with its key, in which names in Latin letters stand as they are read.

    >>> keyed_question("Kitahama Elementary School").key
    'きたはまelementaryschool'
    """
    told = keyed(text)
    kept: list[tuple[str, int]] = []
    done = 0
    spelt = one_spelling(told.text)
    for start, end, read in read_names(told.text):
        kept += _letters(spelt[done:start], done)
        last = len(read) - 1
        kept += [(char, start + (end - 1 - start) * n // max(1, last)) for n, char in enumerate(read)]
        done = end
    kept += _letters(spelt[done:], done)
    places = tuple(min(place, len(told.text) - 1) for _, place in kept)
    return KeyedText(told.text, "".join(char for char, _ in kept), places) if done else told


def _letters(spelt: str, first: int) -> list[tuple[str, int]]:
    return [(char, first + place) for place, char in enumerate(spelt) if char.isalnum() and char != "ー"]
