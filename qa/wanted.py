"""What kind of answer a question asks for, by its interrogative."""

import re

from qa.types import Wanted

_UNITS = (
    "人 名 件 か所 ヶ所 カ所 箇所 回 言語 か国語 カ国語 ヶ国語 ヵ国語 か国 カ国 ヶ国 都市 団体 社 校 "
    "冊 枚 台 本 個 棟 戸 世帯 階 番目 か月 カ月 ヶ月 ヵ月 週間 周年 時間 分 日間 年間 歳 才 "
    "% パーセント 割 種類 号 度(?!も|でも) つ"
)
_COUNTERS = "|".join(_UNITS.split())
# 何ヘクタール, 何席: whatever stands right after 何 and is no particle is what is counted.
_ANY_UNIT = re.compile(r"何([ァ-ヶー]{2,8}|[席頭匹羽基隻艘着組班科門丁条項票点品袋箱坪畳段級等隊両艇機件])")
_HOW_MANY = re.compile(rf"(?:何|なん|いくつの?|どのくらいの?|どれくらいの?)({_COUNTERS})")
_HOW_LONG = re.compile(
    r"(?<!月)何日(?=で(?!す|した|しょ)|か(?!ら)|ほど|くらい|ぐらい|後)|どのくらいで|どれくらいで"
)

# The first pattern that matches decides: the more specific stand first.
_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.FREQUENCY,
        "頻度|間隔|何(?:年|か月|カ月|ヶ月|週間?|日)(?:おき|ごと|に[1一]?[回度]|で(?:更新|見直|改定|改選|交代|入れ替))"
        "|(?:毎年|毎月|毎週|毎日)(?![^。]{0,8}(?:いくら|いくつ|何|なに|いつ|どこ|誰|だれ))[^。]{0,8}(?:か|の)?[??]?$",
    ),
    (
        Wanted.AMOUNT,
        "いくら|何円|何[千万億]円|予算額|予算は[??]|予算[??]?$|金額|(?:費用|料金|値段|手数料)は(?![^。]*(?:いつ|どこ|だれ|誰|どなた|どう|なぜ|何))",
    ),
    (
        Wanted.DUTY,
        "(?<!どの)(?<!どこの)(?<!何)(?<!何の)(?:課|部|室|センター|係|局)(?:の|は|で|って).{0,8}(?:仕事|業務|事務|分掌|役目|担当)|分掌"
        "|(?:課|室|部|係|局|センター|事務所)(?:さん)?(?:は|って|では)、?(?:何|なに|なん)を?(?:し[てま]|す|や[りっ]|扱|担)"
        "|(?:って|は|では)(?:何|なに|なん)を?(?:して|す|やって)[ぁ-ん]{0,4}(?:部署|課|係|室)"
        "|(?:課|室|部|係|局|センター)って(?:何|なに|どんな)[^。?]{0,6}(?:ところ|とこ|所|部署)"
        r"|[ぁ-ん]{3,}(?:か|しつ|かかり)\s?(?:は|って|の|では)\s?(?:どんな|何の?|なにの?)?\s?(?:しごと|仕事|業務|(?:何|なに)を?し)",
    ),
    (Wanted.DIVISION, "(?:どこ|どの|何)の?(?:部署|課|係|部|局|窓口|担当)"),
    (Wanted.DIVISION, "(?:課|部署|係|担当)は(?:どこ|どちら|どの|何(?!を))"),
    (Wanted.DIVISION, "(?:担当|所管)(?:部署|課|は(?:どこ|[??]|$)|して)|どこが(?:担当|所管)"),
    (Wanted.WHO, "どこに(?:住|勤め|通)|だれでも|誰でも|どんな(?:人|子|方)|どういう(?:人|方)"),
    (Wanted.WHO, "どのような(?:人|方)|どういった(?:人|方)|対象者|対象は|(?:人|方|者)は[??]?$"),
    (
        Wanted.REASON,
        "なぜ|どうして|理由|(?<![一-鿿ァ-ヶーん])なんで(?!す|しょ|し[ょた])|何のため|何のおかげ|わけは|目的は|[狙ねら]い(?:は|って)|きっかけは",
    ),
    (Wanted.WHEN, "いつ(?!も)|何年(?!間)|何月|何日(?!間)|何時|日付|時期|年月日|期限|何曜"),
    (
        Wanted.WHEN,
        "(?:時間|期間|期日|日程|日にち|日取り|締め?切り?|休館日|休み|定休日|開催日|任期|曜日)(?:は|って|を教|を知|を確認)|(?:設立|設置|開設|創設|制定|開館|開校)[年日](?:は|を|$)",
    ),
    (
        Wanted.COUNT,
        f"いくつ|(?:何|なん)(?:{_COUNTERS})|件数|人数|回数|割合|何割|どのくらい|どれくらい|どれぐらい|どのぐらい|どれだけ|の数(?:は|を|$|[、?])",
    ),
    (Wanted.DEFINITION, "とは(?:何|なに|どんな|どういう|[??。]|$)|って(?:何|なに|なん)(?:の|です|だ|[??]|$)"),
    (Wanted.DEFINITION, "意味|何のこと|どういうもの|どんな(?:組織|もの|制度|仕組み|団体|会議)"),
    (
        Wanted.NAME,
        "何(?:と|て|という|っていう)(?:い|言|呼|名|[??])|名前|名称|正式|題名|タイトル|略称|愛称|通称|日本語で|日本語に|英語で|何の略|なんて(?:いう|言う)",
    ),
    (
        Wanted.METHOD,
        "どうやって|どのように|方法|やり方|どうすれば|どうしたら|手順|どんな手段|何を?使っ?[うてた]|何の(?:機械|道具|手段)",
    ),
    (
        Wanted.WHO,
        "誰|だれ|どなた|何者|どんな(?:人|子|方|こ(?=[がをに]))|どういう(?:人|職員|資格)|対象者|(?:どんな|どういう)(?:世帯|家庭|職員)|運営者|(?:委託|依頼)先",
    ),
    (
        Wanted.WHERE,
        "どの(?:あたり|辺|へん)|(?:開催地|開催国|所在地|移転先|設置先|会場)は|どこ|何処|場所(?:は|って|を教|[??]|$)|どちら|どの(?:国|街|町|都市|区|市|県|地域|地区|施設|建物|会場|場所)|何(?:区|県|国|市)|[国街町]を教",
    ),
    (Wanted.OTHER, "何|なに|どう|どんな|どれ|どっち|どの"),
    (
        Wanted.YES_NO,
        "(?:ます|です|した|でしょう|ある|ない|る|う|(?<!くださ)(?<!た)(?<!し)い|た|の|め|本当|平気|大丈夫|必要|不要|無料|有料)(?:か|の|かな)?[??。]?$",
    ),
)
_WANTED = tuple((wanted, re.compile(pattern)) for wanted, pattern in _PATTERNS)
_ALL = re.compile(
    "すべて|全て|両方(?!の)|つとも|人とも|ひととおり|一通り|全部(?!で|支給|又は|または)|ぜんぶ(?!で)|残らず|列挙|一覧|並べて|ならべて|挙げ|あげて|何と何|(?:何|どこ|誰|だれ|いつ|どの).{0,3}と、?(?:何|どこ|誰|だれ|いつ|どの)|それぞれ|リスト|項目を|もれなく|漏れなく|のこらず|箇条書き|全種類|どこどこ|だれだれ|どれとどれ|どんなもの"
)
_NUMBER = "(?:[2-9]|1[0-9]|二|三|四|五|六|七|八|九|十|ふた|みっ|よっ|いつ)"
# Plural-sounding wordings without such a word; blanks are taken out before.
_SEVERAL = tuple(
    re.compile(pattern)
    for pattern in (
        # どんなものがありますか, どのような場合に借りられる, どういう費用を出してもらえる
        r"(?:どんな|どのような|どういう|どういった|どの)[^、。?]{0,12}?(?:が|は|に|も|には)?(?:あり|ある|あった|入って|含まれ|分かれ|構成)",
        "(?:どんな|どのような|どういう|どういった)(?:こと|事|もの|物|仕事|しごと|業務|活動|内容|方法|場合|とき|時|ケース|案件|分野|取組|取り組み"
        "|事業|催し|イベント|種類|タイプ|条件|費用|書類|サービス|相談|施設|設備|団体|機関|立場|課|係|役割|メニュー|コース|講座|手続|悩み|なやみ)",
        # 何があり, 何が必要, 何を持って, 何をします
        r"(?:何|なに)(?:が|を|に)[^。?]{0,10}?(?:あり|ある|あっ|必要|要り|いり|いる|要る|もらえ|貰え|借り|持っ|持参|用意|準備|そろえ|揃え|書け|書い"
        "|出せ|出し|添え|見せ|見ら|直し|増や|でき|食べ|選べ|学べ|扱っ|使え)",
        "(?:何|なに)を(?:し|す|や|行|おこな|して)",
        # ２つの名前は, 三者は, ４つを
        rf"{_NUMBER}(?:つ|者|本|点|人|名|社|校|園|館|課|言語|機関|団体|種類|項目|都市|分野|段階|[かヵカヶ]所|箇所|か国|カ国)"
        r"(?:の[^、。?]{1,14})?(?:を|は|って|とは|と?言|と?いう|が何|[?。]|$|あるそう|ある)",
        "項目|内訳|中身|流れ|手順|段取り|順番|順に|順序|持ち物|持参|要るもの|いるもの|必要な(?:もの|物|書類|持)|必要書類|提出書類|ラインナップ",
        "(?:条件|要件|役割|役目|仕事|業務|分掌|メンバー|構成員?|種類|内容|特典|効果|メリット|方法|手段|課題|柱|取組|取り組み|対象|機能|設備|部屋|言語|外国語|ことば"
        "|分野|業種|費目|品目|施策|事業|特徴|特色|コース|クラス|書類|注意点?|理由)"
        "(?:は|って|を(?:教|おしえ|知り|示|言)|には?(?:何|ど)|が知り|[?。]?$)",
        # もらえるものって, 入っているのはどこ
        r"(?:もの|物|こと|事|ところ|所|場所|会場|学校|館)(?:って|は)(?:何|なに|どこ|どれ)?(?:です|でしょう|なの|だ)?か?[?。]?$",
        "(?:どれ|どこ|だれ|誰|何|なに|どの).{0,3}と、?(?:どれ|どこ|だれ|誰|何|なに|どの)|いろいろ|主な|主に|たとえば|例えば|具体的に|以外に|のほかに?[、は]",
        "(?:られ|でき|せ|れ)ない[^、。?]{1,8}(?:は|って)(?:何|なに|どんな|どれ)|(?:資格|候補|選択肢)(?:は|が|に)",
        "(?:入って|参加して|加わって|属して|協力して|構成して)い?るのは|どこ[がと](?:いっしょ|一緒|協力|連携|組)",
    )
)
# What has one answer: a time, an amount, a name, one division.
_ONE = re.compile(
    "いくつ|いくら|いつ|何(?:時|月|日|年|課|区|人|番|曜)|(?:どこ|どの|何)の?(?:課|部署|国|町|街|区|建物|担当)|何(?:という|ていう|と呼|て呼)|なんて(?:いう|呼)"
    "|くらい|ぐらい|誰|だれ|どなた|なぜ|理由|意味|いちばん|一番|最も|(?:館|所|園|校|課|室|店)はどれ|どこが(?:引き|担当|やって|受け)|どんな人"
)
# The noun that an interrogative is about says how its answer ends: どの区 → 磯子区, 何という条例 → …条例.
_HEAD = re.compile(
    r"(?:どの|何という|なんという|どこの|どっちの|どちらの|何の)(?!名前|名称|方|人|あたり|辺)([一-鿿ァ-ヶー]{1,5})|何([区国県市町村社校語駅課部局])"
)
# 窓口はどこ: the noun is what the answer is; 市は何を進める: it is not.
_HEAD_AFTER = re.compile(
    r"([一-鿿ァ-ヶー]{1,8})(?:は|って)(?:どこ|どれ(?!だけ|くらい|ぐらい|ほど)|何|なに|誰)(?:です|でしょ|なの|に[なあ]|だ|か|[??。]|$)"
)
# 主催した団体は?: a noun that only a question mark follows.
_HEAD_LAST = re.compile(r"(?<=[たるいの])([一-鿿ァ-ヶー]{2,8})は[??]$")
_HEAD_NAMED = re.compile(
    r"([一-鿿ァ-ヶー]{1,8})(?:の|は|って|を|、)*"
    r"(?:何(?:という|ていう|っていう|て|と)?(?:名前|名称|い[いう]|呼)|名前|名称|題名|タイトル|呼び名|呼び方|愛称)"
)
# Nouns that any answer could be said to be.
_ANY_THING = frozenset(
    "開催地 開催場所 場所 会場 所在地 設置場所 実施場所 行き先 "
    "取組 取り組み 取組み 催 略 もの こと 正式 日本語 英語 目的 理由 内容 特徴 目標 狙い 役割 課題".split()
)
_ASKING = re.compile(
    "(?:日本語|英語|横文字|正式|略称)(?:の(?:名前|名称|略)|な(?:名前|名称))?(?:で|では)?(?:言うと|いうと)?|どんな(?:人|子|方|組織|もの|制度|仕組み|団体|会議)"
    # A division is asked for: that it is in charge says nothing of what it is in charge of.
    "|(?:どの|どこの|何の?)(?:課|部署|係|部|局|窓口)"
    "|(?:担当|所管|受け持|受持)[ぁ-ん]{0,4}(?=課|部署|係|窓口|の?は?どこ|どの|何)|(?:課|部署|係)は(?=どこ|どち|何)"
)
_CHOICE = re.compile("それとも|または.{1,12}(?:どちら|どっち)")
_SUBJECT = re.compile(
    r"^[「『]?(.{2,24}?)[」』]?(?:とは|って(?:何|なに|どんな|いう)|という(?:言葉|用語|の)|の(?:正式|意味|日本語)|を(?:日本語|英語)[でに]|は?何の(?:[一-鿿]{1,4}の)?略)"
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


def wants_several(normalized: str) -> bool:
    """Tell whether a question may want several things, though no word asks for all: softer than `wants_all`.

    >>> wants_several("相談には何が必要ですか"), wants_several("会長は誰ですか")
    (True, False)
    """
    close = re.sub(r"\s+", "", normalized)
    if wants_all(close):
        return True
    return not _ONE.search(close) and any(pattern.search(close) for pattern in _SEVERAL)


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
