"""What a PDF calls itself: its metadata's title where that is one, else its first large line."""

import re
import unicodedata
from collections.abc import Sequence

from corpus.pdf.stored_text import Unit

_LEAST = 3
_LONGEST = 60
_AS_LARGE = 0.95
_YEAR = re.compile(r"(?:令和|平成|昭和)?[0-9０-９元]{1,4}(?:[（(][0-9０-９]{4}[)）])?年度?版?")
_JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿]")
_OF_PROGRAM = re.compile(
    r"^(?:Microsoft\s|untitled|無題|名称未設定|文書\s?[0-9]|Document\s?[0-9]|Book\s?[0-9]|Sheet\s?[0-9]|Slide\s?[0-9]|PowerPoint|スライド\s?[0-9])"
    r"|\.(?:docx?|xls[xm]?|pptx?|jtd|jtdc|indd|ai|pdf|txt|html?|tmp)\b|[\\/]",
    re.IGNORECASE,
)
"""What programs write where nobody gave a title: their name, the file's name, its place."""
_TRIMMED = re.compile(r"^[\s#*＊=■◆●○【〜～]+|[\s*＊】〜～]+$")


def pdf_title(named: str, written: Sequence[Unit]) -> str:
    """Return a document's title, "" where nothing in it looks like one."""
    metadata = " ".join(named.split())
    return metadata if is_title(metadata) else _first_large_line(written)


def is_title(text: str) -> bool:
    """Tell whether the metadata's title was given by a person.

    >>> is_title("令和８年度　予算の概要"), is_title("Microsoft Word - 予算.docx"), is_title("untitled"), is_title("a1")
    (True, False, False, False)
    """
    readable = all(unicodedata.category(char)[0] != "C" for char in text) and "�" not in text
    worded = bool(_JAPANESE.search(text)) or " " in text
    return _LEAST <= len(text) <= 2 * _LONGEST and readable and worded and not _OF_PROGRAM.search(text)


def _first_large_line(written: Sequence[Unit]) -> str:
    """Return the largest line of the first page that has text, with the year above it; where all are alike, its head."""
    first = [unit for unit in written if unit.page == written[0].page and unit.paragraph.lines]
    titles = [_could_be(_trimmed(unit)) for unit in first]
    if not any(titles):
        return ""
    largest = max(_size(unit) for unit, title in zip(first, titles, strict=True) if title)
    place = next(n for n, unit in enumerate(first) if titles[n] and _size(unit) > _AS_LARGE * largest)
    if place == 0 and len(first) > 1 and first[1].tight and _size(first[1]) > _AS_LARGE * largest:
        whole = f"{_trimmed(first[0])}　{_trimmed(first[1])}"
        return whole if _could_be(whole) and not first[1].text.startswith(("（", "(")) else _trimmed(first[0])
    dated = place > 0 and bool(_YEAR.fullmatch(first[place - 1].text))
    return f"{first[place - 1].text}　{_trimmed(first[place])}" if dated else _trimmed(first[place])


def _trimmed(unit: Unit) -> str:
    return " ".join(_TRIMMED.sub("", unit.text).split(" "))


def _size(unit: Unit) -> float:
    return unit.paragraph.lines[0][1].size


def _could_be(text: str) -> bool:
    return _LEAST <= len(text) <= _LONGEST and not text.endswith("。") and bool(_JAPANESE.search(text))
