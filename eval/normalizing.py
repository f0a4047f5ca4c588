"""The one normalisation under which answers are compared; a run's configuration declares it."""

import re

from corpus.normalizing import squash as squash_text

DECLARED = "NFKC、CJK部首を漢字に、ダッシュを-に、空白と ,、。．「」『』（）()・: を除く、小文字"
_MARKS = re.compile(r"[,、，。．「」『』（）()・:：]")


def squash(text: str | None) -> str:
    """Return `text` for comparing answers.

    >>> squash("「１，２３４ 千円」（合計）。")
    '1234千円合計'
    """
    return _MARKS.sub("", squash_text(text or ""))
