"""The shapes in which Japanese Excel shows digits: [DBNum1] 一二三, [DBNum2] 壱弐参, [DBNum3] １２３."""

_WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")
_KANJI = {"1": "〇一二三四五六七八九", "2": "〇壱弐参四伍六七八九"}
_TENS = {"1": ("", "十", "百", "千"), "2": ("", "拾", "百", "阡")}
_MYRIADS = {"1": ("", "万", "億", "兆"), "2": ("", "萬", "億", "兆")}


def shaped(digits: str, shapes: str, *, year: bool = False) -> str:
    """Return digits in a shape; `year` names them one by one, as do numbers that begin with 0.

    >>> shaped("12", "3"), shaped("12", "1"), shaped("2024", "1", year=True), shaped("10305", "1")
    ('１２', '十二', '二〇二四', '一万三百五')
    """
    if shapes == "3":
        return digits.translate(_WIDE)
    if shapes not in _KANJI:
        return digits
    if year or not digits.isdecimal() or digits.startswith("0") or len(digits) > 16:
        signs = {ord(str(number)): sign for number, sign in enumerate(_KANJI[shapes])}
        return digits.translate(signs)
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)]
    said = [_group(group, shapes) + _MYRIADS[shapes][n] for n, group in enumerate(groups) if int(group)]
    return "".join(reversed(said))


def _group(group: str, shapes: str) -> str:
    said = ""
    for place, digit in zip(range(len(group) - 1, -1, -1), group, strict=True):
        plain_one = digit == "1" and place > 0 and shapes == "1"
        if digit != "0":
            said += ("" if plain_one else _KANJI[shapes][int(digit)]) + _TENS[shapes][place]
    return said
