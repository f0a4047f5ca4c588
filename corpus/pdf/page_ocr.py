"""A page that is only a picture, read by a machine: its glyphs and how sure they are, or why there are none."""

from dataclasses import replace

from corpus.pdf.ocr_glyphs import ocr_glyphs
from corpus.pdf.ocr_words import OcrWord, mean_confidence, ocr_lines
from corpus.pdf.page_picture import Picture
from corpus.pdf.picture_rules import without_rules
from corpus.pdf.tesseract import OcrError, Setting, Tesseract
from corpus.pdf.types import PageContent

MOST_SCANS = 500
"""Pages of one document that are read so, half an hour's work; the others are told as pictures."""
LEAST_CONFIDENCE = 80.0
"""Mean confidence below which a page has too many wrong letters to be cited.

Of 38 made scans (five pages at 60 to 300 dpi, with more or less noise), those with more than 91 of 100 letters right had
84 to 93, the others 76 at most. A page read the wrong way round, across instead of vertical, has some 20.
"""


def is_scanned(page: PageContent) -> bool:
    """Tell whether a page shows something, but no text."""
    return page.readable and not page.glyphs and (page.drawn or page.hidden > 0)


def read_scan(page: PageContent, picture: Picture, machine: Tesseract) -> PageContent:
    """Return a scanned page with the glyphs that a machine reads; one read too unsurely has none."""
    picture, rules = without_rules(picture)
    try:
        setting, lines = _likeliest(picture, machine)
    except OcrError as error:
        return replace(page, ocr_failure=str(error))
    confidence = mean_confidence(lines)
    sure = confidence >= LEAST_CONFIDENCE
    vertical = setting is Setting.VERTICAL
    return replace(
        page,
        width=picture.width,
        height=picture.height,
        glyphs=ocr_glyphs(lines, picture.scale, rules, vertical=vertical) if sure else (),
        rules=rules,
        turned=0,
        machine_read=confidence,
    )


def _likeliest(picture: Picture, machine: Tesseract) -> tuple[Setting, list[list[OcrWord]]]:
    """Return the setting in which a page is read more surely, with its lines."""
    across = ocr_lines(machine.read(picture, Setting.ACROSS))
    if mean_confidence(across) >= LEAST_CONFIDENCE:
        return Setting.ACROSS, across
    vertical = ocr_lines(machine.read(picture, Setting.VERTICAL))
    if mean_confidence(vertical) > mean_confidence(across):
        return Setting.VERTICAL, vertical
    return Setting.ACROSS, across
