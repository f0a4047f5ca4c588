"""What a bundle says about itself, and whether its files agree."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from index.encoders.settings import EncoderSettings, RerankerSettings, SparseSettings
from index.milvus.binding import Binding
from index.tokenizer import dictionary_version

# Raise it whenever a bundle of today could not be read by yesterday's code, or the other way round.
FORMAT = 12
NAME = "manifest.json"
SEGMENTS = "segments"
ENCODER = "encoder"
_CURE = "「madoguchi build」で索引を作り直してください。"


class BundleError(Exception):
    """A bundle cannot be opened. The message is Japanese; `file` names the file at fault."""

    def __init__(self, message: str, *, file: str | None = None) -> None:
        super().__init__(message + _CURE)
        self.file = file


class FileRecord(BaseModel):
    """One file of a bundle: bytes and hexadecimal sha256."""

    model_config = ConfigDict(frozen=True)

    size: int
    sha256: str


class SegmentRecord(BaseModel):
    """One segment: the folder `segments/<name>`, what it was written with, and the documents removed since."""

    model_config = ConfigDict(frozen=True)

    name: str
    documents: int
    passages: int
    removed: tuple[str, ...] = ()
    removed_passages: int = 0

    @property
    def live(self) -> int:
        """Return how many passages count."""
        return self.passages - self.removed_passages

    @property
    def folder(self) -> str:
        """Return its place in the bundle."""
        return f"{SEGMENTS}/{self.name}"


class Manifest(BaseModel):
    """All that a bundle was built from. `id` ends in a digest of everything else.

    `stores` tells by file how vectors are kept and what was measured of it. `documents` and `passages` are those
    that count. `milvus` names the collections that rank passages, None where the segments' own files do.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    format: int
    created: str
    documents: int
    passages: int
    corpus_folder: str | None
    encoder: EncoderSettings
    encoder_fingerprint: str
    dimension: int
    sparse: SparseSettings | None = None
    sparse_fingerprint: str | None = None
    reranker: RerankerSettings | None = None
    reranker_fingerprint: str | None = None
    dictionary: str
    versions: Mapping[str, str]
    segments: tuple[SegmentRecord, ...]
    stores: Mapping[str, Mapping[str, Any]] = {}
    milvus: Binding | None = None
    files: Mapping[str, FileRecord]

    def digest(self) -> str:
        """Return a digest of all fields but the id."""
        return sha256(self.model_dump_json(exclude={"id"}).encode()).hexdigest()[:12]

    def content_digest(self) -> str:
        """Return a digest of the files alone: equal for two builds of the same documents."""
        hashes = "\n".join(f"{name} {record.sha256}" for name, record in sorted(self.files.items()))
        return sha256(hashes.encode()).hexdigest()


class _Format(BaseModel):
    """The one field that every format has."""

    format: int


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest if this program can read its bundle, else raise BundleError."""
    try:
        content = (folder / NAME).read_bytes()
        # The format comes first: another format may well have other fields.
        _check_format(_Format.model_validate_json(content).format)
        manifest = Manifest.model_validate_json(content)
    except OSError as error:
        raise BundleError(f"索引「{folder.name}」に {NAME} がありません。", file=NAME) from error
    except ValidationError as error:
        raise BundleError(f"索引「{folder.name}」の {NAME} が壊れています。", file=NAME) from error
    _check_dictionary(manifest.dictionary)
    if manifest.id.rpartition("-")[2] != manifest.digest():
        raise BundleError(f"索引「{folder.name}」の {NAME} が書き換わっています。", file=NAME)
    return manifest


def _check_format(found: int) -> None:
    if found != FORMAT:
        message = f"この索引は別の版のプログラムで作られています（形式 {found}、必要な形式 {FORMAT}）。"
        raise BundleError(message, file=NAME)


def _check_dictionary(built: str) -> None:
    if built != dictionary_version():
        message = f"この索引は別の Sudachi 辞書で作られています（{built}、今の辞書 {dictionary_version()}）。"
        raise BundleError(message, file=NAME)
