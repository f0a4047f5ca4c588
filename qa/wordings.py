"""Names and conditions that the words around them tell, whatever they are made of."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Who may or must: 市内に住む方を対象, 対象は65歳以上の方です.
_CONDITION = re.compile(
    r"(?:対象(?:者)?は、?|^|(?<=[、。はがで「]))(?P<who>[^、。「」：]{2,40}?)"
    r"(?=[をがも]対象|に限|に対し|(?<=[方人者帯])(?:です|に|が|は|の方|なら))"
)
# What is said to be the condition, whole: 対象は、…世帯です.
_STATED = re.compile(
    r"(?:対象(?:者)?|(?:できる|られる|える|せる)(?:方|人|者))(?:は、?|[：:　 ]+)"
    r"(?P<who>[^。：\n]{2,60}?)(?=です|とします|に限り|。|$)"
)
_TWO_CLAUSES = re.compile(r"^(?P<who>[^、。：「」]{2,25}、[^、。：「」]{2,20}(?:方|人|者|世帯))(?=[はに])")
_HELD_AS = re.compile(r"(?P<who>[^、。：]{2,25}?)をもって(?:充て|組織|構成)")
# Bodies whose legal form comes first may begin in kana, which no dictionary holds: 財団法人みなと協会.
_LEGAL = re.compile(
    r"(?:(?:一般|公益|特定非営利活動|社会福祉|医療|学校|独立行政|地方独立行政|NPO|ＮＰＯ)?(?:財団|社団)?法人"
    r"|株式会社|合同会社|有限会社)[ 　]?"
    r"[^\s、。「」（）()《》：]{2,25}?(?<=[一-鿿ァ-ヶーA-Za-z])"
    r"(?=[がはをにへとで](?![ァ-ヶ])|の|や|[（(、。」）)\s]|$)"
)
# 〜が担う, 〜に委託, 〜が運営.
_DOES = re.compile(
    r"[がに](?:毎[年月週日]|主に)?(?:担|運営|行|実施|点検|審査|引き継|受け持|務|中心|委託|依頼|任せ|お願い|よる)"
    r"|を(?:委託|依頼|お願い)|の参画|が(?:作|つく)"
)
# 会長　山田 太郎, 委員長：港大学教授　山田太郎.
_PERSON = re.compile(
    r"(?:長|頭|員|役|代表|理事|教授|監督|大使|知事)[：:]?[ 　]"
    r"(?P<name>[一-鿿々]{1,4}[ 　][一-鿿々ぁ-んァ-ヶー]{1,5}|[一-鿿々]{2,3}[一-鿿々ぁ-んァ-ヶー]{1,4})"
    r"(?=さん|氏|$|[\s（()）、。])",
    re.MULTILINE,
)
_CALLED = re.compile(r"(?:愛称|通称|略称|名称)(?:は|：|を)?[「『](?P<name>[^」』]{1,30})[」』]")
_COUNTRY_AND_TOWN = re.compile(r"[（(](?P<name>[一-鿿ァ-ヶー]{2,8}・[一-鿿ァ-ヶー]{2,10})[)）]")


def conditions(text: str) -> Iterator[Span]:
    """Yield for whom something is: 小学生等 of 小学生等を対象とした."""
    for form in (_CONDITION, _STATED, _TWO_CLAUSES, _HELD_AS):
        yield from (match.span("who") for match in form.finditer(text))


def legal_names(text: str) -> Iterator[Span]:
    """Yield names that begin with a legal form.

    >>> text = "一般財団法人みなと協会が担います。"
    >>> [text[start:end] for start, end in legal_names(text)]
    ['一般財団法人みなと協会']
    """
    yield from (match.span() for match in _LEGAL.finditer(text))


def is_doer(text: str, end: int) -> bool:
    """Tell whether what ends at `end` is said to do or to be given a task: 〜が担う, 〜に委託."""
    return bool(_DOES.match(text, end))


def persons(text: str) -> Iterator[Span]:
    """Yield names that stand after a title: 委員長　山田 太郎."""
    yield from (match.span("name") for match in _PERSON.finditer(text))


def nicknames(text: str) -> Iterator[Span]:
    """Yield what something is also called: （愛称「みなと号」）."""
    yield from (match.span("name") for match in _CALLED.finditer(text))


def towns_of_countries(text: str) -> Iterator[Span]:
    """Yield towns in brackets with their country: （タイ・ラヨーン）."""
    yield from (match.span("name") for match in _COUNTRY_AND_TOWN.finditer(text))
