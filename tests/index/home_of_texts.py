"""Homes of short texts: built once, copied by links, changed as a person does."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.artefacts import NO_ARTEFACTS
from index.bundle import open_bundle
from index.home import Layout
from index.homes import adding, home_building, removing
from index.homes.home_building import BuildReport

LIBRARY = "図書館は市内に12か所あり、どこも午前九時に開きます。"
POOL = "市民プールは全部で3か所あり、夏のあいだだけ開きます。"
ROOM = "会議室は8室あり、使う日の三日前までに申し込みます。"


def note(folder: Path, name: str, text: str) -> Path:
    """Write a text file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def build_library(folder: Path) -> Path:
    """Build a home from one document, `library`."""
    note(folder / "corpus", "library.txt", LIBRARY)
    home_building.build(NO_ARTEFACTS, folder / "home", corpus=folder / "corpus")
    return folder / "home"


def copied(home: Path, place: Path) -> Path:
    """Copy a home; no file of a home is ever written to, so that links are as good as copies."""
    return Path(shutil.copytree(home, place, symlinks=True, copy_function=os.link))


def add(home: Path, *paths: Path, **choices: Any) -> BuildReport:
    return adding.add_documents(NO_ARTEFACTS, home, paths, **choices)


def remove(home: Path, *documents: str) -> BuildReport:
    return removing.remove_documents(NO_ARTEFACTS, home, documents)


def erase(home: Path, document: str) -> BuildReport:
    return removing.erase_document(NO_ARTEFACTS, home, document)


def ids(home: Path) -> Sequence[str]:
    return [document.id for document in open_bundle(home).documents()]


def own_names(home: Path) -> list[str]:
    """Return the names of the home's own files."""
    return sorted(file.name for file in Layout(home).documents.glob("*"))
