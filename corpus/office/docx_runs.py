"""The text of a Word paragraph as it is shown: insertions are read, deletions and what is hidden are counted instead.

Of a field its result is read, of a ruby the text below the reading; a note is called by ※ and its number.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from corpus.office.docx_styles import Styles
from corpus.office.docx_xml import W, is_on, own_properties, value
from corpus.office.hidden import HIDDEN, REMOVED, TINY, WHITE, Hidden
from corpus.office.list_numbers import decimal, roman

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = (f"{W}del", f"{W}moveFrom")
_PASSED_OVER = {
    f"{W}{name}" for name in ("pPr", "rPr", "rt", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText")
}
_SYMBOLS = {"F06C": "●", "F06E": "■", "F06F": "□", "F0A8": "□", "F0A7": "■", "F0FC": "✓", "F0FE": "☑", "F0D8": "▶", "F0E0": "→",
            "F0E8": "→"}  # fmt: skip
"""Characters of the fonts Wingdings and Symbol that documents use most."""
_BREAKS = {"page": "\f", "column": "\v"}
_PAGE = "\f"


@dataclass(slots=True)
class Runs:
    """What one paragraph shows: its text ("\\v" ends a line, "\\f" a page), its notes' ids, its text boxes."""

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    bold: bool = True

    @property
    def text(self) -> str:
        """Return the text as one."""
        return "".join(self.pieces)

    def before(self, runs: "Runs") -> "Runs":
        """Return both as one paragraph."""
        return Runs(
            self.pieces + runs.pieces,
            self.notes + runs.notes,
            self.boxes + runs.boxes,
            self.bold and runs.bold,
        )


class RunReader:
    """Reads the paragraphs of one file; a field may go on over several of them, and notes are counted."""

    def __init__(self, styles: Styles, hidden: Hidden) -> None:
        self._styles = styles
        self._hidden = hidden
        self._fields: list[bool] = []  # for each open field, whether its result has begun
        self._counts = {"footnote": 0, "endnote": 0}

    def read(self, paragraph: Any) -> Runs:
        """Return what a paragraph shows."""
        runs = Runs()
        self._walk(paragraph, paragraph, runs)
        return runs

    def _walk(self, element: Any, paragraph: Any, runs: Runs) -> None:
        for child in element:
            if child.tag in _DELETED:
                self._hidden.add(REMOVED, len("".join(child.itertext())))
            elif child.tag == f"{W}r":
                self._run(child, paragraph, runs)
            elif child.tag == f"{W}sdt" and is_on(child.find(f"{W}sdtPr/{W}showingPlcHdr")):
                continue  # what asks for an entry is no text
            elif child.tag == f"{_COMPATIBLE}AlternateContent":
                self._walk(alternative(child), paragraph, runs)
            elif child.tag == f"{_MATHS}t":
                runs.pieces.append(child.text or "")
            elif child.tag not in _PASSED_OVER and isinstance(child.tag, str):
                self._walk(child, paragraph, runs)

    def _run(self, run: Any, paragraph: Any, runs: Runs) -> None:
        look = self._styles.look(run, paragraph)
        own = Runs()
        for child in run:
            self._piece(child, paragraph, own)
        letters = own.text.strip(" 　\t\v\f")
        kind = HIDDEN if look.hidden else WHITE if look.white else TINY if look.tiny else None
        runs.notes += own.notes
        runs.boxes += own.boxes
        runs.pieces.append(_PAGE * own.text.count(_PAGE) if kind else own.text)
        if kind:
            self._hidden.add(kind, len(letters))
        elif letters and not look.bold:
            runs.bold = False

    def _piece(self, child: Any, paragraph: Any, runs: Runs) -> None:
        """Add one piece of a run."""
        name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if name == "fldChar":
            self._field(child.get(f"{W}fldCharType"))
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(name.removesuffix("Reference"), child, runs)
        elif name in ("drawing", "pict", "object"):
            runs.boxes += boxes_in(child)
        elif child.tag == f"{_COMPATIBLE}AlternateContent":
            for inner in alternative(child):
                self._piece(inner, paragraph, runs)
        elif not all(self._fields):
            return  # what tells a field what to show
        elif name == "ruby":
            for base in child.iterchildren(f"{W}rubyBase"):
                self._walk(base, paragraph, runs)
        elif name in _PIECES:
            runs.pieces.append(_PIECES[name](child))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: str, reference: Any, runs: Runs) -> None:
        """Write the mark of a note, ※1 for one below the page and ※i for one at the end; its own mark follows as text."""
        if is_on(reference) and reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            mark = ""
        else:
            self._counts[kind] += 1
            mark = f"※{(decimal if kind == 'footnote' else roman)(self._counts[kind])}"
        runs.notes.append((kind, reference.get(f"{W}id") or "", mark))
        runs.pieces.append(mark)


def _symbol(element: Any) -> str:
    return _SYMBOLS.get((element.get(f"{W}char") or "").upper(), "")


_PIECES: dict[str, Callable[[Any], str]] = {
    "t": lambda element: element.text or "",
    "tab": lambda element: "\t",
    "ptab": lambda element: "\t",
    "cr": lambda element: "\v",
    "br": lambda element: _BREAKS.get(element.get(f"{W}type"), "\v"),
    "lastRenderedPageBreak": lambda element: _PAGE,
    "noBreakHyphen": lambda element: "-",
    "sym": _symbol,
}


def alternative(element: Any) -> Any:
    """Return the first of the ways in which a file says the same thing; older ways come last."""
    return next(iter(element), ())


def boxes_in(element: Any) -> list[Any]:
    """Return the text boxes in a drawing, each once, those in other boxes left to these."""
    if element.tag == f"{_COMPATIBLE}AlternateContent":
        return boxes_in(alternative(element)) if len(element) else []
    if element.tag == f"{W}txbxContent":
        return [element]
    return [box for child in element if isinstance(child.tag, str) for box in boxes_in(child)]


def is_deleted_mark(paragraph: Any) -> bool:
    """Tell whether a paragraph's end was deleted, so that the next goes on in it."""
    properties = own_properties(paragraph)
    mark = properties.find(f"{W}rPr") if properties is not None else None
    return mark is not None and any(mark.find(tag) is not None for tag in _DELETED)


def opens_page(paragraph: Any, styles: Styles) -> bool:
    """Tell whether a paragraph is set at the top of a page."""
    return is_on(styles.paragraph_property(paragraph, "pageBreakBefore"))


def ends_page(paragraph: Any) -> bool:
    """Tell whether a section ends with a paragraph and the next begins on a new page."""
    properties = own_properties(paragraph)
    section = properties.find(f"{W}sectPr") if properties is not None else None
    return section is not None and value(section, "type") not in ("continuous", "nextColumn")
