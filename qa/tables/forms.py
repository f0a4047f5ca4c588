"""What form a cell's words have: a phone number, a sum, a date … or just text."""

import re
import unicodedata
from functools import lru_cache

from qa.tables.types import Piece

_FORMS = (
    (
        "none",
        re.compile(
            r"[-ー―‐–—*…・/]+|(?:販売)?な[しい]|無し?|無料|有り?|あり|不?可|[○×◯◎△]|未定|随時|同上|〃|不要|要|"
        ),
    ),
    (
        "phone",
        re.compile(
            r"(?:電話|TEL|ファク?シミリ|ファクス|FAX)?[:\s]*\(?0\d{1,4}[-)(]\d{1,4}[-)]\d{3,4}.*",
            re.IGNORECASE,
        ),
    ),
    ("money", re.compile(r"\A.*(?<!\d)\d[\d,.]*+(?:[億万千百]\d*+)*+円.*")),
    ("percent", re.compile(r"\A.*(?<!\d)\d[\d,.]*+(?:%|パーセント|割).*")),
    (
        "date",
        re.compile(
            r"(?:毎年|翌年)?(?:(?:令和|平成|昭和|大正|明治|[RHS])(?:\d{1,2}|元)|\d{4})[年./].*|\d{1,2}(?:月|/)(?:\d{1,2}日?|[上中下]旬)?(?:.*日.*|から|まで|頃)?"
        ),
    ),
    ("time", re.compile(r".*(?:\d{1,2}時(?!間)|\d{1,2}:\d{2}|正午).*")),
    (
        "weekday",
        re.compile(
            r".*(?:[月火水木金土日]曜|[月火水木金土日][・~、][月火水木金土日]).*|平日.*|土日.*|祝日|毎日|年中無休"
        ),
    ),
    (
        "count",
        re.compile(
            r"(?:約|延べ|各|計|年間?|月|週|上限)?\d[\d,.]*[億万千百]*(?:人|名|席|室|台|件|[かカヶケ]所|箇所|回|年|日|分|歳|冊|本|個|枚|団体|校|館|社|組|m|km|cm|kg|g|トン|戸|棟|隻|便|級|点|時間|週間|[かカヶケ]月|泊|食|階).{0,8}"
        ),
    ),
    ("number", re.compile(r"[△▲+-]?\d[\d,.]*")),
)


@lru_cache(maxsize=16384)
def form(words: str) -> str:
    """Return the form of a cell's words; "none" where they only say yes or no.

    >>> form("1,000円"), form("第２月曜日"), form("温水プール")
    ('money', 'weekday', 'text')
    """
    plain = re.sub(r"(?<=\d)\s(?=\d)", "", unicodedata.normalize("NFKC", words)).replace("〜", "~").strip()
    plain = plain.replace("−", "-").replace("‐", "-")
    return next((name for name, pattern in _FORMS if pattern.fullmatch(plain)), "text")


def piece_form(text: str, piece: Piece) -> str:
    return form(piece.words(text))
