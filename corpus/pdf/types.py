"""What a page of a PDF shows. Places are points from the page's upper left corner; downwards and rightwards grow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is printed; `size` is its font's, `upright` is False where its line is turned.

    `white` is how much the file leaves before it, in font sizes: more exact than boxes, None where nothing is known.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    upright: bool = True
    bold: bool = False
    white: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, drawn as a line, as a thin box or as a side of a box: horizontal or vertical."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Tell whether it lies rather than stands."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """What one page shows, glyphs (no spaces) in the order in which the file has them. Numbers start at 1.

    `turned` is by how many degrees clockwise the page was turned so that most of its text stands upright. `hidden`
    counts characters that the file has but nobody sees, `unmapped` those without a Unicode value; `drawn` tells
    whether there are pictures or drawings, `readable` whether the page could be read at all. Where its glyphs were read
    from its picture, `machine_read` is how sure they are (0 to 100); `ocr_failure` says why that did not succeed.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    turned: int = 0
    hidden: int = 0
    unmapped: int = 0
    drawn: bool = False
    readable: bool = True
    machine_read: float | None = None
    ocr_failure: str = ""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table found on a page: where it stands and its cells, "" for an empty one; rows are equally long.

    `headed` tells whether its first row is a header. `sides` are the places of its columns' sides, `tops` where each
    row begins: by these, tables of other pages are told to be the same or to stand beside.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]
    headed: bool = False
    sides: tuple[float, ...] = ()
    tops: tuple[float, ...] = ()
