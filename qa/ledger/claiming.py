"""Whether a question is the ledger's at all: fees, limits, rates and counts of prose are the passages'."""

import re

from qa.ledger.asking import NAME, Operation
from qa.ledger.folding import key
from qa.ledger.inquiry import TWO_YEARS, Inquiry
from qa.ledger.names import Strength
from qa.ledger.resolving import FORMAL, How
from qa.ledger.vocabulary import PERSONAL
from qa.types import Answer, Decline, Reply

# The budget as a book: where something is written, not what is asked for.
_BOOK = re.compile(
    r"(?:予算案?|決算)(?:の|案の)?(?:冊子|資料|概要(?!額)|書|説明|パンフ|ページ|頁|文書|編成|要求|委員会|担当|事務|審議)"
)
# Only said of public money.
_BUDGET = re.compile(
    r"予算|決算|補正(?:後|額|で|前)|計上|歳[出入]|財源|一財|費目|一般会計|特別会計|執行(?:額|率|済|残)|国庫|(?:市|県|町|村|地方)債|起債"
    r"|(?:国|県|市|都|道|府|町|村|単)費(?![用留])|(?:いくら|何[千百万億]*円).{0,4}(?:つい|付い|つけ|付け|積|充て)|(?:お金|額|財源).{0,4}(?:積|充て)"
)
# Money that somebody spends; with a year, a public body.
_SPENT = re.compile(
    r"(?<!対象)経費|支出|お金|費用|コスト|金額|総額|[一-龠]額|(?<![食学])費(?=は|が|って|の|だけ|[?。、]|$)|税金"
    r"|いくら.{0,5}(?:かけ|使っ|投じ|つぎ込|注ぎ込|割い|割り当て|回し)"
)
_TAX_SPENT = re.compile(r"税金.{0,10}(?:使|回|投|充|注|つぎ|かけ|かか|入)|(?:使|回|投|充|注).{0,4}税金")
_MONEY = re.compile(
    r"いくら|幾ら|なんぼ|何(?:千|百|十|万|億)*円|金額|額(?!縁)|お金|経費|費用|コスト|支出|千円|百万円|億円|万円"
)
_UNIT = re.compile(r"(?:何|を|は|[(、])(?:千|百万|億)円|(?:千|百万|億)円(?:単位|で|に)")
# What a person pays for a service, by its name.
_FEE = re.compile(
    r"料金|手数料|使用料|利用料|(?:入[場館園学会]|観覧|鑑賞|受講|参加|保育|授業|保険|送|賃貸?|駐車|通行|乗車|拝観|延長|登録|検査|診察)料"
    r"|料(?=は|が|って|を|も|の|いくら|[?。、]|$)|チケット|切符|前売|(?:入場|回数|乗車|定期|当日|利用|観覧)券|パス(?=は|が|って|を)|運賃|家賃|地代|賃料|代金|値段|定価|価格|値上|値下"
    r"|(?<![一時世現近古年0-9])代(?=は|が|って|を|も|いくら|[?。、]|$)"
    r"|(?:年|月|入)会費|(?<![一-龠々ァ-ヶー])(?:会|参加|教材|受講|医療|治療|診療|通院|入院|宿泊|食|学|交通|登録|材料|給食|実|生活|引っ?越し?|葬儀|購入|レンタル)費|罰金|過料|延滞金|税(?:額|率)|[一-龠]税(?=は|が|って|を|いくら|[?。、]|$)"
)
_FEE_LABEL = re.compile(r"(?:料|料金|手数料|賃|税|会費|参加費|給食費|教材費|負担金)(?:等|収入)?$")
# What a person is given, gets back, or may have at most.
_GIVEN = re.compile(
    r"補助|助成|給付|奨学|手当|支援金|見舞金|祝い?金|報奨|還付|払い?戻|戻る|戻って|減免|免除|割引|貸付|融資|賞金|募金|寄付|寄附"
)
_LIMIT = re.compile(
    r"上限|下限|限度|(?:いくら|何[千百万億]*円|どこ|どれ(?:くらい|ぐらい|だけ)|どの(?:くらい|ぐらい))まで|(?:いくら|何[千百万億]*円)(?:以上|以下|以内|未満|から)"
    r"|最[大高]で|最[大高](?:いくら|何[千百万億]*円)|補助率|対象経費|割引|返金|返って|戻[るっり]"
)
_DEFINED = re.compile(
    r"(?<!事業)(?<!費目)(?<!項目)(?<!内訳)(?<!財源)(?:って|とは)(?:何|なに|なん|どういう|どんな)"
    r"(?![千百十万億]*円|%|割|パーセント|倍|件|番)|とは[?。]*$"
)
_PROJECT = re.compile(
    r"(?:事業|取組|取り組み|施策|プロジェクト|やつ)(?:に|へ|は|って|の(?:額|お金|金額|費用|経費)(?:は|が|って)?)?"
    r"[、 ]?.{0,8}(?:いくら|何[千百万億]*円)"
)
_ORDERED = re.compile(r"内訳|事業|費目|項目|予算|財源|金額|お金|経費|費用|額")
_COUNTED = re.compile(r"いくつ|幾つ|何(?:個|本|件|つ)|数(?=は|を|が|[?。]|$)")
_BARE = re.compile(rf"[\s「」『』]*{NAME}[\s「」『』、の]*(?:[?。\s]|は$|って$)*")
_BOTH = re.compile(r"多|少|大き|小さ|高|低|増|減|額|予算|お金|経費|かか|上回|下回|伸び")
_LISTING = (Operation.RANK, Operation.MARKED, Operation.NUMBER_OF, Operation.MOVED, Operation.CHILDREN)
_BESIDE = (Operation.COUNT, Operation.DEPARTMENT)


def claims(inquiry: Inquiry, reply: Reply) -> bool:
    """Return whether the ledger may give `reply`: the question clearly asks for a budget figure."""
    text = _BOOK.sub("", inquiry.text.text)
    budget = bool(_BUDGET.search(text))
    subject = _outright(inquiry) or inquiry.total is not None
    if _DEFINED.search(inquiry.asked.shape):
        return False
    if inquiry.asked.operation in _BESIDE or (
        subject and inquiry.asked.operation is None and isinstance(reply, Answer)
    ):
        return True
    if _of_a_person(inquiry, budget=budget, subject=subject):
        return False
    if inquiry.asked.operation in (*_LISTING, Operation.HIGHLIGHTS):
        return _claims_list(inquiry, budget=budget)
    if subject:
        return _claims_subject(inquiry, reply, budget=budget)
    return budget or _claims_described(inquiry)


def _outright(inquiry: Inquiry) -> bool:
    """Return whether an item is named, not described."""
    return inquiry.reading.named and inquiry.reading.how in (How.NAMED, How.MISSPELT)


def _of_a_person(inquiry: Inquiry, *, budget: bool, subject: bool) -> bool:
    """Return whether the money is what a person pays or is given, not what the budget holds."""
    shape = inquiry.asked.shape
    if _LIMIT.search(shape) or (PERSONAL.search(shape) and not (budget and subject)):
        return True
    if budget:
        return False
    if "税金" in shape and not _TAX_SPENT.search(shape):
        return True
    if _FEE.search(shape) or (_GIVEN.search(shape) and not subject):
        return True
    return _fee_items(inquiry) and not _as_budget_line(inquiry)


def _fee_items(inquiry: Inquiry) -> bool:
    """Return whether every item meant is called as a fee is: to a resident 「プール使用料」 is a price."""
    items = [item for mention in inquiry.reading.mentions for item in mention.items]
    return bool(items) and all(_FEE_LABEL.search(key(item.label)) for item in items)


def _as_budget_line(inquiry: Inquiry) -> bool:
    """Return whether a fee's name is asked for as a budget's line: bare beside a year, or by how it grew."""
    asked = inquiry.asked
    if asked.operation in TWO_YEARS:
        return bool(re.search(r"増|減|比", asked.shape))
    if asked.operation in (Operation.SHARE, Operation.SUM, Operation.COMPARE, Operation.TIMES):
        return True
    return bool(asked.years and _BARE.fullmatch(_without_years(inquiry)))


def _without_years(inquiry: Inquiry) -> str:
    shape = inquiry.asked.shape
    for mention in reversed(inquiry.asked.years):
        shape = shape[: mention.start] + shape[mention.end :]
    return shape


def _left(inquiry: Inquiry) -> bool:
    return any(not inquiry.is_aspect(word.surface) for word in inquiry.reading.unexplained)


def _claims_list(inquiry: Inquiry, *, budget: bool) -> bool:
    """A list, a ranking or a number is the ledger's where its items are budget items and nothing else is said."""
    asked = inquiry.asked
    if asked.operation is Operation.HIGHLIGHTS:
        return budget and not _COUNTED.search(asked.shape)
    if _left(inquiry):
        return budget and bool(_MONEY.search(asked.shape))
    return budget or bool(_ORDERED.search(asked.shape))


def _claims_subject(inquiry: Inquiry, reply: Reply, *, budget: bool) -> bool:
    """An item or a total is named; what else the question says must be about money too."""
    shape = inquiry.asked.shape
    if inquiry.asked.operation is Operation.COMPARE and not _BOTH.search(shape):
        return False
    if not isinstance(reply, Decline) or not _left(inquiry):
        return True
    if inquiry.asked.operation is None:
        return budget and bool(_MONEY.search(shape))
    if budget:
        return True
    full = any(mention.strength > Strength.CORE for mention in inquiry.reading.mentions)
    return bool(_MONEY.search(shape) if full else _SPENT.search(shape))


def _claims_described(inquiry: Inquiry) -> bool:
    """No name and no budget word: a year's spending, a project's amount, or the formal name of an unknown item."""
    shape = inquiry.asked.shape
    if not _MONEY.search(shape) and not FORMAL.search(shape):
        return False
    said = inquiry.asked.years or _UNIT.search(shape)
    if said and (_SPENT.search(shape) or inquiry.asked.scope):
        return True
    return bool(_PROJECT.search(shape) or FORMAL.search(shape) or re.search(r"(?<!対象)経費", shape))
