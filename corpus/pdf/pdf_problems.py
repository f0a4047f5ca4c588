"""What of a PDF's pages could not be read, as Problems that name the pages and the cure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

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
    printed = [page for page in pages if page.machine_read is None]
    return [
        *_unreadable(document, pages),
        *_scanned(document, pages, installed=installed),
        *_machine_read(document, pages),
        *_unseen(document, printed),
        *_empty(document, pages),
    ]


def _unreadable(document: str, pages: Sequence[PageState]) -> Iterator[Problem]:
    broken = [page.number for page in pages if not page.readable]
    if broken:
        message = (
            f"{page_numbers(broken)}ページが壊れていて読めません。元のソフトから PDF を作り直してください。"
        )
        yield Problem(document, message, page=broken[0], code="unreadable")


def _scanned(document: str, pages: Sequence[PageState], *, installed: bool) -> Iterator[Problem]:
    """Yield which pages are pictures that nothing tried to read, and which could not be read."""
    scanned = [page.number for page in pages if page.unread]
    if scanned:
        cure = (
            f"機械で読み取るのは{MOST_SCANS}ページまでです。いくつかに分けて置き直してください。"
            if installed
            else "文字の入った PDF（元のソフトから作ったもの）に替えるか、"
            "make ocr で文字認識（tesseract）を入れ、もう一度加えてください（収録済みなら madoguchi build）。"
        )
        message = f"{page_numbers(scanned)}ページは画像だけのページで、文字を読めません。{cure}"
        yield Problem(document, message, page=scanned[0], code="scanned")
    for reason in dict.fromkeys(page.ocr_failure for page in pages if page.ocr_failure):
        failed = [page.number for page in pages if page.ocr_failure == reason]
        message = f"{page_numbers(failed)}ページは画像だけのページで、機械で読み取れませんでした。{reason}"
        yield Problem(document, message, page=failed[0], code="ocr-failed")


def _machine_read(document: str, pages: Sequence[PageState]) -> Iterator[Problem]:
    """Yield which pages a machine read, and which too unsurely to be cited."""
    read = [page for page in pages if page.machine_read is not None]
    cited = [page for page in read if page.glyphs]
    if cited:
        message = (
            f"{page_numbers([page.number for page in cited])}ページは画像だけのページなので、文字を機械で読み取りました"
            f"（確かさの平均 {_mean(cited):.0f}%）。読み誤りがあり得るので、引用にそう書き、数字は計算と表に使いません。"
            "文字の入った PDF があれば替えてください。"
        )
        yield Problem(document, message, page=cited[0].number, code="ocr")
    unsure = [page for page in read if not page.glyphs]
    if unsure:
        message = (
            f"{page_numbers([page.number for page in unsure])}ページは画像だけのページで、機械では確かに読み取れないので"
            f"引用しません（確かさの平均 {_mean(unsure):.0f}%、下限 {LEAST_CONFIDENCE:.0f}%）。"
            "文字の入った PDF に替えるか、正しい向きで、300dpi 以上で、はっきりとスキャンし直してください。"
        )
        yield Problem(document, message, page=unsure[0].number, code="ocr-unsure")


def _mean(pages: Sequence[PageState]) -> float:
    return fmean(page.machine_read or 0 for page in pages)


def _unseen(document: str, pages: Sequence[PageState]) -> Iterator[Problem]:
    hidden = [page for page in pages if page.glyphs and page.hidden]
    if hidden:
        message = (
            f"{page_numbers([page.number for page in hidden])}ページの、画面に見えない文字"
            f"（白い文字、ごく小さい文字など）{sum(page.hidden for page in hidden):,}字は読みませんでした。"
            "載せる内容なら、見えるようにして保存し直してください。"
        )
        yield Problem(document, message, page=hidden[0].number, code="hidden")
    unmapped = [page for page in pages if page.glyphs and page.unmapped]
    if unmapped:
        message = (
            f"{page_numbers([page.number for page in unmapped])}ページに、文字の番号がわからない字（外字など）が"
            f"{sum(page.unmapped for page in unmapped):,}字あり、〓と写しました。"
            "フォントを埋め込み、外字を普通の字に替えて PDF を作り直してください。"
        )
        yield Problem(document, message, page=unmapped[0].number, code="unmapped")


def _empty(document: str, pages: Sequence[PageState]) -> Iterator[Problem]:
    """Yield that a document has nothing to read, nor anything else to be told of."""
    told = (
        page.glyphs or page.unread or page.machine_read is not None or page.ocr_failure or not page.readable
        for page in pages
    )
    if not any(told):
        yield Problem(document, "本文が空です。内容のあるファイルを置いてください。", code="empty")


def page_numbers(numbers: Sequence[int]) -> str:
    """Return numbers of pages as people write them.

    >>> page_numbers([1, 2, 3, 5, 8, 9])
    '1～3・5・8・9'
    """
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b != a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b != a + 1), numbers[-1]]
    return "・".join(_range(start, end) for start, end in zip(starts, ends, strict=True))


def _range(start: int, end: int) -> str:
    if end - start < 2:
        return "・".join(map(str, range(start, end + 1)))
    return f"{start}～{end}"
