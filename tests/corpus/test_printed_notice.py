"""A notice that a browser prints, in one column, in two or vertically, says what the same notice says in an office file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.notice import SECTIONS
from bench.notice_files import STYLES, WRITERS, printed
from bench.same_answers import answers
from corpus.library import read_file
from corpus.types import Document

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def papers(browser: Any) -> Mapping[str, bytes]:
    return printed(browser)


def _read(folder: Path, ending: str, data: bytes) -> Document:
    path = folder / f"notice.{ending}"
    path.write_bytes(data)
    document, problems = read_file(path)
    assert document is not None
    assert problems == []
    return document


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize("ending", STYLES)
def test_headings_sentences_items_and_rows_are_those_of_the_office_file(
    tmp_path: Path, papers: Mapping[str, bytes], ending: str
) -> None:
    """Among them: the space of 「1 窓口の時間」, drawn bullets, numbers turned in vertical text, a table beside it."""
    paper = _read(tmp_path, ending, papers[ending])
    office = _read(tmp_path, "docx", WRITERS["docx"]())
    assert _blocks(paper) == _blocks(office)
    assert paper.title == office.title


def test_what_stands_on_the_second_page_is_cited_from_there(
    tmp_path: Path, papers: Mapping[str, bytes]
) -> None:
    paper = _read(tmp_path, "pdf", papers["pdf"])
    assert [paper.page_at(paper.text.index(said)) for said in ("午前8時45分", "英語、中国語")] == [1, 2]


def test_ten_questions_to_the_vertical_page_are_answered_as_printed(papers: Mapping[str, bytes]) -> None:
    """`python -m bench.same_answers` asks all formats."""
    told = answers(papers["vertical.pdf"], "pdf")
    assert [(reply.short_answer or " / ".join(reply.members), reply.page) for reply in told.values()] == [
        ("市民窓口は、平日の午前8時45分から午後5時15分まで開いています。", 1),
        ("毎週木曜日は、午後7時まで延長します。", 1),
        ("土曜日、日曜日、祝日と、12月29日から1月3日まではお休みです。", 1),
        ("0123-45-6711", 1),
        ("若葉台7丁目8番地", 1),
        ("300円", 2),
        ("\n".join(SECTIONS[3].items), 2),
        ("休日の受け取りを希望する方は、受け取る日の3日前までに電話で予約してください。", 2),
        ("市役所の北側に、来庁者用の駐車場が120台分あります。", 2),
        ("", 2),
    ]
