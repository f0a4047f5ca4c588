"""Frozen records of generated near misses: what may be invented, what was invented, and what is asked of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from eval.types import GoldQuestion


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that things may have: how its values are made, told in sentences, and asked for."""

    key: str
    name: str
    values: tuple[str, ...]
    told: tuple[str, ...]
    asked: tuple[str, ...]
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of facility, desk, event …: `labels` are the words by which its documents call each of its facts.

    `values` are its own for some facts: a rent is not an entrance fee.
    """

    key: str
    title: str
    noun: str
    names: tuple[str, ...]
    about: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One half of what is invented from (measured.toml or training.toml)."""

    half: str
    parts: Mapping[str, str]
    voices: tuple[str, ...]
    leads: tuple[str, ...]
    facts: Mapping[str, Fact]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One facility, desk, event …; `told` has the value of each fact that its document tells of it."""

    name: str
    about: str
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one document tells: several things of a kind; `labels` name its facts, in the document's order."""

    kind: str
    title: str
    lead: str
    noun: str
    labels: Mapping[str, str]
    facts: Mapping[str, Fact]
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet as a document: its text, and where each fact (name, fact) stands in it, spaces aside."""

    text: str
    evidence: Mapping[tuple[str, str], str]


Layout = Callable[[Sheet, Random], Page]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what it is about; `others` are the values that its world's other things have of the fact."""

    gold: GoldQuestion
    fact: str
    layout: str
    thing: str
    others: tuple[str, ...]

    @property
    def is_near_miss(self) -> bool:
        """Tell whether only neighbours have what is asked for."""
        return not self.gold.answerable


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet with its layout and the document that came of it."""

    file: str
    layout: str
    sheet: Sheet
    page: Page


@dataclass(frozen=True, slots=True)
class World:
    """An invented town's documents, and the pairs of questions about them: each near miss, then its twin."""

    name: str
    sheets: tuple[WrittenSheet, ...]
    cases: tuple[Case, ...]
