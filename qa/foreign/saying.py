"""Replies in the asker's language: the counter's words from the messages, the documents' words as they stand."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from corpus.budgets.amounts import yen
from corpus.budgets.years import in_era
from corpus.lexicon.money import grouped, shown
from corpus.types import Document, Figure
from qa.frames.frame import Frame
from qa.ledger import Item
from qa.ledger.composing import Composition, name_of
from qa.replies.citing import cite
from qa.replies.messages import say
from qa.types import Answer, Citation, Clarification, Decline, Evidence, FigureShown

_UNITS = {
    "千円": "thousand_yen",
    "万円": "ten_thousand_yen",
    "百万円": "million_yen",
    "億円": "hundred_million_yen",
}
_NEAREST = 3
_MOST_FIGURES = 8


def plain_question(frame: Frame, language: str) -> str:
    """Return a frame as a plain question, its item by its Japanese name."""
    name = name_of(frame.items[0]) if frame.items else ""
    year = year_said(frame.year or 0, language)
    question = say(f"ask_{frame.operation}", language, item=name, year=year)
    return say("ask_placed", language, question=question, order=frame.order) if frame.order else question


def year_said(year: int, language: str) -> str:
    """Return a fiscal year as the language says it.

    >>> year_said(2022, "en")
    'fiscal 2022 (令和4年度)'
    """
    return say("fiscal_year", language, year=year, era=in_era(year))


def figure_answer(question: str, frame: Frame, computed: Answer, language: str, confidence: float) -> Answer:
    """Return the ledger's answer in the asker's language; figures and citations are the ledger's own."""
    lines = [_figure_line(figure, language) for figure in computed.figures[:_MOST_FIGURES]]
    if computed.members:
        short = "、".join(computed.members)
    elif not frame.items:
        short = computed.short
    else:
        short = _value(computed.figures[0], language)
    return Answer(
        question, "\n".join(dict.fromkeys(lines)), short, computed.citations, confidence, computed.members,
        computed.figures, plain_question(frame, language), language,
    )  # fmt: skip


def asked_back(question: str, frames: Sequence[Frame], language: str) -> Clarification:
    """Return a question back: each frame as a plain question in the asker's language."""
    options = tuple(dict.fromkeys(plain_question(frame, language) for frame in frames))
    return Clarification(question, say("which", language), options, language=language)


def lacking(
    question: str, frame: Frame, known: Sequence[tuple[Item, Figure]], made: Composition, language: str
) -> Decline:
    """Return a decline that names the year which is not printed, and what is known instead."""
    year = year_said(frame.year or 0, language)
    name = name_of(frame.items[0]) if frame.items else ""
    lines = [say("no_year", language, item=name, year=year) if name else say("no_figure", language)]
    if known:
        lines.append(say("known", language))
    for item, figure in known:
        made.point_at(figure)
        year = year_said(figure.fiscal_year or 0, language)
        lines.append(f"「{name_of(item)}」 {year}: {amount_said(figure.value, figure.unit, language)}")
    citations = made.answer("", "", 0.0).citations
    return Decline(question, "\n".join(lines), "year", citations, language=language)


def declined(
    question: str,
    message: str,
    reason: str,
    near: Sequence[Evidence],
    documents: Mapping[str, Document],
    language: str,
) -> Decline:
    """Return a decline with the nearest passages."""
    lines = [say(message, language)]
    if near:
        lines.append(say("near", language))
    citations = tuple(
        _passage(item, documents[item.passage.document], number)
        for number, item in enumerate(near[:_NEAREST], 1)
    )
    return Decline(question, "\n".join(lines), reason, citations, language=language)


def amount_said(value: Decimal, unit: str, language: str) -> str:
    """Return an amount as printed, with its unit explained and the same in yen.

    >>> amount_said(Decimal(266144), "千円", "en")
    '266,144千円 (thousand yen) = ¥266,144,000'
    """
    printed = shown(value, unit)
    if unit not in _UNITS:
        return printed
    told = {"amount": printed, "unit": say(_UNITS[unit], language), "yen": grouped(yen(value, unit))}
    return say("in_yen", language, **told)


def _figure_line(figure: FigureShown, language: str) -> str:
    kind = "" if figure.kind in ("amount", "count") else f"（{say(f'kind_{figure.kind}', language)}）"
    year = f" {year_said(figure.fiscal_year, language)}" if figure.fiscal_year else ""
    derivation = (figure.derivation or "").partition("（")[0]
    amount = amount_said(abs(Decimal(figure.value)), figure.unit, language)
    said = amount if figure.kind == "amount" else _moved(figure, amount, language)
    return f"「{figure.label}」{kind}{year}: {said}" + (f"\n{derivation}" if derivation else "")


def _value(figure: FigureShown, language: str) -> str:
    amount = shown(abs(Decimal(figure.value)), figure.unit)
    return amount if figure.kind == "amount" else _moved(figure, amount, language)


def _moved(figure: FigureShown, amount: str, language: str) -> str:
    if figure.kind not in ("difference", "rate"):
        return amount
    value = Decimal(figure.value)
    if value == 0:
        return say("no_change", language)
    return f"{amount} ({say('increase' if value > 0 else 'decrease', language)})"


def _passage(item: Evidence, document: Document, number: int) -> Citation:
    passage = item.passage
    heading = passage.heading[-1] if passage.heading else ""
    return cite(document, passage.start, passage.end, number, heading)
