"""What kind of answer a question asks for, by its interrogative."""

import re

from qa.types import Wanted

_UNITS = (
    "人 名 件 か所 ヶ所 カ所 箇所 回 言語 か国 カ国 ヶ国 都市 団体 社 校 冊 枚 台 本 個 棟 戸 世帯 階 "
    "番目 か月 ヶ月 時間 分 日間 年間 歳 % パーセント 割 種類 つ"
)
_COUNTERS = "|".join(_UNITS.split())
# 何ヘクタール, 何席: whatever stands right after 何 and is no particle is what is counted.
_ANY_UNIT = re.compile(r"何([ァ-ヶー]{2,8}|[席頭匹羽基隻艘着組班科門丁条項票点品袋箱坪畳段級等隊両艇機件])")
_HOW_MANY = re.compile(rf"(?:何|なん|いくつの?|どのくらいの?|どれくらいの?)({_COUNTERS})")
_HOW_LONG = re.compile(r"何日(?=で|か|ほど|くらい|ぐらい|後)|どのくらいで|どれくらいで")

# The first pattern that matches decides: the more specific stand first.
_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.FREQUENCY,
        "頻度|間隔|何(?:年|か月|カ月|ヶ月|週間?|日)(?:おき|ごと|に[1一]?[回度])|(?:毎年|毎月|毎週|毎日)[^。]{0,8}(?:か|の)?[??]?$",
    ),
    (Wanted.AMOUNT, "いくら|何円|何[千万億]円|予算額|金額|(?:費用|料金|値段|手数料)は"),
    (
        Wanted.DUTY,
        "(?<!どの)(?<!何)(?:課|部|室|センター|係|局)(?:の|は|で|って).{0,8}(?:仕事|業務|事務|分掌|役目|担当)|分掌"
        "|(?:課|係|局)(?:は|って|では)(?:何を|なにを)(?:し|や|扱|担)",
    ),
    (Wanted.DIVISION, "(?:どこ|どの|何)の?(?:部署|課|係|部|局|窓口|担当)"),
    (Wanted.DIVISION, "(?:課|部署|係|担当)は(?:どこ|どちら|どの|何(?!を))"),
    (Wanted.DIVISION, "(?:担当|所管)(?:部署|課|は(?:どこ|[??]|$)|して)|どこが(?:担当|所管)"),
    (Wanted.WHO, "どこに(?:住|勤め|通)|だれでも|誰でも|どんな(?:人|子|方)|どういう(?:人|方)"),
    (Wanted.WHO, "どのような(?:人|方)|どういった(?:人|方)|対象者|対象は|(?:人|方|者)は[??]?$"),
    (Wanted.REASON, "なぜ|どうして|理由|なんで|何のため|わけは|目的は"),
    (Wanted.WHEN, "いつ|何年(?!間)|何月|何日(?!間)|何時|日付|時期|年月日|期限|何曜"),
    (Wanted.WHEN, "(?:時間|期間|期日|日程|休館日|休み|定休日|開催日|任期|曜日)(?:は|って|を教|を知)"),
    (Wanted.COUNT, f"いくつ|(?:何|なん)(?:{_COUNTERS})|件数|人数|回数|割合|何割|どのくらい|どれくらい"),
    (Wanted.DEFINITION, "とは(?:何|なに|どんな|どういう|[??。]|$)|って(?:何|なに|なん)(?:の|です|だ|[??]|$)"),
    (Wanted.DEFINITION, "意味|何のこと|どういうもの|どんな(?:組織|もの|制度|仕組み|団体|会議)"),
    (
        Wanted.NAME,
        "何(?:と|て|という|っていう)(?:い|言|呼|名|[??])|名前|名称|正式|題名|タイトル|略称|日本語で|英語で",
    ),
    (Wanted.METHOD, "どうやって|どのように|方法|やり方|どうすれば|どうしたら|手順"),
    (Wanted.WHO, "誰|だれ|どなた|何者|どんな(?:人|子|方)|どういう人|対象者"),
    (
        Wanted.WHERE,
        "どの(?:あたり|辺|へん)|(?:開催地|所在地|移転先|設置先|会場)は|どこ|何処|場所(?:は|って|を教|[??]|$)|どちら|どの(?:国|街|町|都市|区|市|県|地域|施設)|何(?:区|県|国|市)",
    ),
    (Wanted.OTHER, "何|なに|どう|どんな|どれ|どっち"),
    (Wanted.YES_NO, "(?:ます|です|ある|ない|できる|れる|の|いい)(?:か|の)?[??。]?$"),
)
_WANTED = tuple((wanted, re.compile(pattern)) for wanted, pattern in _PATTERNS)
_ALL = re.compile(
    "すべて|全て|両方|つとも|人とも|ひととおり|一通り|全部(?!で)|ぜんぶ(?!で)|残らず|列挙|一覧|並べて|ならべて|挙げ|あげて|何と何|(?:何|どこ|誰|だれ|いつ|どの).{0,3}と、?(?:何|どこ|誰|だれ|いつ|どの)|それぞれ|リスト|項目を|もれなく|漏れなく|どんなもの"
)
# The noun that an interrogative is about says how its answer ends: どの区 → 磯子区, 何という条例 → …条例.
_HEAD = re.compile(
    r"(?:どの|何という|なんという|どこの|何の)(?!名前|名称|方|人|あたり|辺)([一-鿿ァ-ヶー]{1,5})|何([区国県市町村社校語駅課部局])"
)
# 窓口はどこ: the noun is what the answer is; 市は何を進める: it is not.
_HEAD_AFTER = re.compile(
    r"([一-鿿ァ-ヶー]{1,8})(?:は|って)(?:どこ|何|なに|誰)(?:です|でしょ|なの|に[なあ]|だ|か|[??。]|$)"
)
# 主催した団体は?: a noun that only a question mark follows.
_HEAD_LAST = re.compile(r"(?<=[たるいの])([一-鿿ァ-ヶー]{2,8})は[??]$")
_HEAD_NAMED = re.compile(
    r"([一-鿿ァ-ヶー]{1,8})(?:の|は|って|を|、)*"
    r"(?:何(?:という|ていう|っていう|て|と)?(?:名前|名称|い[いう]|呼)|名前|名称|題名|タイトル|呼び名|呼び方|愛称)"
)
# Nouns that any answer could be said to be.
_ANY_THING = frozenset(
    "取組 取り組み 取組み もの こと 正式 日本語 英語 目的 理由 内容 特徴 目標 狙い 役割 課題".split()
)
_ASKING = re.compile(
    "(?:日本語|英語|横文字|正式|略称)(?:の(?:名前|名称|略)|な(?:名前|名称))?(?:で|では)?(?:言うと|いうと)?|どんな(?:人|子|方|組織|もの|制度|仕組み|団体|会議)"
    # A division is asked for: that it is in charge says nothing of what it is in charge of.
    "|(?:どの|どこの|何の?)(?:課|部署|係|部|局|窓口)"
    "|(?:担当|所管|受け持|受持)[ぁ-ん]{0,4}(?=課|部署|係|窓口|の?は?どこ|どの|何)|(?:課|部署|係)は(?=どこ|どち|何)"
)
_CHOICE = re.compile("それとも|または.{1,12}(?:どちら|どっち)")
_SUBJECT = re.compile(
    r"^[「『]?(.{2,24}?)[」』]?(?:とは|って(?:何|なに|どんな|いう)|の(?:正式|意味|日本語)|を(?:日本語|英語)で|は何の略)"
)
# 国からもらった称号って何: what is described is asked for by name, what is only named is to be explained.
_DESCRIBED = re.compile(r"(?:[がをは]|から).{1,20}(?:って(?:何|なに|なん)|とは何)")
_OPEN = (Wanted.OTHER, Wanted.YES_NO, Wanted.WHO, Wanted.WHERE, Wanted.NAME)


def wanted_kind(normalized: str) -> Wanted:
    """Return the kind of answer asked for.

    >>> wanted_kind("受付は何時からですか?").value
    'when'
    """
    if how_many(normalized) and not _starts_with_amount(normalized):
        return Wanted.COUNT
    wanted = next((wanted for wanted, pattern in _WANTED if pattern.search(normalized)), Wanted.OTHER)
    if wanted is Wanted.DEFINITION and _DESCRIBED.search(normalized):
        wanted = Wanted.NAME
    return Wanted.LIST if wanted in _OPEN and wants_all(normalized) else wanted


def wants_all(normalized: str) -> bool:
    """Tell whether every member is asked for (すべて, 全部, 列挙 …)."""
    return bool(_ALL.search(normalized))


def how_many(normalized: str) -> str | None:
    """Return the counter that is asked for (何人 → 人), or None."""
    if _HOW_LONG.search(normalized):
        return "日間"
    found = _HOW_MANY.search(normalized) or _ANY_UNIT.search(normalized)
    return found[1] if found else None


def _starts_with_amount(normalized: str) -> bool:
    return bool(_WANTED[0][1].search(normalized))


def head_noun(normalized: str) -> str | None:
    """Return the noun that says what the answer is (どの区に → 区), or None."""
    patterns = (_HEAD, _HEAD_NAMED, _HEAD_AFTER, _HEAD_LAST)
    found = next((found for pattern in patterns if (found := pattern.search(normalized))), None)
    if found and found[1] in _ANY_THING:
        return None
    return next((group for group in found.groups() if group), None) if found else None


def subject(normalized: str) -> str | None:
    """Return what a question of meaning or name is about: VLRとは → VLR."""
    found = _SUBJECT.match(normalized)
    return found[1] if found else None


def asking_spans(normalized: str) -> list[tuple[int, int]]:
    """Return the parts that only say what kind of answer is wanted."""
    return [match.span() for match in _ASKING.finditer(normalized)]


def is_choice(normalized: str) -> bool:
    """Tell whether one of two named things is asked for (AですかそれともBですか)."""
    return bool(_CHOICE.search(normalized))
