"""One question with its names read: which items, which year, which figure; or what there is instead."""

import re
from collections.abc import Sequence

from corpus.types import Figure, Measure, Stage
from qa.ledger import composing
from qa.ledger.asking import Asked, Operation
from qa.ledger.book import TOTALS, Lack, Ledger
from qa.ledger.composing import Composition, name_of, year_of
from qa.ledger.folding import Folded, key, printed
from qa.ledger.items import Item
from qa.ledger.names import Mention
from qa.ledger.resolving import How, Reading, Resolver
from qa.types import Answer, Clarification, Decline

Response = Answer | Clarification | Decline | None
_CONFIDENCE = {How.NAMED: 0.98, How.MISSPELT: 0.9, How.WORDS: 0.85, How.MEANING: 0.7}
TWO_YEARS = (Operation.DIFFERENCE, Operation.RATE, Operation.DIRECTION)
WHOLE = re.compile(r"合計|総額|総計|全体|総予算|予算規模|トータル|総括")


class Halt(Exception):  # noqa: N818 - not an error: it carries the reply that ends the work early
    """The reply that ends a computation early."""

    def __init__(self, reply: Clarification | Decline) -> None:
        super().__init__(reply.text)
        self.reply = reply


class Inquiry:
    """One question with its names read."""

    def __init__(
        self,
        ledger: Ledger,
        resolver: Resolver,
        question: str,
        text: Folded,
        asked: Asked,
        reading: Reading,
        covered: Sequence[tuple[int, int]],
    ) -> None:
        self.ledger = ledger
        self.resolver = resolver
        self.question = question
        self.text = text
        self.asked = asked
        self.reading = reading
        self.covered = covered
        self.total = self.named_total()
        self.made = Composition(ledger, question)

    def named_total(self) -> Item | None:
        if not self.ledger.totals:
            return None
        named = self.resolver.total_named(self.text, self.covered)
        if named is not None:
            return named
        only = len(self.ledger.totals) == 1
        said_all = WHOLE.search(self.asked.shape) and not self.reading.named and not self.reading.unexplained
        if not only or not said_all:
            return None
        total = next(iter(self.ledger.totals.values()))
        # 「横浜市全体」 is more than the office whose total this is.
        return (
            None if any(name in self.text.text for name in self.resolver.offices(total.document)) else total
        )

    def aspect(self) -> str | None:
        """Return the funding source the question asks for, in the document's own words."""
        short = self.reading.how in (How.NAMED, How.MISSPELT) or not self.reading.named
        return self.resolver.aspect(self.asked.shape, self.known_aspects(), short=short)

    def known_aspects(self) -> tuple[str, ...]:
        """Return every funding source of the ledger."""
        return self.ledger.all_aspects()

    def is_aspect(self, surface: str) -> bool:
        """Return whether a word names a funding source."""
        said = key(surface)
        # 「外国人」 and 「県道」 hold the name of a source, and are none.
        return any(
            said in known or (len(known) > 1 and known in said) for known in map(key, self.known_aspects())
        ) or (surface in ("国庫", "一般", "特定", "財源", "国費", "県費", "市債", "起債", "地方債"))

    def subjects(self) -> list[Item]:
        """Return the items asked about, one for each mention, ancestors that only say where left out."""
        picked = [self.pick(mention) for mention in self.reading.mentions]
        items = list(dict.fromkeys(picked))
        below = [i for i in items if not any(self.ledger.under(other, i) for other in items)]
        if not below and self.total is not None:
            return [self.total]
        return below

    def pick(self, mention: Mention) -> Item:
        """Return the item a mention means, or ask back where several are equally good."""
        choices = [item for item in mention.items if item.served] or list(mention.items)
        if len(choices) > 1:
            years = [y for y in self.asked.years if y.offset is None]
            having = [i for i in choices if not years or self.ledger.year(years[0], i) in i.years()]
            if not having:
                raise Halt(self.lacking(choices[0], self.ledger.year(years[0], choices[0]), None, Lack.YEAR))
            exact = [i for i in choices if printed(i.label) in "".join(self.text.text.split())]
            choices = exact if len(exact) == 1 else having
        if len(choices) > 1:
            choices = self.typed(choices)
        if len(choices) > 1 and self.total in choices:
            choices = [c for c in choices if c is not self.total]
        if len(choices) == 1:
            return self.finer(choices[0], mention.others)
        names = [name_of(c) for c in choices]
        same = len(set(names)) < len(names)
        parents = [next((p[-1] for p in c.parents if p), None) if same else None for c in choices]
        if same and (None in parents or len(set(zip(names, parents, strict=True))) < len(names)):
            raise Halt(
                self.made.decline(
                    f"「{names[0]}」には、二通りの金額が印刷されています。どちらとも言えません。",
                    self.both(choices),
                )
            )
        options = [self.option(c, p) for c, p in zip(choices, parents, strict=True)]
        raise Halt(self.made.clarify("次のどれについてのお尋ねですか。", options))

    def finer(self, item: Item, others: Sequence[Item]) -> Item:
        """Return the one item of that short name that gives the same amount in a finer unit, where there is one."""
        if any(figure.unit == self.asked.unit for figure in item.figures):
            return item
        same = [other for other in others if self.ledger.same_amount(item, other)]
        return same[0] if len(same) == 1 else item

    def both(self, choices: Sequence[Item]) -> str:
        """Return lines with the amounts of items of one name."""
        return "\n".join(line for item in choices[:3] for line in self.known(item))

    def typed(self, choices: list[Item]) -> list[Item]:
        """Use 「事業」 or 「補助金」 said in the question to choose among half-named items."""
        for ending in ("補助金", "負担金", "事業", "費"):
            if ending in self.asked.text.replace("事業別", ""):
                fitting = [c for c in choices if re.sub(r"\(.*?\)", "", key(c.label)).endswith(ending)]
                if fitting and len(fitting) < len(choices):
                    return fitting
        return choices

    def years(self, item: Item) -> tuple[int | None, ...]:
        """Return the years asked for, as years of the document that holds the item."""
        found = [self.ledger.year(mention, item) for mention in self.asked.years]
        return tuple(dict.fromkeys(year for year in found if year is not None))

    def year(self, item: Item) -> int | None:
        """Return the one year asked for; without one, the newest of the document, else the item's own newest."""
        named = [m for m in self.asked.years if m.offset is None] or list(self.asked.years)
        if named:
            return self.ledger.year(named[0], item)
        newest = self.ledger.newest_year(item.document)
        return newest if newest in item.years() or not item.years() else item.years()[0]

    def two_years(self, item: Item) -> tuple[int, int]:
        """Return the years a change runs between, newer first."""
        named = [self.ledger.year(m, item) for m in self.asked.years if m.offset is None]
        years = sorted({year for year in named if year is not None}, reverse=True)
        offsets = {m.offset for m in self.asked.years if m.offset is not None}
        newest = self.ledger.newest_year(item.document) or 0
        if len(years) >= 2:
            return years[0], years[-1]
        if years:
            from_it = re.search(r"(?:から|に比べ|と比べ|比で)", self.asked.shape) and 0 in offsets
            return (newest, years[0]) if from_it else (years[0], years[0] - 1)
        if 1 in offsets:
            return newest + 1, newest
        return newest, newest + (-2 if -2 in offsets else -1)

    def figure(self, item: Item, year: int | None, aspect: str | None = None) -> Figure:
        """Return the figure, or halt with a decline that says what there is."""
        stage = Stage(self.asked.stage) if self.asked.stage else None
        measure = Measure.FUNDING if aspect else Measure.AMOUNT
        found = self.ledger.figure(item, year, measure, aspect=aspect, stage=stage)
        if isinstance(found, Figure):
            return self.in_unit_asked(item, found)
        raise Halt(self.lacking(item, year, aspect, found))

    def in_unit_asked(self, item: Item, figure: Figure) -> Figure:
        """Return the same amount as printed in the unit asked for, where another table prints it so."""
        if self.asked.operation is not Operation.AMOUNT or self.asked.unit in (None, figure.unit):
            return figure
        alike = item.matching(figure.fiscal_year, figure.measure, aspect=figure.aspect, stage=figure.stage)
        printed_so = [f for f in alike if f.unit == self.asked.unit and f in item.served]
        return printed_so[0] if printed_so else figure

    def lacking(self, item: Item, year: int | None, aspect: str | None, lack: Lack) -> Decline:
        what = f"{name_of(item)}の{self.year_said(item, year)}{'の財源「' + aspect + '」' if aspect else 'の金額'}"
        if lack is Lack.UNPROVEN:
            reason = f"{what}は、並び順のほかに裏づけがないため、お答えできません。"
        elif lack is Lack.CONFLICT:
            reason = f"{what}は、資料に二通り印刷されているため、お答えできません。"
        else:
            reason = f"{what}は、資料に印刷されていません。"
        known = self.known(item)
        if aspect:
            known += self.funding_above(item, aspect)
        return self.made.decline(reason, "\n".join(["分かるのは次の金額です。", *known]) if known else "")

    def year_said(self, item: Item, year: int | None) -> str:
        """Return a year in the words of the question, else in the document's."""
        for mention in self.asked.years:
            if self.ledger.year(mention, item) == year:
                return self.asked.shape[mention.start : mention.end].upper()
        return self.made.year(item.document, year)

    def funding_above(self, item: Item, aspect: str) -> list[str]:
        parent = self.ledger.parent(item)
        if parent is None:
            return []
        figure = self.ledger.figure(
            parent, self.ledger.newest_year(item.document), Measure.FUNDING, aspect=aspect
        )
        if not isinstance(figure, Figure):
            return []
        self.made.point_at(figure)
        return [f"・{name_of(parent)}全体の{aspect}：{composing.shown(figure.value, figure.unit)}"]

    def declined(self, reason: str) -> Decline:
        """Return a decline that says what the ledger does have for the items named."""
        known = [line for item in self.subjects()[:3] for line in self.known(item)]
        return self.made.decline(reason, "\n".join(["分かるのは次の金額です。", *known]) if known else "")

    def known(self, item: Item) -> list[str]:
        """Return lines that say which amounts of an item are known."""
        lines = []
        for year in item.years()[:2]:
            figure = self.ledger.figure(item, year)
            if isinstance(figure, Figure):
                self.made.point_at(figure)
                lines.append(
                    f"・{name_of(item)}（{self.made.year(item.document, year)}）"
                    f"：{composing.shown(figure.value, figure.unit)}"
                )
        return lines

    def option(self, item: Item, parent: str | None = None) -> str:
        """Return a full question about one item, for the person to choose."""
        years = item.years()
        total = self.ledger.totals.get(item.document) is item
        name = self.title(item) if total else name_of(item)
        whose = f"{parent + 'の' if parent else ''}{name}"
        changes = {
            Operation.RATE: "は前年度から何%増減しましたか",
            Operation.DIRECTION: "は前年度から増えましたか、減りましたか",
        }
        if self.asked.operation in TWO_YEARS:
            return whose + changes.get(self.asked.operation, "は前年度からいくら増減しましたか")
        asked = [self.ledger.year(m, item) for m in self.asked.years]
        year = next((y for y in asked if y in years), years[0] if years else None)
        if re.search(r"予算額?$", whose):
            return f"{year_of(year)}の{whose}はいくらですか"
        return f"{whose}の{year_of(year)}予算額はいくらですか"

    def title(self, item: Item) -> str:
        """Return how a total is called: by the office whose it is."""
        if item.key not in TOTALS:
            return name_of(item)
        offices = sorted(self.resolver.offices(item.document), key=len)
        office = next((o for o in reversed(offices) if o.endswith(("局", "部", "課", "庁"))), "") or (
            offices[-1] if offices else ""
        )
        return f"{office}予算の{name_of(item)}"

    def said(self, item: Item) -> str:
        """Return how an item is called in a sentence."""
        return self.title(item) if self.ledger.totals.get(item.document) is item else name_of(item)

    @property
    def confidence(self) -> float:
        """How sure the reading of the name is, in 0-1."""
        return _CONFIDENCE[self.reading.how if self.reading.named else How.NAMED]

    def scope_of(self, item: Item) -> tuple[Item, ...]:
        """Return the items a ranking or list runs over: the lines (費目) or the projects (事業) below `item`."""
        children = self.ledger.children(item)
        if len(children) == 1 and self.ledger.children(children[0]):
            return self.scope_of(children[0])
        lines = tuple(child for child in children if self.ledger.children(child))
        if self.asked.scope == "project" and lines and not re.search(r"費目", self.asked.shape):
            return self.ledger.leaves(item)
        return children
