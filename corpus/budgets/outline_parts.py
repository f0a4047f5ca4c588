"""What is read and proven of an outline, before figures are written."""

from dataclasses import dataclass, field

from corpus.budgets.highlights import Highlight, Label, Pair
from corpus.budgets.pairing import Amounts
from corpus.budgets.pieces import NumberedName
from corpus.budgets.proving import Proof
from corpus.budgets.rounded import Overview
from corpus.budgets.sections import Section, Source
from corpus.budgets.summary import Summary
from corpus.types import Document, Problem


@dataclass(slots=True)
class Item:
    """One project: its name, its pair as far as known, and whether the pair's link and the name are proven."""

    name: NumberedName
    pair: Pair
    beside: frozenset[int]
    linked: bool
    named: bool


@dataclass(slots=True)
class Part:
    """One section with what was made of it."""

    section: Section
    unit: str
    amounts: Amounts | None
    items: list[Item] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    sources_fixed: bool = True


@dataclass(slots=True)
class Outline:
    """All that was read and proven of one outline, before figures are written."""

    document: Document
    year: int
    last_year: int
    summary: Summary | None
    parts: list[Part]
    highlights: list[tuple[Highlight, Label | None, tuple[Pair, ...]]]
    overviews: list[Overview]
    proof: Proof
    problems: list[Problem]

    @property
    def root(self) -> tuple[str, ...]:
        """What its lines hang below: the whole that the summary names."""
        return (self.summary.label.text,) if self.summary else ()
