"""Clauses that settle a question of yes or no, or say what happens: できません, 不要, 窓口に限ります."""

import re
from collections.abc import Iterator

from qa.clauses import parts

Span = tuple[int, int]

_SETTLED = re.compile(
    r"でき(?:ます|ません|る|ない)(?!よう)|(?:ら?れ|え|け|せ|べ|め|ね|て)ま(?:す|せん)(?=。|$)|せ?ません(?=。|$)"
    r"|不要|必要(?:[のはが](?:ない|ありません)|です|があり(?:ます)?|(?![のなに性]))|無料|有料|対象外|対象(?=です|になります|となります|$)|限(?:ります|る|り)"
    r"|受け付け(?:ます|ません)|禁(?:止|じ(?:られ)?て(?:います|いる))|てはなら(?:ない|ず)|なければなり?ません"
    r"|(?:ありません|(?<![てはなみ])なし(?![くてい]))|(?:かか|要|い)りません|休み|扱いに(?:なります|します)|不可|可能|閉鎖中|休館中|休止中|歓迎します|義務"
    r"|ください(?=。|$)|ことが?あります|過料|罰金|取り消|(?:なく|に|と)なります(?=。|$)"
)
_CLOSED = re.compile(r"(?:ます|です|ました|でした|する|ある)$")
_WORDS = re.compile(r"[一-鿿ァ-ヶー]+")
_LONGEST = 45


def settling(text: str, question: str) -> Iterator[tuple[Span, float]]:
    """Yield the clauses of `text` that decide, with how surely they do (0–1), without what follows.

    One whose words the question has all is left out: it would only say the question again.

    >>> text = "講座は申込み不要で、定員は20人です。"
    >>> [text[start:end] for (start, end), sure in settling(text, "申込みはいる?") if sure == 1]
    ['講座は申込み不要']
    """
    before: Span | None = None
    for start, end in parts(text):
        marks = [*_SETTLED.finditer(text, start, end)]
        close = marks[-1].end() if marks else end
        told = bool(marks) or bool(_CLOSED.search(text, start, end))
        if told and any(word not in question for word in _WORDS.findall(text[start:close])):
            yield (start, close), 1.0 if marks else 0.5
            if marks and before and close - before[0] <= _LONGEST:
                yield (before[0], close), 0.7
        before = (start, end)
