"""Whether the first line of a table names its columns."""

import re
from collections import Counter
from collections.abc import Sequence

from qa.tables.forms import form, piece_form
from qa.tables.types import BARS, Line
from qa.tables.words import FIELD_NAME, without_asides

_LABEL = re.compile(
    r".*(?:氏名|名称|[^人]名|名前|区分|種類|種別|項目|内容|対象|対象者|担当者?|場所|会場|住所|所在地|電話|番号|連絡先|問合せ先?|申込先"
    r"|時間|日時|日程|期日|月日|年月日?|日付|時期|期間|期限|休館日|休業日|定休日|受付日|開館日|開催日|実施日|曜日"
    r"|料金?|費用|金額?|額|代|手数料|使用料|単価|価格|定員|人数|件数|回数|年齢|職員数|数|率|割合|上限|備考|条件|要件|方法|手段|窓口"
    r"|特色|特徴|施設|設備|予約|受付|相談員|指標|現状|目標|実績|事業|行事|催し|品目|科目|機関|団体|地域|地区|理由|概要|用途|面積|規模|役職|年度|出し方|書類|先)"
)
_LONGEST = 16
# A label has none of these forms.
_VALUES = frozenset({"phone", "money", "time", "percent", "number", "weekday", "none"})


def is_header(text: str, first: Line, rows: Sequence[Line]) -> bool:
    """A header's cells are labels, and not of the form of what stands below them."""
    size = len(first.pieces)
    below = [row for row in rows if len(row.pieces) >= 2]
    if (first.mark and not first.slots) or size < 2 or not below:
        return False
    words = [without_asides(piece.words(text)).strip() for piece in first.pieces]
    if any(len(word) > _LONGEST or "。" in word for word in words):
        return False
    differing = _forms_differ(text, first, below)
    if differing is None:
        return False
    if first.mark == BARS:
        return True
    labels = sum(_is_label(word) for word in words)
    if size == 2:
        fields = sum(bool(FIELD_NAME.fullmatch(row.pieces[0].words(text))) for row in below)
        return labels == 2 and fields * 2 < len(below)
    return labels * 2 >= size or (differing >= 1 and labels >= 1) or differing >= 2


def _is_label(words: str) -> bool:
    return bool(_LABEL.fullmatch(re.sub(r"[ 　]", "", words))) and form(words) == "text"


def _forms_differ(text: str, first: Line, rows: Sequence[Line]) -> int | None:
    """Return in how many columns the first line differs in form from all below it; None if it is one of them."""
    count = 0
    full = [row for row in rows if len(row.pieces) == len(first.pieces)]
    for at, piece in enumerate(first.pieces):
        own = form(without_asides(piece.words(text)))
        if own in _VALUES:
            return None
        forms = Counter(piece_form(text, row.pieces[at]) for row in full)
        usual = next((name for name, _ in forms.most_common() if name not in ("none", "text")), None)
        if usual is not None and forms[usual] * 2 >= forms.total() - forms["none"]:
            if own == usual:
                return None
            count += 1
    return count
