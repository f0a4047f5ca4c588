"""What answering adds to a bundle: the ledger's figures, the problems of the build."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from corpus.types import Document, Passage, Problem
from index.artefacts import BundleArtefact, PassageArtefact, SegmentArtefact
from index.building import Artefact
from qa.judging import JudgementFile
from qa.layouts import LayoutsFile
from qa.reading.storing import ReadingModel, ReadingWords
from qa.readings import ReadingsFile
from qa.relevance.storing import RelevanceWords
from qa.rowstore import write_rows
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


def _runs(
    documents: Sequence[Document], passages: Sequence[Passage]
) -> Iterator[tuple[Document, list[Passage]]]:
    by_id = {document.id: document for document in documents}
    for id, run in groupby(passages, key=lambda passage: passage.document):
        yield by_id[id], list(run)


@dataclass(frozen=True, slots=True)
class _OfPassages:
    """A passage artefact as a file of a bundle without segments."""

    artefact: PassageArtefact

    @property
    def name(self) -> str:
        return self.artefact.name

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        runs = _runs(documents, passages)
        values = (
            (p.id, v) for d, own in runs for p, v in zip(own, self.artefact.values(d, own), strict=True)
        )
        write_rows(folder / f"{self.name}.sqlite", values)


@dataclass(frozen=True, slots=True)
class _OfSegment:
    """A segment artefact as files of a bundle without segments."""

    artefact: SegmentArtefact

    @property
    def name(self) -> str:
        return self.artefact.name

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        self.artefact.write(folder, [self.artefact.part(d, own) for d, own in _runs(documents, passages)])


@dataclass(frozen=True, slots=True)
class _OfBundle:
    """Files that do not depend on the documents."""

    artefact: BundleArtefact

    @property
    def name(self) -> str:
        return self.artefact.name

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        self.artefact.write(folder)


def artefacts(problems: Sequence[Problem]) -> list[Artefact]:
    """Return all that answering adds to a bundle."""
    return [
        LedgerFile(),
        VocabularyFile(),
        WordsFile(),
        LayoutsFile(),
        ReadingsFile(),
        _OfSegment(ReadingWords()),
        _OfBundle(ReadingModel()),
        _OfPassages(RelevanceWords()),
        JudgementFile(),
        ProblemsFile(problems),
    ]
