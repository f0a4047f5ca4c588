"""What answering adds to a bundle."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus.types import Document, Problem, Tables
from index.artefacts import Artefacts, SegmentRead
from index.suggesting.suggestions_file import SuggestionsFile
from qa.evidence.passage_words import PassageWords
from qa.evidence.word_vectors import LikenessFile
from qa.pieces.storing import PiecesFile
from qa.question.readings import EverydayWords, SpokenWords
from qa.question.vocabulary import FormCounts, KanjiCounts
from qa.tables.store.table_store import TablesFile

LEDGER_FILE = "tables.json"


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """Reads every document's figures, proves them and stores them."""

    name: str = "予算の数字"

    def part(self, document: Document) -> Tables:
        """Read one document's tables."""
        from corpus.budgets import read_tables

        return read_tables(document)

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        """Write the figures of all documents to LEDGER_FILE."""
        from corpus.budgets.storing import write_tables

        write_tables(folder / LEDGER_FILE, list(cast("Iterable[Tables]", parts)))


def read_ledger(segments: Iterable[SegmentRead]) -> Tables:
    """Return the figures of all documents that count."""
    from corpus.budgets.storing import read_tables_file

    tables = [_without(read_tables_file(s.folder / LEDGER_FILE), frozenset(s.removed)) for s in segments]
    return Tables(
        tuple(figure for one in tables for figure in one.figures),
        tuple(attribute for one in tables for attribute in one.attributes),
        tuple(problem for one in tables for problem in one.problems),
    )


def ledger_summary(segments: Iterable[SegmentRead]) -> tuple[int, tuple[Problem, ...]]:
    """Return how many figures the documents that count have, and what could not be proven of them."""
    from corpus.budgets.storing import summarize_tables_file

    found = [summarize_tables_file(s.folder / LEDGER_FILE, without=frozenset(s.removed)) for s in segments]
    return sum(count for count, _ in found), tuple(p for _, problems in found for p in problems)


def _without(tables: Tables, removed: frozenset[str]) -> Tables:
    if not removed:
        return tables
    return Tables(
        tuple(figure for figure in tables.figures if figure.document not in removed),
        tuple(attribute for attribute in tables.attributes if attribute.document not in removed),
        tuple(problem for problem in tables.problems if problem.document not in removed),
    )


def artefacts() -> Artefacts:
    """Return all that answering adds to a bundle."""
    return Artefacts(
        passages=(PassageWords(),),
        segments=(FormCounts(), KanjiCounts(), SpokenWords()),
        documents=(LedgerFigures(), SuggestionsFile(), TablesFile()),
        shared=(PiecesFile(),),
        bundle=(LikenessFile(), EverydayWords()),
        summary=ledger_summary,
    )
