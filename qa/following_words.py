"""The words that make a question depend on the one before it: general Japanese, no name of any document."""

import re

_END = r"[\s。.、,!?？！…]*"
_PLEASE = r"(?:ください|下さい|ほしい(?:です)?)"
_ASKS = rf"(?:お(?:願い|ねがい)(?:します|できますか)?|(?:教|おし)えて{_PLEASE}?|(?:知り|聞き)たい(?:です)?)"

# Said before a follow-up; what comes after them decides.
OPENER = re.compile(
    r"^(?:(?:ありがとう(?:ございま(?:す|した))?|(?:分|わ)かりました|なるほど|了解(?:です|しました)?|はい|すみません|あの|えっと|ええと)(?:[\s。、!]+|$))?"
    r"(?:(?:(?:それ)?(?:では|じゃあ?|ぢゃ)|それなら(?:ば)?|なら(?:ば)?|だったら|そう(?:する|したら?)と|そしたら|となると|で(?=[、,])"
    r"|そして|それから|(?:その|この)?うち(?=、|[0-9一-龥])|同じ(?:年度?の|く)|同年度?の|あと(?=は|、)|また(?=、)|次に?(?=、|は)|ちなみに|逆に)[\s、,]*)*"
)
# Said before a new subject: nothing of the turn before holds any more.
NEW_SUBJECT = re.compile(r"ところで|話は?(?:変|か)わ|別件|別の(?:話|質問|件)|(?:話題|質問)を(?:変|か)え")

INTERROGATIVE = re.compile(
    r"(?:いつ(?!も(?!ら)|でも|か(?!ら))|どこ(?!か(?!ら))|何処|誰|だれ|どなた|なぜ|何故|どうして|なんで|何で(?=す?[?？]?$)|いくら|幾ら|いくつ|幾つ"
    r"|どの(?:くらい|ぐらい|程度)|どれ(?:くらい|ぐらい|だけ|ほど)|どうやって|どのように|どちら|どっち|どれ"
    r"|(?:どの|どんな|どういう|何という|なんという)[一-龥々ァ-ヶー]{0,6}"
    r"|何(?:[かヶカ](?:所|国|月)|番目|つ目|[一-龥々ァ-ヶー%]{0,3})|なに)"
    r"(?:くらい|ぐらい|ほど)?(?:から|まで|で(?!す)|に|へ|を|が|の(?![?？]|$|で))?"
)
ADVERBIAL = re.compile(
    r"(?:いつ|なぜ|何故|どうして|なんで|何で|いくら|幾ら|どうやって|どのように|ど[のれ](?:くらい|ぐらい|だけ|ほど|程度))"
)
ORDINAL = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十])(?:番目|位)")
SUPERLATIVE = re.compile(
    r"^(?:一番|いちばん|最も|もっとも)?[^\s、]{2,8}?(?:の|もの)(?:は|って)(?:どれ|何)?(?:です)?か?"
    + _END
    + "$"
)
RANK = re.compile(rf"一番目?に?|いちばん|最も|もっとも|{ORDINAL.pattern}に?")
PARTICLE = re.compile(r"(?:から|まで|で|に|へ|を|が)$")
COPULA = re.compile(r"^(?:です|でした|でしょう|だ|なの|の(?=[?？]|$)|[?？。\s]*$)")

# A whole follow-up that asks for more of the same, or for the rest of a list.
MORE = re.compile(
    rf"^(?:もっと|もう(?:少し|ちょっと)|より)?、?(?:(?:詳|くわ)しく(?:は)?|詳細(?:に|は|を)?|具体的に(?:は)?|細かく)(?:どう(?:ですか)?)?{_ASKS}?{_END}$"
)
OTHERS = re.compile(
    r"^(?:(?:その)?(?:ほか|他)|それ(?:以外|だけ)|これだけ|残り|全部(?:で)?|すべて|全て|ぜんぶ|続き)"
    rf"(?:に)?(?:は|も|を|の(?:もの|分)は)?(?:何か|なにか)?(?:あ(?:る|ります)|です|は?(?:何|なに)(?:が(?:ある|あります))?(?:です)?)?か?(?:の)?{_ASKS}?{_END}$"
)

# 「この市」「ここ」 may mean the city hall that answers, so they are no pronouns here.
PRONOUN = re.compile(
    r"^(?P<it>それ(?!ぞれ|とも|では|なら|で、|から|じゃ)|あれ|そちら(?!の[市区町村])|そっち|彼ら|彼女ら|彼女?(?=[はがをにの])|これ(?!まで|から|ら?以)"
    r"|(?P<there>そこ(?!で、)|あそこ)|(?P<its>その(?!ほか|他)|それぞれの|(?P<this>この)))"
)

# The other of two: もう一つの奨学金は？
OTHER_ONE = re.compile(
    r"^(?:もう(?:一|ひと|1)つ|もう(?:一|片|1)方|別|(?:ほか|他)(?=の))(?:の(?!は)(?P<noun>[^\s、はのも]{1,12})?)?(?:の?(?:方|ほう))?(?=[はもで?]|って|$)"
)
# What a person does with a service: such a verb is about the service, not about what was asked of it.
USING = re.compile(
    r"(?:でき(?:る|ます|ない|ません)|[えけげせてねべめれ](?:る|ます)(?:か|の|かな|でしょうか)?[?？。]*$|使え|使って|もらえ|参加|利用|応募|申し?込|予約|入れ|乗れ|必要|要り|いり(?:ます|ません))"
)
# An order about what was said: no question, and nothing to complete.
ORDER = re.compile(
    r"^(?:を|に|について|の[^\s、は]{1,6}を).{0,12}(?<!教え)(?<!おしえ)(?<!見せ)(?<!知らせ)(?<!聞かせ)(?<!挙げ)(?<!示し)(?<!説明し)(?<!詳しくし)て(?:ください|下さい|くれ|ほしい|みて)?[。!?]*$"
)
# A way of doing something, and what is asked of it: 郵送でもいいですか.
MEANS = re.compile(
    r"^(?:郵送|郵便|代理(?:人)?|本人以外|家族|ネット|インターネット|オンライン|スマホ|パソコン|電話|メール|FAX|ファクス|窓口|コンビニ|カード|クレジットカード|現金|口座振替|PayPay)"
    r"(?:で|から)も?(?=.)(?!、|す[か?])",
    re.IGNORECASE,
)
# A whole question without its subject.
BARE = re.compile(
    r"^(?:[0-9一]+(?:時間|日|回|食|人|か月|枚|点|個|泊|年|名|台)|月|年)(?:で|当たり|あたり|につき)?(?:いくら|何円)"
    r"|^(?:無料|有料|ただ|必須|任意|強制|可能|先着順?|抽選|毎[日週月年](?:ある)?)(?:です|なの|なん)?(?:か|の|ですか)?[\s。、!?]*$"
)
BARE_PROPERTY = re.compile(
    r"^(?:必要な(?:もの|物|こと)|(?:気をつける|注意する|できる|やる|する)こと)(?:は|って|を)"
)
# After a lone noun: it asks whether that belongs to the thing spoken of.
NEEDED = re.compile(
    r"^(?:は|も|が|って)(?:必要|要り|要る|いり|いる|いら|かか[るり])(?:ない|ます|ません|です|なん)?"
    r"(?:か|の|んですか|のですか)?[\s。、!?？]*$"
)

# A noun that tells a property of something, and so needs that something before it.
_PROPERTY = re.compile(
    r"(?:番号|住所|所在地|場所|時間|時刻|日時|日程|期間|期限|期日|締め?切り?|時期|料金|使用料|手数料|費用|経費|値段|価格|代金|金額|[予総差減増]額|額|予算|決算|財源"
    r"|内訳|割合|比率|構成比|[率比]|増減|差|合計|総計|人数|回数|件数|総数|規模|定員|定数|対象|対象者|条件|資格|要件|方法|やり方|仕方|手順"
    r"|手続き?|書類|持ち物|持物|目的|理由|原因|要因|わけ|訳|背景|経緯|効果|成果|実績|目標|狙い|ねらい|内容|概要|中身|特徴|仕事|業務|事務|役割|役目|担当者?|担当課|所管"
    r"|任期|年齢|人口|面積|上限|下限|限度額?|状況|注意点|違い|由来|歴史|趣旨|経過|結果|推移|見込み|メンバー|議長|位置|広さ|高さ|大きさ|長さ|連絡先|問い?合わ?せ先?|申し?込み先?|名前|名称|呼び名|題名|略称|愛称|意味|定義|種類|会長|理事長|所長|局長|部長|課長|係長|代表者?|責任者|主催者?|職員数"
    r"|予約|開催[地日]|会場|参加者数?|利用者数?|受け持ち|地域|範囲|課題|予定|見通し|日にち|曜日|休み|定休日|休館日|ホームページ|HP|メール|URL|アドレス"
    r"|割引|減免|返金|延長|制限|抽選|特典|送迎|審査|サイト|アカウント|地図|アクセス|行き方|駐車場|電話|写真|言語|単位)$",
    re.IGNORECASE,
)
_PROPERTY_ALONE = frozenset("窓口 課 部 局 係 室 部署 担当部署 国 県 市 数 日 人 年".split())
WHY = re.compile(
    r"^(?:その)?(?:理由|わけ|訳|原因|要因)(?:は|って)?(?:何|なに|なん)?(?:です)?か?" + _END + "$"
)


# What such a noun is made up with, beside words of doing (受付時間) and other properties (財源内訳).
_GENERAL = frozenset(
    "一般 特定 年間 月間 電話 郵便 職員 利用者 参加者 全体 当初 主要 正式 必要 現在 窓口 課 係 部".split()
)


def property_start(noun: str) -> int | None:
    """Return where the property starts that ends a noun: 電話番号 → 0, 旅券手数料 → 2; None if it is none.

    >>> property_start("旅券手数料"), property_start("国際総務費")
    (2, None)
    """
    if noun in _PROPERTY_ALONE:
        return 0
    found = _PROPERTY.search(noun)
    return found.start() if found else None


def is_general(word: str) -> bool:
    """Tell whether a word before a property names nothing by itself."""
    return word in _GENERAL or property_start(word) == 0


# What may follow a lone noun: 「Aは？」 leaves out what is asked of A; 「Bを教えて」 does so only for a property.
LEFT_OUT = re.compile(
    rf"^(?:(?:の(?:場合|とき|時|ほう|方))?(?:は|でも|も|なら|だと|では|じゃ)(?:どう(?:です|でした|なり(?:ます|ました)|なって(?:る|い(?:る|ます))|だった)?(?:か|の)?|同じ(?:です|なの)?か?)?(?:{_ASKS})?{_END}|{_END[:-1]}+)$"
)
OF_PROPERTY = re.compile(rf"^(?:は|も|って|を|が|について|に関して)?(?:{_ASKS})?{_END}$")
ASKING = re.compile(r"[?？]|(?:か|の)[。\s]*$")
