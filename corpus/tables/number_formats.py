"""A number as its Excel format shows it: 1,500円, 46%, 0012, △3, 令和6年4月1日."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from corpus.tables.date_formats import shown_date
from corpus.tables.digit_shapes import shaped
from corpus.tables.format_codes import Part, Section, Token, sections

_DATES = (Part.DATE, Part.ELAPSED, Part.HALF)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip
_GENERAL = Section(((Part.GENERAL, ""),))
_MOST_DIGITS = 21
_CONTEXT = Context(prec=400)


def shown_number(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return a number, or the day number of a date, as a sheet shows it.

    >>> shown_number(1500, '#,##0"円"'), shown_number(0.456, "0%"), shown_number(-3, '0;"△"0')
    ('1,500円', '46%', '△3')
    >>> shown_number(45383, '[$-411]ggge"年"m"月"d"日"'), shown_number(12, "0000"), shown_number(2.5, "General")
    ('令和6年4月1日', '0012', '2.5')
    """
    if code == "General":
        return general(exactly(value))
    return _shown_number(value, code, from_1904)


@lru_cache(maxsize=50_000)
def _shown_number(value: float, code: str, from_1904: bool) -> str:
    exact = exactly(value)
    numeric = [section for section in sections(code) if not section.has(Part.CELL_TEXT)]
    section, unsigned = _chosen(exact, numeric or [_GENERAL])
    if section.has(*_DATES):
        shown = shown_date(value, section, from_1904=from_1904)
        return (general(exact) if shown is None else shown).strip()
    sign = "-" if exact < 0 and not unsigned else ""
    try:
        return (sign + _shown(abs(exact), section)).strip()
    except InvalidOperation:  # more places than any number has
        return general(exact)


def shown_text(text: str, code: str) -> str:
    """Return a text as a sheet shows it: the format `@"様"` adds its words, a format without @ adds none.

    >>> shown_text("窓口", '@"係"'), shown_text("窓口", "#,##0")
    ('窓口係', '窓口')
    """
    parts = sections(code)
    section = next((part for part in parts if part.has(Part.CELL_TEXT)), None)
    if section is None:
        return text if len(parts) < 4 else "".join(shown for _, shown in parts[3].tokens)
    return "".join(text if part is Part.CELL_TEXT else shown for part, shown in section.tokens)


@lru_cache(maxsize=1024)
def is_date_code(code: str) -> bool:
    """Tell whether a format shows numbers as dates or times."""
    return sections(code)[0].has(*_DATES)


def exactly(value: float) -> Decimal:
    """Return a number with the fifteen digits that Excel keeps: 0.1 + 0.2 is 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def general(value: Decimal) -> str:
    """Return a number as it is typed: no zeros at its end, E only where it is very long.

    >>> general(Decimal("1200.50")), general(Decimal("1E+30"))
    ('1200.5', '1E+30')
    """
    if value == value.to_integral_value() and value.adjusted() < _MOST_DIGITS:
        return str(int(value))
    plain = f"{value.normalize():f}"
    return plain if len(plain.lstrip("-0.")) <= _MOST_DIGITS else f"{value.normalize():E}"


def _chosen(value: Decimal, parts: Sequence[Section]) -> tuple[Section, bool]:
    """Return the section for a number, and whether it shows a negative number without a sign of its own."""
    if any(part.condition for part in parts):
        for place, part in enumerate(parts):
            if part.condition is None:
                return part, place > 1
            sign, bound = part.condition
            if _COMPARED[sign](value, bound):
                return part, sign in "<=" and bound <= 0 and value < 0
        return _GENERAL, False
    if value < 0 and len(parts) > 1:
        return parts[1], True
    return (parts[2] if value == 0 and len(parts) > 2 else parts[0]), False


def _shown(value: Decimal, section: Section) -> str:
    tokens = section.tokens
    if section.has(Part.GENERAL) or _is_fraction(tokens):
        number = shaped(general(value), section.shapes)
        if not section.has(Part.GENERAL):
            return number
        return "".join(number if part is Part.GENERAL else text for part, text in tokens)
    if not section.has(Part.DIGIT):
        return "".join(text for _, text in tokens)
    if section.has(Part.EXPONENT):
        return _scientific(value, tokens)
    percents = sum(text.count("%") for part, text in tokens if part is Part.TEXT)
    return _placed(value * 100**percents, tokens, section.shapes)


def _is_fraction(tokens: Sequence[Token]) -> bool:
    """Tell whether a format shows fractions (`# ?/?`): these are shown as decimals, which say the same."""
    digits = [place for place, (part, _) in enumerate(tokens) if part is Part.DIGIT]
    return any(tokens[place][1] == "/" for place in range(digits[0], digits[-1])) if digits else False


def _placed(value: Decimal, tokens: Sequence[Token], shapes: str) -> str:
    """Set the digits of a number into the places of its format, from the point outwards."""
    places = [place for place, (part, _) in enumerate(tokens) if part is Part.DIGIT]
    point = next((place for place, (part, _) in enumerate(tokens) if part is Part.POINT), len(tokens))
    whole_places = [place for place in places if place < point]
    decimals = [place for place in places if place > point]
    scale = _trailing_commas(tokens, whole_places, point)
    rounded = value.scaleb(-3 * scale).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _CONTEXT)
    whole, _, fraction = f"{rounded:f}".partition(".")
    texts = [_literal(token) for token in tokens]
    grouped = any(
        part is Part.COMMA and whole_places and whole_places[0] < place < whole_places[-1]
        for place, (part, _) in enumerate(tokens)
    )
    _set_whole(texts, whole.lstrip("0"), tokens, whole_places, grouped)
    _set_decimals(texts, fraction, tokens, decimals)
    if not whole_places and whole.strip("0") and point < len(tokens):
        texts[point] = whole + texts[point]
    return "".join(
        shaped(text, shapes) if part in (Part.DIGIT, Part.POINT) else text
        for text, (part, _) in zip(texts, tokens, strict=True)
    )


def _literal(token: Token) -> str:
    part, text = token
    return "" if part in (Part.DIGIT, Part.COMMA) else text


def _trailing_commas(tokens: Sequence[Token], whole_places: Sequence[int], point: int) -> int:
    """Count the commas behind the last whole digit: each divides by a thousand."""
    if not whole_places:
        return 0
    count = 0
    for part, _ in tokens[whole_places[-1] + 1 : point]:
        if part is not Part.COMMA:
            break
        count += 1
    return count


def _set_whole(
    texts: list[str], digits: str, tokens: Sequence[Token], places: Sequence[int], grouped: bool
) -> None:
    """Fill the whole places from the right; what is left over stands at the first."""
    padded = max((n for n, place in enumerate(reversed(places), 1) if tokens[place][1] == "0"), default=0)
    digits = digits.zfill(padded) if padded else digits
    if grouped:
        marked = [
            digit + ("," if behind and behind % 3 == 0 else "")
            for digit, behind in zip(digits, range(len(digits) - 1, -1, -1), strict=True)
        ]
    else:
        marked = list(digits)
    for number, place in enumerate(reversed(places)):
        if not marked:
            break
        last = number == len(places) - 1
        texts[place] = "".join(marked) if last else marked[-1]
        marked = [] if last else marked[:-1]


def _set_decimals(texts: list[str], digits: str, tokens: Sequence[Token], places: Sequence[int]) -> None:
    """Fill the places behind the point; zeros at the end stand only where the format has a 0."""
    kept = max(
        (n for n, place in enumerate(places, 1) if tokens[place][1] == "0" or digits[n - 1 :].strip("0")),
        default=0,
    )
    for place, digit in zip(places[:kept], digits[:kept], strict=True):
        texts[place] = digit


def _scientific(value: Decimal, tokens: Sequence[Token]) -> str:
    point = next((n for n, (part, _) in enumerate(tokens) if part in (Part.POINT, Part.EXPONENT)), 0)
    end = next(n for n, (part, _) in enumerate(tokens) if part is Part.EXPONENT)
    decimals = sum(part is Part.DIGIT for part, _ in tokens[point:end])
    least = sum(part is Part.DIGIT for part, _ in tokens[end:])
    mantissa, _, exponent = f"{value:.{decimals}E}".partition("E")
    sign = "-" if exponent.startswith("-") else "+"
    return f"{mantissa}E{sign}{exponent.lstrip('+-').zfill(least)}"
