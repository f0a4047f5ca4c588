"""Where an item's money comes from: the whole breakdown, one source, several together, their part, the largest."""

from collections.abc import Callable, Mapping

from corpus.lexicon.money import shown
from corpus.types import Figure
from qa.frames.computing.working import Working
from qa.frames.exact.source_names import printed_as
from qa.frames.operations import Operation
from qa.ledger import arithmetic
from qa.ledger.composing import in_yen, name_of, year_of
from qa.ledger.items import Item
from qa.types import Answer, Decline

Reply = Answer | Decline | None
Named = list[tuple[str, Figure]]


def breakdown(work: Working) -> Reply:
    """Every source with its amount and its part of the whole."""
    (item,) = work.frame.items
    found = _all(work, item)
    if not found:
        return _no_source(work, item)
    whole = work.amount(item, work.frame.year)
    members = []
    for source, figure in found:
        work.made.show(arithmetic.amount(figure), _label(item, source), work.frame.year)
        part = ""
        if whole is not None and whole.value > 0:
            result = arithmetic.share(figure, whole, 1)
            work.made.show(result, _label(item, source), work.frame.year)
            part = f"（{shown(result.value, '%')}）"
        members.append(f"{source} {shown(figure.value, figure.unit)}{part}")
    return work.listed(members, f"{name_of(item)}の財源（{year_of(work.frame.year)}）")


def together(work: Working) -> Reply:
    """The amount of the sources named; each of them shown where they are several."""
    (item,) = work.frame.items
    found = _asked(work, item)
    if isinstance(found, Decline):
        return found
    figures = [figure for _, figure in found]
    said = "と".join(source for source, _ in found)
    result = arithmetic.amount(figures[0]) if len(figures) == 1 else arithmetic.total(figures)
    work.made.show(result, _label(item, said), work.frame.year)
    for source, figure in found if len(found) > 1 else ():
        work.made.show(arithmetic.amount(figure), _label(item, source), work.frame.year)
    text = f"{name_of(item)}の財源「{said}」（{year_of(work.frame.year)}）は{work.in_full(result)}です。"
    derived = f"{text}\n{result.derivation}" if result.derivation else text
    return work.made.answer(derived, work.said(result), work.confidence)


def part(work: Working) -> Reply:
    """What part of the item's amount the sources named are."""
    (item,) = work.frame.items
    found = _asked(work, item)
    if isinstance(found, Decline):
        return found
    whole = work.amount(item, work.frame.year)
    if whole is None or whole.value <= 0:
        return work.lacking(item, work.frame.year)
    figures = [figure for _, figure in found]
    result = arithmetic.share_of_total(figures, whole, work.frame.digits)
    if len(figures) == 1:
        result = arithmetic.share(figures[0], whole, work.frame.digits)
    said = "と".join(source for source, _ in found)
    text = (
        f"{name_of(item)}に占める{said}の割合（{year_of(work.frame.year)}）は{shown(result.value, '%')}です。"
    )
    return work.of_one_figure(result, item, text)


def largest(work: Working) -> Reply:
    """The source that gives most."""
    (item,) = work.frame.items
    found = sorted(_all(work, item), key=lambda pair: -in_yen(pair[1]))
    if not found:
        return _no_source(work, item)
    for source, figure in found:
        work.made.show(arithmetic.amount(figure), _label(item, source), work.frame.year)
    lines = "\n".join(f"・{source}：{shown(f.value, f.unit)}" for source, f in found)
    text = f"{name_of(item)}の財源で一番多いのは{found[0][0]}です（{year_of(work.frame.year)}）。\n{lines}"
    return work.made.answer(text, found[0][0], work.confidence)


def _all(work: Working, item: Item) -> Named:
    found = [(source, work.printed(item, work.frame.year, source)) for source in work.ledger.aspects(item)]
    return [(source, figure) for source, figure in found if isinstance(figure, Figure)]


def _asked(work: Working, item: Item) -> Named | Decline:
    """Return the sources that the question names, or why one of them has no figure.

    Of a whole that does not print one they are those of the items below it.
    """
    held = work.ledger.aspects(item)
    if item is work.frame.whole and not all(printed_as(said, held) for said in work.frame.sources):
        return _below(work, item)
    found: Named = []
    for said in work.frame.sources:
        names = printed_as(said, held)
        figures = [(name, work.printed(item, work.frame.year, name)) for name in names]
        known = [(name, figure) for name, figure in figures if isinstance(figure, Figure)]
        if not known or len(known) < len(figures):
            return work.lacking(item, work.frame.year, source=names[0] if names else said)
        found += [pair for pair in known if pair not in found]
    return found or _no_source(work, item)


def _below(work: Working, item: Item) -> Named | Decline:
    """Return the sources that the question names, of each item below that has one; all must tell all their sources."""
    found: Named = []
    unseen = set(work.frame.sources)
    for child in work.ledger.children(item):
        if not _is_told_whole(work, child):
            return _no_source(work, child)
        for said in work.frame.sources:
            for name in printed_as(said, work.ledger.aspects(child)):
                figure = work.printed(child, work.frame.year, name)
                if isinstance(figure, Figure):
                    found.append((f"{name_of(child)}の{name}", figure))
                    unseen.discard(said)
    lacking = next((said for said in work.frame.sources if said in unseen), None)
    return work.lacking(item, work.frame.year, source=lacking) if lacking else found


def _is_told_whole(work: Working, item: Item) -> bool:
    """Tell whether an item's sources add up to its amount; nothing has no source."""
    amount = work.amount(item, work.frame.year)
    figures = [figure for _, figure in _all(work, item)]
    return (
        amount is None or amount.value == 0 or (bool(figures) and sum(map(in_yen, figures)) == in_yen(amount))
    )


def _no_source(work: Working, item: Item) -> Decline:
    return work.declined(f"{name_of(item)}の財源は、資料に印刷されていません。", item)


def _label(item: Item, source: str) -> str:
    return f"{name_of(item)}の財源「{source}」"


MAKERS: Mapping[Operation, Callable[[Working], Reply]] = {
    Operation.SOURCES: breakdown,
    Operation.SOURCE: together,
    Operation.SOURCE_SUM: together,
    Operation.SOURCE_SHARE: part,
    Operation.MAIN_SOURCE: largest,
}
