"""The same notice in every format, a home each, and the same ten questions: which formats answer otherwise.

`python -m bench.same_answers` prints what the typed text answers and, below it, every format that differs; exit status 1
if one does that a machine did not read from a picture. PDFs need Chromium, the scan Tesseract; what is missing is said.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bench.notice_files import CHROMIUM, WRITERS, printed_alone, scanned
from corpus.pdf.tesseract import TESSERACT
from qa.assistant import Assistant
from qa.building.homes import build
from qa.replies.reply_record import reply_record

QUESTIONS = (
    "窓口は何時から何時まで開いていますか",
    "木曜日は何時まで窓口が開いていますか",
    "年末年始の休みはいつですか",
    "東出張所の電話番号は何番ですか",
    "南出張所はどこにありますか",
    "住民票の写しの手数料はいくらですか",
    "証明書の申込みに必要なものは何ですか",
    "休日の受け取りは何日前までに予約が必要ですか",
    "市役所の駐車場は何台分ありますか",
    "パスポートの手数料はいくらですか",
)
"""The last one is about what the notice does not tell."""
TYPED = "txt"
SCAN = "scan.pdf"


@dataclass(frozen=True, slots=True)
class Told:
    """What a reply says, and from which page."""

    status: str
    short_answer: str
    members: tuple[str, ...]
    page: int | None

    def says_as(self, other: "Told") -> bool:
        """Tell whether it says the same, wherever that stands."""
        return (self.status, self.short_answer, self.members) == (
            other.status,
            other.short_answer,
            other.members,
        )


def notices() -> dict[str, bytes]:
    """Return the notice in every format that can be made here."""
    papers = printed_alone() if CHROMIUM.exists() else {}
    scan = {SCAN: scanned(papers["pdf"])} if papers and TESSERACT.installed else {}
    return {**{ending: write() for ending, write in WRITERS.items()}, **papers, **scan}


def answers(data: bytes, ending: str) -> dict[str, Told]:
    """Return what a home of this one file tells to each question."""
    with TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        (corpus / f"notice.{ending}").write_bytes(data)
        build(Path(folder) / "home", corpus=corpus)
        assistant = Assistant.open(Path(folder) / "home")
        return {question: _told(assistant, question) for question in QUESTIONS}


def _told(assistant: Assistant, question: str) -> Told:
    record = reply_record(assistant.ask(question))
    pages = [citation["page"] for citation in record["citations"]]
    return Told(
        record["status"], record["short_answer"], tuple(record["members"]), pages[0] if pages else None
    )


def differing(by_format: Mapping[str, Mapping[str, Told]]) -> list[tuple[str, str]]:
    """Return the formats and questions that are not answered as by the typed text."""
    typed = by_format[TYPED]
    return [
        (ending, question)
        for question in QUESTIONS
        for ending, told in by_format.items()
        if not told[question].says_as(typed[question])
    ]


def main() -> None:
    """Ask all formats and print what differs."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    by_format = {ending: answers(data, ending) for ending, data in notices().items()}
    others = differing(by_format)
    for question in QUESTIONS:
        print(f"{question}\n  {_line(by_format[TYPED][question])}")
        for ending in (ending for ending, asked in others if asked == question):
            print(f"  {ending}: {_line(by_format[ending][question])}")
    for ending in by_format:
        same = len(QUESTIONS) - sum(ending == other for other, _ in others)
        pages = ", ".join(str(by_format[ending][question].page) for question in QUESTIONS)
        print(f"{ending}: {same} of {len(QUESTIONS)} the same, from pages {pages}")
    if SCAN not in by_format:
        print("no PDFs or no scan: Chromium or Tesseract is not installed")
    raise typer.Exit(1 if any(ending != SCAN for ending, _ in others) else 0)


def _line(told: Told) -> str:
    return f"{told.status}: {' / '.join(told.members) or told.short_answer}"


if __name__ == "__main__":
    typer.run(main)
