"""Texts in the forms in which they are compared with what is typed."""

from collections.abc import Callable

from corpus.normalizing import hiragana, squash
from index.types import Token

Tokens = Callable[[str], tuple[Token, ...]]


def folded(text: str) -> str:
    """Return `text` without white space, in one width, one case and one kana.

    >>> folded("ﾊﾟｽﾎﾟｰﾄ の ＱＡ")
    'ぱすぽーとのqa'
    """
    return hiragana(squash(sound(text)))


def sound(text: str) -> str:
    """Return `text` with ? for lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def spoken(text: str, tokens: Tokens) -> str:
    """Return `text` folded, kanji as they are read here: 旅券の申請 → りょけんのしんせい."""
    return "".join(_read(token) for token in tokens(squash(sound(text))))


def _read(token: Token) -> str:
    # What is not kanji is typed as it is written: は is は, 3 is 3.
    written = folded(token.surface)
    return folded(token.reading) or written if any(_is_kanji(char) for char in written) else written


def _is_kanji(char: str) -> bool:
    return "㐀" <= char <= "鿿" or char == "々"
