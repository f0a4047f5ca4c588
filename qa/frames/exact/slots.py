"""What is exact in a question beside names: places in an order, numbers of items, amounts, units, decimals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Generic, TypeVar

from corpus.data_rows import data_rows
from corpus.lexicon.said_amounts import said_amounts
from qa.frames.frame import Threshold

T = TypeVar("T")
_KANJI = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}
_N = r"([0-9]{1,2}|[一二三四五六七八九十])"
_ORDER = re.compile(rf"(?<!何)第?{_N}(?:番目|番め|ばんめ|番手|位|つ目|つめ)(?!まで|以内)")
_COUNT = re.compile(
    rf"(?:上位|下位|トップ|ベスト|ワースト)\s*+{_N}(?:つ|個|件|本|事業|項目|位)?+|(?<![の両])(?<![0-9]){_N}(?:つ|個|件|本|事業|項目|位まで)(?!目|め|未満|以|の|費目|で|、|から|中|あたり|当たり|当り|につき)"
)
_MARK = r"(?P<mark>新規|拡充|継続|廃止|終了|皆減|皆増|新し(?:い|く(?:始|でき)[^、。]{0,3}る)|新(?=事業))"
_NEW = "新規"
_ALIKE = {"終了": "廃止", "皆減": "廃止", "皆増": _NEW}
_AMONG_MARKED = re.compile(
    rf"{_MARK}(?:の|された)?(?:事業|項目|もの|分|[0-9]事業|[0-9]件)?(?:のうち|のなか|の中|では?(?=[^すしご]))"
)
_BUT_MARKED = re.compile(
    rf"{_MARK}(?:に?なったもの|に?なったの|した|の|分|事業|項目|もの)*(?:を|は)?(?:除|のぞ|以外|別と|抜|数えな|外し)"
)
_ENDED = re.compile(
    r"(?:終了|廃止|皆減)(?:した|の|された|になった|となった)?(?:事業|もの|項目)"
    r"(?!を?除|以外|は別|[をは]?抜|も[含入数]|は数えな)"
    r"|(?:年度|去年|前年|昨年)(?:限り)?で(?:終わ(?:った|る|って)|終了し?|廃止)"
)
_LESSER = re.compile(
    r"(?:どちら|どっち|いずれ)[^、。]{0,12}(?:少な|小さ|低|減)|(?:少な|小さ|低)[^、。]{0,8}(?:どちら|どっち|いずれ)"
)
_LEAST = re.compile(
    r"(?:一番|1番|いちばん|最も|もっとも)[^、。はが]{0,3}(?:少な|小さ|低|すくな|ちいさ|ひく)|最(?:小|少|低)"
)
_PER_UNIT = re.compile(
    r"(?:人|ひとり|名|件|世帯|か所|施設|校|社|団体|台|日|回|基|戸|月|か月|時間)\s*(?:あたり|当たり|当り|につき)(?!前)"
    r"|月額|日額|時給|(?<![0-9今来先])(?:毎月|ひと月|月|[1一](?:人|回|日|時間))(?:に|で)?(?:いくら|何円|なんぼ)"
)
_PORTION = re.compile(
    r"(?:(?P<digits>[0-9]+(?:\.[0-9]+)?)|(?P<kanji>[一二三四五六七八九]))(?:(?P<percent> ?(?:%|パーセント))|割)"
    r"(?=を|以|も|超|より)"
    r"|半分(?=を|以|も|超|より)"
)
_UNIT = re.compile(
    r"(?<![0-9万千百億])(?P<unit>百万円|億円|万円|千円|円)(?:\([^()]*\))?(?:単位|未満|表記|換算|に(?:直|換算|する|し)|で(?!す|しょ|は(?:なく|ない))|だと|[)）])"
    r"|何(?P<what>百万円|億円|万円|千円|円)"
)
_DECIMALS = re.compile(rf"小数(?:点)?(?:以下)?(?:第)?{_N}(?:位|桁|けた|ケタ)")
_ROUNDED = re.compile(r"四捨五入|丸め|概数|切り上げ|切り捨て|ざっくり")
_YEARS = re.compile(r"(?:2|二|両)(?:か|カ|ヶ|箇|ヵ)?年(?:度)?(?:分|間|とも|それぞれ|の(?:額|数字|予算|金額))")
_BEFORE_THAT = re.compile(
    r"(?:その|さらに|もう(?:1|一)年)(?:1つ|一つ|ひとつ)?前(?:の年|年度|の年度|は|だと|も|[?？。]|$)"
)
_TOGETHER = re.compile(r"合わせ|あわせ|合計|合算|足し|足す|計で|(?:年|度|予算|額)の?計(?=[をは、。?]|$)")
_BUT = re.compile(r"(?:以外|を?除|でない|じゃない|ではない|を?のぞ|を抜)")


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """A value that `text[start:end]` says."""

    start: int
    end: int
    value: T


def orders(text: str) -> Iterator[Slot[int]]:
    """Yield the places in an order that a folded text names: 3 for 「三番目」."""
    return (Slot(*match.span(), _number(match[1])) for match in _ORDER.finditer(text))


def counts(text: str) -> Iterator[Slot[int]]:
    """Yield the numbers of items: 5 for 「上位5つ」."""
    return (Slot(*match.span(), _number(match[1] or match[2])) for match in _COUNT.finditer(text))


def thresholds(text: str) -> Iterator[Slot[Threshold]]:
    """Yield the amounts of money: 50,000千円, 5千万円, 一億, 3000万."""
    return (Slot(span.start, span.end, Threshold(span.value, span.unit)) for span in said_amounts(text))


def portions(text: str) -> Iterator[Slot[Threshold]]:
    """Yield the parts of a whole that a question names: 60% for 「6割」."""
    for match in _PORTION.finditer(text):
        number = Decimal(_KANJI[match["kanji"]]) if match["kanji"] else Decimal(match["digits"] or 5)
        yield Slot(*match.span(), Threshold(number if match["percent"] else number * 10, "%"))


def marked_of(text: str) -> str | None:
    """Return the mark among whose items something is sought: 新規 for 「新規事業のうち」."""
    return _mark(_AMONG_MARKED.search(text))


def asks_for_ended(text: str) -> bool:
    """Tell whether items are meant that have no amount any more: 「7年度で終わった事業」."""
    return bool(_ENDED.search(text))


def unmarked_of(text: str) -> str | None:
    """Return the mark whose items are left out: 新規 for 「新規を除いて」."""
    return _mark(_BUT_MARKED.search(text))


def _mark(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return _NEW if match["mark"].startswith("新") else _ALIKE.get(match["mark"], match["mark"])


def asks_for_lesser(text: str) -> bool:
    """Tell whether the smaller of two is asked for: どっちが少ない."""
    return bool(_LESSER.search(text))


def asks_for_least(text: str) -> bool:
    """Tell whether what is least is asked for: 増加額が一番小さい."""
    return bool(_LEAST.search(text))


def direction_of(text: str) -> str | None:
    """Return which way alone a folded text says that an amount went: rise, fall or equal; None for both, or neither."""
    found = [way for way, stems in _directions().items() if any(stem in text for stem in stems)]
    return found[0] if len(found) == 1 else None


def asks_for_both_years(text: str) -> bool:
    """Tell whether the amounts of both years are asked for: 2か年分, 両年度の額."""
    return bool(_YEARS.search(text))


def asks_for_the_year_before_that(text: str) -> bool:
    """Tell whether the year before the one that was spoken of is asked for: その前の年は."""
    return bool(_BEFORE_THAT.search(text))


def is_added_up(text: str) -> bool:
    """Tell whether amounts are to be added up: 「合わせていくら」."""
    return bool(_TOGETHER.search(text))


def is_left_out(text: str, end: int) -> bool:
    """Tell whether what ends there is left out: 「一般財源を除いた」."""
    return bool(_BUT.match(text, end))


def is_per_unit(text: str) -> bool:
    """Tell whether an amount for each of something is asked for: 1件あたり, 一人当たり, 月額."""
    return bool(_PER_UNIT.search(text))


def unit_of(text: str) -> str | None:
    """Return the unit of money that a folded text asks for."""
    match = _UNIT.search(text)
    return (match["unit"] or match["what"]) if match else None


def decimals_of(text: str) -> int:
    """Return the decimal places asked for; one where nothing is said."""
    match = _DECIMALS.search(text)
    return _number(match[1]) if match else 1


def rounding_of(text: str) -> int | None:
    """Return to how many decimal places an amount in another unit is to be rounded; None where exact."""
    if _DECIMALS.search(text):
        return decimals_of(text)
    return 0 if _ROUNDED.search(text) else None


def without_decimals(text: str) -> str:
    """Return a text without the words that say how many decimal places, each letter of them a space."""
    return _DECIMALS.sub(lambda match: " " * len(match[0]), text)


@cache
def _directions() -> dict[str, tuple[str, ...]]:
    return {way: tuple(stems) for way, *stems in data_rows("qa.frames.exact", "directions.tsv")}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _KANJI[text]
