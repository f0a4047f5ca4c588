"""What of a PDF's pages could not be read, as Problems that name the pages and the cure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

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


def page_state(page: PageContent) -> PageState:
    """Return what Problems are told from."""
    return PageState(page.number, len(page.glyphs), page.hidden, page.unmapped, page.drawn, page.readable)


def page_problems(document: str, pages: Sequence[PageState]) -> list[Problem]:
    """Return the Problems of a document's pages, one a kind."""
    return list(_problems(document, pages))


def _problems(document: str, pages: Sequence[PageState]) -> Iterator[Problem]:
    broken = [page.number for page in pages if not page.readable]
    if broken:
        message = (
            f"{page_numbers(broken)}ページが壊れていて読めません。元のソフトから PDF を作り直してください。"
        )
        yield Problem(document, message, page=broken[0], code="unreadable")
    scanned = [
        page.number for page in pages if page.readable and not page.glyphs and (page.drawn or page.hidden)
    ]
    if scanned:
        message = (
            f"{page_numbers(scanned)}ページは画像だけのページで、文字を読めません。"
            "文字の入った PDF（元のソフトから作ったもの）に替えてください。"
        )
        yield Problem(document, message, page=scanned[0], code="scanned")
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
    if not scanned and not broken and not any(page.glyphs for page in pages):
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
