"""A number of a list as it is printed: 3 → 3, ３, ③, ウ, 三, 丙, c, iii."""

from collections.abc import Callable, Mapping

BULLET = "・"
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = str.maketrans("一二三十", "壱弐参拾")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CIRCLED = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))


def decimal(number: int) -> str:
    """Return the number in digits."""
    return str(number)


def padded(number: int) -> str:
    """Return the number in two digits at least: 03."""
    return f"{number:02}"


def wide(number: int) -> str:
    """Return the number in full-width digits: ３."""
    return str(number).translate(_WIDE)


def circled(number: int) -> str:
    """Return the number in a circle: ③; (51) where there is no such character."""
    return next((chr(code + number - a) for a, b, code in _CIRCLED if a <= number <= b), f"({number})")


def bracketed(number: int) -> str:
    """Return the number in brackets that are one character: ⑶."""
    return chr(0x2474 + number - 1) if 1 <= number <= 20 else f"({number})"


def stopped(number: int) -> str:
    """Return the number with a full stop that is one character: ⒊."""
    return chr(0x2488 + number - 1) if 1 <= number <= 20 else f"{number}."


def dashed(number: int) -> str:
    """Return the number between dashes: - 3 -."""
    return f"- {number} -"


def letter(number: int) -> str:
    """Return the letter of that place in the alphabet; after z comes aa, then bb.

    >>> letter(3), letter(28)
    ('c', 'bb')
    """
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def roman(number: int) -> str:
    """Return the number in small Roman numerals.

    >>> roman(4), roman(19)
    ('iv', 'xix')
    """
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found


def kanji(number: int) -> str:
    """Return the number as it is said in kanji: 十二.

    >>> kanji(3), kanji(10), kanji(12), kanji(120)
    ('三', '十', '十二', '百二十')
    """
    if not 0 < number < 10_000:
        return str(number)
    found = ""
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            found += ("" if digit == 1 and sign else _DIGITS[digit]) + sign
    return found


def kanji_digits(number: int) -> str:
    """Return the digits of the number in kanji: 一二."""
    return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))


def formal_kanji(number: int) -> str:
    """Return the number as deeds write it: 壱, 弐, 参."""
    return kanji(number).translate(_FORMAL)


def _from(signs: str) -> Callable[[int], str]:
    """Return what counts by these signs, from the first again after the last."""
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _large(count: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: count(number).upper()


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": decimal, "decimalZero": padded, "decimalHalfWidth": decimal, "numberInDash": dashed,
    "decimalFullWidth": wide, "decimalFullWidth2": wide, "decimalEnclosedParen": bracketed,
    "decimalEnclosedCircle": circled, "decimalEnclosedCircleChinese": circled, "decimalEnclosedFullstop": stopped,
    "lowerLetter": letter, "upperLetter": _large(letter), "lowerRoman": roman, "upperRoman": _large(roman),
    "aiueo": _from(_KATAKANA), "aiueoFullWidth": _from(_KATAKANA), "iroha": _from(_IROHA), "irohaFullWidth": _from(_IROHA),
    "ideographTraditional": _from(_STEMS), "ideographZodiac": _from(_BRANCHES), "ideographDigital": kanji_digits,
    "japaneseCounting": kanji, "japaneseDigitalTenThousand": kanji_digits, "japaneseLegal": formal_kanji,
    "chineseCounting": kanji, "chineseCountingThousand": kanji, "taiwaneseCounting": kanji, "koreanDigital2": kanji_digits,
}  # fmt: skip
"""By the names that Word's files use. Half-width ｱ and ｲ are written ア and イ, as every other text has them."""


def numbered(number: int, form: str) -> str:
    """Return a number in a format of Word's; one that is unknown is written in digits.

    >>> numbered(2, "aiueo"), numbered(2, "decimalEnclosedCircle"), numbered(2, "upperRoman")
    ('イ', '②', 'II')
    """
    return FORMATS.get(form, decimal)(number)
