"""Which language a text is in, and the line for writers of languages that the counter cannot answer in."""

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.data_rows import data_rows
from corpus.lexicon.scripts import HIRAGANA, KANA, KANJI, KATAKANA
from corpus.normalizing import normalize

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

JAPANESE = "ja"
_JAPANESE_RUN = re.compile(r"[ぁ-ゖァ-ヺー㐀-鿿]+")
# What stands in these brackets is quoted: an option of the counter names its items so, in a question of any language.
_QUOTED = re.compile(r"「[^「」]*」")
_NAMES = re.compile(r"[A-Z][A-Z0-9&-]*s?\b")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
# Scripts that Japanese is never written in; one Greek or Cyrillic letter alone is a sign (α波).
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0590-\u109f\u1780-\u17ff\u1100-\u11ff가-힣]+")
# Japanese in Latin letters: no language of the model.
_ROMAJI = frozenset("desu masu masen kudasai arimasu doko itsu ikura nani".split())
# Words of Chinese that no Japanese compound holds.
_CHINESE = re.compile(
    r"[吗嗎哪怎你您们們这這呢吧啊她很]|什[么麼]|甚麼|請問(?!題)|我想|我要|想要|(?<!許)可以|多少|能不能|是不是|[没沒]有|謝謝|幾[點個號次天年分]|星期|百分之"
    r"|(?<=[㐀-鿿」 ])的(?=[㐀-鿿0-9])(?![中例])|為什|如何|需要(?=[㐀-鿿])|要(?=[在多幾交帶])|是(?=[什誰哪多怎])|在(?=[哪幾])"
)
_GREETING = frozenset("hello hi hey thanks help bonjour hola olá ola obrigado gracias merci danke".split())
_FALLBACK = "en"
_SURE = 0.5
# Of a mixed text: a hiragana makes a sentence Japanese more than a borrowed name of katakana or kanji does.
_HIRAGANA_WEIGHT, _NAME_WEIGHT, _HANGUL_WEIGHT = 4, 0.5, 3


def told(text: str) -> str:
    """Return the tag of the language that most of `text` is in.

    >>> told("国際局予算"), told("国际局的预算是多少"), told("What is 「ふれあいパス」?")
    ('ja', 'zh-Hans', 'en')
    """
    return language(_spoken(text)) if is_other_language(text) else JAPANESE


def is_other_language(text: str) -> bool:
    """Tell whether `text` is in another language than Japanese.

    A term in Latin letters is not: documents name things so.

    >>> is_other_language("TICAD8"), is_other_language("横浜市予算"), is_other_language("护照在哪里办")
    (False, False, True)
    """
    plain = normalize(_spoken(text))
    if KANA.search(plain):
        return _mostly_other(plain)
    if _is_in_other_script(plain) or _is_chinese(plain):
        return True
    words = _LATIN_WORD.findall(_NAMES.sub(" ", plain))
    if len(words) == 1:
        return words[0].casefold() in _GREETING
    sentence = any(word[0].islower() for word in words)
    return sentence and len(words) > len(KANJI.findall(plain))


def _spoken(text: str) -> str:
    """Return what is said around quoted names; the text itself where it is nothing else."""
    around = _QUOTED.sub(" ", text)
    return around if any(char.isalpha() for char in around) else text


def _mostly_other(plain: str) -> bool:
    """Tell whether a text with kana in it is in another language all the same: a name in it is Japanese."""
    hiragana = len(HIRAGANA.findall(plain))
    names = len(KATAKANA.findall(plain)) + len(KANJI.findall(plain))
    japanese = _HIRAGANA_WEIGHT * hiragana + _NAME_WEIGHT * names
    words = [word for word in _LATIN_WORD.findall(_NAMES.sub(" ", plain)) if word[0].islower()]
    letters = sum(map(len, words)) if len(words) > 1 else 0
    other = letters + _HANGUL_WEIGHT * sum(map(len, _OTHER_SCRIPT.findall(plain)))
    return other > japanese or (not hiragana and _is_chinese(plain))


def _is_in_other_script(plain: str) -> bool:
    return any(len(run) > 1 for run in _OTHER_SCRIPT.findall(plain))


def _is_chinese(plain: str) -> bool:
    return bool(_CHINESE.search(plain)) or any(_is_simplified(han) for han in KANJI.findall(plain))


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
    if KANJI.search(plain) and not _is_in_other_script(plain) and _is_chinese(plain):
        traditional = any(not _in_set(han, "gb2312") for han in KANJI.findall(plain))
        return "zh-Hant" if traditional else "zh-Hans"
    if not _ROMAJI.isdisjoint(_LATIN_WORD.findall(plain.casefold())) or (
        plain.isascii() and len(plain.split()) == 1
    ):
        return _FALLBACK
    # A Japanese name in it would draw the guess to Korean and Chinese.
    found, probability = _identifier().classify(_JAPANESE_RUN.sub(" ", plain).casefold())
    return str(found) if probability >= _SURE else _FALLBACK


def language_line(text: str) -> str:
    """Return the line, in the language of `text`, that questions are answered in Japanese only."""
    return _lines()[language(text)]


@cache
def _lines() -> dict[str, str]:
    return dict(data_rows("qa.question", "languages.tsv", columns=2))


@cache
def _identifier() -> "LanguageIdentifier":
    """Open the model when the first text comes that is not Japanese: reading it takes 0.4 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([tag for tag in _lines() if not tag.startswith("zh")])
    return identifier
