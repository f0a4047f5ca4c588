"""Staff questions answered from the ledger: understood, computed, cited; or declined with what there is."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from corpus.tables.amounts import SCALE, yen
from corpus.types import Figure, Measure, Stage
from index.tokenizer import SudachiTokenizer
from qa.ledger import arithmetic, composing
from qa.ledger.arithmetic import Result
from qa.ledger.asking import NAME, Asked, Measured, Operation, nth, understood
from qa.ledger.book import TOTALS, Lack, Ledger
from qa.ledger.composing import Composition, in_yen, money_text, name_of, short_amount, year_of
from qa.ledger.folding import Folded, folded, key, printed
from qa.ledger.items import Item
from qa.ledger.names import Mention, Strength
from qa.ledger.resolving import FORMAL, Describe, How, Reading, Resolver
from qa.ledger.vocabulary import ONLY, PROSE
from qa.ledger.years import YearMention, year_mentions
from qa.types import Answer, Clarification, Decline

Response = Answer | Clarification | Decline | None
_LONGEST = 400
_CONFIDENCE = {How.NAMED: 0.98, How.MISSPELT: 0.9, How.WORDS: 0.85, How.MEANING: 0.7}
_TWO_YEARS = (Operation.DIFFERENCE, Operation.RATE, Operation.DIRECTION)
_ALL = re.compile(r"合計|総額|総計|全体|総予算|予算規模|トータル|総括")
_MEANT = re.compile(r"事業|取組|取り組み|やつ|施策|プロジェクト|お金|経費|費用|予算|補助")
_PROSE_MONEY = re.compile(r"[0-9０-９](?:億|万円|円)")
_BARE_TOTAL = re.compile(
    r"^(?:の|予算|は|いくら|です|か|総|額|規模|全体|を|教えて|ください|下さい|当初|今年度|本年度|どれ|くらい|で|しょう|ですか|[?。、\s])*$"
)


class Halt(Exception):  # noqa: N818 - not an error: it carries the reply that ends the work early
    """The reply that ends a computation early."""

    def __init__(self, reply: Clarification | Decline) -> None:
        super().__init__(reply.text)
        self.reply = reply


class LedgerAnswerer:
    """Answers questions about figures; None where the passages should answer."""

    def __init__(
        self, ledger: Ledger, tokenizer: SudachiTokenizer, *, describe: Describe | None = None
    ) -> None:
        self._ledger = ledger
        self._resolver = Resolver(ledger, tokenizer, describe)

    def answer(self, question: str) -> Response:
        """Return the reply to a question about figures, or None where it is not one."""
        if not self._ledger.items or not question.strip() or len(question) > _LONGEST:
            return None
        text = folded(question)
        if not text.key:
            return None
        inquiry = self._inquiry(question, text)
        if inquiry is None:
            return None
        try:
            return inquiry.reply()
        except Halt as halt:
            return halt.reply

    def _inquiry(self, question: str, text: Folded) -> "Inquiry | None":
        years = year_mentions(text.text)
        covered = [(mention.start, mention.end) for mention in years]
        first = understood(text.text, text.text)
        if first.operation is None and not years and not self._ledger.names.mentions(text):
            return None
        reading = self._resolver.read(text, covered)
        if reading.how is How.MEANING and not _MEANT.search(text.text):
            reading = Reading((), How.WORDS, reading.unexplained)
        if reading.how in (How.WORDS, How.MEANING) and not first.cue:
            reading = Reading((), How.WORDS, reading.unexplained)
        if (
            reading.how is How.NAMED
            and all(m.strength is Strength.CORE for m in reading.mentions)
            and not first.cue
        ):
            reading = Reading((), How.WORDS, reading.unexplained)
        asked = understood(text.text, _shape(text.text, reading))
        return Inquiry(self._ledger, self._resolver, question, text, asked, reading, covered)


def _shape(text: str, reading: Reading) -> str:
    if reading.how in (How.WORDS, How.MEANING):
        return text
    shape = text
    for mention in sorted(reading.mentions, key=lambda m: -m.start):
        shape = shape[: mention.start] + NAME + shape[mention.end :]
    return shape


class Inquiry:
    """One question with its names read; `reply` computes what it asks."""

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
        self._ledger = ledger
        self._resolver = resolver
        self._question = question
        self._text = text
        self._asked = asked
        self._reading = reading
        self._covered = covered
        self._total = self._named_total()
        self._made = Composition(ledger, question)

    # --- the way through -------------------------------------------------------------------------------

    def reply(self) -> Response:
        """Return the answer, a question back, a decline, or None for the passages."""
        operation = self._operation()
        if operation is None:
            return None
        if operation in (Operation.RANK, Operation.MARKED, Operation.HIGHLIGHTS, Operation.NUMBER_OF):
            self._refuse_what_is_not_printed()
            found = self._over_items(operation)
            if found is not None or self._reading.named or not (self._asked.money and self._asked.cue):
                return found
            # 「新」 or 「トップ」 stood in an unknown name.
            return self._nameless(Operation.AMOUNT)
        if not self._reading.named and self._total is None:
            return self._nameless(operation)
        if operation is Operation.DEPARTMENT:
            return self._department()
        if operation is Operation.COUNT:
            return self._count()
        self._refuse_what_is_not_printed()
        self._refuse_parts()
        return self._computations()[operation]()

    def _computations(self) -> Mapping[Operation, Callable[[], Response]]:
        return {
            Operation.AMOUNT: self._amounts,
            Operation.DIFFERENCE: self._difference,
            Operation.RATE: self._rate,
            Operation.DIRECTION: self._direction,
            Operation.SHARE: self._share,
            Operation.SUM: self._sum,
            Operation.COMPARE: self._compare,
            Operation.TIMES: self._times,
            Operation.CHILDREN: self._children,
            Operation.SOURCES: self._sources,
        }

    def _operation(self) -> Operation | None:
        asked = self._asked
        if asked.operation in (Operation.COUNT, Operation.DEPARTMENT):
            return asked.operation
        money = asked.operation in (
            Operation.AMOUNT,
            *_TWO_YEARS,
            Operation.SHARE,
            Operation.SUM,
            Operation.SOURCES,
        )
        if PROSE.search(asked.shape) and not (
            money and asked.money and not re.search(r"理由|要因|なぜ|使い道", asked.shape)
        ):
            return None
        if asked.operation is None:
            named = self._reading.named and self._reading.how in (How.NAMED, How.MISSPELT)
            bare = named and (asked.years or self._aspect() or _bare(asked.shape))
            return Operation.AMOUNT if bare or (self._total and asked.years and asked.cue) else None
        if asked.operation is Operation.AMOUNT and not asked.cue:
            return Operation.AMOUNT if self._unknown_word() else None
        if asked.operation in (
            Operation.DIRECTION,
            Operation.COMPARE,
            Operation.CHILDREN,
            Operation.MARKED,
        ) and not (asked.cue and (self._reading.named or self._total or asked.money or asked.scope)):
            return None
        if asked.operation in (Operation.SOURCES, Operation.CHILDREN) and self._aspect():
            return Operation.AMOUNT
        return asked.operation

    def _named_total(self) -> Item | None:
        if not self._ledger.totals:
            return None
        named = self._resolver.total_named(self._text, self._covered)
        if named is not None:
            return named
        only = len(self._ledger.totals) == 1
        said_all = (
            _ALL.search(self._asked.shape) and not self._reading.named and not self._reading.unexplained
        )
        return next(iter(self._ledger.totals.values())) if only and said_all else None

    # --- what cannot be told ---------------------------------------------------------------------------

    def _refuse_what_is_not_printed(self) -> None:
        blocked = self._asked.blocked
        if blocked == "per head":
            raise Halt(self._declined("一人あたり・一件あたりなどの金額は、資料に印刷されていません。"))
        if blocked == "monthly":
            raise Halt(
                self._declined("月別・期間別の金額は、資料に印刷されていません。年度の金額だけが分かります。")
            )
        if self._asked.stage and not self._staged():
            word = {"settled": "決算・執行の額", "supplementary": "補正後の額"}[self._asked.stage]
            raise Halt(self._declined(f"{word}は、資料に印刷されていません。当初予算の額だけが分かります。"))

    def _staged(self) -> bool:
        return any(f.stage.value == self._asked.stage for item in self._subjects() for f in item.figures)

    def _refuse_parts(self) -> None:
        """Refuse what asks for a part of an item, or for more than it: only whole items are printed."""
        words = [word.surface for word in self._reading.unexplained if not self._is_aspect(word.surface)]
        if not self._reading.named:
            words = [
                w.surface
                for w in self._resolver.words(self._text, self._covered)
                if not self._is_aspect(w.surface)
            ]
        if words:
            raise Halt(
                self._declined(f"「{'・'.join(words)}」についての金額は、資料に単独では印刷されていません。")
            )
        only = ONLY.search(self._asked.shape)
        if only and (
            re.match(r"以外|を除|除いた|抜き|含め|も含", only[0])
            or not re.search(NAME + r"(?:の[^、。]{0,6})?(?:だけ|のみ|単独|単体|込み)", self._asked.shape)
        ):
            raise Halt(self._declined("その範囲だけの金額は、資料に印刷されていません。"))

    def _is_aspect(self, surface: str) -> bool:
        return any(
            key(surface) in key(aspect) or key(aspect) in key(surface) for aspect in self._known_aspects()
        ) or (surface in ("国庫", "一般", "特定", "財源", "国費", "県費", "市債", "起債", "地方債"))

    def _declined(self, reason: str) -> Decline:
        """Return a decline that says what the ledger does have for the items named."""
        known = [line for item in self._subjects()[:3] for line in self._known(item)]
        return self._made.decline(reason, "\n".join(["分かるのは次の金額です。", *known]) if known else "")

    def _known(self, item: Item) -> list[str]:
        lines = []
        for year in item.years()[:2]:
            figure = self._ledger.figure(item, year)
            if isinstance(figure, Figure):
                self._made.point_at(figure)
                lines.append(
                    f"・{name_of(item)}（{self._made.year(item.document, year)}）"
                    f"：{composing.shown(figure.value, figure.unit)}"
                )
        return lines

    def _nameless(self, operation: Operation) -> Response:
        """Answer for a question that names no item: ask back, leave it to the passages, or decline."""
        asked = self._asked
        if _BARE_TOTAL.match(_without(self._text.text, self._covered)):
            return self._which()
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
        if self._printed_in_prose():
            return None
        near = self._reading.near[:3]
        for item in near:
            self._made.point_at_name(item)
        hint = "近い名前の項目：" + "、".join(name_of(item) for item in near) if near else ""
        return self._made.decline("お尋ねの項目の金額は、資料に見当たりません。", hint)

    def _unknown_word(self) -> bool:
        """Return whether the question asks for money of something no document ever mentions."""
        words = self._resolver.words(self._text, self._covered)
        texts = self._ledger.texts()
        return (
            bool(words) and bool(texts) and any(all(w.surface not in text for text in texts) for w in words)
        )

    def _printed_in_prose(self) -> bool:
        """Return whether some line of a document holds the question's words beside an amount of money."""
        words = [word.surface for word in self._resolver.words(self._text, self._covered)]
        years = {m.year for m in self._asked.years if m.year}
        if not words:
            return False
        for document in self._ledger.all_documents():
            if years and document.fiscal_year not in years:
                continue
            formal = FORMAL.search(self._text.text)
            if formal and formal[0] not in document.text:
                continue
            for start, end in _lines_with(document.text, max(words, key=len)):
                line = document.text[start:end]
                if _PROSE_MONEY.search(line) and all(word in line.casefold() for word in words):
                    return not self._ledger.has_figure_in(document.id, start, end)
        return False

    def _which(self) -> Clarification | Decline:
        items = list(self._ledger.totals.values())
        having = [item for item in self._ledger.items if any(f.measure is Measure.AMOUNT for f in item.served)]
        if len(items) <= 1:
            items += [item for item in having if item not in items and () in item.parents]
        options = [self._option(item) for item in (items or having)[:4]]
        return self._made.clarify("どの予算についてのお尋ねですか。", options)

    def _option(self, item: Item, parent: str | None = None) -> str:
        years = item.years()
        total = self._ledger.totals.get(item.document) is item
        name = self._title(item) if total else name_of(item)
        whose = f"{parent + 'の' if parent else ''}{name}"
        changes = {
            Operation.RATE: "は前年度から何%増減しましたか",
            Operation.DIRECTION: "は前年度から増えましたか、減りましたか",
        }
        if self._asked.operation in _TWO_YEARS:
            return whose + changes.get(self._asked.operation, "は前年度からいくら増減しましたか")
        asked = [self._ledger.year(m, item) for m in self._asked.years]
        year = next((y for y in asked if y in years), years[0] if years else None)
        if re.search(r"予算額?$", whose):
            return f"{year_of(year)}の{whose}はいくらですか"
        return f"{whose}の{year_of(year)}予算額はいくらですか"

    def _title(self, item: Item) -> str:
        if item.key not in TOTALS:
            return name_of(item)
        offices = sorted(self._resolver.offices(item.document), key=len)
        office = next((o for o in reversed(offices) if o.endswith(("局", "部", "課", "庁"))), "") or (
            offices[-1] if offices else ""
        )
        return f"{office}予算の{name_of(item)}"

    # --- items, years, figures -------------------------------------------------------------------------

    def _subjects(self) -> list[Item]:
        """Return the items asked about, one for each mention, ancestors that only say where left out."""
        picked = [self._pick(mention) for mention in self._reading.mentions]
        items = list(dict.fromkeys(picked))
        below = [i for i in items if not any(self._ledger.under(other, i) for other in items)]
        if not below and self._total is not None:
            return [self._total]
        return below

    def _pick(self, mention: Mention) -> Item:
        """Return the item a mention means, or ask back where several are equally good."""
        choices = [item for item in mention.items if item.served] or list(mention.items)
        if len(choices) > 1:
            years = [y for y in self._asked.years if y.offset is None]
            having = [i for i in choices if not years or self._ledger.year(years[0], i) in i.years()]
            if not having:
                raise Halt(
                    self._lacking(choices[0], self._ledger.year(years[0], choices[0]), None, Lack.YEAR)
                )
            exact = [i for i in choices if printed(i.label) in "".join(self._text.text.split())]
            choices = exact if len(exact) == 1 else having
        if len(choices) > 1:
            choices = self._typed(choices)
        if len(choices) > 1 and self._total in choices:
            choices = [c for c in choices if c is not self._total]
        if len(choices) == 1:
            return choices[0]
        names = [name_of(c) for c in choices]
        same = len(set(names)) < len(names)
        parents = [next((p[-1] for p in c.parents if p), None) if same else None for c in choices]
        if same and (None in parents or len(set(zip(names, parents, strict=True))) < len(names)):
            raise Halt(
                self._made.decline(
                    f"「{names[0]}」には、二通りの金額が印刷されています。どちらとも言えません。",
                    self._both(choices),
                )
            )
        options = [self._option(c, p) for c, p in zip(choices, parents, strict=True)]
        raise Halt(self._made.clarify("次のどれについてのお尋ねですか。", options))

    def _both(self, choices: Sequence[Item]) -> str:
        return "\n".join(line for item in choices[:3] for line in self._known(item))

    def _typed(self, choices: list[Item]) -> list[Item]:
        """Use 「事業」 or 「補助金」 said in the question to choose among half-named items."""
        for ending in ("補助金", "負担金", "事業", "費"):
            if ending in self._asked.text.replace("事業別", ""):
                fitting = [c for c in choices if re.sub(r"\(.*?\)", "", key(c.label)).endswith(ending)]
                if fitting and len(fitting) < len(choices):
                    return fitting
        return choices

    def _years(self, item: Item) -> list[int]:
        found = [self._ledger.year(mention, item) for mention in self._asked.years]
        return list(dict.fromkeys(year for year in found if year is not None))

    def _year(self, item: Item) -> int | None:
        """Return the one year asked for; without one, the newest of the document, else the item's own newest."""
        named = [m for m in self._asked.years if m.offset is None] or list(self._asked.years)
        if named:
            return self._ledger.year(named[0], item)
        newest = self._ledger.newest_year(item.document)
        return newest if newest in item.years() or not item.years() else item.years()[0]

    def _two_years(self, item: Item) -> tuple[int, int]:
        """Return the years a change runs between, newer first."""
        named = [self._ledger.year(m, item) for m in self._asked.years if m.offset is None]
        years = sorted({year for year in named if year is not None}, reverse=True)
        offsets = {m.offset for m in self._asked.years if m.offset is not None}
        newest = self._ledger.newest_year(item.document) or 0
        if len(years) >= 2:
            return years[0], years[-1]
        if years:
            from_it = re.search(r"(?:から|に比べ|と比べ|比で)", self._asked.shape) and 0 in offsets
            return (newest, years[0]) if from_it else (years[0], years[0] - 1)
        if 1 in offsets:
            return newest + 1, newest
        return newest, newest + (-2 if -2 in offsets else -1)

    def _figure(self, item: Item, year: int | None, aspect: str | None = None) -> Figure:
        """Return the figure, or halt with a decline that says what there is."""
        stage = Stage(self._asked.stage) if self._asked.stage else None
        measure = Measure.FUNDING if aspect else Measure.AMOUNT
        found = self._ledger.figure(item, year, measure, aspect=aspect, stage=stage)
        if isinstance(found, Figure):
            return found
        raise Halt(self._lacking(item, year, aspect, found))

    def _lacking(self, item: Item, year: int | None, aspect: str | None, lack: Lack) -> Decline:
        what = f"{name_of(item)}の{self._year_said(item, year)}{'の財源「' + aspect + '」' if aspect else 'の金額'}"
        if lack is Lack.UNPROVEN:
            reason = f"{what}は、並び順のほかに裏づけがないため、お答えできません。"
        elif lack is Lack.CONFLICT:
            reason = f"{what}は、資料に二通り印刷されているため、お答えできません。"
        else:
            reason = f"{what}は、資料に印刷されていません。"
        known = self._known(item)
        if aspect:
            known += self._funding_above(item, aspect)
        return self._made.decline(reason, "\n".join(["分かるのは次の金額です。", *known]) if known else "")

    def _year_said(self, item: Item, year: int | None) -> str:
        """Return a year in the words of the question, else in the document's."""
        for mention in self._asked.years:
            if self._ledger.year(mention, item) == year:
                return self._asked.shape[mention.start : mention.end].upper()
        return self._made.year(item.document, year)

    def _funding_above(self, item: Item, aspect: str) -> list[str]:
        parent = self._ledger.parent(item)
        if parent is None:
            return []
        figure = self._ledger.figure(
            parent, self._ledger.newest_year(item.document), Measure.FUNDING, aspect=aspect
        )
        if not isinstance(figure, Figure):
            return []
        self._made.point_at(figure)
        return [f"・{name_of(parent)}全体の{aspect}：{composing.shown(figure.value, figure.unit)}"]

    def _known_aspects(self) -> tuple[str, ...]:
        return self._ledger.all_aspects()

    def _aspect(self) -> str | None:
        """Return the funding source the question asks for, in the document's own words."""
        short = self._reading.how in (How.NAMED, How.MISSPELT) or not self._reading.named
        return self._resolver.aspect(self._asked.shape, self._known_aspects(), short=short)

    # --- amounts and changes ---------------------------------------------------------------------------

    @property
    def _confidence(self) -> float:
        return _CONFIDENCE[self._reading.how if self._reading.named else How.NAMED]

    def _amounts(self) -> Response:
        items = self._subjects()
        aspect = self._aspect()
        if (
            len(items) == 1
            and aspect
            and not self._ledger.aspects(items[0])
            and self._ledger.children(items[0])
        ):
            return self._summed(self._ledger.children(items[0]), aspect, name_of(items[0]))
        if len(items) == 2 and f"{NAME}の{NAME}" in self._asked.shape:
            raise Halt(self._declined(f"「{name_of(items[0])}」の下に「{name_of(items[1])}」は印刷されていません。"))
        wanted = [(item, year) for item in items for year in (self._years(item) or [self._year(item)])]
        if (
            self._asked.operation is Operation.AMOUNT
            and len(items) == 1
            and len(wanted) > 1
            and not re.search(r"それぞれ|と|、|・", self._asked.shape)
        ):
            wanted = wanted[:1]
        figures = [self._figure(item, year, aspect) for item, year in wanted]
        for (item, year), figure in zip(wanted, figures, strict=True):
            self._made.show(arithmetic.amount(figure), _labelled(item, aspect), year)
        unit = self._asked.unit
        if len(figures) > 1:
            members = [
                f"{_labelled(i, aspect)} {year_of(y)} {short_amount(f.value, f.unit, unit)}"
                for (i, y), f in zip(wanted, figures, strict=True)
            ]
            return self._made.answer(
                "\n".join(f"・{m}" for m in members), "、".join(members), self._confidence, members
            )
        (item, year), figure = wanted[0], figures[0]
        text = f"{_labelled(item, aspect)}の{year_of(year)}予算は{money_text(figure.value, figure.unit, unit)}です。"
        text += self._beside(item, year, figure) if aspect is None else ""
        return self._made.answer(text, short_amount(figure.value, figure.unit, unit), self._confidence)

    def _beside(self, item: Item, year: int | None, figure: Figure) -> str:
        """Return last year's amount and the change, where known."""
        if year is None:
            return ""
        old = self._ledger.figure(item, year - 1, stage=figure.stage)
        if not isinstance(old, Figure) or old.unit != figure.unit:
            return ""
        change = arithmetic.difference(figure, old)
        self._made.show(arithmetic.amount(old), name_of(item), year - 1)
        self._made.show(change, name_of(item), year)
        text = f"前年度（{year_of(year - 1)}）は{composing.shown(old.value, old.unit)}で、{composing.change_text(change)}です。"
        return f"{text}\n{change.derivation}"

    def _pair(self, item: Item) -> tuple[Figure, Figure]:
        new, old = self._two_years(item)
        aspect = self._aspect()
        return self._figure(item, new, aspect), self._figure(item, old, aspect)

    def _difference(self) -> Response:
        items = self._subjects()
        if len(items) == 2 and re.search(rf"{NAME}.{{0,12}}と.{{0,12}}{NAME}.*差", self._asked.shape):
            a, b = (self._figure(item, self._year(item), self._aspect()) for item in items)
            result = Result("difference", *_between(a, b))
            return self._changed(
                result, f"{name_of(items[0])}と{name_of(items[1])}の差", self._year(items[0])
            )
        if len(items) > 1:
            return self._each_difference(items)
        new, old = self._pair(items[0])
        result = arithmetic.difference(new, old)
        return self._changed(result, name_of(items[0]), new.fiscal_year)

    def _each_difference(self, items: Sequence[Item]) -> Response:
        members = []
        for item in items:
            new, old = self._pair(item)
            result = arithmetic.difference(new, old)
            self._made.show(result, name_of(item), new.fiscal_year)
            members.append(f"{name_of(item)} {composing.change_text(result)}（{result.derivation}）")
        return self._made.answer(
            "\n".join(f"・{m}" for m in members), "、".join(members), self._confidence, members
        )

    def _changed(self, result: Result, label: str, year: int | None) -> Answer:
        self._made.show(result, label, year)
        for figure in result.figures:
            self._made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
        said = composing.change_text(result)
        text = (
            f"{label}の増減：{said}です。\n{result.derivation}"
            if "差" not in label
            else f"{label}は{money_text(abs(result.value), result.unit)}です。\n{result.derivation}"
        )
        unit = self._asked.unit
        short = (
            said
            if not unit or unit == result.unit
            else f"{short_amount(abs(result.value), result.unit, unit)}の{'増' if result.value > 0 else '減'}"
        )
        if unit and unit != result.unit:
            text += f"\n（{composing.converted(result.value, result.unit, unit)}）"
        return self._made.answer(text, short, self._confidence)

    def _rate(self) -> Response:
        items = self._subjects()
        if len(items) > 1:
            raise Halt(
                self._made.clarify(
                    "どの項目の増減率ですか。", [f"{name_of(i)}の増減率は何%ですか" for i in items]
                )
            )
        new, old = self._pair(items[0])
        if old.value <= 0:
            raise Halt(
                self._made.decline(
                    "前の年度の額がないため、率は計算できません。", "\n".join(self._known(items[0]))
                )
            )
        result = arithmetic.rate(new, old, self._asked.digits)
        self._made.show(result, name_of(items[0]), new.fiscal_year)
        change = arithmetic.difference(new, old)
        self._made.show(change, name_of(items[0]), new.fiscal_year)
        move = "増" if result.value > 0 else "減" if result.value < 0 else "（増減なし）"
        short = f"{composing.shown(abs(result.value), '%')}{move}"
        text = f"{name_of(items[0])}は{year_of(old.fiscal_year)}から{year_of(new.fiscal_year)}で{short}です。\n{change.derivation}\n{result.derivation}"
        self._made.show(arithmetic.amount(new), new.label, new.fiscal_year)
        self._made.show(arithmetic.amount(old), old.label, old.fiscal_year)
        return self._made.answer(text, short, self._confidence)

    def _direction(self) -> Response:
        items = self._subjects()
        if len(items) > 1:
            return self._each_difference(items)
        new, old = self._pair(items[0])
        result = arithmetic.difference(new, old)
        self._made.show(result, name_of(items[0]), new.fiscal_year)
        for figure in (new, old):
            self._made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
        said = (
            "変わらない"
            if result.value == 0
            else f"{'増えた' if result.value > 0 else '減った'}（{composing.change_text(result)}）"
        )
        text = f"{name_of(items[0])}は{year_of(old.fiscal_year)}から{year_of(new.fiscal_year)}で{said}。\n{result.derivation}"
        return self._made.answer(text, said, self._confidence)

    # --- shares, sums, comparisons ---------------------------------------------------------------------

    def _share(self) -> Response:
        items = self._subjects_with_total()
        aspect = self._aspect()
        if aspect and len(items) >= 1:
            item = next((i for i in items if self._ledger.aspects(i)), items[-1])
            part, whole = self._figure(item, self._year(item), aspect), self._figure(item, self._year(item))
            return self._shared(part, whole, f"{name_of(item)}に占める{aspect}の割合", item)
        part_item, whole_item = self._part_and_whole(items)
        year = self._year(part_item)
        part, whole = self._figure(part_item, year), self._figure(whole_item, year)
        return self._shared(
            part, whole, f"{self._said(whole_item)}に占める{name_of(part_item)}の割合", part_item
        )

    def _subjects_with_total(self) -> list[Item]:
        items = list(dict.fromkeys(self._pick(mention) for mention in self._reading.mentions))
        if self._total is not None and self._total not in items:
            items.append(self._total)
        return items

    def _part_and_whole(self, items: Sequence[Item]) -> tuple[Item, Item]:
        for part in items:
            for whole in items:
                if self._ledger.under(part, whole):
                    return part, whole
        if len(items) == 1:
            above = (
                self._ledger.totals.get(items[0].document)
                if _ALL.search(self._asked.shape)
                else self._ledger.parent(items[0])
            )
            above = above or self._ledger.totals.get(items[0].document)
            if above is not None and above is not items[0]:
                return items[0], above
        if len(items) == 2:
            reverse = re.search(NAME + r".{0,10}(?:に占める|に対する|のうち)", self._asked.shape)
            return (items[1], items[0]) if reverse else (items[0], items[1])
        raise Halt(self._declined("何に対する割合かが、資料の金額からは決まりません。"))

    def _shared(self, part: Figure, whole: Figure, label: str, item: Item) -> Answer:
        if whole.value <= 0:
            raise Halt(self._declined("もとになる額がないため、割合は計算できません。"))
        result = arithmetic.share(part, whole, self._asked.digits)
        self._made.show(result, label, part.fiscal_year)
        for figure in (part, whole):
            self._made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
        text = f"{label}（{year_of(part.fiscal_year)}）は{composing.shown(result.value, '%')}です。\n{result.derivation}"
        return self._made.answer(text, composing.shown(result.value, "%"), self._confidence)

    def _said(self, item: Item) -> str:
        return self._title(item) if self._ledger.totals.get(item.document) is item else name_of(item)

    def _sum(self) -> Response:
        items = self._subjects()
        aspect = self._aspect()
        if len(items) == 1:
            below = self._scope_of(items[0])
            if aspect and len(below) > 1:
                return self._summed(below, aspect, name_of(items[0]))
            return self._amounts()
        return self._summed(items, aspect, "合計")

    def _summed(self, items: Sequence[Item], aspect: str | None, label: str) -> Answer:
        having = [item for item in items if aspect is None or self._ledger.aspects(item)]
        if not having:
            raise Halt(self._lacking(items[0], self._year(items[0]), aspect, Lack.NOTHING))
        figures = [self._figure(item, self._year(item), aspect) for item in having]
        result = arithmetic.total(figures)
        self._made.show(result, f"{label}{'（' + aspect + '）' if aspect else ''}", figures[0].fiscal_year)
        for item, figure in zip(having, figures, strict=True):
            self._made.show(arithmetic.amount(figure), _labelled(item, aspect), figure.fiscal_year)
        lines = [
            f"・{_labelled(i, aspect)}：{composing.shown(f.value, f.unit)}"
            for i, f in zip(having, figures, strict=True)
        ]
        text = f"合わせて{money_text(result.value, result.unit, self._asked.unit)}です。\n" + "\n".join(
            [*lines, result.derivation or ""]
        )
        return self._made.answer(
            text, short_amount(result.value, result.unit, self._asked.unit), self._confidence
        )

    def _compare(self) -> Response:
        items = self._subjects()
        if len(items) != 2:
            return self._direction() if len(items) == 1 else None
        aspect = self._aspect()
        if self._asked.measured is Measured.AMOUNT:
            values = [self._figure(item, self._year(item), aspect) for item in items]
            ordered = [(in_yen(f), i, arithmetic.amount(f)) for i, f in zip(items, values, strict=True)]
        else:
            changes = [arithmetic.difference(*self._pair(item)) for item in items]
            sign = -1 if self._asked.measured in (Measured.DECREASE, Measured.RATE_DOWN) else 1
            ordered = [(sign * r.value, i, r) for i, r in zip(items, changes, strict=True)]
        (va, a, ra), (vb, b, rb) = ordered
        better, result = (a, ra) if (va < vb if self._asked.smallest else va > vb) else (b, rb)
        for item, shown in ((better, result), *((i, r) for _, i, r in ordered if i is not better)):
            self._made.show(shown, name_of(item), shown.figures[0].fiscal_year)
        lines = [
            f"・{name_of(i)}：{composing.shown(r.value, r.unit)}"
            + (f"（{r.derivation}）" if r.derivation else "")
            for _, i, r in ordered
        ]
        if va == vb:
            return self._made.answer("同じです。\n" + "\n".join(lines), "同じ", self._confidence)
        return self._made.answer(
            f"{name_of(better)}です。\n" + "\n".join(lines), name_of(better), self._confidence
        )

    def _times(self) -> Response:
        items = self._subjects()
        if len(items) == 2:
            reverse = re.search(NAME + r".{0,12}(?:に対して|と比べ|の何倍が)", self._asked.shape)
            a, b = (
                (items[1], items[0])
                if reverse and not re.search(NAME + r".{0,14}は.{0,14}" + NAME, self._asked.shape)
                else items
            )
            one, other = (
                self._figure(a, self._year(a), self._aspect()),
                self._figure(b, self._year(b), self._aspect()),
            )
            label = f"{name_of(a)}は{name_of(b)}"
        elif len(items) == 1:
            one, other = self._pair(items[0])
            label = f"{name_of(items[0])}の{year_of(one.fiscal_year)}は{year_of(other.fiscal_year)}"
        else:
            return None
        if other.value <= 0:
            raise Halt(self._declined("もとになる額がないため、倍率は計算できません。"))
        result = arithmetic.times(one, other, self._asked.digits)
        self._made.show(result, label, one.fiscal_year)
        for figure in (one, other):
            self._made.show(arithmetic.amount(figure), figure.label, figure.fiscal_year)
        short = composing.shown(result.value, "倍")
        return self._made.answer(f"{label}の{short}です。\n{result.derivation}", short, self._confidence)

    # --- lists and rankings ----------------------------------------------------------------------------

    def _over_items(self, operation: Operation) -> Response:
        if operation is Operation.HIGHLIGHTS:
            return self._highlights()
        named = self._subjects() if self._reading.named else []
        top = named[0] if named and self._ledger.children(named[0]) else None
        scope = top or self._total or self._only_total()
        if scope is not None:
            items = (
                self._scope_of(scope)
                if operation is not Operation.NUMBER_OF or self._asked.scope == "project"
                else self._ledger.children(scope)
            )
            if operation is Operation.NUMBER_OF and self._asked.scope == "expense":
                items = self._ledger.children(scope)
        elif named or self._reading.unexplained:
            return None
        else:
            items = tuple(
                item for item in self._ledger.items if item.served and not self._ledger.children(item)
            )
        if len(items) < 2 and operation is not Operation.MARKED:
            return None
        if operation is Operation.MARKED:
            return self._marked(items)
        if operation is Operation.NUMBER_OF:
            return self._number_of(items, scope)
        return self._rank(items)

    def _only_total(self) -> Item | None:
        totals = list(self._ledger.totals.values())
        return totals[0] if len(totals) == 1 and not self._reading.unexplained else None

    def _scope_of(self, item: Item) -> tuple[Item, ...]:
        """Return the items a ranking or list runs over: the lines (費目) or the projects (事業) below `item`."""
        children = self._ledger.children(item)
        if len(children) == 1 and self._ledger.children(children[0]):
            return self._scope_of(children[0])
        lines = tuple(child for child in children if self._ledger.children(child))
        if self._asked.scope == "project" and lines and not re.search(r"費目", self._asked.shape):
            return self._ledger.leaves(item)
        return children

    def _rank(self, items: Sequence[Item]) -> Response:
        aspect = self._aspect()
        rows: list[tuple[Item, Result]] = []
        for item in items:
            result = self._measure(item, aspect)
            if result is not None:
                rows.append((item, result))
        down = self._asked.measured in (Measured.DECREASE, Measured.RATE_DOWN)
        rows.sort(
            key=lambda row: (_size(row[1]), row[0].number), reverse=not down and not self._asked.smallest
        )
        if down:
            rows = [row for row in rows if row[1].value < 0]
        if self._asked.measured in (Measured.INCREASE, Measured.RATE_UP):
            rows = [row for row in rows if row[1].value > 0]
        place = nth(self._asked.shape)
        if not rows or (place or 1) > len(rows):
            return self._made.decline("順位を決められる金額が、資料にありません。")
        first = (place or 1) - 1
        top = max(self._asked.top, 1) if place is None else 1
        if re.search(r"順に|ランキング|順(?:で|番)", self._asked.shape) and top == 1 and place is None:
            top = min(len(rows), 10)
        chosen = rows[first : first + top]
        if len(rows) > first + top and top == 1 and _size(rows[first][1]) == _size(rows[first + 1][1]):
            chosen = rows[first : first + 2]
        for item, result in chosen:
            self._made.show(result, name_of(item), result.figures[0].fiscal_year)
        shown = rows[: max(first + top, 3)]
        lines = []
        for item, result in shown:
            if all(item is not c for c, _ in chosen):
                self._made.show(result, name_of(item), result.figures[0].fiscal_year)
            lines.append(
                f"・{name_of(item)}：{_signed(result)}"
                + (f"（{result.derivation}）" if result.derivation else "")
            )
        members = [name_of(item) for item, _ in chosen]
        answer = "、".join(members)
        return self._made.answer(
            f"{answer}です。\n" + "\n".join(lines),
            answer,
            self._confidence,
            members if len(members) > 1 else (),
        )

    def _measure(self, item: Item, aspect: str | None) -> Result | None:
        measure = Measure.FUNDING if aspect else Measure.AMOUNT
        if self._asked.measured is Measured.AMOUNT:
            named = [self._ledger.year(m, item) for m in self._asked.years]
            year = named[0] if named else self._ledger.newest_year(item.document)
            found = self._ledger.figure(item, year, measure, aspect=aspect)
            return arithmetic.amount(found) if isinstance(found, Figure) else None
        new_year, old_year = self._two_years(item)
        new = self._ledger.figure(item, new_year, measure, aspect=aspect)
        old = self._ledger.figure(item, old_year, measure, aspect=aspect)
        if not (isinstance(new, Figure) and isinstance(old, Figure)):
            return None
        if self._asked.measured in (Measured.RATE_UP, Measured.RATE_DOWN):
            return arithmetic.rate(new, old, self._asked.digits) if old.value > 0 else None
        return arithmetic.difference(new, old)

    def _children(self) -> Response:
        items = self._subjects()
        if len(items) != 1:
            return None
        below = (
            self._scope_of(items[0]) if self._asked.scope == "project" else self._ledger.children(items[0])
        )
        return self._listed(below, self._said(items[0])) if below else None

    def _listed(self, items: Sequence[Item], label: str) -> Answer:
        members, lines = [], []
        for item in items:
            self._made.point_at_name(item)
            members.append(name_of(item))
            figure = self._ledger.figure(item, self._year(item))
            if isinstance(figure, Figure):
                self._made.show(arithmetic.amount(figure), name_of(item), figure.fiscal_year)
                lines.append(f"・{name_of(item)}：{composing.shown(figure.value, figure.unit)}")
            else:
                lines.append(f"・{name_of(item)}")
        return self._made.answer(
            f"{label}\n" + "\n".join(lines), "、".join(members), self._confidence, members
        )

    def _marked(self, items: Sequence[Item]) -> Response:
        mark = self._asked.mark or ""
        found = [item for item in items if any(mark in each for each in item.marks)]
        return self._listed(found, f"【{mark}】の項目") if found else None

    def _highlights(self) -> Response:
        found = [
            i
            for i in self._ledger.items
            if any(re.search(r"ポイント|重点|主要", p) for path in i.parents for p in path)
        ]
        if not found or (self._reading.unexplained and not self._total):
            return None
        return self._listed(found, "予算のポイント")

    def _number_of(self, items: Sequence[Item], scope: Item | None) -> Response:
        numbers = arithmetic.count(len(items), [i.figures[0] for i in items], "件")
        self._made.show(numbers, name_of(scope) if scope else "", None)
        names = [name_of(item) for item in items]
        return self._made.answer(
            f"{len(names)}件です。\n" + "\n".join(f"・{n}" for n in names),
            f"{len(names)}件",
            self._confidence,
        )

    def _sources(self) -> Response:
        items = self._subjects()
        item = items[0]
        year = self._year(item)
        names = self._ledger.aspects(item)
        if not names:
            raise Halt(self._lacking(item, year, "内訳", Lack.NOTHING))
        whole = self._ledger.figure(item, year)
        members = []
        for aspect in names:
            figure = self._figure(item, year, aspect)
            self._made.show(arithmetic.amount(figure), _labelled(item, aspect), year)
            share = ""
            if isinstance(whole, Figure) and whole.value > 0:
                result = arithmetic.share(figure, whole, 1)
                self._made.show(result, _labelled(item, aspect), year)
                share = f"（{composing.shown(result.value, '%')}）"
            members.append(f"{aspect} {composing.shown(figure.value, figure.unit)}{share}")
        return self._made.answer(
            f"{name_of(item)}の財源（{year_of(year)}）\n" + "\n".join(f"・{m}" for m in members),
            "、".join(members),
            self._confidence,
            members,
        )

    # --- departments and counts ------------------------------------------------------------------------

    def _department(self) -> Response:
        if self._reading.unexplained:
            return None
        items = self._subjects()
        cells = {item.number: self._ledger.departments(item, self._department_year(item)) for item in items}
        if not any(cells.values()):
            return None
        texts = []
        for item in items:
            found = cells[item.number]
            for cell in found:
                self._made.point(cell.document, cell.start, cell.end)
            texts.append("、".join(dict.fromkeys(cell.text.strip() for cell in found)))
        short = "、".join(texts)
        return self._made.answer(
            f"{'、'.join(name_of(i) for i in items)}の所管は{short}です。", short, self._confidence
        )

    def _department_year(self, item: Item) -> int | None:
        named: list[YearMention] = list(self._asked.years)
        return self._ledger.year(named[0], item) if named else None

    def _count(self) -> Response:
        for item in self._subjects():
            year = self._year(item)
            counted = [f for f in item.served if f.measure is Measure.COUNT and f.aspect == self._asked.counter]
            found = [f for f in counted if f.fiscal_year == year]
            if not counted or not all(self._around(f, w.surface) for w in self._reading.unexplained for f in counted):
                continue
            if len({figure.value for figure in found}) != 1:
                return self._made.decline(f"{name_of(item)}の{self._year_said(item, year)}の数は、資料に印刷されていません。")
            result = Result("count", found[0].value, found[0].unit, (found[0],))
            self._made.show(result, name_of(item), year)
            short = composing.shown(found[0].value, found[0].unit)
            return self._made.answer(f"{name_of(item)}：{short}", short, self._confidence)
        return None

    def _around(self, figure: Figure, word: str) -> bool:
        """Return whether a word stands in the line of a figure."""
        text = self._ledger.document(figure.document).text
        start, end = text.rfind("\n", 0, figure.start) + 1, text.find("\n", figure.end)
        return word in text[start : end if end >= 0 else len(text)]


def _labelled(item: Item, aspect: str | None) -> str:
    return f"{name_of(item)}の財源「{aspect}」" if aspect else name_of(item)


def _between(a: Figure, b: Figure) -> tuple[Decimal, str, tuple[Figure, ...], str]:
    larger, smaller = (a, b) if in_yen(a) >= in_yen(b) else (b, a)
    (x, y), unit = arithmetic.in_one_unit((larger, smaller))
    return (
        x - y,
        unit,
        (larger, smaller),
        f"{composing.grouped(x)} − {composing.grouped(y)} = {composing.shown(x - y, unit)}",
    )


def _size(result: Result) -> Decimal:
    return yen(result.value, result.unit) if result.unit in SCALE else result.value


def _signed(result: Result) -> str:
    return composing.shown(result.value, result.unit)


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


def _bare(shape: str) -> bool:
    return bool(
        re.fullmatch(rf"[\s「」『』]*{NAME}[\s「」『』、]*(?:は|って|の額は|の予算は)?[?。\s]*", shape)
    )
