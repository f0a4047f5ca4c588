"""The words of budget questions, whatever the city. No programme's name stands here."""

import re

# Words that say "this is about a budget", and name no item.
BUDGET = (
    r"当初予算額?|予算案|予算額?|計上額?|予算現額|歳出額?|支出額?|事業費|経費|費用|金額|総額"
    r"|合計額?|合算|総計|お金|財源|内訳"
)
# Said around names and figures; naming nothing themselves. Stripped from what is left of a question.
_FILLING = (
    rf"{BUDGET}|年度|年|分|額|費目|項目|事業|科目|区分|施策|取組|取り組み|一覧|全部|全て|すべて|全体|差額?|差引|増減額?|増加額?|減少額?"
    r"|増額|減額|増|減|前年比|前年度比|前年|比率|比|割合|率|構成比|内容|千円|百万円|億円|万円|円|単位|換算|当初|計|額|もの|分野|規模|関連"
    r"|ランキング|順位|順|上位|下位|最大|最小|一番|最も|位|件数|数|個|つ|件|各|両|全|総|約|等|など|第|について|関係|名称|名前|名|教|示|何"
    r"|所管|担当|部署|部局|課|推移|変化|比較|合|足|占|対|差|うち|内|小数|点|以下|桁|四捨五入"
)
FILLER = re.compile(rf"(?:{_FILLING}|[0-9])++")
_FILLERS = frozenset(
    form
    for word in _FILLING.split("|")
    for form in ((word[:-2], word[:-1]) if word.endswith("?") else (word,))
) | frozenset("0123456789")
_FILLER_LENGTHS = sorted({len(word) for word in _FILLERS})
# Normalised forms (Sudachi) of nouns that carry no name.
NEUTRAL = frozenset(
    """
    約 両 毎 同 当 本 貴 諸 お ご 件 個 本 人 つ 万 丈 中 主 事 今 位 低 何 倍 値 億 全 内 円 分 別 前 割 区 千 各 名 回 増 大
    奴 対 小 局 差 市 年 度 形 後 御 方 書 村 桁 様 欄 次 款 毎 比 減 点 為 物 率
    町 目 県 私 程 積 第 筈 約 総 者 表 計 課 部 金 項 順 額 高 うち こと ごと そう
    だけ どの どれ よう 一番 一般 一覧 上位 下位 両方 主要 予定 予算 事業 五入 人前 今回
    今年 以上 以下 以内 以外 会計 伸び 何れ 何処 何方 使用 値段 充て 充当 全て 全体 全部
    其々 其の 其れ 内容 内訳 凡そ 凡て 出費 分類 列挙 削減 前年 割合 区分 千円 単位 単価
    単独 占有 去年 双方 取組 各々 合計 名前 名称 四捨 回答 場合 増加 増減 増額 変化 多い
    大体 大凡 夫々 小数 差引 差額 年度 年次 年間 幾つ 幾ら 幾許 度合 当て 当初 当市 御金
    必要 情報 感じ 所管 投入 抜粋 担当 拡充 拡大 推移 措置 換算 支出 教示 数値 数字 新規
    新設 方法 施策 昨年 最低 最多 最大 最小 最少 最新 最高 本市 本年 来年 桁数 概要 構成
    此の 此れ 歳出 比率 比較 比重 減少 減額 照会 状況 現在 用意 発生 百万 確保 確認 科目
    程度 種類 積算 端数 答弁 純増 経費 結果 総て 総括 総計 総額 縮小 規模 計上 計画 計算
    詳細 説明 議会 財布 財源 費用 費目 資料 質問 込み 部局 部署 配分 金額 項目 順位 順番
    願い お願い くらい ぐらい どちら アップ カット コスト シェア ダウン データ トップ ベスト
    上乗せ 上積み 伸び率 前年比 少ない 度合い 御願い 構成比 次年度 見込み ウェイト ウエイト
    ウエート トータル ワースト 税金 歳入 増し 一般会計 取り組み 四捨五入 差し引き 説明資料 パーセント ランキング
    問い合わせ
    """.split()
)
# A question with one of these asks for money in a budget, even when it names no item outright.
CUE = re.compile(
    r"予算|決算|補正|執行|計上|歳出|財源|事業|経費|費目|推進費|補助金|負担金|交付金|助成金|千円|百万円|年度|[rh][0-9]{1,2}(?![0-9])|当初|前の年|去年|昨年|前年|今年"
    r"|支出|(?:運営|管理|人件|整備|維持|建設|推進|総務|開設|工事|改修|委託|関係)費|積んで|積まれ|積み|ついて(?:い)?る|つけて|充て|お金|歳入"
)
MONEY = re.compile(
    r"いくら|幾ら|支出|費(?:は|って|$|[?。、])|なんぼ|何円|何千円|何万円|何百万円|何億|何百万|予算|金額|計上|歳出|経費|事業費|費用|お金|額(?!縁)|値段|千円|百万円|億円|コスト"
)
# Asked for something else than a figure: the passages answer these.
PROSE = re.compile(
    r"理由|要因|なぜ|何故|どうして|背景|原因|きっかけ|使い道|使途|何に使|目的|内容は|どんな内容|どういう内容|概要は|概要を|概要教|対象者|対象は|どんな事業(?!が)"
    r"|どういう事業(?!が)|どのような事業(?!が)|何をする|何をして|何をやって|説明して|について教えて|って何|とは何|とは(?:$|[?。])|いつから|いつまで|いつ|どうやって|方法|誰|だれ|どこで|何階|連絡先|電話|住所"
    r"|何人|人数|職員数|何名|何か所|何ヶ所|何カ所|何箇所|何回|何言語|何番目|いくつ目|幾つ目|何校|何社|何都市|何団体|何台|何本|何戸|何世帯|何日|何時|何語"
)
COUNTED = re.compile(
    r"何(?P<counter>人|名|か所|ヶ所|カ所|箇所|ケ所|回|言語|番目|校|社|都市|団体|台|本|戸|世帯|件|館|園|隻|店|組|冊|枚|施設|基|路線)|(?P<nth>いくつ目|幾つ目)|(?P<people>人数|職員数)|(?P<cases>件数)|(?P<times>回数)"
)
PER_HEAD = re.compile(
    r"(?:あたり|当たり|当り)(?!前)|(?:1|一|ひと)?\s*(?:人|世帯|名|件|か所|施設|校|社|団体|台|日|か月|ヶ月|ヵ月|月|時間|㎡|人分)\s*(?:あたり|当たり|当り|につき|平均)|平均(?:すると|額|は|で)|単価"
)
MONTHLY = re.compile(
    r"(?<![0-9])(?:1[0-2]|[1-9])月(?:分|だけ|の支出|末|時点|に(?!入))|月別|月額|月々|毎月|ひと月|1か月|一か月|四半期|上半期|下半期|半期|日額|1日|毎日|月次|週"
)
STAGES = (
    (
        "settled",
        re.compile(
            r"決算|執行|実績額?|支出済|実際に(?:使|かか|支出)|使った額|支出額|不用額|執行率|使い切|残額|残り(?:は|いくら)|余っ"
        ),
    ),
    ("supplementary", re.compile(r"補正|最終予算|予算現額|繰越|流用|予備費(?:充|から)")),
)
# What a budget splits items into, and ours only does where it is printed.
ONLY = re.compile(
    r"だけ|のみ|単独|単体|そのもの(?:の|で)|に限(?:る|って|定)|以外|を除(?:く|い)|除いた|抜き|含め(?:て|た)|も含む"
)
"""Part-of-an-item words: harmless behind an item's own name, telling behind anything else."""
SOURCE_WORDS = {
    "一般財源": ("一般財源", "一財", "市の持ち出し", "持ち出し", "自主財源", "単費"),
    "国": (
        "国庫支出金",
        "国庫補助金",
        "国庫",
        "国費",
        "国支出金",
        "国の補助",
        "国からの",
        "国の財源",
        "国補助",
        "国の負担",
        "国の支出",
        "うち国",
        "国",
    ),
    "県": ("県支出金", "県費", "県補助金", "県からの", "県の財源", "県補助", "県の負担", "うち県", "県"),
    "都道府県": ("都支出金", "道支出金", "府支出金", "都費", "道費", "府費"),
    "その他": ("その他特定財源", "その他財源", "その他の財源", "その他特財", "その他"),
    "地方債": ("地方債", "市債", "県債", "町債", "村債", "起債", "区債"),
    "特定財源": ("特定財源", "特財"),
}
"""Funding sources by the words people use; the longest said wins."""
UNITS = ("億円", "百万円", "万円", "千円", "円")
# What a person receives or pays: a matter of procedure, never of the budget.
PERSONAL = re.compile(
    r"もらえ|貰え|受け取れ|受けられ|支給され|払え|払う|支払[うえ]|納め|自己負担|無料|割引|返金"
)
# An office or another body; its budget is no item's.
OFFICE = re.compile(r"[一-龠々ァ-ヶー]{2,}(?:課|部|局|室|係|署|委員会|事務局)(?=[のはでがをに、。?]|$)")


def only_filler(text: str) -> bool:
    """Tell whether `text` is nothing but filler, however it is cut into words; in time linear in its length.

    >>> only_filler("予算現額"), only_filler("前年比較"), only_filler("中学校")
    (True, True, False)
    """
    ends = {0}
    for end in range(1, len(text) + 1):
        if any(end - length in ends and text[end - length : end] in _FILLERS for length in _FILLER_LENGTHS):
            ends.add(end)
    return bool(text) and len(text) in ends
