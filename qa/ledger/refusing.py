"""What the documents do not print is refused before anything is computed."""

import re
from collections.abc import Iterator, Sequence

from corpus.types import Measure
from qa.ledger.asking import NAME, Operation
from qa.ledger.composing import name_of
from qa.ledger.inquiry import Halt, Inquiry, Response
from qa.ledger.resolving import FORMAL
from qa.ledger.vocabulary import ONLY
from qa.types import Clarification, Decline

_PROSE_MONEY = re.compile(r"[0-9０-９](?:億|万円|円)")
_BARE_TOTAL = re.compile(
    r"^(?:の|予算|は|いくら|です|か|総|額|規模|全体|を|教えて|ください|下さい|当初|今年度|本年度|どれ|くらい|で|しょう|[?。、\s])*$"
)


def refuse_what_is_not_printed(inquiry: Inquiry) -> None:
    """Refuse amounts by head, by month, and of a stage the documents do not have."""
    blocked = inquiry.asked.blocked
    if blocked == "per head":
        raise Halt(inquiry.declined("一人あたり・一件あたりなどの金額は、資料に印刷されていません。"))
    if blocked == "monthly":
        raise Halt(
            inquiry.declined("月別・期間別の金額は、資料に印刷されていません。年度の金額だけが分かります。")
        )
    if inquiry.asked.stage and not staged(inquiry):
        word = {"settled": "決算・執行の額", "supplementary": "補正後の額"}[inquiry.asked.stage]
        raise Halt(inquiry.declined(f"{word}は、資料に印刷されていません。当初予算の額だけが分かります。"))


def staged(inquiry: Inquiry) -> bool:
    return any(f.stage.value == inquiry.asked.stage for item in inquiry.subjects() for f in item.figures)


def refuse_parts(inquiry: Inquiry) -> None:
    """Refuse what asks for a part of an item, or for more than it: only whole items are printed."""
    words = [word.surface for word in inquiry.reading.unexplained if not inquiry.is_aspect(word.surface)]
    if not inquiry.reading.named:
        words = [
            w.surface
            for w in inquiry.resolver.words(inquiry.text, inquiry.covered)
            if not inquiry.is_aspect(w.surface)
        ]
    if words:
        raise Halt(
            inquiry.declined(f"「{'・'.join(words)}」についての金額は、資料に単独では印刷されていません。")
        )
    only = ONLY.search(inquiry.asked.shape)
    if only and (
        re.match(r"以外|を除|除いた|抜き|含め|も含", only[0])
        or not re.search(NAME + r"(?:の[^、。]{0,6})?(?:だけ|のみ|単独|単体|込み)", inquiry.asked.shape)
    ):
        raise Halt(inquiry.declined("その範囲だけの金額は、資料に印刷されていません。"))


def nameless(inquiry: Inquiry, operation: Operation) -> Response:
    """Answer for a question that names no item: ask back, leave it to the passages, or decline."""
    asked = inquiry.asked
    if _BARE_TOTAL.match(_without(inquiry.text.text, inquiry.covered)):
        return which(inquiry)
    if operation in (
        Operation.CHILDREN,
        Operation.SOURCES,
        Operation.DEPARTMENT,
        Operation.COUNT,
        Operation.COMPARE,
    ):
        return None
    if operation is Operation.DIRECTION and not asked.money:
        return None
    if printed_in_prose(inquiry):
        return None
    near = inquiry.reading.near[:3]
    for item in near:
        inquiry.made.point_at_name(item)
    hint = "近い名前の項目：" + "、".join(name_of(item) for item in near) if near else ""
    return inquiry.made.decline("お尋ねの項目の金額は、資料に見当たりません。", hint)


def unknown_word(inquiry: Inquiry) -> bool:
    """Return whether the question asks for money of something no document ever mentions."""
    words = inquiry.resolver.words(inquiry.text, inquiry.covered)
    texts = inquiry.ledger.texts()
    return bool(words) and bool(texts) and any(all(w.surface not in text for text in texts) for w in words)


def printed_in_prose(inquiry: Inquiry) -> bool:
    """Return whether some line of a document holds the question's words beside an amount of money."""
    words = [word.surface for word in inquiry.resolver.words(inquiry.text, inquiry.covered)]
    years = {m.year for m in inquiry.asked.years if m.year}
    if not words:
        return False
    for document in inquiry.ledger.all_documents():
        if years and document.fiscal_year not in years:
            continue
        formal = FORMAL.search(inquiry.text.text)
        if formal and formal[0] not in document.text:
            continue
        for start, end in _lines_with(document.text, max(words, key=len)):
            line = document.text[start:end]
            if _PROSE_MONEY.search(line) and all(word in line.casefold() for word in words):
                return not inquiry.ledger.has_figure_in(document.id, start, end)
    return False


def which(inquiry: Inquiry) -> Clarification | Decline:
    items = list(inquiry.ledger.totals.values())
    having = [item for item in inquiry.ledger.items if any(f.measure is Measure.AMOUNT for f in item.served)]
    if len(items) <= 1:
        items += [item for item in having if item not in items and () in item.parents]
    options = [inquiry.option(item) for item in (items or having)[:4]]
    return inquiry.made.clarify("どの予算についてのお尋ねですか。", options)


def _without(text: str, covered: Sequence[tuple[int, int]]) -> str:
    return "".join(char for i, char in enumerate(text) if not any(s <= i < e for s, e in covered))


def _lines_with(text: str, word: str) -> Iterator[tuple[int, int]]:
    place = text.find(word)
    while place >= 0:
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        yield start, end
        place = text.find(word, end)
