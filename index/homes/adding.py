"""Documents are added to a home: what can be read is taken up, what cannot is named; of the index only that is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from corpus.document_headers import HEADER, header_beside
from corpus.library import ENDINGS, document_id
from corpus.types import Problem
from index.artefacts import Artefacts
from index.building import change_bundle
from index.home import Layout, Settings, read_settings
from index.homes.change_journal import STAGING, finish_change, stage_file
from index.homes.home_building import WAIT, BuildReport, Following, build_all, report
from index.homes.home_documents import UnknownDocumentError, aside, document_ids, own_files
from index.homes.incoming import Incoming, incoming_files
from index.homes.origins import content_of, origin_of, read_origins
from index.manifest import BundleError, Manifest
from index.progress import Progress
from index.publishing import Workshop, open_workshop, start_over
from index.segments.making import UnreadableSourceError
from index.segments.sources import FileSource
from index.verifying import verify_bundle


class NothingAddedError(UnknownDocumentError):
    """None of the files could be added; `problems` tell why, in Japanese."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_why_nothing(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Files by what becomes of them: to be added, there already with the same content, refused."""

    fresh: Sequence[Incoming]
    same: Sequence[Incoming]
    refused: Sequence[Problem]


def add_documents(
    artefacts: Artefacts,
    home: Path,
    paths: Sequence[Path],
    *,
    replacing: bool = False,
    name: str | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Copy `paths` (files, folders of files, ZIP archives, files in these) with their headers, and add them to the index.

    What cannot be read, and a file whose name another content has, is left out and named in the report; with
    `replacing` it takes the other's place. `name` is the document's instead of the file's; `folder` is the watched
    one that the files come from. Raises NothingAddedError if there is nothing that could be added.
    """
    started = perf_counter()
    with open_workshop(home, wait=WAIT) as workshop:
        finish_change(home)
        try:
            files, refused = incoming_files(paths, unpacking=home / STAGING, name=name)
            chosen = _sorted_out(home, files, replacing=replacing)
            batch = _Batch(artefacts, workshop, folder, progress)
            manifest, added, unread = batch.add(chosen.fresh)
        finally:
            # Done where the bundle serves, undone where it does not.
            finish_change(home)
        refused += [*chosen.refused, *unread]
        if manifest is None and not chosen.same:
            raise NothingAddedError(refused)
        serving = manifest or verify_bundle(workshop.layout.current, home=home)
    told = report(artefacts, home, serving, started, only=added, notes=batch.notes)
    return replace(
        told,
        notes=(*told.notes, *(_said_again(one) for one in chosen.same)),
        refused=tuple(refused),
        added=tuple(added),
        changed=manifest is not None,
    )


def _sorted_out(home: Path, files: Sequence[Incoming], *, replacing: bool) -> _Sorted:
    """Tell files that are there already, and those whose name is taken, from those to be added."""
    there = set(document_ids(home))
    known = _contents(home)
    same = [one for one in files if one.document in there and known.get(one.document) == one.content]
    others = [one for one in files if one not in same]
    taken = [] if replacing else [one for one in others if one.document in there]
    return _Sorted([one for one in others if one not in taken], same, [_taken(one) for one in taken])


def _contents(home: Path) -> dict[str, str]:
    """Return what the home's documents were read from, by id; a home of before origins has its files only."""
    origins = read_origins(home)
    own = {document_id(file): file for file in own_files(home) if file.suffix in ENDINGS}
    read = {key: content_of(file) for key, file in own.items() if key not in origins}
    return read | {key: origin.content for key, origin in origins.items()}


@dataclass
class _Batch:
    """One change that adds files; `notes` say what a person might not expect of it."""

    artefacts: Artefacts
    workshop: Workshop
    folder: Path | None
    progress: Progress | None
    notes: Sequence[str] = ()

    def add(self, files: Sequence[Incoming]) -> tuple[Manifest | None, list[str], list[Problem]]:
        """Add all files that can be read, together; return the ids added, and the problems of the others.

        Where some cannot, the readable ones are read once more: that costs little beside encoding them.
        """
        unread: list[Problem] = []
        left = [(one, _staged(self.workshop.home, one)) for one in files]
        while left:
            try:
                manifest = self._added(left)
            except UnreadableSourceError as error:
                unread += error.problems
                bad = {problem.document for problem in error.problems}
                left = [(one, staged) for one, staged in left if one.document not in bad]
                start_over(self.workshop)
            else:
                return manifest, [one.document for one, _ in left], unread
        return None, [], unread

    def _added(self, files: Sequence[tuple[Incoming, Path]]) -> Manifest:
        home = self.workshop.home
        staged = [copy for _, copy in files]
        replaced, self.notes = _replaced(home, staged)
        following = Following(
            _without(read_settings(home), [document_id(file) for file in staged]),
            (*aside(home, [document_id(file) for file in staged]), *_into_documents(home, staged)),
            read_origins(home)
            | {
                one.document: origin_of(one.file, folder=self.folder, archive=one.archive) for one, _ in files
            },
        )
        return self._change(staged, replaced, following)

    def _change(self, staged: Sequence[Path], replaced: Sequence[str], following: Following) -> Manifest:
        workshop, artefacts, progress = self.workshop, self.artefacts, self.progress
        try:
            verify_bundle(workshop.layout.current, home=workshop.home)
        except BundleError:
            # There is none yet, or none that this program can read: it is built whole, as before.
            return build_all(artefacts, workshop, following, added=staged, progress=progress)
        return change_bundle(
            workshop,
            added=[FileSource(file) for file in staged],
            removed=replaced,
            artefacts=artefacts,
            progress=progress,
            prepared=lambda manifest: following.write_down(workshop.home, manifest),
        )


def _staged(home: Path, one: Incoming) -> Path:
    header = header_beside(one.file)
    if header is not None:
        stage_file(home, header, name=Path(one.name).with_suffix(HEADER).name)
    return stage_file(home, one.file, name=one.name)


def _replaced(home: Path, staged: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Return the ids of documents that the staged ones take the place of, and what to say of it."""
    there = set(document_ids(home))
    ids = [document_id(file) for file in staged if document_id(file) in there]
    own = {document_id(file): file.name for file in own_files(home)}
    kept = "前のファイルは、置き場所の removed フォルダーに残してあります。"
    return ids, [
        f"同じ名前の文書「{key}」{f'（{own[key]}）' if key in own else ''}と入れ替えました。{kept if key in own else ''}"
        for key in ids
    ]


def _into_documents(home: Path, staged: Sequence[Path]) -> tuple[tuple[Path, Path], ...]:
    folder = Layout(home).documents
    parts = (part for file in staged for part in (file, header_beside(file)))
    return tuple((part, folder / part.name) for part in parts if part)


def _without(settings: Settings, ids: Collection[str]) -> Settings:
    return settings.model_copy(update={"removed": tuple(key for key in settings.removed if key not in ids)})


def _taken(one: Incoming) -> Problem:
    message = (
        f"同じ名前の文書があります（{one.file.name}）。"
        "--replace で入れ替え、--as 名前 で別の名前にして加えられます。"
    )
    return Problem(one.document, message, code="taken")


def _said_again(one: Incoming) -> str:
    return f"「{one.document}」は同じ内容の文書がもうあるので、何もしていません（{one.file.name}）。"


def _why_nothing(refused: Sequence[Problem]) -> str:
    endings = "・".join(ending[1:] for ending in ENDINGS)
    if not refused:
        return f"加える文書がありません。{endings} のファイルを指定してください。"
    return "\n".join(f"{problem.document}：{problem.message}" for problem in refused)
