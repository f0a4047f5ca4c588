"""Paragraphs and tables to the text that is stored, each with its span, and where in it each page begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.pdf.paragraphs import Paragraph, joined
from corpus.pdf.types import PageTable
from corpus.types import Page

_NEAR = 0.9
"""Of the font size: paragraphs nearer to each other than this have no blank line between them."""
_USUAL = 1.2
"""Of the usual pitch of a column: what is farther apart has a blank line between."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a row of a table.

    `breaks` are the pages that begin in it and where; `tight` tells that no blank line is above it.
    """

    text: str
    page: int
    paragraph: Paragraph
    breaks: tuple[tuple[int, int], ...] = ()
    tight: bool = False


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text, the span of each unit and the pages."""

    text: str
    spans: tuple[tuple[int, int], ...]
    pages: tuple[Page, ...]


def units(found: Sequence[Paragraph]) -> list[Unit]:
    """Return the units of paragraphs and tables, in order."""
    written: list[Unit] = []
    before: Paragraph | None = None
    for paragraph in found:
        if paragraph.table:
            rows = pipe_rows(paragraph.table)
            written.extend(
                Unit(row, paragraph.page, paragraph, tight=number > 0) for number, row in enumerate(rows)
            )
        else:
            written.append(_unit(paragraph, tight=before is not None and _is_near(before, paragraph)))
        before = paragraph
    return written


def with_gaps(written: Sequence[Unit], levels: Sequence[int]) -> list[Unit]:
    """Return units with a blank line around headings and behind whole sentences: nobody takes them for wrapped lines.

    `levels` are the depths of headings, 0 for what is none.
    """
    found = list(written[:1])
    for number, unit in enumerate(written[1:], 1):
        before = written[number - 1]
        parted = levels[number] or levels[number - 1] or before.text.rstrip().endswith("。")
        rows = before.paragraph.table and unit.paragraph.table
        found.append(replace(unit, tight=False) if parted and not rows else unit)
    return found


def stored_text(written: Sequence[Unit], count: int) -> StoredText:
    """Return the text of units that stand on `count` pages."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    starts: dict[int, int] = {}
    length = 0
    for unit in written:
        if pieces:
            pieces.append("\n" if unit.tight else "\n\n")
            length += len(pieces[-1])
        for page, place in ((unit.page, 0), *unit.breaks):
            starts.setdefault(page, length + place)
        pieces.append(unit.text)
        spans.append((length, length + len(unit.text)))
        length += len(unit.text)
    return StoredText("".join(pieces), tuple(spans), tuple(_pages(starts, count, length)))


def pipe_rows(table: PageTable) -> list[str]:
    """Return the rows of a table as lines of a Markdown table."""
    rows = [f"| {' | '.join(map(_cell, row))} |" for row in table.rows if any(row)]
    rule = [f"|{' --- |' * len(table.rows[0])}"] if table.headed else []
    return [*rows[:1], *rule, *rows[1:]]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "｜").split())


def _unit(paragraph: Paragraph, *, tight: bool) -> Unit:
    text = ""
    page = paragraph.page
    breaks = []
    for number, line in paragraph.lines:
        text += joined(text, line.text)
        if number != page:
            breaks.append((number, len(text)))
            page = number
        text += line.text
    return Unit(text, paragraph.page, paragraph, tuple(breaks), tight)


def _is_near(before: Paragraph, after: Paragraph) -> bool:
    """Tell whether a paragraph stands close under another of its column."""
    if not before.lines or not after.lines:
        return False
    (page, above), (number, below) = before.lines[-1], after.lines[0]
    if page != number or above.column != below.column:
        return False
    usual = _USUAL * above.pitch
    return below.top - above.bottom < _NEAR * below.size or 0 < below.top - above.top < usual


def _pages(starts: dict[int, int], count: int, length: int) -> Iterator[Page]:
    """Yield all pages; one without text is empty and stands where the next begins."""
    end = length
    pages = []
    for number in range(count, 0, -1):
        start = starts.get(number, end)
        pages.append(Page(number, 0 if number == 1 else start, end, goes_on=number > 1))
        end = pages[-1].start
    yield from reversed(pages)
