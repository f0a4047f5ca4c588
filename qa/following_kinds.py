"""Words of one kind, of which one may stand for another: days for days, people for people, charges for charges."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import takewhile

_DAY = (
    r"(?:[月火水木金土日]曜(?:日)?|平日|土日祝日?|土日|休日|祝日|祭日|週末|夜間?|日中|昼間?|朝|夕方|早朝|深夜|午前中?|午後|年末年始"
    r"|(?:春|夏|冬)休み|夏期|冬期|夏季|冬季|長期休業中?|(?:1[0-2]|[1-9])月|雨天?|荒天|大雨|台風|来月|今月|先月|毎月|前回|次回|今回|初回|当日|前日|翌日|前期|後期|上半期|下半期)"
)
_PEOPLE = (
    r"(?:(?:小さい)?(?:子ども|子供|こども)|大人|おとな|小人|一般|高齢者|お年寄り|シニア|赤ちゃん|妊婦|男性|女性|夫婦|団体|個人|法人|企業"
    r"|[一-龥々ァ-ヶー0-9・]{0,6}(?:学生|校生|大生|年生|園児|幼児|乳児|児童|生徒|住民|市民|世帯|家庭|利用者|障害者|会員|外国人|保護者|[0-9]歳(?:以上|以下|未満)?))"
)
_AREA = r"[^\s、のはがを]{1,6}(?:地区|地域|学区|校区|エリア|方面|丁目)"
_CHARGE = re.compile(r".(?:料金?|代金?|費用?|運賃|賃)$")
_MONEY = re.compile(r"予算|決算|[総金]額|事業費|経費")


class Sort(StrEnum):
    """What kind of word it is."""

    DAY = "day"
    PEOPLE = "people"
    AREA = "area"


_PATTERNS = {Sort.DAY: re.compile(_DAY), Sort.PEOPLE: re.compile(_PEOPLE), Sort.AREA: re.compile(_AREA)}
_BY_ITSELF = re.compile(r"[のはがをにもでと、。?!・()」]|だと|なら|から|まで|$")  # 市民プール is for no 市民
SAID_OF = re.compile(
    rf"^(?P<of>{_DAY}|{_PEOPLE})(?:の(?:場合|とき|時))?(?:は|だと|なら|では|でも|って)(?P<asked>(?!何[人社名件]|何世帯|誰).+)$"
)
WHO = re.compile(
    r"^(?P<who>[^\s、。?]{1,12}(?:の(?:人|世帯|家庭)|(?:[市町村区県]外|[市町村区県]内|在住|在勤|在学)の方|(?:い|な|た|る)(?:人|方|かた|世帯|家庭|子)))(?=[はもだなで?]|って|$)"
)
_SOME_PEOPLE = re.compile(rf"[^\s、の]{{1,8}}{_PEOPLE}")  # ひとり親家庭
DAY_FIRST = re.compile(rf"^{_DAY}(?:分|の(?:日|場合|とき|時|分))?(?=[はもだなで?、]|って|$)")
DAY_OF = re.compile(rf"^(?:{_DAY}(?:中)?(?:の|に))++")


def sort_of(text: str) -> Sort | None:
    """Return the kind that the whole `text` is of.

    >>> sort_of("土曜日"), sort_of("小学生"), sort_of("図書館")
    (<Sort.DAY: 'day'>, <Sort.PEOPLE: 'people'>, None)
    """
    found = next((sort for sort, pattern in _PATTERNS.items() if pattern.fullmatch(text)), None)
    return found or (Sort.PEOPLE if _SOME_PEOPLE.fullmatch(text) else None)


def where_alike(sort: Sort, text: str, words: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return where `text` has a word of the kind `sort`; `words` are the places of its words."""
    starts, ends = {start for start, _ in words}, {end for _, end in words}
    for match in _PATTERNS[sort].finditer(text):
        if match.start() in starts and match.end() in ends and _BY_ITSELF.match(text, match.end()):
            return match.span()
    return None


def is_charge(noun: str) -> bool:
    """Tell whether a noun names what is paid: 受講料, おやつ代."""
    return bool(_CHARGE.search(noun))


def asks_of_money(text: str) -> bool:
    """Tell whether a question is about a budget, whose items end like charges."""
    return bool(_MONEY.search(text))


def same_shape(new: str, text: str) -> tuple[int, int] | None:
    """Return where `text` has `new` with another number: 第1期 for 第2期.

    >>> same_shape("2級", "手当の1級は月額いくら"), same_shape("柱3", "柱12は")
    ((3, 5), (0, 3))
    """
    if not re.search(r"[0-9]", new) or new.isdecimal():
        return None
    shape = re.sub(r"[0-9]+", "[0-9]+", re.escape(new))
    found = list(re.finditer(rf"(?<![0-9]){shape}(?![0-9])", text))
    return found[-1].span() if found else None


_ENDS = "課部局区市町村校館園所室型券級号係班駅院店会場"


def same_ending(a: str, b: str) -> bool:
    """Tell whether two names end in the same kind of thing.

    >>> same_ending("中学校", "小学校"), same_ending("国際協力課", "総務課"), same_ending("料理", "管理")
    (True, True, False)
    """
    if a == b or min(len(a), len(b)) < 2:
        return False
    return a[-1] == b[-1] and (a[-1] in _ENDS or (a[-2:] == b[-2:] and min(len(a), len(b)) > 2))


def common_ending(a: str, b: str) -> int:
    """Return how many characters two names share at their end.

    >>> common_ending("帆かけ奨学金", "星のしるべ奨学金")
    3
    """
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a[::-1], b[::-1], strict=False)))
