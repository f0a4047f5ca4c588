"""Some hundred files of all formats in one `add`, bad ones among them: all good ones come in, each bad one is named.

`python -m bench.many_files --count 500` prints seconds and memory, and whatever is not so; exit status 1 if anything is.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated
from zipfile import ZipFile

import typer

from bench.sample_files import samples
from bench.synthetic import synthetic_file
from corpus.kinds import ARCHIVES
from index.bundle import open_bundle
from index.homes.home_building import BuildReport
from qa.building.homes import add_documents, build

_BAD_EVERY = 12
_TYPED = (".txt", ".text", ".md")
_BAD: tuple[tuple[str, bytes], ...] = (
    (".txt", b""),
    (".txt", b"\x00\xff\x81\x00\xfe"),
    (".docx", samples()[".docx"][:900]),
    (".pptx", b"PK\x03\x04" + bytes(200)),
    (".xlsx", samples()[".xlsx"][:700]),
    (".pdf", b"%PDF-1.4\nnothing"),
    (".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    (".jpg", b"\xff\xd8\xff\xe0" + bytes(60)),
    (".html", b"<html><body></body></html>"),
    (".zip", b"PK\x03\x04 and no more"),
)
"""What is found in folders of a city: empty, cut short by a copy, of a kind that is not read, a picture."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is added: its name, what it holds, and the ids of the documents that must come of it."""

    name: str
    data: bytes
    documents: tuple[str, ...]


def files(count: int) -> Iterator[Sent]:
    """Yield so many files, all formats in turn, every twelfth one bad."""
    endings = sorted(samples())
    for number in range(count):
        stem = f"文書{number:04d}"
        if number % _BAD_EVERY == _BAD_EVERY - 1:
            ending, data = _BAD[number // _BAD_EVERY % len(_BAD)]
            yield Sent(f"悪{number:04d}{ending}", data, ())
            continue
        ending = endings[number % len(endings)]
        if ending in ARCHIVES:
            packed = BytesIO()
            names = (f"{stem}の一", f"{stem}の二")
            with ZipFile(packed, "w") as archive:
                for name in names:
                    archive.writestr(f"{name}.txt", synthetic_file(number).text)
            yield Sent(f"{stem}{ending}", packed.getvalue(), names)
        else:
            typed = synthetic_file(number).text.encode() if ending in _TYPED else samples()[ending]
            yield Sent(f"{stem}{ending}", typed, (stem,))


def faults(sent: list[Sent], report: BuildReport, there: set[str]) -> Iterator[str]:
    """Yield what is not as it must be: a good file that is not in, a bad one that nobody names."""
    wanted = {document for file in sent for document in file.documents}
    yield from (f"{document} is missing" for document in sorted(wanted - there))
    yield from (f"{document} is in" for document in sorted(there - wanted - {"はじめ"}))
    told = [problem.message for problem in report.refused]
    for file in sent:
        if not file.documents and sum(file.name in message for message in told) != 1:
            yield f"{file.name} is not told once: {[m for m in told if file.name in m]}"


def main(count: Annotated[int, typer.Option()] = 500) -> None:
    """Add the files to a home of one document and print what came of it."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sent = list(files(count))
    with TemporaryDirectory() as place:
        folder, corpus, home = (Path(place) / name for name in ("in", "corpus", "home"))
        folder.mkdir()
        corpus.mkdir()
        (corpus / "はじめ.txt").write_text("図書館は市内に12か所あります。\n", encoding="utf-8")
        build(home, corpus=corpus)
        for file in sent:
            (folder / file.name).write_bytes(file.data)
        started = perf_counter()
        report = add_documents(home, [folder])
        seconds = perf_counter() - started
        there = {document.id for document in open_bundle(home).documents()}
    wrong = list(faults(sent, report, there))
    print("\n".join(wrong))
    bad = sum(not file.documents for file in sent)
    own, child = (getrusage(who).ru_maxrss / 1024 for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    print(
        f"{count} files, {bad} of them bad: {len(there) - 1} documents in {seconds:.1f} s, {report.passages:,} passages"
    )
    print(
        f"{len(report.refused)} told; memory {own:.0f} MB, of the largest reader {child:.0f} MB; {len(wrong)} faults"
    )
    raise typer.Exit(1 if wrong else 0)


if __name__ == "__main__":
    typer.run(main)
