"""A frame: an operation with all that it is asked of; it can say itself as a plain question."""

from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.lexicon.money import shown
from qa.frames.operations import Operation
from qa.frames.plain_questions import PLACED, PLAIN, of_total, template
from qa.ledger.composing import name_of, year_of
from qa.ledger.items import Item

_NAMED = 4
_TWO = 2
PROJECT, LINE = "事業", "費目"


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount of money that a question names, or (unit %) a part of the whole."""

    value: Decimal
    unit: str

    @property
    def said(self) -> str:
        """Return it as it is said."""
        return (
            f"予算総額の{shown(self.value, self.unit)}" if self.unit == "%" else shown(self.value, self.unit)
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """An operation on items (one, two, or none where it is over all of them) in a fiscal year.

    `base` is the year compared with, `years` are those asked for side by side. `whole` is the total of the budget that
    all items are of, `scope` the item below which they are. `level` asks for 費目, 款 …, not for 事業; `among` are
    the items of a list that was told before. Of all items `marked` alone are meant (新規), or all but `unmarked`. `lesser`
    asks for the smaller of two.
    """

    operation: Operation
    items: tuple[Item, ...] = ()
    year: int | None = None
    base: int | None = None
    years: tuple[int, ...] = ()
    order: int | None = None
    count: int | None = None
    scope: Item | None = None
    whole: Item | None = None
    level: str | None = None
    among: tuple[Item, ...] = ()
    sources: tuple[str, ...] = ()
    bar: Threshold | None = None
    division: str | None = None
    unit: str | None = None
    counter: str | None = None
    """Of what a number is asked that the item's description tells: 台, か所."""
    digits: int = 1
    rounding: int | None = None
    marked: str | None = None
    unmarked: str | None = None
    lesser: bool = False
    by_share: bool = False
    """Whether items are put in order by what part of their amount a source is."""
    by_rate: bool = False
    """Whether changes are compared in percent."""
    of_change: bool = False
    """Whether two items' changes are compared, not their amounts."""
    direction: str | None = None
    """Which way an amount is asked to have gone, where one alone is named: rise, fall, equal."""
    by_level: bool = False
    """Whether an item is said with its level: others have its name."""
    qualified: bool = False
    """Whether an item is said with what it is below: others have its name and level."""
    office: str | None = None
    """Whose budget the whole is, where its own name does not tell: 「合計」 of 環境局."""

    def question(self) -> str:
        """Return the frame as a plain question."""
        told = self.items or ((self.scope,) if self.scope else ())
        names = [self._name(item) for item in told]
        one, two = (*names, "", "")[:2]
        if len(names) > _TWO:
            one, two = "、".join(names[:-1]), names[-1]
        return (self._template() or "").format(
            year=year_of(self.year),
            one=one,
            two=two,
            order=self.order,
            count=self.count or 3,
            within=self._within(),
            what=self._what(),
            source="と".join(self.sources),
            bar=self.bar.said if self.bar else "",
            division=f"「{self.division}」",
            unit=self.counter or self.unit or "",
        )

    def _template(self) -> str | None:
        """Return the question of the last of the forms that fit; the plain one where none has one."""
        total = bool(self.items) and self.items[0] is self.whole
        forms = {
            PLACED: (self.order or 1) > 1,
            "of_detail": (self.order or 1) <= 1,
            "by_share": self.by_share,
            "by_rate": self.by_rate and self.operation is Operation.COMPARE_CHANGE,
            "of_change": self.of_change,
            "one_direction": self.operation is Operation.DIRECTION,
            "by_amount": self.bar is not None,
            "lesser": self.lesser,
        }
        fitting = [form for form, fits in forms.items() if fits]
        name = (self.direction or "") if fitting[-1] == "one_direction" else self.operation
        own = template(fitting[-1], name)
        return own or (of_total(self.operation) if total else None) or template(PLAIN, self.operation)

    def _name(self, item: Item) -> str:
        if item is self.whole and self.office:
            return f"「{self.office}予算」"
        apart = self.by_level or self.qualified
        name = f"{item.levels[0] if apart and item.levels else ''}「{name_of(item)}」"
        above = next((parent for parent in reversed(item.parents[0]) if parent != item.label), None)
        return f"{above}の{name}" if self.qualified and above else name

    def _what(self) -> str:
        marks = f"{self.marked}の" if self.marked else f"{self.unmarked}を除く" if self.unmarked else ""
        of_division = self.division and self.operation not in (
            Operation.OF_DEPARTMENT,
            Operation.SUM_DEPARTMENT,
        )
        return (f"「{self.division}」の" if of_division else "") + marks + (self.level or PROJECT)

    def of(self, *items: Item) -> "Frame":
        """Return the same asked of other items."""
        return replace(self, items=items)

    def _within(self) -> str:
        if self.among:
            return f"の{len(self.among)}件（{'、'.join(name_of(item) for item in self.among[:_NAMED])}）"
        if self.scope is not None:
            return f"の「{name_of(self.scope)}」"
        return f"の{self.office or budget_of(self.whole)}" if self.whole else ""


def budget_of(whole: Item) -> str:
    """Return whose budget a total is: 文化国際局 of 文化国際局予算."""
    return name_of(whole).removesuffix("予算").removesuffix("当初")
