"""What answering adds to a bundle: the ledger's figures, the problems of the build."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.types import Document, Passage, Problem
from index.building import Artefact
from qa.judging import JudgementFile
from qa.layouts import LayoutsFile
from qa.reading.storing import ReadingFile
from qa.readings import ReadingsFile
from qa.relevance.storing import RelevanceFile
from qa.vocabulary import VocabularyFile
from qa.wordstore import WordsFile

LEDGER_FILE = "tables.json"
PROBLEMS_FILE = "problems.json"


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """Reads every document's figures, proves them and stores them."""

    name: str = "予算の数字"

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Write the figures of all documents to LEDGER_FILE."""
        from corpus.tables import read_tables
        from corpus.tables.storing import write_tables

        write_tables(folder / LEDGER_FILE, [read_tables(document) for document in documents])


@dataclass(frozen=True, slots=True)
class ProblemsFile:
    """Keeps what could not be read, for `doctor` and the page."""

    problems: Sequence[Problem]
    name: str = "読めなかった箇所"

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Write the reading problems to PROBLEMS_FILE."""
        rows = [asdict(problem) for problem in self.problems]
        (folder / PROBLEMS_FILE).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def artefacts(problems: Sequence[Problem]) -> list[Artefact]:
    """Return all that answering adds to a bundle."""
    return [
        LedgerFile(),
        VocabularyFile(),
        WordsFile(),
        LayoutsFile(),
        ReadingsFile(),
        ReadingFile(),
        RelevanceFile(),
        JudgementFile(),
        ProblemsFile(problems),
    ]
