"""The text of a paragraph of an OpenDocument text, as it is shown: without comments, readings and hidden letters."""

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.office.hidden import BOXES, HIDDEN, TINY, WHITE, Hidden
from corpus.office.list_numbers import decimal, roman
from corpus.office.odt_styles import DRAW, OFFICE, TEXT, Styles

_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_LEFT_OUT = {f"{TEXT}{name}" for name in ("ruby-text", "hidden-text", "hidden-paragraph", "script", "bookmark-ref-format")} | {
    f"{OFFICE}annotation", f"{OFFICE}annotation-end"}  # fmt: skip


@dataclass(slots=True)
class Said:
    """What one paragraph shows: its text, its notes with their marks, its text boxes, how many pages end in it."""

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, Any]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    bold: bool = True
    turned: int = 0

    @property
    def text(self) -> str:
        """Return the text as one."""
        return "".join(self.pieces).strip(" ")


class TextReader:
    """Reads the paragraphs of one file; notes are counted over all of them."""

    def __init__(self, styles: Styles, hidden: Hidden) -> None:
        self._styles = styles
        self._hidden = hidden
        self._filled = False
        self._counts = {"footnote": 0, "endnote": 0}

    def read(self, paragraph: Any, *, filled: bool) -> Said:
        """Return what a paragraph shows; `filled` tells that something coloured is behind it."""
        said = Said()
        self._filled = filled
        self._walk(paragraph, paragraph.get(f"{TEXT}style-name"), [], said)
        return said

    def _walk(self, element: Any, paragraph: str | None, spans: list[str | None], said: Said) -> None:
        self._say(element.text, paragraph, spans, said)
        for child in element:
            if isinstance(child.tag, str):
                self._piece(child, paragraph, spans, said)
            self._say(child.tail, paragraph, spans, said)

    def _piece(self, child: Any, paragraph: str | None, spans: list[str | None], said: Said) -> None:
        name = child.tag
        if name == f"{TEXT}span":
            self._walk(child, paragraph, [child.get(f"{TEXT}style-name"), *spans], said)
        elif name == f"{TEXT}s":
            said.pieces.append(" " * min(int(child.get(f"{TEXT}c") or 1), _MOST_SPACES))
        elif name == f"{TEXT}tab":
            said.pieces.append("\t")
        elif name == f"{TEXT}line-break":
            said.pieces.append("\n")
        elif name == f"{TEXT}soft-page-break":
            said.turned += 1
        elif name == f"{TEXT}note":
            self._note(child, said)
        elif name.startswith(DRAW):
            self._boxes(child, said)
        elif name in _LEFT_OUT:
            self._hidden.add(HIDDEN, len(child.get(f"{TEXT}string-value") or ""))
        else:
            self._walk(child, paragraph, spans, said)

    def _say(self, text: str | None, paragraph: str | None, spans: list[str | None], said: Said) -> None:
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if not text.strip():
            said.pieces.append(text)
            return
        look = self._styles.look(spans, paragraph, filled=self._filled)
        kind = HIDDEN if look.hidden else WHITE if look.white else TINY if look.tiny else None
        if kind:
            self._hidden.add(kind, len(text.strip()))
            return
        said.pieces.append(text)
        said.bold = said.bold and look.bold

    def _note(self, note: Any, said: Said) -> None:
        """Write the mark of a note: ※1 for one below the page, ※i for one at the end."""
        kind = note.get(f"{TEXT}note-class") or "footnote"
        self._counts[kind] += 1
        mark = f"※{(decimal if kind == 'footnote' else roman)(self._counts[kind])}"
        said.pieces.append(mark)
        said.notes.append((mark, note.find(f"{TEXT}note-body")))

    def _boxes(self, drawing: Any, said: Said) -> None:
        """Keep what is written in the frames and shapes of a drawing, each once."""
        name = drawing.get(f"{DRAW}style-name")
        if self._styles.says("graphic", name, "graphic-properties", f"{DRAW}visible") == "false":
            self._hidden.add(BOXES)
            return
        if drawing.tag == f"{DRAW}text-box" or any(child.tag == f"{TEXT}p" for child in drawing):
            said.boxes.append(drawing)
            return
        for child in drawing:
            if isinstance(child.tag, str):
                self._boxes(child, said)
