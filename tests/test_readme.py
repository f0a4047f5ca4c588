"""The READMEs tell the truth: their examples run and print what they show, and both languages are in step."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from readme import READMES, ROOT, Session, blocks, same

ENGLISH, JAPANESE = (path.read_text(encoding="utf-8") for path in READMES)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    opened = Session(tmp_path_factory.mktemp("readme"))
    yield opened
    opened.close()


@pytest.mark.parametrize("number", range(len(blocks(ENGLISH))))
def test_the_examples_print_what_is_shown(session: Session, number: int) -> None:
    for example in blocks(ENGLISH)[number]:
        if example.command.startswith("curl") and not shutil.which("curl"):
            pytest.skip("curl is not installed")
        printed = session.run(example.command)
        assert same(printed, example.output), f"`make readme` renews: {example.command}\n{printed}"


def test_both_languages_show_the_same_examples() -> None:
    assert blocks(ENGLISH) == blocks(JAPANESE)


def test_both_languages_have_the_same_parts() -> None:
    assert len(re.findall("^#", ENGLISH, re.MULTILINE)) == len(re.findall("^#", JAPANESE, re.MULTILINE))


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_every_link_to_a_file_leads_to_one(text: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_has_an_example() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "ui", "--help"], capture_output=True, text=True, cwd=ROOT, check=True
    ).stdout
    commands = re.findall(r"^│ ([a-z]+)  ", listed, re.MULTILINE)
    shown = {example.command for block in blocks(ENGLISH) for example in block}
    assert commands
    assert [name for name in commands if not any(f"madoguchi {name}" in command for command in shown)] == []


@pytest.mark.parametrize("name", ["page", "tables"])
def test_a_picture_is_small_enough_to_load_at_once(name: str) -> None:
    assert (ROOT / f"docs/{name}.png").stat().st_size < 300_000
