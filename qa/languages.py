"""Which language a text is in, where it is not Japanese, and the line that tells its writer so."""

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from corpus.normalizing import normalize

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_HAN = re.compile(r"[㐀-鿿]")
_NAMES = re.compile(r"[A-Z][A-Z0-9&-]*s?\b")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
# Scripts that Japanese is never written in; one Greek or Cyrillic letter alone is a sign (α波).
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0590-\u109f\u1780-\u17ff\u1100-\u11ff가-힣]{2}")
# Japanese in Latin letters: no language of the model.
_ROMAJI = re.compile(r"\b(?:desu|masu|masen|kudasai|arimasu|doko|itsu|ikura|nani)\b", re.IGNORECASE)
# Words of Chinese that no Japanese compound holds.
_CHINESE = re.compile(
    r"[吗嗎哪怎你您们們这這呢吧啊她很]|什[么麼]|甚麼|請問(?!題)|我想|我要|想要|(?<!許)可以|多少[钱錢]|能不能|是不是|[没沒]有|謝謝|幾[點個號]"
)
_GREETING = frozenset("hello hi hey thanks help bonjour hola olá ola obrigado gracias merci danke".split())
_FALLBACK = "en"
_SURE = 0.5


def is_other_language(text: str) -> bool:
    """Tell whether `text` is in another language than Japanese.

    A term in Latin letters is not: documents name things so.

    >>> is_other_language("TICAD8"), is_other_language("横浜市予算"), is_other_language("护照在哪里办")
    (False, False, True)
    """
    plain = normalize(text)
    if _KANA.search(plain):
        return False
    if _OTHER_SCRIPT.search(plain) or _is_chinese(plain):
        return True
    words = _LATIN_WORD.findall(_NAMES.sub(" ", plain))
    if len(words) == 1:
        return words[0].casefold() in _GREETING
    sentence = any(word[0].islower() for word in words)
    return sentence and len(words) > len(_HAN.findall(plain))


def _is_chinese(plain: str) -> bool:
    return bool(_CHINESE.search(plain)) or any(_is_simplified(han) for han in _HAN.findall(plain))


def _is_simplified(han: str) -> bool:
    """Tell whether only mainland Chinese is written with a character, by the three national character sets."""
    return _in_set(han, "gb2312") and not _in_set(han, "cp932") and not _in_set(han, "big5")


def _in_set(han: str, encoding: str) -> bool:
    return bool(han.encode(encoding, "ignore"))


def language(text: str) -> str:
    """Return the tag of the language of `text`, which is not Japanese; English where it is in doubt.

    >>> language("Де можна отримати паспорт?")
    'uk'
    """
    plain = normalize(text)
    if _HAN.search(plain) and not _OTHER_SCRIPT.search(plain) and _is_chinese(plain):
        traditional = any(not _in_set(han, "gb2312") for han in _HAN.findall(plain))
        return "zh-Hant" if traditional else "zh-Hans"
    if _ROMAJI.search(plain) or (plain.isascii() and len(plain.split()) == 1):
        return _FALLBACK
    found, probability = _identifier().classify(plain.casefold())
    return str(found) if probability >= _SURE else _FALLBACK


def language_line(text: str) -> str:
    """Return the line, in the language of `text`, that questions are answered in Japanese only."""
    return _lines()[language(text)]


@cache
def _lines() -> dict[str, str]:
    rows = files("qa").joinpath("languages.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows if not row.startswith("#"))


@cache
def _identifier() -> "LanguageIdentifier":
    """Open the model when the first text comes that is not Japanese: reading it takes 0.4 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([tag for tag in _lines() if not tag.startswith("zh")])
    return identifier
