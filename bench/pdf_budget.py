"""How much of a budget book's tables proves itself: `python -m bench.pdf_budget BOOK.pdf`.

Of each row (目) three sums can be made again: this year less last year is the difference, the sources add up to this
year, and the rows of a table to its total. What adds up was read right, and in its place.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from corpus.budgets import read_tables
from corpus.library import read_file
from corpus.types import Basis, Document, Figure, Measure


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one printed row."""

    figures: tuple[Figure, ...]

    def sums(self) -> list[bool]:
        """Return for each sum that the row prints whether it comes out."""
        years = sorted({f.fiscal_year for f in self._of(Measure.AMOUNT) if f.fiscal_year})
        if len(years) != 2:
            return []
        last, this = (sum(f.value for f in self._of(Measure.AMOUNT) if f.fiscal_year == y) for y in years)
        differences = [this - last == f.value for f in self._of(Measure.DIFFERENCE)]
        sources = [f.value for f in self._of(Measure.FUNDING)]
        return [*differences, *([sum(sources, Decimal(0)) == this] if sources else [])]

    def _of(self, measure: Measure) -> list[Figure]:
        return [f for f in self.figures if f.measure is measure]


def rows_of(document: Document, figures: Sequence[Figure]) -> list[Row]:
    """Return the figures by the line of the text in which they stand."""
    lines: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        lines[document.text.rfind("\n", 0, figure.start)].append(figure)
    return [Row(tuple(found)) for found in lines.values()]


def main(path: Path) -> None:
    """Print what was read of a book, and what of it is proven."""
    begun = perf_counter()
    document, problems = read_file(path)
    if document is None:
        sys.exit("\n".join(problem.message for problem in problems))
    read = perf_counter()
    tables = read_tables(document)
    rows = rows_of(document, tables.figures)
    sums = [found for row in rows if (found := row.sums())]
    print(
        f"pages {len(document.pages)}, seconds {read - begun:.1f} to read, {perf_counter() - read:.1f} for the ledger"
    )
    print(f"rows {len(rows)}, with sums {len(sums)}, all of them right {sum(map(all, sums))}")
    print(f"sums {sum(map(len, sums))}, right {sum(map(sum, sums))}")
    print(f"figures {len(tables.figures)}, not served {sum(f.basis is Basis.ORDER for f in tables.figures)}")
    print(f"problems of the tables {len(tables.problems)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
