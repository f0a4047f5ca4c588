"""Damages small files of every format at random: each must give a document or a problem, soon, and kill no reader.

`python -m bench.fuzzing --count 500 --seed 1` prints what does not; the same seed damages the same files the same way.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from zipfile import ZIP_DEFLATED, ZipFile

import typer

from bench.sample_files import samples
from corpus.guarded_reading import GuardedReader
from corpus.reading_child import Limits

SECONDS = 20.0
"""Seconds of CPU that a damaged file of some kilobytes may take: whole ones take a tenth of one."""
_FAULTS = frozenset({"time", "memory"})


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file to be read: its name says its number, its bytes are damaged."""

    name: str
    data: bytes


def damaged(count: int, seed: int) -> Iterator[Damaged]:
    """Yield damaged files, all endings in turn."""
    endings = sorted(samples())
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - to be repeated, not to be secret
        ending = endings[number % len(endings)]
        data = samples()[ending]
        for _ in range(chance.choice((1, 1, 2, 8))):
            data = chance.choice(_DAMAGES)(data, chance)
        yield Damaged(f"{number:05d}{ending}", data)


def fault(file: Damaged, folder: Path, reader: GuardedReader) -> str | None:
    """Return what is wrong with how a file is read, None where it gives a document or a problem that names it."""
    path = folder / file.name
    path.write_bytes(file.data)
    document, problems = reader.read(path)
    path.unlink()
    if document is None and not problems:
        return "neither a document nor a problem"
    told = [problem.message for problem in problems]
    if any(problem.code in _FAULTS or "プログラムが止まりました" in problem.message for problem in problems):
        return " ".join(told)
    return next((message for message in told if file.name not in message), None)


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


def main(count: Annotated[int, typer.Option()] = 500, seed: Annotated[int, typer.Option()] = 1) -> None:
    """Read damaged files and print every one that is not read as it must; exit status 1 if there is one."""
    found = 0
    reader = careful_reader()
    with TemporaryDirectory() as folder:
        for file in damaged(count, seed):
            wrong = fault(file, Path(folder), reader)
            if wrong:
                found += 1
                print(f"seed {seed} {file.name}: {wrong}")
    reader.close()
    print(f"{count} files of {len(samples())} formats, {found} faults")
    raise typer.Exit(1 if found else 0)


if __name__ == "__main__":
    typer.run(main)
