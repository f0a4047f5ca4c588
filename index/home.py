"""Where built bundles live: the layout of the home folder, its settings, the lock of a build."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, ValidationError

from index.encoders.settings import EncoderSettings, RerankerSettings, SparseSettings
from index.milvus.settings import StoreSettings

STALE = ".building-"
_LOOK_EVERY = 0.05  # seconds between two looks at the lock


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of a home folder: `bundles/<id>/`, and the links `current` and `previous` to two of them."""

    root: Path

    @property
    def bundles(self) -> Path:
        """Return the folder of all bundles."""
        return self.root / "bundles"

    @property
    def current(self) -> Path:
        """Return the link to the bundle that serves."""
        return self.root / "current"

    @property
    def previous(self) -> Path:
        """Return the link to the last good bundle before it."""
        return self.root / "previous"

    @property
    def documents(self) -> Path:
        """Return the folder of documents that were added to this home."""
        return self.root / "documents"

    @property
    def settings(self) -> Path:
        """Return the settings file."""
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        """Return the file that a build locks."""
        return self.root / "build.lock"


class Certainty(StrEnum):
    """How sure an answer must be to be shown: as is good for most counters, or so that 95 or 99 of 100 are right."""

    BALANCED = "balanced"
    MOST = "95"
    NEARLY_ALL = "99"


class Settings(BaseModel):
    """What the person who runs the counter may choose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoder: EncoderSettings = EncoderSettings()
    sparse: SparseSettings | None = None
    reranker: RerankerSettings | None = None
    corpus: str | None = None
    removed: tuple[str, ...] = ()
    certainty: Certainty = Certainty.BALANCED
    store: StoreSettings = StoreSettings()


class SettingsError(Exception):
    """The settings file cannot be read. The message is Japanese and names the cure."""


class BuildInProgressError(Exception):
    """Another process is building in this home."""


def default_home() -> Path:
    """Return MADOGUCHI_HOME, or `madoguchi` in the user's data folder."""
    chosen = os.environ.get("MADOGUCHI_HOME")
    if chosen:
        return Path(chosen).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "madoguchi"


def read_settings(home: Path) -> Settings:
    """Return the home's settings, the defaults where there is no file; SettingsError if it is malformed."""
    path = Layout(home).settings
    try:
        return Settings.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Settings()
    except ValidationError as error:
        raise SettingsError(
            f"設定ファイル「{path}」を読めません。JSON を直すか、消して既定に戻してください。"
        ) from error


def write_settings(home: Path, settings: Settings) -> None:
    """Replace the settings file in one step."""
    path = Layout(home).settings
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".settings-{os.getpid()}")
    written.write_text(settings.model_dump_json(indent=2) + "\n", encoding="utf-8")
    written.replace(path)


@contextmanager
def build_lock(home: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold the home's build lock. A killed build lets it go.

    BuildInProgressError if another build has it and does not end within `wait` seconds.
    """
    home.mkdir(parents=True, exist_ok=True)
    with Layout(home).lock.open("a+b") as file:
        given_up = monotonic() + wait
        while not _locked(file):
            if monotonic() >= given_up:
                raise BuildInProgressError(
                    f"「{home}」では別の build・add・remove が実行中です。終わってからもう一度実行してください。"
                )
            sleep(_LOOK_EVERY)
        yield


def _locked(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def point(link: Path, target: Path) -> None:
    """Make `link` lead to `target` by one atomic rename; both are in one home, so the link is relative."""
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    with suppress(FileNotFoundError):
        fresh.unlink()
    fresh.symlink_to(os.path.relpath(target, link.parent))
    fresh.replace(link)
    sync_folder(link.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the folder's names."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
