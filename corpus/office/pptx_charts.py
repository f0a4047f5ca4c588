"""A chart of a slide as the table of its values: categories down, series across."""

from collections.abc import Iterator
from typing import Any

from corpus.office.types import Paragraph, Part, Table, TableCell
from corpus.tables.number_formats import shown_number


def chart_parts(chart: Any, page: int) -> Iterator[Part]:
    """Yield a chart's title and its table; a chart without categories (points of two numbers) has no table."""
    if chart.has_title and chart.chart_title.has_text_frame:
        title = chart.chart_title.text_frame.text
        if title.strip():
            yield Paragraph(title, page)
    for plot in chart.plots:
        categories = [str(category.label) for category in plot.categories]
        series = [one for one in plot.series if one.values]
        if categories and series:
            head = ("", *(one.name for one in series))
            rows = [
                (category, *(_value(one, place) for one in series))
                for place, category in enumerate(categories)
            ]
            cells = tuple(tuple(_cell(text, page) for text in row) for row in (head, *rows))
            yield Table(cells, page, headed=True)


def _cell(text: str, page: int) -> TableCell:
    return TableCell((Paragraph(text, page),) if text else ())


def _value(series: Any, place: int) -> str:
    """Return a value of a series as its number format shows it."""
    points = series._element.findall("./{*}val//{*}numCache/{*}pt")
    text = next((p.findtext("{*}v") for p in points if p.get("idx") == str(place)), None)
    if text is None:
        return ""
    form = series._element.findtext("./{*}val//{*}numCache/{*}formatCode") or "General"
    return shown_number(float(text), form)
