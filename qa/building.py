"""Everything between a folder of documents and a bundle that answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from corpus.chunking import chunk
from corpus.library import BUILT_IN, read_folder
from corpus.types import Document, Passage, Problem
from index.building import Artefact, build_bundle
from index.encoders.settings import ModelChoice
from index.home import Layout, Settings, read_settings, write_settings
from index.legs import Progress
from qa.artefacts import artefacts


class EmptyCorpusError(Exception):
    """There is no document to build from. The message is Japanese and names the cure."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, and what it left out."""

    bundle_id: str
    documents: int
    passages: int
    figures: int
    problems: tuple[Problem, ...]
    seconds: float


def build(
    home: Path,
    *,
    corpus: Path | None = None,
    models: ModelChoice | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build from `corpus` (None: the built-in documents) and whatever was added to `home`, and remember the choice.

    Models that `models` does not name stay as the home's settings have them.

    Raises EmptyCorpusError if no document can be read, FileNotFoundError if there is no such folder.
    """
    settings = read_settings(home)
    folder = str(corpus.resolve()) if corpus else None
    chosen = settings.model_copy(update={"corpus": folder} | dict(models or {}))
    return rebuild(home, chosen, progress=progress)


def rebuild(home: Path, settings: Settings, *, progress: Progress | None = None) -> BuildReport:
    """Build what `settings` say; they are kept once the new bundle serves."""
    started = perf_counter()
    documents, problems = gather(home, settings)
    if not documents:
        why = "".join(f"\n- {problem.document}: {problem.message}" for problem in problems)
        raise EmptyCorpusError(f"読める文書がひとつもありません。文書を置いてからやり直してください。{why}")
    passages: list[Passage] = []
    for number, document in enumerate(documents, 1):
        passages += chunk(document)
        if progress:
            progress("文書", number, len(documents))
    extra: Sequence[Artefact] = artefacts(problems)
    manifest = build_bundle(
        home,
        documents,
        passages,
        encoder=settings.encoder,
        artefacts=extra,
        corpus_folder=settings.corpus,
        progress=progress,
    )
    write_settings(home, settings)
    figures, found = _ledger_counts(home)
    return BuildReport(
        manifest.id, len(documents), len(passages), figures, (*problems, *found), perf_counter() - started
    )


def gather(home: Path, settings: Settings) -> tuple[list[Document], list[Problem]]:
    """Read the corpus folder and the home's own documents; one added under a taken name takes its place."""
    documents, problems = read_folder(Path(settings.corpus) if settings.corpus else BUILT_IN)
    added: list[Document] = []
    if Layout(home).documents.is_dir():
        added, found = read_folder(Layout(home).documents)
        problems += found
    held = {document.id: document for document in [*documents, *added]}
    return [document for key, document in held.items() if key not in settings.removed], problems


def _ledger_counts(home: Path) -> tuple[int, tuple[Problem, ...]]:
    from corpus.tables.storing import read_tables_file
    from qa.artefacts import LEDGER_FILE

    tables = read_tables_file(Layout(home).current / LEDGER_FILE)
    return len(tables.figures), tables.problems
