"""What an outline prints that could not be used or checked: said once each, with the place and the cure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.budgets.amounts import parse_amounts, rounds_to, yen
from corpus.budgets.outline_parts import Outline, Part
from corpus.budgets.pieces import is_prose, page_lines
from corpus.budgets.rounded import Overview, printed_name
from corpus.types import Basis, Figure, Measure, Problem

_WHOLE = re.compile(r"予算(?:の)?(?:規模|総額|額)|総額")
_DIFFERENCE = re.compile(r"差[ 　]*引")
_GROUPED = 1000  # smaller loose numbers are page numbers and bullets


def outline_problems(outline: Outline, figures: Sequence[Figure]) -> Iterator[Problem]:
    """Yield the problems of reading, beside the sums that fail and the names that stay open."""
    for part in outline.parts:
        yield from _names(outline, part)
        yield from _numbers(outline, part)
    yield from _highlights(outline)
    yield from _prose(outline)
    yield from _unchecked(outline, figures)
    for overview in outline.overviews:
        yield from _overview(outline, overview, figures)


def _names(outline: Outline, part: Part) -> Iterator[Problem]:
    section = part.section
    if section.name is None:
        message = "費目の名称が決められないページがあります。そのページの金額は答えに使いません。原本を確かめてください。"
        yield _problem(outline, message, section.page, "name")
    if part.amounts is None and section.names:
        message = (
            "事業の数と金額の数が合わないか、対応が多すぎるページがあります。"
            "事業名の横に印刷された金額だけを使います。原本を確かめてください。"
        )
        yield _problem(outline, message, section.page, "count")
    for name in section.doubtful:
        message = f"「{name.label}」の番号 {name.number} が重なっています。原本を確かめてください。"
        yield _problem(outline, message, section.page, "number", name.start, name.end)


def _numbers(outline: Outline, part: Part) -> Iterator[Problem]:
    section = part.section
    if not part.sources_fixed:
        message = "財源内訳の数字の対応が決められません。その数字は答えに使いません。原本を確かめてください。"
        yield _problem(outline, message, section.page, "funding")
    if section.difference is None and any(_DIFFERENCE.search(line.text) for line in section.lines):
        message = (
            "差引の数字が見つからないか、本年度予算額と前年度予算額の差と合いません。原本を確かめてください。"
        )
        yield _problem(outline, message, section.page, "difference")
    used = {source.number.start for source in part.sources if source.number}
    for number in section.bare:
        if number.start not in used and number.value is not None and abs(number.value) >= _GROUPED:
            shown = outline.document.text[number.start : number.end]
            message = (
                f"何の金額か分からない数字 {shown} があります。答えに使いません。原本を確かめてください。"
            )
            yield _problem(outline, message, section.page, "unused", number.start, number.end)


def _highlights(outline: Outline) -> Iterator[Problem]:
    for highlight, name, pairs in outline.highlights:
        start, end = highlight.this.start, highlight.last.end
        shown = outline.document.text[start:end]
        if not pairs:
            message = f"ポイントの金額 {shown} は、どの事業の合計とも一致しません。原本を確かめてください。"
            yield _problem(outline, message, highlight.page, "highlight", start, end)
        elif name is None:
            message = f"ポイントの金額 {shown} の名称が分かりません。原本を確かめてください。"
            yield _problem(outline, message, highlight.page, "name", start, end)


def _unchecked(outline: Outline, figures: Sequence[Figure]) -> Iterator[Problem]:
    for figure in figures:
        if figure.measure is Measure.AMOUNT and not figure.parents and figure.basis is not Basis.ORDER:
            if figure.start in outline.proof.confirmed:
                continue
            message = f"「{figure.label}」の金額は名称の横にありますが、確かめる計算が本文にありません。原本を確かめてください。"
            yield _problem(outline, message, figure.page, "unchecked", figure.start, figure.end)


def _prose(outline: Outline) -> Iterator[Problem]:
    """The sentence that says the whole (16億3,408万円, １億221万円の増) must round the total and its difference."""
    summary = outline.summary
    if summary is None or summary.this.value is None:
        return
    unit = summary.unit or "千円"
    for line in page_lines(outline.document, outline.document.pages[summary.page - 1]):
        if not (is_prose(line) and _WHOLE.search(line.text)):
            continue
        wanted = [summary.this.value, summary.difference.value if summary.difference else None]
        for span, exact in zip(parse_amounts(line.text), wanted, strict=False):
            if exact is None or _says(yen(exact, unit), yen(span.value, span.unit), span.step, span.unit):
                continue
            shown = line.text[span.start : span.end]
            message = f"本文の {shown} が総括表の {exact:,}{unit} と合いません。原本を確かめてください。"
            yield _problem(
                outline, message, summary.page, "arithmetic", line.start + span.start, line.start + span.end
            )


def _says(exact: Decimal, said: Decimal, step: Decimal, unit: str) -> bool:
    return rounds_to(abs(exact), said, yen(step, unit))


def _overview(outline: Outline, overview: Overview, figures: Sequence[Figure]) -> Iterator[Problem]:
    """Names whose amounts were lost, and amounts no check gives to a name."""
    used = {f.start for f in figures}
    placed = {f.name_start for f in figures if f.start in {n.start for n in overview.numbers}}
    for part in outline.parts:
        for item in part.items:
            name = printed_name(overview, item.name.label)
            if name and name.start not in placed:
                message = (
                    f"「{name.text}」の{overview.unit}の金額が見つからないか、{part.unit}の金額と合いません。"
                    "原本を確かめてください。"
                )
                yield _problem(outline, message, overview.page, "lost", name.start, name.end)
    rest = [n for n in overview.numbers if n.start not in used]
    if rest:
        shown = "、".join(outline.document.text[n.start : n.end] for n in rest)
        message = (
            f"{overview.unit}の表の金額のうち、どの事業のものか確かめられないので使わないもの：{shown}。"
        )
        yield _problem(
            outline, message + "原本を確かめてください。", overview.page, "unused", rest[0].start, rest[0].end
        )


def _problem(
    outline: Outline, message: str, page: int, code: str, start: int | None = None, end: int | None = None
) -> Problem:
    return Problem(outline.document.id, message, page, start, end, code)
