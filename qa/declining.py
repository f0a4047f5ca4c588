"""When the documents do not tell: why, what is nearest, and which desk is in charge."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from corpus.types import Document
from qa.question.languages import is_other_language, language_line
from qa.replies.citing import cite
from qa.talk.struck_keys import is_mash
from qa.types import Citation, Decline, Evidence

_NEAREST = 3


class Reason(StrEnum):
    """Why a question is declined; the value is shown."""

    EMPTY = "質問が空です。"
    NO_QUESTION = "質問の文が見当たりません。"
    OTHER_LANGUAGE = "日本語の質問にだけ答えられます。"
    NOT_TOLD = "文書に答えが見当たりません。"
    OUT_OF_TIME = "時間内に調べ終えられませんでした。短い文で一つずつお尋ねください。繰り返すときは管理者にお知らせください。"
    UNPROVEN = "文書の引用で裏づけられない数字が含まれるため、答えません。"


OUT_OF_TIME = Reason.OUT_OF_TIME.name.lower()
"""The reason of a reply as records hold it."""


def refuse_at_once(text: str) -> Reason | None:
    """Return the reason to decline by its form, before anything is looked up, or None."""
    if not text.strip():
        return Reason.EMPTY
    if is_mash(text):
        return Reason.NO_QUESTION
    if is_other_language(text):
        return Reason.OTHER_LANGUAGE
    return None


def decline(
    question: str,
    reason: Reason,
    evidence: Sequence[Evidence] = (),
    documents: Mapping[str, Document] | None = None,
    desk: Evidence | None = None,
    nearest: Sequence[Citation] = (),
) -> Decline:
    """Say why; quote what is nearest (`nearest`, else the first passages) and name the desk in charge."""
    held = documents or {}
    lines = [f"申し訳ありません。{reason.value}"]
    if reason is Reason.OTHER_LANGUAGE:
        lines.append(language_line(question))
    citations = list(nearest) or [
        _quote(item, held[item.passage.document], number)
        for number, item in enumerate(evidence[:_NEAREST], 1)
    ]
    if citations:
        lines.append("近い箇所を下に示します。")
    if desk:
        quoted = _quote(desk, held[desk.passage.document], len(citations) + 1)
        lines.append(f"担当とみられる窓口：{quoted.heading}")
        citations.append(quoted)
    return Decline(question, "\n".join(lines), reason.name.lower(), tuple(citations))


def _quote(item: Evidence, document: Document, number: int) -> Citation:
    passage = item.passage
    heading = passage.heading[-1] if passage.heading else ""
    return cite(document, passage.start, passage.end, number, heading)
