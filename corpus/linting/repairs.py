"""What a bad extraction left and what can only mean one thing: it is put right, and said."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from corpus.linting.kana_marks import APART, composed
from corpus.linting.mojibake import LEAST_TRACES, restored, traces
from corpus.linting.rewriting import Replacement, rewritten
from corpus.normalizing import repair_radicals
from corpus.types import Document, Page, Problem

_HALF_WIDTH = re.compile("[｡-ﾟ]+")
_MATHEMATICAL = re.compile("[\U0001d7ce-\U0001d7ff]+")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_DOUBLED = re.compile("[\uf900-\ufa0d]")
_LONGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Repair:
    """A kind of fault whose cure is certain; `mended` says what a found place becomes."""

    code: str
    name: str
    found: re.Pattern[str]
    mended: Callable[[re.Match[str]], str]


def _compatible(found: re.Match[str]) -> str:
    return normalize("NFKC", found[0])


def _one_of_two(found: re.Match[str]) -> str:
    """Return the usual kanji for one that Unicode has twice for Korean; 朗 and 隆, which Japanese fonts have, stay."""
    try:
        found[0].encode("euc_jis_2004")
    except UnicodeEncodeError:
        return _compatible(found)
    return found[0]


_REPAIRS = (
    Repair("split-dakuten", "離れた濁点・半濁点", APART, composed),
    Repair("half-width", "半角カナ", _HALF_WIDTH, _compatible),
    Repair("math-digits", "数式用の数字", _MATHEMATICAL, _compatible),
    Repair("radicals", "部首の文字", _RADICALS, lambda found: repair_radicals(found[0])),
    Repair("doubled-kanji", "互換漢字", _DOUBLED, _one_of_two),
)
REPAIRED = frozenset({"misread", *(repair.code for repair in _REPAIRS)})
"""The codes of Problems that tell what was put right."""


def repaired(document: Document) -> tuple[Document, list[Problem]]:
    """Return `document` with all put right that can only mean one thing, and one Problem a kind that says so."""
    document, problems = _read_anew(document)
    lost = {page.number for page in document.pages if _is_misread(document, page)}
    for repair in _REPAIRS:
        own = [page for page in document.pages if page.number not in lost]
        new = [mended for page in own for mended in _mended(document.text, page, repair)]
        if new:
            problems.append(_said(document, repair, new))
            document = rewritten(document, new)
    return document, problems


def _is_misread(document: Document, page: Page) -> bool:
    """Tell whether a page is in a wrong encoding still: its half-width kana are none."""
    return len(traces(document.text[page.start : page.end])) >= LEAST_TRACES


def _mended(text: str, page: Page, repair: Repair) -> Iterator[Replacement]:
    for found in repair.found.finditer(text, page.start, page.end):
        mended = repair.mended(found)
        if mended != found[0]:
            yield Replacement(found.start(), found.end(), mended)


def _said(document: Document, repair: Repair, new: list[Replacement]) -> Problem:
    first = new[0]
    before = document.text[first.start : first.end][:_LONGEST_SHOWN]
    message = (
        f"{repair.name}を {len(new)} か所、通常の文字に直して読みました（例：「{before}」→「{first.text[:_LONGEST_SHOWN]}」）。"
        "引用が原本と違って見えるときは、原本を直して置き直してください。"
    )
    return Problem(
        document.id, message, document.page_at(first.start), first.start, first.end, code=repair.code
    )


def _read_anew(document: Document) -> tuple[Document, list[Problem]]:
    """Return a document with its misread pages read in the encoding that they are written in."""
    pages = [(page, text) for page in document.pages if (text := _page_restored(document, page)) is not None]
    lines = [new for page, text in pages for new in _lines(document, page, text)]
    if not lines:
        return document, []
    first = next(new for new in lines if document.text[new.start : new.end] != new.text)
    numbers = "、".join(str(page.number) for page, _ in pages[:_LONGEST_SHOWN])
    message = (
        f"{numbers}{'…' if len(pages) > _LONGEST_SHOWN else ''}ページの文字化けを元の文字に戻して読みました"
        f"（例：「{document.text[first.start : first.end][:_LONGEST_SHOWN]}」→「{first.text[:_LONGEST_SHOWN]}」）。"
        "元の文書を UTF-8 で保存し直すと確かです。"
    )
    problem = Problem(document.id, message, pages[0][0].number, first.start, first.end, code="misread")
    return rewritten(document, lines), [problem]


def _page_restored(document: Document, page: Page) -> str | None:
    return restored(document.text[page.start : page.end])


def _lines(document: Document, page: Page, text: str) -> Iterator[Replacement]:
    """Yield a page line by line, so that its blocks stay what they are."""
    start = page.start
    for old, new in zip(document.text[page.start : page.end].split("\n"), text.split("\n"), strict=True):
        yield Replacement(start, start + len(old), new)
        start += len(old) + 1
