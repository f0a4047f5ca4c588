"""Names in Latin letters as they are read: Kitahama is きたはま (Hepburn)."""

import re
from collections.abc import Iterator
from functools import cache

_NAME = re.compile(r"[A-Z][a-z]{4,}+")
_VOWELS = "aiueo"
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さ すせそ", "t": "た  てと", "n": "なにぬねの", "h": "はひ へほ",
    "m": "まみむめも",
    "y": "や ゆ よ", "r": "らりるれろ", "w": "わ    ", "g": "がぎぐげご", "z": "ざ ずぜぞ", "d": "だ  でど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
_GLIDES = {
    "ky": "き", "ny": "に", "hy": "ひ", "my": "み", "ry": "り", "gy": "ぎ", "by": "び",
    "py": "ぴ", "sh": "し", "ch": "ち", "j": "じ",
}  # fmt: skip
_ALONE = {"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "n": "ん", "m": "ん"}


def read_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, hiragana) of the capitalised words of a text that may be read as Japanese.

    >>> list(read_names("Where is Kitahama Elementary School?")), list(read_names("Shinmachi"))
    ([(9, 17, 'きたはま')], [(0, 9, 'しんまち')])
    """
    for match in _NAME.finditer(text):
        read = _read(match[0].lower())
        if read:
            yield match.start(), match.end(), read


def _read(word: str) -> str:
    """Return a word in hiragana, "" where it cannot be read."""
    read, place = "", 0
    while place < len(word):
        if word[place : place + 1] == word[place + 1 : place + 2] and word[place] in "kstpc":
            read, place = f"{read}っ", place + 1
            continue
        size = next((n for n in (3, 2, 1) if word[place : place + n] in _syllables()), 0)
        if not size:
            return ""
        read, place = read + _syllables()[word[place : place + size]], place + size
    return read


@cache
def _syllables() -> dict[str, str]:
    rows = {
        f"{first}{vowel}": kana
        for first, row in _ROWS.items()
        for vowel, kana in zip(_VOWELS, row, strict=True)
        if kana != " "
    }
    glides = {
        f"{first}{vowel}": f"{kana}{small}"
        for first, kana in _GLIDES.items()
        for vowel, small in zip("auo", "ゃゅょ", strict=True)
    }
    return rows | glides | _ALONE
