"""Everything between a folder of documents and a bundle that serves; `artefacts` is what an upper floor adds to it."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus.library import BUILT_IN, document_files, document_id
from corpus.types import Problem
from index.artefacts import Artefacts
from index.building import build_bundle
from index.encoders.settings import ModelChoice
from index.home import Layout, Settings, read_settings
from index.homes.change_journal import Change, finish_change, write_down
from index.homes.incoming import with_archives_opened
from index.homes.origins import Origins, read_origins, renewed
from index.manifest import Manifest
from index.milvus.settings import StoreSettings
from index.progress import Progress
from index.publishing import Workshop, open_workshop
from index.segments.segment import segments_of
from index.segments.sources import FileSource

# Seconds that a change waits for another one to end: an `add` of a small file takes less.
WAIT = 10.0


class EmptyCorpusError(Exception):
    """There is no document to build from. The message is Japanese and names the cure."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, and what it left out. `notes` (Japanese) say what a person might not expect.

    `refused` are files that were not taken up, `added` the documents that were; `changed` is false if there was
    nothing to do, and the bundle is the one that served before.
    """

    bundle_id: str
    documents: int
    passages: int
    figures: int
    problems: tuple[Problem, ...]
    seconds: float
    notes: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    added: tuple[str, ...] = ()
    changed: bool = True


def build(
    artefacts: Artefacts,
    home: Path,
    *,
    corpus: Path | None = None,
    models: ModelChoice | None = None,
    store: StoreSettings | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build from `corpus` (None: the built-in documents) and whatever was added to `home`, and remember the choice.

    Models that `models` does not name, and the store, stay as the home's settings have them.

    Raises EmptyCorpusError if no document can be read, FileNotFoundError if there is no such folder, StoreError if
    the chosen Milvus cannot take the index.
    """
    started = perf_counter()
    with open_workshop(home, wait=WAIT) as workshop:
        finish_change(home)
        settings = read_settings(home)
        folder = str(corpus.resolve()) if corpus else None
        place = {"corpus": folder, "store": store or settings.store}
        chosen = settings.model_copy(update=place | dict(models or {}))
        manifest = build_all(artefacts, workshop, Following(chosen), progress=progress)
        finish_change(home)
    return report(artefacts, home, manifest, started)


@dataclass(frozen=True, slots=True)
class Following:
    """What follows a bundle once it serves: settings, files to move (from, to), where its documents came from."""

    settings: Settings
    moves: tuple[tuple[Path, Path], ...] = ()
    origins: Origins | None = None

    def write_down(self, home: Path, manifest: Manifest) -> None:
        """Keep it with the bundle's name."""
        moves = tuple((str(a.relative_to(home)), str(b.relative_to(home))) for a, b in self.moves)
        origins = None if self.origins is None else dict(self.origins)
        write_down(home, Change(bundle=manifest.id, moves=moves, settings=self.settings, origins=origins))


def build_all(
    artefacts: Artefacts,
    workshop: Workshop,
    following: Following,
    *,
    added: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Manifest:
    """Build from the corpus, the home's own files and those `added`; of two of one name the later one counts.

    EmptyCorpusError if nothing can be read, UnreadableSourceError if one of `added` cannot.
    """
    with TemporaryDirectory(dir=workshop.folder.parent) as unpacking:
        return _built(artefacts, workshop, following, added, Path(unpacking), progress)


def _built(
    artefacts: Artefacts,
    workshop: Workshop,
    following: Following,
    added: Sequence[Path],
    unpacking: Path,
    progress: Progress | None,
) -> Manifest:
    settings = following.settings
    files, refused = _files(workshop.home, settings, added, unpacking)

    def prepared(manifest: Manifest) -> None:
        segments = segments_of(workshop.folder, manifest.segments)
        read = {key for segment in segments for key in segment.passages.document_ids()}
        if not read:
            raise EmptyCorpusError(_why_empty(p for segment in segments for p in segment.problems()))
        known = {**read_origins(workshop.home), **(following.origins or {})}
        origins = renewed(known, [file for file in [*files, *added] if document_id(file) in read])
        replace(following, origins=origins).write_down(workshop.home, manifest)

    return build_bundle(
        workshop,
        [FileSource(file) for file in files],
        required=[FileSource(file) for file in added],
        noted=refused,
        encoder=settings.encoder,
        sparse=settings.sparse,
        reranker=settings.reranker,
        artefacts=artefacts,
        corpus_folder=settings.corpus,
        store=settings.store,
        progress=progress,
        prepared=prepared,
    )


def report(
    artefacts: Artefacts,
    home: Path,
    manifest: Manifest,
    started: float,
    *,
    only: Container[str] | None = None,
    notes: Sequence[str] = (),
) -> BuildReport:
    """Say what came of a change; with `only`, of these documents' problems alone."""
    segments = segments_of(Layout(home).bundles / manifest.id, manifest.segments)
    figures, unproven = artefacts.summary(segments)
    problems = [*(problem for segment in segments for problem in segment.problems()), *unproven]
    return BuildReport(
        manifest.id,
        manifest.documents,
        manifest.passages,
        figures,
        tuple(problem for problem in problems if only is None or problem.document in only),
        perf_counter() - started,
        tuple(notes),
    )


def _files(
    home: Path, settings: Settings, added: Sequence[Path], unpacking: Path
) -> tuple[list[Path], list[Problem]]:
    """Return the files to build from besides those added; a later one of a taken name takes its place.

    Archives of the corpus are opened below the folder `unpacking`; what of them cannot be is told.
    """
    corpus = Path(settings.corpus) if settings.corpus else BUILT_IN
    if not corpus.is_dir():
        raise FileNotFoundError(
            f"文書フォルダー {corpus} がありません。文書を置いたフォルダーを指定してください。"
        )
    own = Layout(home).documents
    opened, refused = with_archives_opened(document_files(corpus), unpacking)
    files: list[Path] = []
    for more in (opened, document_files(own) if own.is_dir() else (), added):
        later = list(more)
        taken = {document_id(file) for file in later}
        files = [*(file for file in files if document_id(file) not in taken), *later]
    kept = [file for file in files if file not in added and document_id(file) not in settings.removed]
    return kept, refused


def _why_empty(problems: Iterable[Problem]) -> str:
    why = "".join(f"\n- {problem.document}: {problem.message}" for problem in problems)
    return f"読める文書がひとつもありません。文書を置いてからやり直してください。{why}"
