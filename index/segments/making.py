"""Makes segments of sources: read, analysed and written by all cores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from corpus.types import Problem
from index.artefacts import Artefacts
from index.dense import save_dense
from index.encoders.sparse_leg import SparseTermEncoder
from index.leg_store import SaveVectors
from index.manifest import SegmentRecord
from index.passages import PASSAGES_FILE
from index.progress import Progress, counter, tell
from index.segments.analysis import Analyst, ReadDocument, Recipe
from index.segments.sources import Source
from index.segments.sparse_terms import write_sparse
from index.segments.workers import Workers, workers_for
from index.segments.writing import SegmentWriter
from index.vectors.stores import SavedStore

# Passages of one segment at most: what a writer holds of a segment while it sorts fits into 2 GB.
LARGEST = 250_000
_UNNAMED = ".{}"


class UnreadableSourceError(Exception):
    """Documents that were to be added cannot be read. `problems` tell why, in Japanese."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(f"{problem.document}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class WrittenSegment:
    """A segment that was just written, and its stores of vectors by leg."""

    record: SegmentRecord
    stores: Mapping[str, SavedStore]


def write_segments(
    folder: Path,
    sources: Sequence[Source],
    recipe: Recipe,
    *,
    save_vectors: SaveVectors = save_dense,
    progress: Progress | None = None,
    noted: Iterable[Problem] = (),
    required: Sequence[Source] = (),
) -> list[WrittenSegment]:
    """Write the segments of all sources below `folder` (mostly one; none if there is no source).

    `noted` are problems to be kept with them. `required` are more sources; UnreadableSourceError names those of
    them that give no document, before anything is encoded.
    """
    every = [*sources, *required]
    if not every:
        return []
    with workers_for(recipe, sum(source.size for source in every)) as workers:
        writers = [SegmentWriter(folder / _UNNAMED.format(0), recipe.artefacts, save_vectors)]
        for problem in noted:
            writers[0].note(problem)
        seen: set[str] = set()
        tell(progress, "文書", 0, len(every))
        unread: list[Problem] = []
        for number, read in enumerate(workers.ordered(Analyst.read, every), 1):
            if number > len(sources) and read.source.document is None:
                unread += read.source.problems
            if writers[-1].passages >= LARGEST:
                fresh = folder / _UNNAMED.format(len(writers))
                writers.append(SegmentWriter(fresh, recipe.artefacts, save_vectors))
            _add(writers[-1], read, seen)
            tell(progress, "文書", number, len(every))
        if unread:
            raise UnreadableSourceError(unread)
        sparse = SparseTermEncoder(recipe.sparse) if recipe.sparse else None
        return _filled(writers, workers, recipe.artefacts, sparse, progress)


def _add(writer: SegmentWriter, read: ReadDocument, seen: set[str]) -> None:
    document = read.source.document
    if document is not None and document.id in seen:
        message = f"同じ名前の文書が二つあります（{document.id}）。どちらかの名前を変えてください。"
        writer.note(Problem(document.id, message, code="duplicate"))
        return
    writer.add(read)
    if document is not None:
        seen.add(document.id)


def _filled(
    writers: Sequence[SegmentWriter],
    workers: Workers,
    artefacts: Artefacts,
    sparse: SparseTermEncoder | None,
    progress: Progress | None,
) -> list[WrittenSegment]:
    passages = counter(progress, "箇所", sum(writer.passages for writer in writers))
    shares = [
        counter(progress, artefact.name, sum(writer.shares(number) for writer in writers))
        for number, artefact in enumerate(artefacts.shared)
    ]
    written = []
    for writer in writers:
        stores = writer.fill(workers, passages)
        for number, count in enumerate(shares):
            writer.share_out(number, workers, count)
        if sparse is not None:
            write_sparse(writer.folder, sparse)
        name = _named(writer.folder)
        written.append(
            WrittenSegment(
                SegmentRecord(name=name, documents=writer.documents, passages=writer.passages), stores
            )
        )
    return written


def _named(folder: Path) -> str:
    """Name a segment by what it was made of: the same documents, the same name."""
    with (folder / PASSAGES_FILE).open("rb") as file:
        name = file_digest(file, "sha256").hexdigest()[:12]
    while (folder.parent / name).exists():
        name += "+"
    folder.rename(folder.parent / name)
    return name
