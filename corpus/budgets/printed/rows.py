"""Tables in text: a header that names two years, and rows with a number for each of its columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from unicodedata import east_asian_width

from corpus.budgets.amounts import decimal_of
from corpus.budgets.printed.numbers import CHANGE, YEAR, Printed, narrow, year_said

SOURCES = (
    r"国庫支出金|国庫補助金|国支出金|国費|国|県支出金|県費|県|都支出金|都|府支出金|府|道支出金|道|市債|地方債|起債"
    r"|企業債|その他|一般財源|使用料|手数料|基金|寄附金"
)
_SHORT_SOURCES = {"他": "その他", "一財": "一般財源", "一般": "一般財源", "債": "市債"}
_COLUMN = re.compile(
    rf"(?:(?<![^\s|(])|(?<=[分名目別]))(?:(?P<year>{YEAR})(?:当初)?(?:予算)?(?:案)?(?:額)?(?: ?\([A-Za-z]\))?"
    rf"|(?P<change>{CHANGE})"
    rf"|(?P<rate>(?:増減|伸び|増加)?率|%|対前年度比)|(?P<source>{SOURCES}|他|一財|一般|債)"
    rf"|(?P<this>予算額|当初予算額|計上額))(?: ?\([^()]{{1,8}}\))?(?![^\s|)])"
)
_CELL = re.compile(
    r"(?:(?P<sign>[△-]) ?)?(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?)(?![0-9,%])"
    r"|(?P<none>[―—‐]+(?![^\s|])|-(?= |$|\|)|皆増|皆減)"
)
_NUMBERS = re.compile(r"[0-9][,.][0-9]|(?<![0-9])[0-9]{3,}(?![0-9]*年)|[0-9] ?(?:千円|百万円|円)(?!\))")
_LEAST_YEARS = 2
_LEAST_SOURCES = 2
_GENERAL = "一般財源"
_SPREAD = re.compile(r"(?<!\S)([一-龠]) {1,4}([一-龠])(?!\S)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a fiscal year's amounts, a funding source's, their change, or (all None) something else."""

    year: int | None = None
    source: str | None = None
    change: bool = False


def columns(text: str, year: int | None) -> list[Column]:
    """Return the columns that a (narrow) header line names: two years at least, or none."""
    found = []
    for match in _COLUMN.finditer(text):
        if match["year"]:
            found.append(Column(year=year_said(match["year"], year)))
        elif match["this"]:
            found.append(Column(year=year))
        else:
            source = _SHORT_SOURCES.get(match["source"] or "", match["source"])
            found.append(Column(source=source, change=bool(match["change"])))
    said = [column.year for column in found if column.year is not None]
    fits = len(said) >= _LEAST_YEARS and len(set(said)) == len(said) and not _NUMBERS.search(text)
    return found if fits else []


def source_columns(text: str) -> list[Column]:
    """Return the columns of a (narrow) header that names funding sources alone, whatever they are called; or none."""
    words = [word.replace(" ", "") for word in re.split(r" {2,}|\|", text.strip(" |")) if word.strip()]
    known = [word for word in words if re.fullmatch(SOURCES, word)]
    fits = _GENERAL in known and len(known) >= _LEAST_SOURCES and not re.search(rf"{YEAR}|[0-9]", text)
    return [Column(source=word) for word in words[1:]] if fits else []


def stacked(texts: Sequence[str]) -> str:
    """Return the lines of one header as one line: what stands above one another is one word.

    Where lines are set apart by spaces, letters are as wide as they are shown: 建 is two wide.
    """
    columns: list[tuple[int, int, str]] = []
    for text in texts:
        for start, end, word in _placed_words(text):
            above = [n for n, (first, last, _) in enumerate(columns) if first < end and start < last]
            if len(above) == 1:
                first, last, said = columns[above[0]]
                columns[above[0]] = (min(first, start), max(last, end), said + word)
            elif not above:
                columns.append((start, end, word))
    return "  ".join(word for _, _, word in sorted(columns))


def _placed_words(text: str) -> Iterator[tuple[int, int, str]]:
    places = [0, *accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in text)]
    plain = _SPREAD.sub(lambda match: match[1] + match[2] + " " * (len(match[0]) - 2), narrow(text))
    for match in re.finditer(r"\S+(?: \S+)*", plain):
        yield places[match.start()], places[match.end()], match[0].replace(" ", "")


def row(text: str, wanted: Sequence[Column]) -> tuple[int, int, list[tuple[Column, Printed]]]:
    """Return where the numbers of a (narrow) row begin and end, and the numbers of its columns; none where it is no row.

    The last columns may be empty.
    """
    found = list(_CELL.finditer(text))
    for many in range(len(wanted), _LEAST_YEARS - 1, -1):
        for first in range(len(found) - many + 1):
            own = found[first : first + many]
            gaps = [text[one.end() : two.start()] for one, two in pairwise(own)]
            before, after = text[: own[0].start()][-1:], text[own[-1].end() :][:1] or " "
            if all(gap and not gap.strip(" |") for gap in gaps) and not (before + after).strip(" |"):
                cells = [(column, _cell(match, column)) for match, column in zip(own, wanted, strict=False)]
                return own[0].start(), own[-1].end(), cells
    return len(text), len(text), []


def _cell(match: re.Match[str], column: Column) -> Printed:
    value = None if match["none"] else decimal_of(match["digits"])
    start = match.start("sign") if match["sign"] else match.start()
    return Printed(
        -value if value is not None and match["sign"] else value,
        None,
        column.year,
        column.change,
        False,
        start,
        match.end(),
    )
