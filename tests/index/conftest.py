"""A small city to index: its documents are written out here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.types import Block, BlockKind, Document, Page, Passage
from index.building import build_bundle, change_bundle
from index.manifest import Manifest
from index.publishing import open_workshop
from index.segments.sources import GivenSource, Source
from tests.index.home_of_texts import build_library, copied

LINES = (
    "旅券の申請は、市民課の窓口で受け付けます。",
    "引っ越しをしたときは、転居の届出を十四日以内に出してください。",
    "図書館の開館時間は、午前九時三十分から午後七時までです。",
    "粗大ごみの収集は、電話またはインターネットで申し込めます。",
    "保育所の入所の申込みは、こども家庭課が担当します。",
    "国際交流ラウンジでは、外国人の生活相談を十一の言語で行います。",
    "住民票の写しの交付手数料は、一通三百円です。",
    "消防団の団員は、十八歳以上の市民から募集します。",
)


def document(id_: str = "guide", lines: Sequence[str] = LINES) -> Document:
    """Return a document of one page, one paragraph a line."""
    text = "\n".join(lines)
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(line)))
        start += len(line) + 1
    return Document(
        id=id_,
        title="くらしの手引き",
        publisher="あおば市",
        source="https://example.jp/guide",
        text=text,
        pages=(Page(1, 0, len(text)),),
        blocks=tuple(blocks),
        fiscal_year=2025,
        licence="CC BY 4.0",
    )


def passages_of(given: Document) -> list[Passage]:
    """Return one passage a block."""
    return [
        Passage(
            id=f"{given.id}-{number:03d}",
            document=given.id,
            page=1,
            heading=("くらし", "手続き"),
            kind=block.kind,
            text=given.text[block.start : block.end],
            indexed_text=given.text[block.start : block.end],
            start=block.start,
            end=block.end,
        )
        for number, block in enumerate(given.blocks)
    ]


def given(*documents: Document) -> list[GivenSource]:
    """Return documents with their passages, to be built from."""
    return [GivenSource(one, tuple(passages_of(one))) for one in documents]


def build(home: Path, sources: Sequence[Source], **choices: Any) -> Manifest:
    """Build a bundle of all sources."""
    with open_workshop(home) as workshop:
        return build_bundle(workshop, sources, **choices)


def change(home: Path, **choices: Any) -> Manifest:
    """Build the next bundle from the last."""
    with open_workshop(home) as workshop:
        return change_bundle(workshop, **choices)


@pytest.fixture(scope="session")
def guide() -> Document:
    return document()


@pytest.fixture(scope="session")
def guide_passages(guide: Document) -> list[Passage]:
    return passages_of(guide)


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory, guide: Document) -> Path:
    """A home with one bundle; tests that write must copy it."""
    home = tmp_path_factory.mktemp("home")
    build(home, given(guide))
    return home


@pytest.fixture(scope="session")
def library_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home built from one text; tests that write must copy it."""
    return build_library(tmp_path_factory.mktemp("library"))


@pytest.fixture
def home(library_home: Path, tmp_path: Path) -> Path:
    """A home of the document `library`, to be changed."""
    return copied(library_home, tmp_path / "home")
