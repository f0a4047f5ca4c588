"""A PDF's bytes to its pages, by PDFium: one page is open at a time, so that memory does not grow with the file."""

from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from corpus.pdf.drawn_bullets import with_bullets
from corpus.pdf.glyph_whites import whites
from corpus.pdf.page_picture import Picture, page_picture
from corpus.pdf.page_turning import Frame, upright_turns
from corpus.pdf.pdfium_drawings import Drawings, drawings
from corpus.pdf.pdfium_glyphs import RawGlyph, raw_glyphs
from corpus.pdf.types import Glyph, PageContent
from corpus.refusing import RefusedError

_PASSWORD = 4
"""PDFium's FPDF_ERR_PASSWORD."""


class PdfFile:
    """An open PDF. Raises RefusedError where the file is locked or no PDF can be made out in it."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        try:
            self._file = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refusal(getattr(error, "err_code", None)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._file)

    @property
    def title(self) -> str:
        """The title that the file's metadata has, "" for none."""
        return str(self._file.get_metadata_value("Title") or "")

    def pages(self) -> Iterator[PageContent]:
        """Yield what each page shows."""
        for number in range(1, len(self) + 1):
            yield self.page(number)

    def page(self, number: int) -> PageContent:
        """Return what a page shows; one that is broken is not `readable` and shows nothing."""
        import pypdfium2

        try:
            page = self._file[number - 1]
        except pypdfium2.PdfiumError:
            return PageContent(number, 0, 0, (), readable=False)
        try:
            return _content(number, page)
        finally:
            page.close()

    def picture(self, number: int) -> Picture:
        """Return how a page looks."""
        page = self._file[number - 1]
        try:
            return page_picture(page)
        finally:
            page.close()


def _refusal(code: int | None) -> RefusedError:
    if code == _PASSWORD:
        return RefusedError(
            "パスワード付きの文書で、読めません。パスワードを外して保存し直してください。", code="locked"
        )
    return RefusedError(
        "PDF として読めません（途中で切れているか、壊れています）。元のソフトから PDF を作り直してください。",
        code="unreadable",
    )


def _content(number: int, page: Any) -> PageContent:
    drawn = drawings(page)
    text = page.get_textpage()
    try:
        found, unmapped = raw_glyphs(text)
    finally:
        text.close()
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation() // 90
    turns = upright_turns([glyph.turns for glyph in found], rotation)
    frame = Frame(left, bottom, right, top, turns)
    seen = [
        (glyph, white)
        for glyph, white in zip(found, whites(found), strict=True)
        if frame.holds(glyph.box) and not _is_unseen(glyph, drawn)
    ]
    placed = [_placed(glyph, frame, white) for glyph, white in seen]
    return PageContent(
        number,
        frame.width,
        frame.height,
        tuple(with_bullets(placed, [frame.place(*dot) for dot in drawn.dots], frame.width)),
        tuple(frame.rule(*box) for box in drawn.rules if frame.holds(box)),
        turned=(turns - rotation) % 4 * 90,
        hidden=len(found) - len(seen),
        unmapped=unmapped,
        drawn=drawn.any,
    )


def _is_unseen(glyph: RawGlyph, drawn: Drawings) -> bool:
    """Tell whether nobody sees a glyph: it is set as invisible, or white where nothing is drawn under it."""
    return glyph.invisible or (glyph.white and not drawn.darken(glyph.box))


def _placed(glyph: RawGlyph, frame: Frame, white: float | None) -> Glyph:
    upright = glyph.turns == frame.turns
    place = frame.place(*glyph.box)
    return Glyph(glyph.text, *place, glyph.size, upright=upright, bold=glyph.bold, white=white)
