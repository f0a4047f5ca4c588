"""Spans that can answer: counts with their counter, dates, definitions, names in brackets."""

import re
from collections.abc import Iterator

from corpus.tables.years import circled_year, fiscal_years
from qa.clauses import clauses

Span = tuple[int, int]

_LONG = 60
_DIGITS = r"[0-9０-９][0-9０-９,，]*+(?:[.．][0-9０-９]++)?+"
_KANJI_DIGITS = "[一二三四五六七八九十百千]+"
_NUMBER = rf"{_DIGITS}(?:[兆億万千百](?:{_DIGITS})?)*"
_SAME_COUNTER = (
    ("か所", "箇所", "カ所", "ヶ所", "ケ所", "ヵ所", "つ"),
    ("人", "名"),
    ("か国語", "カ国語", "ヶ国語", "ヵ国語", "言語", "語"),
    ("か国", "カ国", "ヶ国", "ヵ国"),
    ("か月", "カ月", "ヶ月", "ヵ月", "ケ月", "箇月"),
    ("%", "％", "パーセント", "割"),
    ("社", "つ"),
    ("歳", "才"),
    ("日間", "日", "週間", "か月"),
)
_SHARES = frozenset({"%", "％", "パーセント", "割"})
_BOUND = "(?:以内|以上|以下|未満|前|後)?"
# １人 of 一人ひとり counts nobody.
_EACH = "(?!ひとり|一人|親|暮らし)"
# An ordinal (12番目) is not how many.
_ANY_COUNTER = (
    r"(?:[か箇カヶケ]所|人|名|件|回|言語|か国|都市|団体|社|校|冊|枚|台|個|棟|戸|世帯"
    r"|[かカヶヵ]月|週間|時間|分間?(?!の|類|野|庁|署|科)|日間|年間|[歳席曲店点]|％|%|つ)"
)
_MONEY = re.compile(rf"(?<![0-9０-９])(?:{_DIGITS}[兆億万千百]*+)++円")
_FREE = re.compile("無料|無償|半額|全額|実費")
_SHARE = re.compile(rf"{_DIGITS}(?:％|%|割)|{_DIGITS}分の{_DIGITS}|[二三四]分の一")
_ORDINAL = re.compile(
    rf"第(?:{_DIGITS}|{_KANJI_DIGITS})[回期次号条代]|(?:{_DIGITS}|{_KANJI_DIGITS})(?:番|回|人|つ|年|期|か所|箇所|カ所|ヶ所|周年|例|館|校)目"
)
_DEADLINE = re.compile(
    rf"{_DIGITS}(?:日|週間|[かカヶヵ]月|年)(?:前|以内|後)(?:まで|から)?|(?<![一-鿿])(?:前日|当日|翌日|前々日|前月|翌月)(?:から|まで)?"
)
_SEASON = re.compile("(?:夏|冬|春)休み|年内|年度内|今年度|来年度|[春夏秋冬](?=[にのごか])(?:ごろ|頃)?")
_PLACE_NUMBER = re.compile(
    rf"[一-鿿ァ-ヶーA-Za-z]{{0,14}}{_DIGITS}階(?:[ 　]*{_DIGITS}番窓口)?|(?:[一-鿿]{{2,8}}[ 　]?)?{_DIGITS}番窓口"
)
_PHONE = re.compile(
    r"[#＃][0-9０-９]{3,4}|[0-9０-９]{2,5}[-－ー‐(（][0-9０-９]{1,4}[-－ー‐)）][0-9０-９]{3,4}|(?<=「)[0-9０-９]{3,4}(?=」)"
)
_WEB = re.compile(
    r"https?://[^\s、。（）「」]+|www\.[^\s、。（）「」]+|[\w.-]+@[\w-]+\.[\w.-]+|@[A-Za-z0-9_]{3,}"
)
_DATE = (
    r"(?:(?:令和|平成|昭和)(?:元|[0-9０-９]{1,2})(?:\([0-9]{4}\))?年度?|[0-9０-９]{4}年度?|[0-9０-９]{1,2}年度)"
    r"(?:[0-9０-９]{1,2}月)?(?:[0-9０-９]{1,2}日)?(?:末|中|当初)?|[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日|末|上旬|中旬|下旬)?"
)
_WEEKDAY = (
    r"(?:毎週|毎月|(?:第[0-9０-９一二三四][、・]?)+|祝日と|祝日・)?"
    r"(?:[月火水木金土日][・～〜])*[月火水木金土日](?:曜日|曜)(?:日)?|土日祝?日?|平日|年末年始|祝日"
)
_CLOCK = r"(?:午前|午後)?[0-9０-９]{1,2}(?:時(?!間)(?:[0-9０-９]{1,2}分|半)?|[:：][0-9０-９]{2})"
_MOMENT = rf"(?:{_DATE}|{_WEEKDAY}|{_CLOCK})(?:（[月火水木金土日][^）]{{0,6}}）)?"
_JOINED = re.compile(
    rf"{_MOMENT}(?:(?:から|より|まで|と|の|、|・|及び|並びに|～|〜|－|-|の毎週)*{_MOMENT}|(?:から|[～〜－・、-])[0-9０-９]{{1,2}}日(?![間前以後]))*(?:まで)?"
)
_DATES = re.compile(_DATE)
_DURATION = re.compile(
    r"(?<![0-9０-９和成月])[0-9０-９]{1,3}(?:年間?(?!度|[0-9０-９])|[かカヶヵ]月間?|週間|日間?|時間)(?:以内|前|後)?"
)
_LASTING = re.compile(
    rf"(?<![0-9０-９和成月第時:：]){_DIGITS}(?:年間|年(?![度生代0-9０-９目])|[かカヶヵ]月間?|週間|日間?|時間|分(?!の|類|庁|署|科|館)間?)(?:以内)?"
)
_SCHEDULE = re.compile(rf"(?:{_WEEKDAY})(?:の|、|[ 　])*{_CLOCK}(?:(?:から|～|〜|－|-){_CLOCK}(?:まで)?)?")
_FREQUENCY = re.compile(
    r"毎[年月週日]度?|隔[年月週日]|四半期ごと|半年ごと|"
    rf"(?:{_DIGITS}|{_KANJI_DIGITS})(?:年|[かカヶヵ]月|週間?|日|時間|分)(?:ごと|おき|に{_DIGITS}[回度])|"
    rf"[年月週日]に?(?:約|およそ)?{_DIGITS}[回度]"
)
_PARTICLE = re.compile("[はがをにでとのや]")
# みなと観光機構: a name may begin in kana.
_KANA = re.compile("(?![これそたま])[ぁ-ん]{2,4}(?<![はがを])")
_FRACTION = re.compile(rf"{_DIGITS}分の{_DIGITS}|[二三四]分の一|半額|全額|無料")


def counts(text: str, counter: str | None) -> Iterator[Span]:
    """Yield numbers with the counter asked for, or with any counter, fractions and amounts where none is."""
    same = next((group for group in _SAME_COUNTER if counter in group), (counter,) if counter else ())
    counters = "|".join(re.escape(c) for c in same) or _ANY_COUNTER
    for match in re.finditer(
        rf"(?<![和成昭第0-9０-９])(?:{_NUMBER}|{_KANJI_DIGITS})(?:[～〜]{_NUMBER})?(?:{counters}){_EACH}(?!目){_BOUND}",
        text,
    ):
        yield match.span()
    if counter in _SHARES:
        yield from (match.span() for match in _FRACTION.finditer(text))
    if counter is None:
        yield from (match.span() for match in _FRACTION.finditer(text))
        yield from amounts(text)


def amounts(text: str) -> Iterator[Span]:
    """Yield amounts of money."""
    for match in _MONEY.finditer(text):
        yield match.span()


def charges(text: str) -> Iterator[tuple[Span, float]]:
    """Yield what has to be paid, with how surely it answers (0–1): an amount, 無料, a share of it."""
    found = [*amounts(text)]
    yield from ((span, 1.0) for span in found)
    yield from ((match.span(), 0.7 if found else 1.0) for match in _FREE.finditer(text))
    yield from ((match.span(), 0.5 if found else 0.7) for match in _SHARE.finditer(text))


def ordinals(text: str) -> Iterator[Span]:
    """Yield which in a row: 第４回, 12番目."""
    yield from (match.span() for match in _ORDINAL.finditer(text))


def lengths(text: str) -> Iterator[Span]:
    """Yield how long something takes or lasts: ３週間, 30分."""
    yield from (match.span() for match in _LASTING.finditer(text))


def deadlines(text: str) -> Iterator[Span]:
    """Yield times that are counted from another: 前日まで, 14日前, １年以内."""
    yield from (match.span() for match in _DEADLINE.finditer(text))


def seasons(text: str) -> Iterator[Span]:
    """Yield times without a date: 夏休み, 年度内."""
    yield from (match.span() for match in _SEASON.finditer(text))


def schedules(text: str) -> Iterator[Span]:
    """Yield weekdays together with their hours: 月・木曜日13時～16時."""
    yield from (match.span() for match in _SCHEDULE.finditer(text))


def desks(text: str) -> Iterator[Span]:
    """Yield floors and numbered desks whole: 本庁２階21番窓口."""
    yield from (match.span() for match in _PLACE_NUMBER.finditer(text))


def phones(text: str) -> Iterator[Span]:
    """Yield telephone numbers."""
    yield from (match.span() for match in _PHONE.finditer(text))


def addresses_on_the_web(text: str) -> Iterator[Span]:
    """Yield addresses of pages and of mail."""
    yield from (match.span() for match in _WEB.finditer(text))


def dates(text: str, unit: str | None = None) -> Iterator[Span]:
    """Yield dates; with `unit` (年, 月, 日, 時) only those that are at least as exact."""
    for match in _DATES.finditer(text):
        if unit is None or unit in match[0]:
            yield match.span()


def times(text: str) -> Iterator[Span]:
    """Yield weekdays, hours and stretches of time whole: 毎週月曜日と木曜日, 午前９時から午後５時まで, ２年."""
    for pattern in (_JOINED, _DURATION):
        for match in pattern.finditer(text):
            yield match.span()


def frequencies(text: str) -> Iterator[Span]:
    """Yield how often something happens: 毎年, 隔年, 四半期ごと, 年２回."""
    for match in _FREQUENCY.finditer(text):
        yield match.span()


def smallest_unit(normalized: str) -> str | None:
    """Return the unit that a question of time asks for: 何月に → 月.

    >>> smallest_unit("何月に開きますか?")
    '月'
    """
    found = re.findall(r"何([年月日時曜])", normalized)
    return max(found, key="年月日曜時".index, default=None)


# 下記コラム参照 points to what explains, and explains nothing.
_ELSEWHERE = re.compile(r"参照|^(?:以下|次項|別紙|別表|裏面|右記|下記|上記|後述)")


def definitions(text: str, name: str) -> Iterator[Span]:
    """Yield what explains `name`: the line after NAME：, or the text in the brackets after it."""
    if name not in text:
        return
    escaped = re.escape(name)
    for match in re.finditer(rf"{escaped}(?:[（(][^）)]*[)）])?[ 　]*[：:]\s*([^\n]+)", text):
        yield _essence(text, *match.span(1))
    for match in re.finditer(rf"{escaped}[ 　]*[（(]([^）)]+)[)）]", text):
        if _ELSEWHERE.search(match[1]):
            continue
        yield _japanese_part(match[1], match.start(1)) or match.span(1)


def _essence(text: str, start: int, end: int) -> Span:
    """Return the last clauses of a long definition: they name what a thing is, those before them how it does it."""
    end -= len(text[start:end]) - len(text[start:end].rstrip("。 　"))
    runs = [a for a, b in clauses(text[start:end]) if start + b == end]
    return (start + min(runs), end) if runs and end - start > _LONG else (start, end)


def expansions(text: str, name: str) -> Iterator[Span]:
    """Yield the name that stands before （NAME）, or before （以下「NAME」という。）."""
    if name not in text:
        return
    for match in re.finditer(rf"「?([^「」（）()、。]{{3,40}})」?[（(]以下、?「{re.escape(name)}」", text):
        yield match.span(1)
    for match in re.finditer(rf"([ぁ-んァ-ヶー一-鿿・A-Za-z0-9]+?)[（(]{re.escape(name)}[)）]", text):
        start = max(
            (
                match.start(1) + m.end()
                for m in _PARTICLE.finditer(match[1])
                if not _KANA.fullmatch(match[1], 0, m.end())
            ),
            default=match.start(1),
        )
        yield (start if match.end(1) - start >= 4 else match.start(1)), match.end(1)


def _japanese_part(inside: str, offset: int) -> Span | None:
    for match in re.finditer(r"[^、,]+", inside):
        if re.search(r"[぀-ヿ一-鿿]", match[0]):
            return offset + match.start(), offset + match.end()
    return None


def last_year(text: str, *, near: int) -> int | None:
    """Return the fiscal year named last in `text`; ３年度 without an era is the one nearest to `near`.

    >>> last_year("客船 200回（R3：", near=2022)
    2021
    """
    named = [(span.end, span.year) for span in fiscal_years(text)]
    short = re.finditer(r"(?<![0-9０-９和成])([0-9０-９]{1,2})年度", text)
    named += [(match.end(), circled_year(int(match[1]), near=near)) for match in short]
    return max(named)[1] if named else None
