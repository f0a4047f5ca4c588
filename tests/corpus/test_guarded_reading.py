"""A file that spins, fills the memory or kills its parser is a Problem of its own; the next file is read."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import sleep

import psutil
import pytest

from corpus.guarded_reading import GuardedReader
from corpus.library import read_file
from corpus.reading_child import Limits
from index.segments.sources import FileSource

_PAGE = "<html><body><h1>窓口</h1><p>平日の午前9時に開きます。</p></body></html>"


@pytest.fixture
def reader() -> Iterator[GuardedReader]:
    made = GuardedReader()
    yield made
    made.close()


def _page(folder: Path, name: str = "t.html") -> Path:
    (folder / name).write_text(_PAGE, encoding="utf-8")
    return folder / name


def _long_page(folder: Path) -> Path:
    """Write a page that takes some seconds to read."""
    rows = "".join(f"<li>第{number}窓口は午前9時に開きます。</li>" for number in range(40_000))
    (folder / "長い.html").write_text(f"<html><body><ul>{rows}</ul></body></html>", encoding="utf-8")
    return folder / "長い.html"


def test_a_file_is_read_as_it_is_without_a_guard(tmp_path: Path, reader: GuardedReader) -> None:
    page = _page(tmp_path)
    page.with_suffix(".toml").write_text('title = "窓口のご案内"', encoding="utf-8")
    document, problems = reader.read(page)
    assert (document, problems) == read_file(page)
    assert document is not None
    assert document.title == "窓口のご案内"


def test_many_files_are_read_by_one_child_which_goes_with_its_reader(
    tmp_path: Path, reader: GuardedReader
) -> None:
    seen = set()
    for number in range(5):
        reader.read(_page(tmp_path, f"{number}.html"))
        seen |= {child.pid for child in _readers()}
    assert len(seen) == 1
    reader.close()
    assert not _readers()


def test_a_child_goes_on_however_much_its_parent_holds(tmp_path: Path, reader: GuardedReader) -> None:
    held = bytearray(b"1") * 750_000_000
    for number in range(2):
        reader.read(_page(tmp_path, f"{number}.html"))
        assert len(_readers()) == 1
    assert held


def _readers() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if "reading_child" in " ".join(child.cmdline())]


def test_a_small_text_needs_no_child(tmp_path: Path, reader: GuardedReader) -> None:
    for name in ("t.txt", "t.md", "t.csv", "missing.html"):
        if name != "missing.html":
            (tmp_path / name).write_text("窓口,時間\n東,9時\n", encoding="utf-8")
        assert reader.read(tmp_path / name) == read_file(tmp_path / name)
    assert not _readers()


def test_a_web_page_that_is_named_a_text_is_read_by_a_child(tmp_path: Path, reader: GuardedReader) -> None:
    document, problems = reader.read(_page(tmp_path, "t.txt"))
    assert document is not None
    assert [problem.code for problem in problems] == ["ending"]
    assert len(_readers()) == 1


def test_what_takes_too_long_by_the_clock_is_a_problem(tmp_path: Path) -> None:
    reader = GuardedReader(replace(Limits(), patience=0))
    document, [problem] = reader.read(_page(tmp_path))
    assert (document, problem.document, problem.code) == (None, "t", "time")
    assert problem.message == (
        "t.html を読むのに時間がかかりすぎたので読みません（上限 60 秒）。"
        "いくつかに分けるか、元のソフトで開いて保存し直してください。"
    )
    assert not _readers()


def test_what_uses_the_processor_too_long_is_a_problem(tmp_path: Path) -> None:
    reader = GuardedReader(replace(Limits(), seconds=0.1, seconds_a_megabyte=0, patience=1_000))
    document, [problem] = reader.read(_long_page(tmp_path))
    assert (document, problem.code) == (None, "time")
    assert "長い.html" in problem.message


def test_what_needs_too_much_memory_is_a_problem_and_the_next_file_is_read(tmp_path: Path) -> None:
    reader = GuardedReader(replace(Limits(), memory=90_000_000))
    with (tmp_path / "大きい.html").open("wb") as file:
        file.truncate(150_000_000)
    document, [problem] = reader.read(tmp_path / "大きい.html")
    assert (document, problem.code) == (None, "memory")
    assert "大きい.html" in problem.message
    assert "ください" in problem.message
    document, _ = reader.read(_page(tmp_path))
    assert document is not None
    reader.close()


def test_what_gives_more_than_can_be_kept_is_a_problem(tmp_path: Path) -> None:
    reader = GuardedReader(replace(Limits(), output=100))
    document, [problem] = reader.read(_page(tmp_path))
    assert (document, problem.code) == (None, "size")
    reader.close()


@pytest.mark.parametrize(
    ("number", "code", "reason"),
    [(signal.SIGSEGV, "unreadable", "SIGSEGV"), (signal.SIGKILL, "memory", "メモリー")],
)
def test_a_parser_that_dies_harms_only_its_file(
    tmp_path: Path, reader: GuardedReader, number: signal.Signals, code: str, reason: str
) -> None:
    """The system kills what has the most memory when there is none left."""
    long = _long_page(tmp_path)
    reader.read(_page(tmp_path))
    [child] = _readers()
    found = []
    reading = Thread(target=lambda: found.append(reader.read(long)))
    reading.start()
    before = child.cpu_times().user
    while child.cpu_times().user < before + 0.1:
        sleep(0.01)
    child.send_signal(number)
    reading.join()
    [(document, [problem])] = found
    assert (document, problem.document, problem.code) == (None, "長い", code)
    assert reason in problem.message
    document, _ = reader.read(_page(tmp_path))
    assert document is not None


def test_a_source_is_read_under_guard_in_a_script_of_any_shape(tmp_path: Path) -> None:
    """The child does not run the script again, which may lack a main guard."""
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom index.segments.sources import FileSource\n"
        f"print(FileSource(Path({str(_page(tmp_path))!r})).read().document.title)\n",
        encoding="utf-8",
    )
    told = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert told.stdout == "窓口\n"


def test_a_source_that_cannot_be_read_has_no_passages(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04" + b"\x07" * 300)
    read = FileSource(tmp_path / "t.xlsx").read()
    assert (read.document, read.passages) == (None, ())
    assert [problem.document for problem in read.problems] == ["t"]
