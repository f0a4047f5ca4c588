"""An element of a web page to lines of text: `#` headings, ・ items, paragraphs, Markdown tables."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.reading.html_main import is_left_out, text_length
from corpus.reading.html_tables import pipe_lines, table_cells
from corpus.reading.types import APART, TextLine

_BLOCKS = {
    *(
        "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    ).split(),
    *(
        "h1 h2 h3 h4 h5 h6 header hr legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul"
    ).split(),
}
_HEADING = re.compile(r"h[1-6]")
_BREAK = "\v"
_SPACES = re.compile(r"[ \t\r\f]+")
_FOLDED = re.compile(r"(?<=[^\x00-\x7f])[ \t\r\f]*\n[ \t\r\n\f]*(?=[^\x00-\x7f])|[ \t\r\f]*\n[ \t\r\n\f]*")
_UNSEEN = str.maketrans({"\xa0": " ", "\u2002": " ", "\u2003": "　", "\u2009": " ", "\u200b": None, "\u200c": None,
                         "\u200d": None, "\u2060": None, "\ufeff": None, "\xad": None, "\x00": None, "\v": " "})  # fmt: skip
_BULLET = re.compile(
    r"[ 　]*(?:[・･●○◎◇◆□■▶※]|[-*＊][ 　]|[（(][0-9０-９一二三四五六七八九十]{1,2}[)）]|[①-⑳]|[0-9０-９]{1,2}[ 　.．、])"
)


def element_lines(root: Any, *, links: bool = False) -> list[TextLine]:
    """Return the lines of an element; what is no text of the page is left out, lists of links unless `links`."""
    return _Walk(root, links=links).lines


class _Walk:
    """One walk over an element, without recursion: broken pages nest a thousand deep."""

    def __init__(self, root: Any, *, links: bool) -> None:
        self.lines: list[TextLine] = []
        self._root = root
        self._links = links
        self._whole = text_length(root)
        self._buffer: list[str] = []
        self._items: list[bool] = []  # for each open list item, whether its ・ is still to be written
        self._kept = 0  # open <pre>
        self._walk()

    def _walk(self) -> None:
        from lxml import etree

        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        skipped: Any = None
        for event, element in walk:
            if event == "start":
                if element is not self._root and self._is_skipped(element):
                    walk.skip_subtree()
                    skipped = element
                else:
                    self._open(element)
            else:
                if event == "end" and element is not skipped:
                    self._close(element)
                skipped = None if element is skipped else skipped
                if element is not self._root:
                    self._say(element.tail)
        self._flush()

    def _is_skipped(self, element: Any) -> bool:
        """Pass over what is no text, and over a table, which is written whole."""
        if is_left_out(element, self._root, whole=self._whole, links=self._links):
            if element.tag in _BLOCKS:
                self._flush()
            return True
        cells = table_cells(element) if element.tag == "table" else None
        if cells is None:
            return False
        self._flush()
        self._table(element, cells)
        return True

    def _table(self, table: Any, cells: Sequence[Sequence[Any]]) -> None:
        caption = table.find("caption")
        if caption is not None and (title := self._inner(caption)):
            self.lines.append(TextLine(title, APART))
        rows = pipe_lines(table, cells, self._inner)
        for number, row in enumerate(rows):
            self.lines.append(TextLine(row, 0 if number else APART, "row"))

    def _inner(self, element: Any) -> str:
        """Return the text of a cell on one line."""
        return " ".join(line.text.strip(" 　") for line in element_lines(element, links=True))

    def _open(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self._buffer.append(_BREAK)
        if tag in _BLOCKS and element is not self._root:
            self._flush()
        if tag == "li":
            self._items.append(True)
        self._kept += tag == "pre"
        self._say(element.text)

    def _close(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS or element is self._root:
            self._flush(heading=int(tag[1]) if _HEADING.fullmatch(tag) else 0)
        if tag == "li" and self._items:
            self._items.pop()
        self._kept -= tag == "pre"

    def _say(self, text: str | None) -> None:
        if text:
            text = text.translate(_UNSEEN)
            self._buffer.append(text.replace("\n", _BREAK) if self._kept else text)

    def _flush(self, *, heading: int = 0) -> None:
        """Write what was said since the last line end of a block."""
        said, self._buffer = "".join(self._buffer), []
        if not said.strip(" \t\r\n\f\v"):
            return
        lines = list(_said_lines(said))
        if heading:
            text = " ".join(line.strip(" 　") for line, _ in lines)
            self.lines.append(TextLine(f"{'#' * heading} {text}", APART, "heading"))
        elif self._items:
            self._item([line for line, _ in lines])
        else:
            for number, (line, gap) in enumerate(lines):
                self.lines.append(TextLine(line, gap if number else APART))

    def _item(self, lines: Sequence[str]) -> None:
        for line in lines:
            first = self._items[-1]
            self._items[-1] = False
            text = line.strip(" 　")
            marked = f"・{text}" if first and not _BULLET.match(text) else text if first else f"　{text}"
            near = bool(self.lines) and self.lines[-1].kind in ("item", "")
            self.lines.append(TextLine(marked, 0 if near else APART, "item"))


def _said_lines(said: str) -> Iterator[tuple[str, int]]:
    """Yield the lines of a paragraph, parted at <br>, each with its gap; a line end of the source is none of the text."""
    gap = 0
    for part in said.split(_BREAK):
        folded = _FOLDED.sub(lambda end: " " if _between_letters(end) else "", part)
        line = _SPACES.sub(" ", folded).strip(" ").rstrip("　")
        if line.strip("　"):
            yield line, gap
            gap = 0
        else:
            gap = APART


def _between_letters(end: re.Match[str]) -> bool:
    """Tell whether a line end stands between words of letters, where it is a space."""
    before = end.string[end.start() - 1 : end.start()]
    after = end.string[end.end() : end.end() + 1]
    return before.isascii() or after.isascii()
