"""All that a home holds of a document's text is found, deleted, and looked for again in the bytes of every file."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path

from corpus.library import document_id, read_file
from index.bundle_lock import in_use
from index.home import Layout
from index.homes.home_documents import REMOVED
from index.homes.origins import read_origins, write_origins
from index.manifest import SEGMENTS, BundleError, read_manifest
from index.passages import PASSAGES_FILE, SegmentPassages
from index.publishing import clear_away

BEFORE_RESTORE = "before-restore"
"""The folder of a home where `restore` puts the homes that there were before."""
# A line so long is hardly another document's by chance; the five longest tell it as surely as all would.
_LONG = 16
_PIECES = 5
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp")


class EraseError(Exception):
    """Something of a document's text is left. The message is Japanese and names where, and the cure."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What a home holds of a document: its texts, bundles with them, its files; `serving` if the current bundle has some."""

    texts: tuple[str, ...]
    bundles: tuple[Path, ...]
    files: tuple[Path, ...]
    origin: str | None
    serving: bool

    def __bool__(self) -> bool:
        return bool(self.bundles or self.files)


def find_traces(home: Path, document: str) -> Traces:
    """Return all that the home holds of a document, counted or not."""
    bundles = [bundle for root in _roots(home) for bundle in _bundles(root) if _texts(bundle, document)]
    files = [file for root in _roots(home) for file in _files(root, document)]
    stored = (text for bundle in bundles for text in _texts(bundle, document))
    texts = dict.fromkeys([*stored, *_file_texts(files)])
    origin = read_origins(home).get(document)
    serving = Layout(home).current.resolve() in [bundle.resolve() for bundle in bundles]
    return Traces(tuple(texts), tuple(bundles), tuple(files), origin.file if origin else None, serving)


def erase_traces(home: Path, document: str) -> None:
    """Delete the document's files, and every bundle that holds its text but the current one and those in use."""
    for root in _roots(home):
        serving = Layout(home).current.resolve()
        for bundle in _bundles(root):
            if bundle.resolve() != serving and _texts(bundle, document) and not in_use(bundle):
                clear_away(bundle)
        for link in (Layout(root).current, Layout(root).previous):
            if link.is_symlink() and not link.exists():
                link.unlink()
        for file in _files(root, document):
            file.unlink()
            with suppress(OSError):
                file.parent.rmdir()
        origins = read_origins(root)
        if origins.pop(document, None):
            write_origins(root, origins)


def prove_erased(home: Path, document: str, before: Traces) -> list[str]:
    """Look for the document in all bundles and files; say what was looked through, and what cannot be reached.

    EraseError if something is left.
    """
    left = find_traces(home, document)
    if left.bundles:
        raise EraseError(_still_open(document, left.bundles))
    pieces = _pieces(home, before.texts)
    files = list(_every_file(home))
    forms = [form for piece in pieces for form in _forms(piece)]
    found = [file for file in files if _holds(file, forms)] + list(left.files)
    if found:
        named = "、".join(str(file.relative_to(home)) for file in found[:5])
        raise EraseError(f"「{document}」の本文がまだ残っています：{named}。このファイルを確かめてください。")
    looked = f"一節 {len(pieces)} つ" if pieces else "文書の名前"
    erased = f"索引 {len(before.bundles)} つとファイル {len(before.files)} 個から"
    return [
        f"「{document}」の本文を{erased}消しました。置き場所のファイル {len(files)} 個を{looked}で調べ、どこにも残っていません。",
        *_out_of_reach(home, document, before),
    ]


def _roots(home: Path) -> list[Path]:
    """Return the home and those that `restore` put aside."""
    return [home, *sorted(path for path in (home / BEFORE_RESTORE).glob("*") if path.is_dir())]


def _bundles(root: Path) -> list[Path]:
    folder = Layout(root).bundles
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _texts(bundle: Path, document: str) -> list[str]:
    """Return the document's texts in the bundle's segments, those that do not count any more as well."""
    found = []
    for file in sorted((bundle / SEGMENTS).glob(f"*/{PASSAGES_FILE}")):
        with suppress(sqlite3.Error):
            stored = SegmentPassages(file).document(document)
            if stored:
                found.append(stored.text)
    return found


def _files(root: Path, document: str) -> Iterator[Path]:
    for folder in (root / REMOVED, Layout(root).documents):
        yield from (f for f in sorted(folder.rglob("*")) if f.is_file() and document_id(f) == document)


def _file_texts(files: Sequence[Path]) -> Iterator[str]:
    for file in files:
        read, _ = read_file(file)
        if read:
            yield read.text


def _pieces(home: Path, texts: Sequence[str]) -> list[str]:
    """Return the longest lines of the texts that stand in no document that is left."""
    others = [text for bundle in _bundles(home) for text in _all_texts(bundle)]
    lines = sorted({line.strip() for text in texts for line in text.splitlines()}, key=len, reverse=True)
    own = (line for line in lines if len(line) >= _LONG and not any(line in other for other in others))
    return list(islice(own, _PIECES))


def _all_texts(bundle: Path) -> Iterator[str]:
    for file in sorted((bundle / SEGMENTS).glob(f"*/{PASSAGES_FILE}")):
        yield from (document.text for document in SegmentPassages(file).documents())


def _forms(piece: str) -> Iterator[bytes]:
    """Yield how a piece may stand in a file: in the encodings that are read, and escaped in JSON."""
    for encoding in _ENCODINGS:
        with suppress(UnicodeEncodeError):
            yield piece.encode(encoding)
    yield json.dumps(piece)[1:-1].encode()


def _every_file(home: Path) -> Iterator[Path]:
    """Yield the home's files, one that bundles share once."""
    seen = set()
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_ino not in seen:
            seen.add(path.stat().st_ino)
            yield path


def _holds(file: Path, forms: Sequence[bytes]) -> bool:
    if not file.stat().st_size:
        return False
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
        return any(content.find(form) >= 0 for form in forms)


def _still_open(document: str, bundles: Sequence[Path]) -> str:
    named = "、".join(bundle.name for bundle in bundles)
    return (
        f"「{document}」は答えから外しましたが、本文が索引 {named} に残っています。動いている窓口（serve）がそれを開いて"
        f"います。窓口を開き直してから、もう一度「madoguchi remove --erase {document}」を実行してください。"
    )


def _out_of_reach(home: Path, document: str, before: Traces) -> Iterator[str]:
    """Say what a home cannot delete."""
    places = [f"元のファイル（{before.origin}）"] if before.origin else ["元のファイル"]
    places += ["「madoguchi backup」などで取った控え", "ディスクそのものの古い記録"]
    with suppress(BundleError):
        binding = read_manifest(Layout(home).current.resolve()).milvus
        places += [f"Milvus（{binding.uri}）の中の古いまとまり"] if binding else []
    yield f"ここから消せないもの：{'、'.join(places)}。"
    yield f"「{document}」という名前だけは、作り直しても戻らないように設定に残ります。"
