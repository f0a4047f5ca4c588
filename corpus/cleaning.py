"""Extracted text → text fit to quote: radicals repaired, broken lines joined, spaced-out words closed up.

Cleaning only ever replaces a radical by its ideograph and removes white space between neighbouring lines, so
whatever is quoted from the result stands in the source as well. It never joins across columns, items or pages.
"""

import re
from dataclasses import replace

from corpus.line_breaks import goes_on_in, is_note_mark
from corpus.normalizing import display_width
from corpus.physical_lines import Line, physical_lines, sentence_tail

_KANJI_KANA = re.compile(r"[぀-ヿ㐀-鿿]")


def clean_lines(raw: str) -> list[Line]:
    """Return the logical lines of `raw`, in order."""
    joined: list[Line] = []
    for line in physical_lines(raw):
        if joined and goes_on_in(joined[-1], line):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
    return _join_vertical(joined)


def _join(before: Line, line: Line) -> Line:
    text = line.text.strip(" 　\t")
    mark = is_note_mark(text)
    space = " " if re.search(r"[A-Za-z,]$", before.text[-1]) and re.match(r"[A-Za-z]", text) else ""
    inline = mark or before.marked
    width = before.width + line.width if inline else line.width
    margin = max(before.margin, width, line.margin)
    return replace(
        before,
        text=before.text + space + text,
        width=width,
        hiragana=before.hiragana or line.hiragana,
        tail=sentence_tail(text, before.tail),
        margin=margin,
        run=line.run,
        marked=mark,
    )


def _join_vertical(lines: list[Line]) -> list[Line]:
    """Text set from top to bottom comes out one character a line: three or more of those are one word."""
    result: list[Line] = []
    run: list[Line] = []
    for line in lines:
        single = len(line.text.strip()) == 1 and _KANJI_KANA.match(line.text.strip())
        if run and (not single or line.starts_page):
            result.extend(_close_run(run))
            run = []
        (run if single else result).append(line)
    return result + _close_run(run)


def _close_run(run: list[Line]) -> list[Line]:
    if len(run) < 3:
        return run
    text = "".join(line.text.strip() for line in run)
    return [replace(run[0], text=text, width=display_width(text))]
