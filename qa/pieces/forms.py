"""Forms of things that a text may hold: an amount, a date, a desk, a condition. What a question wants is learned."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from corpus.normalizing import normalize

# Every quantifier has an end: a pattern looks at a bounded stretch from each place, so a text takes linear time.
_N = r"[0-9一二三四五六七八九十百千万]{1,9}"
_END = r"(?:[^ぁ-ん一-鿿]|[がではにのへ]|まで|$)"
_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "money": re.compile(
            r"[0-9][0-9.]{0,12}[千百万億]{0,2}円|[一二三四五六七八九十百千万億]{1,9}円|無料|有料"
            r"|\([千百十万億]{0,3}円\)[^0-9]{0,8}[0-9]"  # 予算額(百万円): 542632
        ),
        "share": re.compile(r"[0-9.]{1,9}(?:%|パーセント|割)|[0-9二三四]{1,3}分の[0-9一二三]"),
        "clock": re.compile(r"[0-9一二三四五六七八九十]{1,3}(?:時(?!間)|:[0-9]{2})"),
        "date": re.compile(
            r"(?:(?:令和|平成|昭和|R|H)(?:[0-9]{1,2}|元)[年.]|[12][0-9]{3}年)"
            r"|[0-9一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}日)?"
        ),
        "weekday": re.compile(r"[月火水木金土日](?:曜|・[月火水木金土日])|平日|土日|祝日|毎日|年末年始"),
        "telephone": re.compile(r"[0-9X]{2,5}[-(][0-9]{2,4}[-)][0-9]{3,4}|#[0-9]{4}"),
        "span": re.compile(
            rf"{_N}(?:日|か月|ヶ月|カ月|箇月|週間|年|時間|分|歳)(?:以内|間|前|まで|未満|後|以上|以下)?"
        ),
        "count": re.compile(
            rf"{_N}(?:人|名|件|か所|ヶ所|箇所|店|枚|回|便|個|台|校|組|部|本|戸|世帯|メートル|平方メートル|m|番|席|冊|点|つ"
            r"|種類|言語|か国|団体|社|区画|室|床|階|リットル|キロ|kg|t|トン|km)"
        ),
        "url": re.compile(
            r"https?://|www\.|[\w.-]{1,40}@[\w-]{1,40}\.|[A-Za-z0-9_-]{1,40}\.(?:jp|com|org)|二次元|QR"
        ),
        "address": re.compile(
            r"[0-9一二三四五六七八九十]{1,4}(?:丁目|番地|番[0-9])|[0-9]{1,4}-[0-9]{1,4}-[0-9]{1,4}|[0-9一二三四五六七八九]階"
            r"|[市区町村][^、。 ]{1,8}[0-9]"
        ),
        "place": re.compile(
            rf"(?:センター|会館|館|窓口|ホール|公園|庁舎|駅|広場|会場|場|所|室|港|校|園|院|寺|前){_END}"
        ),
        "desk": re.compile(rf"(?:課|係|局|部|窓口|センター|事務所|室|担当|支所|委員会){_END}"),
        "person": re.compile(
            r"(?:長|氏|さん|様|議員|委員|先生|教授|代表|市長|町長|村長)(?:[^ぁ-ん一-鿿]|[がはの]|$)"
            r"|[一-鿿]{1,3} [一-鿿]{1,3}(?:$|[^一-鿿])"
        ),
        "reason": re.compile(r"ため|から、|ので|により|ことから|理由|目的|原因|背景"),
        "condition": re.compile(
            r"場合|とき|に限|のうち|対象|以上の|未満の|を除|ただし|のみ|要件|条件|者(?:$|[^一-鿿])"
        ),
        "negation": re.compile(r"ません|ない|ず、|不可|対象外|除き|除く|できな|禁止|休館|休み|不要"),
        "doing": re.compile(r"(?:して|って|えて|いて|んで)ください|申請|届出|提出|手続|申込|予約|持参|記入"),
        "meaning": re.compile(r"とは|をいう|をいい|のこと|略称|\([^)]{1,40}\)|を指し"),
        "several": re.compile(r"、.{1,20}、|・.{1,20}・|及び|又は|など"),
        "quoted": re.compile(r"[「『]"),
        "allowed": re.compile(r"できます|可能|あります|利用でき|対象(?:と|に|です)|無料|受け付け|有"),
        "limit": re.compile(r"以上|以下|未満|以内|まで|を超え"),
    }
)
_NAMED = ("desk", "place", "person")
_NAME_WANTED = 0.35  # from this probability on the title above an item may be what is wanted
FORMS = tuple(_PATTERNS)
LIST = "list"
"""Besides the forms a question may want: all things of a kind."""


WANTED = 0.6
"""From this probability on a thing of an exact form is wanted: what holds none is no answer."""
_WHEN = frozenset({"date", "weekday", "clock", "span"})
_HOW_MANY = frozenset({"count", "span", "share"})
_TAKEN_FOR: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{form: frozenset({form}) for form in ("money", "telephone", "url", "clock")},
        **dict.fromkeys(("date", "weekday"), _WHEN),
        **dict.fromkeys(("count", "span", "share"), _HOW_MANY | _WHEN),
    }
)
"""For each exact form that may be wanted, the forms that a person would take for it."""


def has_wanted(text: str, wants: npt.NDArray[np.float32]) -> bool:
    """Tell whether a text holds a thing of the form that is surely wanted: an hour, an amount, a telephone number.

    `wants` are the chances (0–1) of FORMS; True where no exact form is sure.
    """
    surely = {
        other
        for form, chance in zip(FORMS, wants, strict=False)
        if chance >= WANTED
        for other in _TAKEN_FOR.get(form, ())
    }
    return not surely or any(held([text])[0][FORMS.index(form)] for form in surely)


def held(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return which forms each text holds: 0 or 1, of shape (texts, forms).

    >>> dict(zip(FORMS, held(["手数料は450円です。"])[0].tolist()))["money"]
    1.0
    """
    told = [normalize(text).replace(",", "") for text in texts]
    rows = [[bool(pattern.search(text)) for pattern in _PATTERNS.values()] for text in told]
    return np.array(rows, np.float32).reshape(len(texts), len(FORMS))


def names_wanted(wants: npt.NDArray[np.float32]) -> bool:
    """Tell whether the name of a desk, a place or a person may well be wanted."""
    return any(wants[FORMS.index(form)] >= _NAME_WANTED for form in _NAMED)


def is_name(title: str, wants: npt.NDArray[np.float32]) -> bool:
    """Tell whether a desk, a place or a person is wanted, and the title is one."""
    wanted = [FORMS.index(form) for form in _NAMED if wants[FORMS.index(form)] >= _NAME_WANTED]
    return bool(wanted) and bool(held([title])[0][wanted].any())
