"""Characters: NFKC, the CJK radicals NFKC leaves alone, circled fiscal years, widths."""

import re
import unicodedata
from functools import cache

# CJK Radicals Supplement (U+2E80–2EFF) → the ideograph a Japanese reader means. NFKC maps the Kangxi block
# (U+2F00–2FDF) but, of this block, only ⺟ and ⻳. Source: Unicode's EquivalentUnifiedIdeograph data.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹"
    "⺟母⺠民⺡氵⺢水⺣灬⺤爪⺥爫⺦爿⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱网⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹老⺺聿⺻聿"
    "⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长⻔门⻕阜⻖阝⻗雨⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳亀"
)
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS = str.maketrans(
    {**_KANGXI, **{ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}}
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
_CIRCLED_BEFORE_DIGIT = re.compile(r"([①-⑳])(?=[0-9０-９])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def repair_radicals(text: str) -> str:
    """Replace radicals by the ideographs they stand for; length and offsets stay.

    >>> repair_radicals("市⺠の⽅々")
    '市民の方々'
    """
    return text.translate(_RADICALS)


def normalize(text: str) -> str:
    """Return `text` for searching: radicals, NFKC, one dash, no control characters; ④152 stays two things.

    >>> normalize("④１５２，８４２千円 ＹＯＫＥ")
    '4 152,842千円 YOKE'
    """
    apart = _CIRCLED_BEFORE_DIGIT.sub(r"\1 ", repair_radicals(text))
    return _CONTROL.sub("", unicodedata.normalize("NFKC", apart)).translate(_DASHES)


def squash(text: str) -> str:
    """Return `text` normalised, lower-case and without white space: for comparing, never for showing.

    >>> squash("国際 総務費")
    '国際総務費'
    """
    return _SPACE.sub("", normalize(text)).lower()


def fold_in_place(text: str) -> str:
    """Return `text` in NFKC as far as that keeps every offset.

    >>> fold_in_place("４（㈱）")
    '4(㈱)'
    """
    return "".join(map(_fold_character, text))


@cache
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def hiragana(text: str) -> str:
    """Return `text` with katakana as hiragana, one for one.

    >>> hiragana("パスポート")
    'ぱすぽーと'
    """
    return text.translate(_HIRAGANA)


def display_width(text: str) -> int:
    """Return the columns `text` takes in a fixed-width font: two for a wide character, one for others."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
