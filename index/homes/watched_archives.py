"""The archives of a watched folder: each is opened when it rests, and again when it has changed.

What one is known to hold are files of the folder; while it is written to, or where it is damaged, nobody takes them as deleted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.kinds import ARCHIVES
from corpus.library import document_id
from corpus.types import Problem
from index.homes.folder_looks import Look, Looks
from index.homes.packed_files import PackedFiles, packed_files


@dataclass(frozen=True, slots=True)
class _Opened:
    """What an archive held when it looked so."""

    look: Look
    files: PackedFiles


class WatchedArchives:
    """What the archives hold, as of the last look."""

    def __init__(self) -> None:
        self._opened: dict[Path, _Opened] = {}
        self._waiting: set[Path] = set()

    def open_rested(self, looks: Looks, before: Looks) -> list[Problem]:
        """Open the archives that look as they did before; return what of those opened anew cannot be taken."""
        archives = {path for path in (*looks, *before) if path.suffix.lower() in ARCHIVES}
        self._waiting = {path for path in archives if looks.get(path) != before.get(path)}
        told: list[Problem] = []
        opened: dict[Path, _Opened] = {}
        for path in sorted(archives - self._waiting):
            known = self._opened.get(path)
            if known is None or known.look != looks[path]:
                known = _Opened(looks[path], packed_files(path))
                told += known.files.problems
            opened[path] = known
        self._opened = opened
        return told

    def looks(self) -> dict[Path, Look]:
        """Return the files in opened archives, each as its archive looks."""
        return {path: one.look for one in self._opened.values() for path in one.files.contents}

    def contents(self) -> Mapping[Path, str]:
        """Return the digest of each file in opened archives."""
        return {path: held for one in self._opened.values() for path, held in one.files.contents.items()}

    def may_hold(self, file: Path) -> bool:
        """Tell whether a file may be in its archive although it was not found there."""
        archive = file.parent
        opened = self._opened.get(archive)
        problems = opened.files.problems if opened else ()
        unread = {problem.document for problem in problems}
        return archive in self._waiting or bool(unread & {document_id(archive), document_id(file)})
