"""The commands that keep a home, as a person calls them: what they print, and how they end."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.home import build_lock
from tests.index.home_of_texts import POOL, note
from tests.ui.conftest import ROOT, Madoguchi, environment


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    """A copy of the home of the built-in documents, by links: no file of a home is ever written to."""
    return Path(shutil.copytree(built_home, tmp_path / "home", symlinks=True, copy_function=os.link))


def test_add_names_what_it_left_out_and_fails_only_where_nothing_came_in(
    madoguchi: Madoguchi, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    pool, bad = str(note(tmp_path, "pool.txt", POOL)), str(tmp_path / "bad.txt")
    some = madoguchi("add", pool, bad, at=home)
    assert (some.returncode, "1 件を加え、次の 1 件は加えませんでした" in some.stdout) == (0, True)
    assert "bad.txt" in some.stderr
    none = madoguchi("add", bad, at=home)
    assert (none.returncode, "bad.txt" in none.stderr) == (1, True)
    same = madoguchi("add", pool, at=home)
    assert (same.returncode, "同じ内容" in same.stdout, "作りました" in same.stdout) == (0, True, False)
    assert "終了値" in madoguchi("add", "--help").stdout


@pytest.mark.parametrize(
    "arguments", [["a.txt", "b.txt", "--as", "c"], [".", "--as", "c"], ["a.txt", "--as", "../c"]]
)
def test_a_name_is_for_one_file_only_and_has_to_be_one(madoguchi: Madoguchi, arguments: list[str]) -> None:
    assert madoguchi("add", *arguments).returncode == 2


def test_a_home_goes_into_a_file_and_back(madoguchi: Madoguchi, built_home: Path, tmp_path: Path) -> None:
    # A whole copy: a counter that other tests have open would hold the files of a linked one.
    home = Path(shutil.copytree(built_home, tmp_path / "own", symlinks=True))
    file = tmp_path / "home.tar.gz"
    made = madoguchi("backup", str(file), at=home)
    assert (made.returncode, "読み返して確かめました" in made.stdout) == (0, True)
    back = madoguchi("restore", str(file), at=home)
    assert (back.returncode, "before-restore" in back.stdout) == (0, True)


def test_a_watch_follows_its_folder_and_stops_when_it_is_told(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    note(folder, "pool.txt", POOL)
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "watch", str(folder), "--interval", "0.2"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(home),
        cwd=ROOT,
    )
    assert process.stdout
    assert "見ています" in process.stdout.readline()
    assert "加えました：pool（pool.txt）" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert "終えました" in process.communicate(timeout=20)[0]
    assert process.returncode == 0


def test_two_changes_at_once_are_one_sentence_to_the_second(home: Path, tmp_path: Path) -> None:
    program = "import index.homes.adding as a; a.WAIT = 0; from ui.cli import main; main()"
    with build_lock(home):
        done = subprocess.run(
            [sys.executable, "-c", program, "add", str(note(tmp_path, "pool.txt", POOL))],
            capture_output=True,
            text=True,
            env=environment(home),
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert "終わってからもう一度" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


READ_ONLY = ("add {file}", "rollback", "certainty 95")


def test_a_read_only_home_answers_and_refuses_changes_in_one_sentence(home: Path, tmp_path: Path) -> None:
    file = note(tmp_path, "pool.txt", POOL)
    steps = [
        f"mount --bind {home} {home} && mount -o remount,ro,bind {home}",
        *(
            f"{sys.executable} -m ui {command.format(file=file)} 2>&1; echo rc=$?"
            for command in ("ask 国際連携課の仕事は何ですか", *READ_ONLY)
        ),
    ]
    done = subprocess.run(
        ["unshare", "--user", "--mount", "--map-root-user", "sh", "-c", " ; ".join(steps)],
        capture_output=True,
        text=True,
        env=environment(home),
        cwd=ROOT,
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this machine lets nobody mount a folder read-only")
    answer, *refused = done.stdout.split("rc=")
    assert "出典" in answer
    assert [part[0] for part in refused] == ["0", *("1" for _ in READ_ONLY)]
    for told in refused[:-1]:
        assert "読み取り専用です" in told
        assert len(told[1:].strip().splitlines()) == 1
