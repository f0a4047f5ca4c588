"""What a file holds and does not show: it is not published, but counted, so that nobody wonders where it is."""

from collections import Counter

from corpus.types import Problem

HIDDEN = ("隠し文字", "字")
WHITE = ("背景と同じ白い文字", "字")
TINY = ("見えないほど小さな文字", "字")
REMOVED = ("変更履歴で消した文字", "字")
COMMENTS = ("コメント", "件")
NOTES = ("発表者のノート", "枚分")
SLIDES = ("非表示のスライド", "枚")
SHAPES = ("非表示かスライドの外にある図形", "個")
BOXES = ("非表示の枠", "個")


class Hidden:
    """Counts what is not shown, by its name with its counter."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(self, kind: tuple[str, str], count: int = 1) -> None:
        """Count what was left out."""
        if count:
            self.counts[kind] += count


def hidden_problem(hidden: Hidden, id: str) -> list[Problem]:
    """Return the Problem that says what is not published of a document, none where all is.

    >>> hidden = Hidden()
    >>> hidden.add(COMMENTS, 2)
    >>> hidden_problem(hidden, "x")[0].message
    'コメント 2 件は公開しません。公開するなら本文として見えるようにして保存し直してください。'
    """
    counted = "、".join(f"{name} {count} {counter}" for (name, counter), count in hidden.counts.items())
    if not counted:
        return []
    message = f"{counted}は公開しません。公開するなら本文として見えるようにして保存し直してください。"
    return [Problem(id, message, code="hidden")]
