"""What a staff question asks for: the operation, the years, the unit, the scope. Names are found elsewhere."""

import re
from dataclasses import dataclass
from enum import StrEnum

from qa.ledger.vocabulary import (
    COUNTED,
    CUE,
    MONEY,
    MONTHLY,
    PER_HEAD,
    PROSE,
    STAGES,
)
from qa.ledger.years import YearMention, year_mentions

NAME = "〓"  # stands where a name was said


class Operation(StrEnum):
    """The computation a question wants."""

    AMOUNT = "amount"
    DIFFERENCE = "difference"
    RATE = "rate"
    SHARE = "share"
    SUM = "sum"
    RANK = "rank"
    COMPARE = "compare"
    DIRECTION = "direction"
    TIMES = "times"
    CHILDREN = "children"
    SOURCES = "sources"
    MARKED = "marked"
    HIGHLIGHTS = "highlights"
    COUNT = "count"
    NUMBER_OF = "number of"
    MOVED = "moved"
    DEPARTMENT = "department"


class Measured(StrEnum):
    """What a ranking orders by."""

    AMOUNT = "amount"
    INCREASE = "increase"
    DECREASE = "decrease"
    RATE_UP = "rate up"
    RATE_DOWN = "rate down"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without its names: `shape` is its text with each name replaced by 〓."""

    text: str
    shape: str
    operation: Operation | None
    years: tuple[YearMention, ...]
    unit: str | None
    digits: int
    measured: Measured
    smallest: bool
    top: int
    scope: str | None
    mark: str | None
    counter: str | None
    blocked: str | None
    stage: str | None
    money: bool
    cue: bool
    prose: bool


_DIGIT = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_N = r"([0-9]{1,2}|[一二三四五六七八九十])"
_PLACES = re.compile(rf"小数(?:点)?(?:以下)?(?:第)?{_N}(?:位|桁|けた|ケタ)")
_WHOLE = re.compile(r"整数|小数点以下(?:は)?(?:四捨五入|切り捨て|なし)|1の位|一の位")
_UNIT = re.compile(
    r"(?:何|を|は|、|\()?(?P<unit>百万円|億円|万円|千円|円|億)(?:単位)?(?:で(?!す|しょ|は(?:なく|ない))|だと|に(?:直|換算|する|し)|換算|表記|単位|[)）])"
    r"|何(?P<what>百万円|億円|万円|千円|円|億)"
)
_RANK = re.compile(
    r"(?:一番|いちばん|1番|最も|もっとも|最大|最小|最多|最少|最高|最低|トップ|ワースト|ベスト|筆頭|ランキング|上位|下位|順に|順位|順番|大きい順|多い順|高い順|小さい順|少ない順"
    rf"|{_N}番目に|{_N}位)"
)
_TOP = re.compile(
    rf"(?:上位|下位|トップ|ベスト|ワースト){_N}|{_N}(?:つ|個)(?:を|挙|あげ|教|並|ほど|$|[?。])|{_N}位まで|{_N}(?:事業|項目|件)(?:を|挙)"
)
_NTH = re.compile(rf"{_N}(?:番目に(?!$)|位(?!まで|以内))")
_UP = r"増|伸び|のび|上積|上乗|アップ|上が|膨ら|ふくら|ふえ|拡大し"
_DOWN = r"減|カット|削|縮|下が|落ち|ダウン|マイナス|へっ|へら"
_PERCENT = r"何%|何パ[ー]?セント|何割|%|パ[ー]?セント|率"
_SHARE = re.compile(
    r"占め|構成比|割合|比率|シェア|ウエイト|ウェイト|ウエート|比重|何割|に対する|全体の何(?:%|パーセント)|(?:〓|国際|予算|額|総額)の何(?:%|パーセント|分の)"
)
_TIMES = re.compile(r"何倍")
_EITHER = re.compile(
    r"どちら|どっち|いずれ|(?:〓.{0,12}(?:と|は|、).{0,10}〓.{0,8}より)|〓.{0,14}より.{0,14}〓?.{0,6}(?:多|少|大き|小さ|高|低|上|下)"
)
_CHANGE_NOUN = re.compile(
    r"差額|差引|増減額?|増△減|増額(?!し|さ)|減額(?!し|さ)|増加額|減少額|増加分|減少分|差(?:は|を|が|$|[^別異])|増減|変動額|純増|前年度?比|対前年|昨年度?比|前年度?差|上積み|上乗せ|伸び幅|減り幅|増え幅|増分|減分"
)
_HOW_MUCH = re.compile(
    r"いくら|幾ら|なんぼ|どれくらい|どのくらい|どれだけ|どれほど|何円|何千円|何万円|何百万|何億|金額|額|何千|幅"
)
# Whatever the verb, 「前の年と比べていくら」 asks for the change, never for the amount of the year before.
_COMPARED = re.compile(
    r"(?:比べ(?:て|ると|たら)?|比較(?:して|すると)|対比で?|より)[、は]{0,2}(?:いくら|幾ら|なんぼ|何[千百万億]*円|どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度))"
)
_HOW_IT_WENT = re.compile(r"どう(?:変わ|なっ|変化|推移)|推移")
_MOVED = re.compile(rf"(?:{_UP}|{_DOWN}|変わ|変化|違)")
_SUM = re.compile(
    r"合わせ|足す|足し|合計(?:すると|して|は|で|額|いくら|の|を)?|合算|トータル|総額|総計|計(?:は|で|いくら|何)|全部で|加え|まとめ|ひっくるめ"
)
_LIST = re.compile(
    r"列挙|一覧|すべて(?:挙|教|列|示|述|答|言|並|書|出|$|[?。])|全て|全部(?:教|挙|並|列|出|言|$|[?。])|挙げ|あげて|並べ|ならべ|リスト|何と何|どんな(?:もの|事業|費目|項目)が|どの(?:よう|様)な(?:もの|事業|費目|項目)が"
    r"|何が(?:ある|あり|含|入|挙|ぶら)|含まれ(?:る|て)|含む|ぶらさが|ぶら下が|構成(?:する|して|さ|は)|内訳|事業名|項目名|費目名|名称を|ラインナップ|(?:事業|費目|項目|もの|ポイント)(?:は|って)(?:何|なに|どれ|どんな)|(?:事業|費目|項目|もの|ポイント)(?:は)?(?:$|[?。])|残らず|もれなく|洗い出|何があ|どれ(?:です|$|[?。])"
)
_SOURCE_LIST = re.compile(r"財源(?:の)?(?:内訳|構成|は|を|の割合|比率)|財源(?:別|$)")
_NUMBER_OF = re.compile(
    r"(?:事業|費目|項目|本|件|メニュー)(?:は|の数|数|が)?(?:全部で|合計|合わせて)?(?:いくつ|何個|何件|何本|何事業|何費目|何項目|幾つ)|何(?:事業|費目|項目)|(?:事業|費目|項目)数"
)
_MOVED_ITEMS = re.compile(
    rf"(?:{_UP}|{_DOWN})[^、。]{{0,8}}(?:事業|項目|費目|もの)|(?:事業|項目|費目)(?:で|のうち|の中で).{{0,6}}(?:{_UP}|{_DOWN})"
)
_COUNTING = re.compile(r"いくつ|幾つ|何件|何個|何本|何事業|何項目|何費目")
_NEW = re.compile(r"新規|新しく(?:始|でき|立|加)|新設|新たに|ニュー")
_EXPANDED = re.compile(r"拡充")
_HIGHLIGHT = re.compile(r"ポイント|重点|目玉|柱(?:は|を|と)")
_DEPARTMENT = re.compile(
    r"所管|担当(?:は|する|して|部|課|の|$|[?。])|(?:どの|どこの|何|なん|どちらの)(?:部署|部局|部|課|局|係|室|組織|セクション|グループ|担当)|受け持(?:つ|って)|取り扱(?:う|って)|主管|どこが(?:担当|所管|やって|主管|受け持)"
)
_SCOPE = (
    ("expense", re.compile(r"費目|款|科目")),
    ("project", re.compile(r"事業|取組|取り組み|施策|プロジェクト")),
)
_RATIO_CHANGE = re.compile(
    rf"(?:増減率|増加率|減少率|伸び率|のび率|変化率|削減率|上昇率|成長率|増率|減率)|(?:何%|何パ[ー]?セント|何割).{{0,12}}(?:{_UP}|{_DOWN})|(?:{_UP}|{_DOWN}).{{0,14}}(?:{_PERCENT})|前年(?:度)?比(?:で|は|の|$|[?。、])?.{{0,6}}(?:何%|%|パーセント|率|は?$)|(?:比|比べ).{{0,10}}(?:何%|何パ[ー]?セント)"
)


def understood(text: str, shape: str) -> Asked:
    """Return what a folded question asks; `shape` is the same text with names replaced by 〓."""
    shape = _PLACES.sub("", shape)
    measured, smallest = _measured(shape)
    years = tuple(year_mentions(shape))
    counted = COUNTED.search(shape)
    return Asked(
        text=text,
        shape=shape,
        operation=_operation(shape),
        years=years,
        unit=_unit(shape),
        digits=_digits(text),
        measured=measured,
        smallest=smallest,
        top=_top(shape),
        scope=next((name for name, pattern in _SCOPE if pattern.search(shape)), None),
        mark="拡充" if _EXPANDED.search(shape) else "新規" if _NEW.search(shape) else None,
        counter=_counter(counted),
        blocked="per head" if PER_HEAD.search(shape) else "monthly" if MONTHLY.search(shape) else None,
        stage=next((name for name, pattern in STAGES if pattern.search(shape)), None),
        money=bool(MONEY.search(shape)),
        cue=bool(CUE.search(shape)) or NAME in shape,
        prose=bool(PROSE.search(shape)),
    )


def _operation(shape: str) -> Operation | None:
    for operation, test in _TESTS:
        if test(shape):
            return operation
    return Operation.AMOUNT if MONEY.search(shape) else None


def _is_rank(shape: str) -> bool:
    return bool(_RANK.search(shape)) and bool(
        re.search(
            rf"{_UP}|{_DOWN}|大き|多|高|小さ|少な|低|額|最大|最小|最多|最少|最高|最低|トップ|上位|下位|ランキング|順|かか|使",
            shape,
        )
    )


def _is_share(shape: str) -> bool:
    return bool(_SHARE.search(shape)) and not re.search(
        rf"(?:何割|何%|何パーセント)(?:くらい|ぐらい|ほど)?(?:{_UP}|{_DOWN})", shape
    )


def _is_rate(shape: str) -> bool:
    return bool(_RATIO_CHANGE.search(shape))


def _is_difference(shape: str) -> bool:
    how_much = _MOVED.search(shape) and _HOW_MUCH.search(shape)
    compared = _COMPARED.search(shape)
    return bool(_CHANGE_NOUN.search(shape) or how_much or compared or _HOW_IT_WENT.search(shape))


def _is_direction(shape: str) -> bool:
    return bool(_MOVED.search(shape)) and not _HOW_MUCH.search(shape)


def _is_sum(shape: str) -> bool:
    return bool(_SUM.search(shape)) and (
        shape.count(NAME) >= 2
        or bool(
            re.search(
                r"合わせ|足す|足し|合算|合計すると|全部で|加え|各|それぞれ|[0-9]つの|[0-9]費目|[0-9]事業|[0-9]つ",
                shape,
            )
        )
    )


def _is_sources(shape: str) -> bool:
    return (
        bool(_SOURCE_LIST.search(shape))
        and not re.search(r"一般財源|特定財源", shape)
        and "で、" not in shape
    )


def _is_number_of(shape: str) -> bool:
    return bool(_NUMBER_OF.search(shape))


def _is_moved(shape: str) -> bool:
    """Return whether the items that rose, or fell, are asked for: 「減った事業をすべて」, 「増えた事業はいくつ」."""
    return bool(_MOVED_ITEMS.search(shape)) and bool(_LIST.search(shape) or _COUNTING.search(shape))


def _is_marked(shape: str) -> bool:
    return bool(
        (_NEW.search(shape) or _EXPANDED.search(shape))
        and re.search(r"事業|項目|もの|取組|取り組み|どれ|何", shape)
    )


_TESTS = (
    (Operation.DEPARTMENT, lambda s: bool(_DEPARTMENT.search(s))),
    (Operation.TIMES, lambda s: bool(_TIMES.search(s))),
    (Operation.RANK, _is_rank),
    (
        Operation.COMPARE,
        lambda s: bool(_EITHER.search(s)) and not re.search(r"比べ(?:て|ると)?(?:いくら|どれ)", s),
    ),
    (Operation.RATE, _is_rate),
    (Operation.SHARE, _is_share),
    (Operation.MOVED, _is_moved),
    (Operation.NUMBER_OF, _is_number_of),
    (Operation.DIFFERENCE, _is_difference),
    (Operation.DIRECTION, _is_direction),
    (Operation.SOURCES, _is_sources),
    (Operation.MARKED, _is_marked),
    (Operation.HIGHLIGHTS, lambda s: bool(_HIGHLIGHT.search(s))),
    (Operation.SUM, _is_sum),
    (
        Operation.CHILDREN,
        lambda s: bool(_LIST.search(s)) and bool(re.search(r"事業|費目|項目|内訳|構成|もの|何", s)),
    ),
    (Operation.COUNT, lambda s: bool(COUNTED.search(s))),
)


def _measured(shape: str) -> tuple[Measured, bool]:
    rate = bool(re.search(r"率|%|パーセント|割合", shape))
    if re.search(_DOWN, shape) and not re.search(r"増△減|増減", shape):
        return (Measured.RATE_DOWN if rate else Measured.DECREASE), False
    if re.search(_UP, shape) and not re.search(r"増△減|増減", shape):
        return (Measured.RATE_UP if rate else Measured.INCREASE), bool(
            re.search(r"小さ|少な|低|最小|最少", shape)
        )
    return Measured.AMOUNT, bool(re.search(r"小さ|少な|低|最小|最少|最低|下位|ワースト", shape))


def _top(shape: str) -> int:
    match = _TOP.search(shape)
    if not match:
        return 1
    return _value(next(group for group in match.groups() if group))


def asked_too(shape: str) -> frozenset[Operation]:
    """Return further operations inside a ranking: 「割合が一番高い」 ranks shares."""
    return frozenset({Operation.SHARE}) if _SHARE.search(shape) else frozenset()


def nth(shape: str) -> int | None:
    """Return 2 for 「2番目に」."""
    match = _NTH.search(shape)
    return _value(match[1]) if match else None


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _DIGIT[text]


def _digits(shape: str) -> int:
    match = _PLACES.search(shape)
    return _value(match[1]) if match else 0 if _WHOLE.search(shape) else 1


def _unit(shape: str) -> str | None:
    match = _UNIT.search(shape)
    if not match:
        return None
    unit = match["unit"] or match["what"]
    return "億円" if unit == "億" else unit


def _counter(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    if match["nth"]:
        return "番目"
    if match["people"]:
        return "人"
    return "件" if match["cases"] else "回" if match["times"] else match["counter"]
