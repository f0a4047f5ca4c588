"""The headers of a table, Japanese or English, to the fields of a row."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_WORDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "番号", "no", "no.", "質問番号", "問題番号", "設問番号", "管理番号", "識別子"),
    "question": ("question", "query", "質問", "問い", "設問", "質問文", "問", "質問内容"),
    "answers": (
        "answers",
        "answer",
        "正解",
        "正答",
        "答え",
        "回答",
        "解答",
        "期待する回答",
        "想定回答",
        "模範解答",
    ),
    "members": ("members", "member", "項目", "一覧", "列挙", "正解の項目", "構成要素"),
    "value": ("value", "数値", "値", "金額", "正解の数値"),
    "unit": ("unit", "単位"),
    "evidence": ("evidence", "根拠", "根拠文", "典拠", "出典", "参照箇所", "根拠となる文"),
    "kind": ("kind", "type", "種別", "種類", "区分", "質問種別", "分類"),
    "user": ("user", "利用者", "対象者", "質問者", "想定利用者"),
    "note": ("note", "notes", "備考", "メモ", "注記", "コメント"),
    "history": ("history", "前の質問", "履歴", "直前の質問"),
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words}


def field_of(header: object) -> str:
    """Return the field a header names, or the header itself, trimmed.

    >>> field_of(" 質　問 "), field_of("Answer"), field_of("難易度")
    ('question', 'answers', '難易度')
    """
    text = unicodedata.normalize("NFKC", str(header or "")).strip()
    word = re.sub(r"[\s*※]|\(.*?\)|必須", "", text).lower()
    return _FIELD_OF.get(word, text)


def is_header(cells: Sequence[object]) -> bool:
    """True if a row of cells names the question column and one more of ours."""
    fields = {field_of(cell) for cell in cells if cell not in (None, "")}
    return "question" in fields and len(fields & set(_WORDS)) >= 2


def split_cell(field: str, text: str) -> object:
    """Return what a cell's text says: variants are parted by | or a new line, members by new lines or ;.

    >>> split_cell("answers", "3社｜三社")
    ['3社', '三社']
    >>> split_cell("members", "磯子区|磯子\\n鶴見区")
    [['磯子区', '磯子'], ['鶴見区']]
    """
    if field in ("answers", "evidence", "history"):
        return [part.strip() for part in re.split(r"[|｜\n\r]+", text) if part.strip()]
    if field == "members":
        members = (part for part in re.split(r"[;；\n\r]+", text) if part.strip())
        return [
            [variant.strip() for variant in re.split(r"[|｜]", part) if variant.strip()] for part in members
        ]
    return text
