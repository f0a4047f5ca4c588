"""One computation at work: its frame, the figures of the ledger, the reply in the making."""

from collections.abc import Sequence

from corpus.lexicon.money import is_money, shown
from corpus.types import Figure, Measure
from qa.frames.frame import Frame
from qa.ledger import arithmetic
from qa.ledger.arithmetic import Result
from qa.ledger.book import Lack, Ledger
from qa.ledger.composing import Composition, change_text, money_text, name_of, short_amount, year_of
from qa.ledger.items import Item
from qa.types import Answer, Decline

_KNOWN = "分かるのは次の金額です。"
_WHY = {
    Lack.UNPROVEN: "は、並び順のほかに裏づけがないため、お答えできません。",
    Lack.CONFLICT: "は、資料に二通り印刷されているため、お答えできません。",
}
_NOT_PRINTED = "は、資料に印刷されていません。"


class Working:
    """What a computation needs of its frame and of the ledger, and how it says what it found."""

    def __init__(self, frame: Frame, ledger: Ledger, confidence: float) -> None:
        self.frame = frame
        self.ledger = ledger
        self.confidence = confidence
        self.made = Composition(ledger, frame.question())

    def printed(self, item: Item, year: int | None, source: str | None = None) -> Figure | Lack:
        """Return an amount of money (of a funding source), or why there is none."""
        measure = Measure.FUNDING if source else Measure.AMOUNT
        found = self.ledger.figure(item, year, measure, aspect=source)
        if isinstance(found, Figure) and not is_money(found.unit):
            return Lack.NOTHING
        return found

    def amount(self, item: Item, year: int | None) -> Figure | None:
        """Return an item's amount, None where it has none to show."""
        found = self.printed(item, year)
        return found if isinstance(found, Figure) else None

    def difference(self, item: Item) -> Result | None:
        """Return how much an item's amount differs from that of the year compared with."""
        new, old = self.amount(item, self.frame.year), self.amount(item, self.frame.base)
        return None if new is None or old is None else arithmetic.difference(new, old)

    def rate(self, item: Item) -> Result | None:
        """Return the difference in percent of the older amount, where that is above zero."""
        new, old = self.amount(item, self.frame.year), self.amount(item, self.frame.base)
        if new is None or old is None or old.value <= 0:
            return None
        return arithmetic.rate(new, old, self.frame.digits)

    def lacking(self, item: Item, *years: int | None, source: str | None = None) -> Decline:
        """Return a decline that says what is not printed, and what is."""
        missing = [(year, self.printed(item, year, source)) for year in years]
        year, why = next(((y, f) for y, f in missing if not isinstance(f, Figure)), (self.frame.year, None))
        what = f"{name_of(item)}の{year_of(year)}の{f'財源「{source}」' if source else '金額'}"
        reason = what + _WHY.get(why, _NOT_PRINTED) if isinstance(why, Lack) else what + _NOT_PRINTED
        return self.declined(reason, item)

    def declined(self, reason: str, item: Item) -> Decline:
        """Return a decline for `reason`, with the amounts of an item that are known."""
        known = []
        for year in item.years()[:2]:
            figure = self.amount(item, year)
            if figure is not None:
                self.made.point_at(figure)
                of_year = self.made.year(item.document, year)
                known.append(f"・{name_of(item)}（{of_year}）：{shown(figure.value, figure.unit)}")
        return self.made.decline(reason, "\n".join([_KNOWN, *known]) if known else "")

    def of_one_figure(self, result: Result, item: Item, text: str) -> Answer:
        """Return the answer that is one figure: shown first, with what it was computed from."""
        self.made.show(result, name_of(item), self.frame.year)
        self.point_at_parts(result)
        said = f"{text}\n{result.derivation}" if result.derivation else text
        return self.made.answer(said, self.said(result), self.confidence)

    def point_at_parts(self, result: Result) -> None:
        """Show the amounts that a computed figure came from."""
        for figure in result.figures if result.derivation else ():
            self.made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)

    def said(self, result: Result) -> str:
        """Return a figure briefly: 18,252千円の増, 20.4%増, 266,144千円."""
        if result.kind == "difference":
            return change_text(result)
        if result.kind == "rate" and result.unit == "%":
            word = "増" if result.value > 0 else "減" if result.value < 0 else "（増減なし）"
            return f"{shown(abs(result.value), '%')}{word}"
        if is_money(result.unit):
            return short_amount(result.value, result.unit, self.frame.unit)
        return shown(result.value, result.unit)

    def in_full(self, result: Result) -> str:
        """Return an amount with a reading that people can say."""
        if is_money(result.unit):
            return money_text(result.value, result.unit, self.frame.unit)
        return shown(result.value, result.unit)

    def listed(self, members: Sequence[str], heading: str) -> Answer:
        """Return members as a list."""
        text = "\n".join([heading, *(f"・{member}" for member in members)])
        return self.made.answer(text, "、".join(members), self.confidence, members)
