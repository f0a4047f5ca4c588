"""Words that tell a row from prose, and a column's label from the name of a field."""

import re

SENTENCE_END = re.compile(r"(?:[。！？!?]|ます|です|でした|ました|ません|ください|である)[」』）)]*$")
FIELD_NAME = re.compile(
    r"(?:日時|とき|ところ|場所|会場|対象|対象者|定員|料金|費用|参加費|申込み?|申込方法|申込先|申込期間|問合せ先?|お?問い合わせ先?|持ち物|内容|講師|期間|募集|助成"
    r"|時間|開館時間|休館日|電話|住所|所在地|締切り?|主催|共催|後援|受付|受付時間|利用料金?|使用料|備考|条件|資格|方法|運行日|運賃|予約|車両|交通|設備)"
)
_ASIDE = re.compile(r"[（(][^（）()]*[)）]|「[^」]*」|『[^』]*』")


def without_asides(words: str) -> str:
    """Leave out what stands in brackets or quotes.

    >>> without_asides("料金（税込み）")
    '料金'
    """
    return _ASIDE.sub("", words)
