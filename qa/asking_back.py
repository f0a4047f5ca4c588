"""Asking back: what a question may mean, of tables and of passages, as questions each of which is answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.types import Citation, Clarification

_MOST = 4
_WHICH, _THIS = "どれについてのお尋ねですか。", "次のことについてのお尋ねですか。"
_UNSURE = "確かな答えは見つかりませんでした。"
_IN_CHARGE = "担当とみられる窓口：{desk}"


@dataclass(frozen=True, slots=True)
class Options:
    """What may be meant, the likeliest first, and how likely one of them is it, 0–1."""

    questions: tuple[str, ...]
    likely: float


NOTHING = Options((), 0.0)


def asked_back(
    question: str,
    readings: Options,
    places: Options,
    nearest: Sequence[Citation] = (),
    desk: str | None = None,
) -> Clarification | None:
    """Ask which reading of a table or which of the `nearest` places is meant, the likelier kind first; None without any.

    `desk` is the one that may be in charge. Where only readings are offered, one of them is most likely meant.

    >>> asked_back("何曜日", Options(("表の？",), 0.2), Options(("箇所の？",), 0.3)).options
    ('箇所の？', '表の？')
    """
    kinds = sorted((readings, places), key=lambda kind: -kind.likely)
    options = tuple(dict.fromkeys(one for kind in kinds for one in kind.questions))[:_MOST]
    if not options:
        return None
    asked = _WHICH if len(options) > 1 else _THIS
    text = f"{_UNSURE}{asked}" if places.questions else asked
    said = [text, _IN_CHARGE.format(desk=desk)] if desk and places.questions else [text]
    return Clarification(question, "\n".join(said), options, tuple(nearest) if places.questions else ())
