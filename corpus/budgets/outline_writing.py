"""How a number of an outline is written as a figure, with its name and its place."""

from collections.abc import Iterator

from corpus.budgets.highlights import Label
from corpus.budgets.outline_parts import Outline
from corpus.budgets.pieces import Number
from corpus.types import Basis, Figure, Measure, Stage


def write_figure(
    outline: Outline,
    name: Label,
    parents: tuple[str, ...],
    number: Number,
    unit: str,
    *,
    basis: Basis,
    year: int | None = None,
    measure: Measure = Measure.AMOUNT,
    aspect: str | None = None,
    marks: tuple[str, ...] = (),
) -> Iterator[Figure]:
    """Yield the figure of one number under its name; none where the number says nothing (―)."""
    if number.value is None:
        return
    yield Figure(
        label=name.text, parents=parents, fiscal_year=outline.year if year is None else year,
        stage=Stage.INITIAL, measure=measure, value=number.value, unit=number.unit or unit,
        document=outline.document.id, page=outline.document.page_at(number.start),
        start=number.start, end=number.end, basis=basis,
        name_start=name.start, name_end=name.end, aspect=aspect, marks=marks,
    )  # fmt: skip
