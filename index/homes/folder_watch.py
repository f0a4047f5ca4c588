"""A folder is looked at again and again: its new, changed and deleted files become changes of the home.

Sizes and times are compared, which works on network drives as well; what a file holds decides. A file is taken up when
it looks the same twice: one that is still being copied does not. The files in an archive are followed as if they lay there.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event

from corpus.kinds import ARCHIVES
from corpus.library import document_id
from corpus.types import Problem
from index.artefacts import Artefacts
from index.home import read_settings
from index.homes.adding import NothingAddedError, add_documents
from index.homes.folder_looks import Look, Looks, folder_looks
from index.homes.home_documents import document_ids
from index.homes.origins import Origins, content_of, read_origins
from index.homes.removing import remove_documents
from index.homes.watched_archives import WatchedArchives
from index.os_reasons import reason


class FolderWatch:
    """One watched folder; `tell` hears a Japanese sentence of each change, and of each trouble once."""

    def __init__(self, artefacts: Artefacts, home: Path, folder: Path, tell: Callable[[str], None]) -> None:
        self._artefacts = artefacts
        self._home = home
        self._folder = folder.absolute()
        self._tell = tell
        self._seen: Looks | None = None
        self._archives = WatchedArchives()
        self._settled: dict[Path, Look] = {}
        self._device: int | None = None
        self._troubles: set[str] = set()
        self._troubles_now: set[str] = set()

    def run(self, stop: Event, interval: float) -> None:
        """Look every `interval` seconds until told to stop; a change that has begun is finished."""
        while not stop.is_set():
            self.look()
            stop.wait(interval)

    def look(self) -> None:
        """Look once, and do what follows from this look and the one before."""
        self._troubles_now = set()
        try:
            looks = self._looks()
            if looks is not None and self._seen is not None:
                self._follow(looks, self._seen)
            self._seen = looks
        except Exception as error:  # noqa: BLE001 - a service goes on: the drive, the disk, the lock may be back
            self._trouble(_reason(error))
        self._troubles = self._troubles_now

    def _looks(self) -> Looks | None:
        """Return how all files look; None if the folder may not be what it was, so that nothing is taken as deleted."""
        device = self._folder.stat().st_dev
        looks = dict(folder_looks(self._folder))
        if not looks and device != self._device and any(self._own()):
            self._trouble(
                f"フォルダー「{self._folder}」が空です。ドライブが外れていないか確かめてください。文書は外さずに待ちます"
                "（本当に空にしたのなら「madoguchi remove ID」で外せます）。"
            )
            return None
        self._device = device
        return looks

    def _follow(self, looks: Looks, before: Looks) -> None:
        own = self._own()
        self._name(self._archives.open_rested(looks, before))
        packed = self._archives.looks()
        files, earlier = _files(looks) | packed, _files(before) | packed
        rested = [
            path
            for path in self._leading(files, own)
            if earlier.get(path) == files[path] and self._settled.get(path) != files[path]
        ]
        contents = self._archives.contents()
        changed = [path for path in rested if not _is_known(path, own, contents)]
        self._take_up([path for path in changed if document_id(path) in own], replacing=True)
        self._take_up([path for path in changed if document_id(path) not in own], replacing=False)
        self._settled = {p: files[p] for p in files if p in rested or self._settled.get(p) == files[p]}
        there = {document_id(path) for path in (*files, *earlier)}
        gone = [key for key in own if key not in there]
        self._let_go([key for key in gone if not self._archives.may_hold(Path(own[key].file))])

    def _own(self) -> Origins:
        """Return the origins of the documents that came from this folder."""
        origins, place = read_origins(self._home), str(self._folder)
        return {key: origin for key, origin in origins.items() if origin.folder == place}

    def _leading(self, looks: Looks, own: Origins) -> list[Path]:
        """Return the files that may be documents: of several of one name the one that is, or else the first."""
        held = set(read_settings(self._home).removed)
        leading: dict[str, Path] = {}
        for path in sorted(looks, key=lambda path: (not _came_from(path, own), path)):
            key = document_id(path)
            if key in held:
                self._trouble(
                    f"「{key}」は remove で外した文書なので加えません。戻すには「madoguchi add {path}」です。"
                )
            elif leading.setdefault(key, path) is not path:
                self._trouble(
                    f"「{path}」は「{leading[key]}」と同じ名前なので加えません。どちらかの名前を変えてください。"
                )
        return list(leading.values())

    def _take_up(self, files: Sequence[Path], *, replacing: bool) -> None:
        if not files:
            return
        try:
            report = add_documents(
                self._artefacts, self._home, files, replacing=replacing, folder=self._folder
            )
        except NothingAddedError as error:
            self._name(error.problems)
            return
        names = {document_id(file): _shown(file) for file in files}
        for key in report.added:
            self._tell(f"{'入れ替えました' if replacing else '加えました'}：{key}（{names[key]}）")
        if not report.changed:
            for note in report.notes:
                self._tell(note)
        self._name(report.refused)

    def _name(self, refused: Sequence[Problem]) -> None:
        for problem in refused:
            self._tell(f"加えません：{problem.document}：{problem.message}")

    def _let_go(self, keys: Sequence[str]) -> None:
        there = set(document_ids(self._home)) if keys else set()
        gone = [key for key in keys if key in there]
        if gone:
            remove_documents(self._artefacts, self._home, gone, for_good=False)
        for key in gone:
            self._tell(f"外しました：{key}（フォルダーからファイルがなくなりました）")

    def _trouble(self, message: str) -> None:
        if message not in self._troubles | self._troubles_now:
            self._tell(message)
        self._troubles_now.add(message)


def _files(looks: Looks) -> dict[Path, Look]:
    """Return the looks of what are no archives."""
    return {path: look for path, look in looks.items() if path.suffix.lower() not in ARCHIVES}


def _shown(file: Path) -> str:
    """Return a file's name, with that of the archive that it is in."""
    return f"{file.parent.name}/{file.name}" if file.parent.suffix.lower() in ARCHIVES else file.name


def _came_from(path: Path, own: Origins) -> bool:
    origin = own.get(document_id(path))
    return origin is not None and origin.file == str(path)


def _is_known(path: Path, own: Origins, packed: Mapping[Path, str]) -> bool:
    """Tell whether the file holds what its document was read from; of files in archives that is told by `packed`."""
    origin = own.get(document_id(path))
    with suppress(OSError):  # told when it is taken up
        return origin is not None and origin.content == (packed.get(path) or content_of(path))
    return False


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"いまは続けられません（{reason(error)}：{error.filename or ''}）。次の回にもう一度試します。"
    return f"{error or type(error).__name__} 次の回にもう一度試します。"
