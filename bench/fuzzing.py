"""Damages small files of every format at random: each must give a document or a problem, soon, and kill no reader.

`python -m bench.fuzzing --count 500 --seed 1` prints what does not; the same seed damages the same files the same way.
With `--samples FOLDER` the files of a folder are damaged instead of those made here.
"""

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from zipfile import ZIP_DEFLATED, ZipFile

import typer

from bench.sample_files import samples
from corpus.document_headers import HEADER
from corpus.guarded_reading import GuardedReader
from corpus.kinds import ARCHIVES
from corpus.reading_child import Limits
from corpus.types import Problem
from index.homes.incoming import with_archives_opened

SECONDS = 20.0
"""Seconds of CPU that a damaged file of some kilobytes may take: whole ones take a tenth of one."""
_FAULTS = frozenset({"time", "memory"})


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file to be read: its name says its number, its bytes are damaged."""

    name: str
    data: bytes


def damaged(count: int, seed: int, whole: Mapping[str, bytes] | None = None) -> Iterator[Damaged]:
    """Yield damaged files, all `whole` ones in turn (by their endings, or names that end so)."""
    whole = samples() if whole is None else whole
    names = sorted(whole)
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - to be repeated, not to be secret
        name = names[number % len(names)]
        data = whole[name]
        for _ in range(chance.choice((1, 1, 2, 8))):
            data = chance.choice(_DAMAGES)(data, chance)
        yield Damaged(f"{number:05d}{name}", data)


def fault(file: Damaged, folder: Path, reader: GuardedReader) -> str | None:
    """Return what is wrong with how a file is read, None where it gives a document or a problem that names it."""
    path = folder / file.name
    path.write_bytes(file.data)
    started = time.process_time()
    try:
        documents, problems, names = _read(path, reader)
    except Exception as error:  # noqa: BLE001 - whatever comes through would have ended an `add`
        return f"raises {error!r}"
    finally:
        path.unlink()
    if not documents and not problems:
        return "neither a document nor a problem"
    if time.process_time() - started > SECONDS:
        return "took too long"
    return _untold(problems, names)


def _read(path: Path, reader: GuardedReader) -> tuple[int, list[Problem], set[str]]:
    """Return how many documents a file gives, or the files of an archive, the problems, and what these may name."""
    with TemporaryDirectory() as unpacking:
        packed = path.suffix in ARCHIVES
        files, problems = with_archives_opened([path], Path(unpacking)) if packed else ([path], [])
        read = [reader.read(one) for one in files]
    found = [problem for _, problems in read for problem in problems]
    names = {path.name, *(name for file in files for name in (file.name, file.with_suffix(HEADER).name))}
    return sum(document is not None for document, _ in read), [*problems, *found], names


def _untold(problems: list[Problem], names: set[str]) -> str | None:
    """Return the message of a problem that is none of the file's, or that names no file."""
    if any(problem.code in _FAULTS or "プログラムが止まりました" in problem.message for problem in problems):
        return " ".join(problem.message for problem in problems)
    unnamed = (problem.message for problem in problems if not any(name in problem.message for name in names))
    return next(unnamed, None)


def careful_reader() -> GuardedReader:
    """Return a reader that gives a file SECONDS."""
    return GuardedReader(replace(Limits(), seconds=SECONDS, seconds_a_megabyte=0))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _without(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.randint(1, 200) :]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start : start + 200] * chance.randint(2, 300) + data[start:]


def _numbers_changed(data: bytes, chance: random.Random) -> bytes:
    """Put a huge or senseless number in the place of some digits."""
    places = [place for place, byte in enumerate(data) if chr(byte).isdigit() and byte < 128]
    if not places:
        return data
    place = chance.choice(places)
    other = chance.choice((b"-1", b"0", b"65536", b"1048577", b"99999999999", b"1e999"))
    return data[:place] + other + data[place + 1 :]


def _part_damaged(data: bytes, chance: random.Random) -> bytes:
    """Damage a part of a zipped file and pack it again: the damage is behind the packing."""
    try:
        with ZipFile(BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except Exception:  # noqa: BLE001 - what was damaged before is no archive any more, in whatever way
        return _flipped(data, chance)
    if not parts:
        return data
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice(_DAMAGES[:-1])(parts[name], chance)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for own, part in parts.items():
            new.writestr(own, part)
    return packed.getvalue()


_DAMAGES = (_flipped, _cut_short, _without, _repeated, _numbers_changed, _part_damaged)


def main(
    count: Annotated[int, typer.Option()] = 500,
    seed: Annotated[int, typer.Option()] = 1,
    of: Annotated[Path | None, typer.Option("--samples", exists=True, file_okay=False)] = None,
) -> None:
    """Read damaged files and print every one that is not read as it must; exit status 1 if there is one."""
    whole = samples() if of is None else {f"-{path.name}": path.read_bytes() for path in sorted(of.iterdir())}
    found = 0
    slowest = 0.0
    reader = careful_reader()
    with TemporaryDirectory() as folder:
        for file in damaged(count, seed, whole):
            started = time.monotonic()
            wrong = fault(file, Path(folder), reader)
            slowest = max(slowest, time.monotonic() - started)
            if wrong:
                found += 1
                print(f"seed {seed} {file.name}: {wrong}", flush=True)
    reader.close()
    print(f"{count} files of {len(whole)} formats, {found} faults, the slowest took {slowest:.1f} s")
    raise typer.Exit(1 if found else 0)


if __name__ == "__main__":
    typer.run(main)
