"""What of a PDF's pages could not be read, as Problems that name the pages and the cure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from corpus.page_names import page_names
from corpus.pdf.page_ocr import LEAST_CONFIDENCE, MOST_SCANS
from corpus.pdf.types import PageContent
from corpus.types import Problem


@dataclass(frozen=True, slots=True)
class PageState:
    """What is kept of a page after its text was read."""

    number: int
    glyphs: int
    hidden: int
    unmapped: int
    drawn: bool
    readable: bool
    machine_read: float | None = None
    ocr_failure: str = ""

    @property
    def unread(self) -> bool:
        """Tell whether it is a picture that nothing tried to read."""
        tried = self.machine_read is not None or bool(self.ocr_failure)
        return self.readable and not self.glyphs and (self.drawn or self.hidden > 0) and not tried


def page_state(page: PageContent) -> PageState:
    """Return what Problems are told from."""
    return PageState(
        page.number,
        len(page.glyphs),
        page.hidden,
        page.unmapped,
        page.drawn,
        page.readable,
        page.machine_read,
        page.ocr_failure,
    )


def page_problems(document: str, pages: Sequence[PageState], *, installed: bool) -> list[Problem]:
    """Return the Problems of a document's pages, one a kind; `installed` tells whether pictures can be read."""
    printed = [page for page in pages if page.machine_read is None and page.glyphs]
    read = [page for page in pages if page.machine_read is not None]
    found = [
        _unreadable([page for page in pages if not page.readable]),
        _scanned([page for page in pages if page.unread], installed=installed),
        *_failed(pages),
        _machine_read([page for page in read if page.glyphs]),
        _unsure([page for page in read if not page.glyphs]),
        _hidden([page for page in printed if page.hidden]),
        _unmapped([page for page in printed if page.unmapped]),
    ]
    told = [
        Problem(
            document,
            f"{page_names(page.number for page in kind.pages)}{kind.said}",
            kind.pages[0].number,
            code=kind.code,
        )
        for kind in found
        if kind.pages
    ]
    return [*told, *_empty(document, pages)]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of fault, the pages that have it, and what is said of them."""

    code: str
    pages: Sequence[PageState]
    said: str


def _unreadable(pages: Sequence[PageState]) -> _Kind:
    return _Kind("unreadable", pages, "が壊れていて読めません。元のソフトから PDF を作り直してください。")


def _scanned(pages: Sequence[PageState], *, installed: bool) -> _Kind:
    cure = (
        f"機械で読み取るのは{MOST_SCANS}ページまでです。いくつかに分けて置き直してください。"
        if installed
        else "文字の入った PDF（元のソフトから作ったもの）に替えるか、"
        "make ocr で文字認識（tesseract）を入れ、もう一度加えてください（収録済みなら madoguchi build）。"
    )
    return _Kind("scanned", pages, f"は画像だけのページで、文字を読めません。{cure}")


def _failed(pages: Sequence[PageState]) -> Iterator[_Kind]:
    for reason in dict.fromkeys(page.ocr_failure for page in pages if page.ocr_failure):
        failed = [page for page in pages if page.ocr_failure == reason]
        yield _Kind("ocr-failed", failed, f"は画像だけのページで、機械で読み取れませんでした。{reason}")


def _machine_read(pages: Sequence[PageState]) -> _Kind:
    said = (
        f"は画像だけのページなので、文字を機械で読み取りました（確かさの平均 {_mean(pages):.0f}%）。"
        "読み誤りがあり得るので、引用にそう書き、数字は計算と表に使いません。文字の入った PDF があれば替えてください。"
    )
    return _Kind("ocr", pages, said)


def _unsure(pages: Sequence[PageState]) -> _Kind:
    said = (
        "は画像だけのページで、機械では確かに読み取れないので引用しません"
        f"（確かさの平均 {_mean(pages):.0f}%、下限 {LEAST_CONFIDENCE:.0f}%）。"
        "文字の入った PDF に替えるか、正しい向きで、300dpi 以上で、はっきりとスキャンし直してください。"
    )
    return _Kind("ocr-unsure", pages, said)


def _mean(pages: Sequence[PageState]) -> float:
    return fmean(page.machine_read or 0 for page in pages) if pages else 0.0


def _hidden(pages: Sequence[PageState]) -> _Kind:
    said = (
        f"の、画面に見えない文字（白い文字、ごく小さい文字など）{sum(page.hidden for page in pages):,}字は読みませんでした。"
        "載せる内容なら、見えるようにして保存し直してください。"
    )
    return _Kind("hidden", pages, said)


def _unmapped(pages: Sequence[PageState]) -> _Kind:
    said = (
        f"に、文字の番号がわからない字（外字など）が{sum(page.unmapped for page in pages):,}字あり、〓と写しました。"
        "フォントを埋め込み、外字を普通の字に替えて PDF を作り直してください。"
    )
    return _Kind("unmapped", pages, said)


def _empty(document: str, pages: Sequence[PageState]) -> Iterator[Problem]:
    """Yield that a document has nothing to read, nor anything else to be told of."""
    told = (
        page.glyphs or page.unread or page.machine_read is not None or page.ocr_failure or not page.readable
        for page in pages
    )
    if not any(told):
        yield Problem(document, "本文が空です。内容のあるファイルを置いてください。", code="empty")
