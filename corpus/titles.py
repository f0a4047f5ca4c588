"""What a text calls itself."""

import re

_SIGNS = re.compile(r"^[\s#*＊=■◆●○【]+|[\s*＊】]+$")
_LONGEST_TITLE = 60


def first_line(text: str) -> str:
    """Return what a text without a header calls itself: its first line, where that is no sentence.

    >>> first_line("# ごみの出し方\\n月曜日です。"), first_line("広 報"), first_line("月曜日です。")
    ('ごみの出し方', '広報', '')
    """
    line = next((line for line in text.splitlines() if line.strip()), "")
    words = _SIGNS.sub("", line).split()
    title = ("" if all(len(word) == 1 for word in words) else " ").join(words)  # 広 報 is spaced for looks
    return "" if len(title) > _LONGEST_TITLE or title.endswith("。") else title
