"""A document as it was read → what may be cited of it: repaired where that is certain, damaged pages taken out and named."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.linting.damages import DAMAGES, Damage, damage_of
from corpus.linting.odd_characters import PRIVATE
from corpus.linting.page_signs import page_signs
from corpus.linting.repairs import repaired
from corpus.linting.rewriting import Replacement, rewritten
from corpus.linting.table_sums import broken_sums
from corpus.linting.types import Linted, PageSigns
from corpus.page_names import page_names
from corpus.types import Document, Page, Problem

_AROUND = 8  # characters of an example before and after the place
_LONGEST_EXAMPLE = 40
_SAME = 1.0
_NAMED_BY_READERS = frozenset({"scanned", "ocr-failed", "ocr-unsure"})
"""Codes of Problems by which a reader names pages without text."""
_SHAPELESS = re.compile(f"[\x00-\x1f\x7f-\x9f{PRIVATE}]")


def lint(document: Document, told: Sequence[Problem] = ()) -> Linted:
    """Return the document without its damaged pages, whose numbers stay, and a Problem for all that was found.

    `told` are the Problems that its reader found: pages without text that it named are not named again.
    """
    document, problems = repaired(document)
    signs = page_signs(document)
    damaged = [
        (page, damage) for page, s in zip(document.pages, signs, strict=True) if (damage := damage_of(s))
    ]
    gone = {page.number for page, _ in damaged}
    sound = [s for s in signs if s.page not in gone]
    problems += _quarantined(document, damaged)
    problems += [*_copies(document, sound, gone), *_single(document, gone)]
    if not _NAMED_BY_READERS & {problem.code for problem in told}:
        problems += _empty(document, sound)
    problems += broken_sums(document, gone)
    taken_out = [Replacement(page.start, page.end, "") for page, _ in damaged if page.start < page.end]
    return Linted(rewritten(document, taken_out), tuple(problems))


def _quarantined(document: Document, damaged: Sequence[tuple[Page, Damage]]) -> Iterator[Problem]:
    """Yield a Problem a kind of damage, with all pages that have it and an example of the first."""
    pages: dict[str, list[Page]] = defaultdict(list)
    kinds = {damage.code: damage for _, damage in damaged}
    for page, damage in damaged:
        pages[damage.code].append(page)
    for code, own in pages.items():
        damage, first = kinds[code], own[0]
        seen = _example(document.text[first.start : first.end], damage)
        message = f"{page_names(page.number for page in own)}に{damage.name}があり、引用しません{seen}。{damage.cure}"
        yield Problem(document.id, message, first.number, code=code)


def _example(text: str, damage: Damage) -> str:
    """Show the first place with what stands around it; a page that has too little of something has none."""
    places = damage.places(text)
    if not places:
        return f"（例：「{_one_line(text[:_LONGEST_EXAMPLE])}」）"
    start, end = places[0]
    shown = text[max(0, start - _AROUND) : end + _AROUND][:_LONGEST_EXAMPLE]
    count = f"、{len(places)} か所" if len(places) > 1 else ""
    return f"（例：「{_one_line(shown)}」{count}）"


def _copies(document: Document, signs: Sequence[PageSigns], gone: set[int]) -> Iterator[Problem]:
    copies = [s for s in signs if s.copy_of is not None and s.copy_of not in gone]
    for nearly, said in ((False, "同じ"), (True, "ほとんど同じ")):
        pairs = [s for s in copies if (s.likeness < _SAME) is nearly]
        if pairs:
            listed = "、".join(f"{s.copy_of}→{s.page}" for s in pairs[:5]) + ("…" if len(pairs) > 5 else "")
            message = (
                f"{said}内容のページが {len(pairs)} 組あります（ページ {listed}）。"
                "取り込みの重複や古い版の混入でないか確かめ、不要なら除いてください。"
            )
            yield Problem(document.id, message, pairs[0].page, code="copied-page")


def _empty(document: Document, signs: Sequence[PageSigns]) -> Iterator[Problem]:
    """Yield which pages hold no text, where others do."""
    empty = [s.page for s in signs if not s.letters]
    if empty and len(document.pages) > 1:
        message = (
            f"{page_names(empty)}には文字がありません。"
            "画像のページなら文字認識（OCR）をして置き直してください。白紙ならこのままで構いません。"
        )
        yield Problem(document.id, message, empty[0], code="empty-page")


def _single(document: Document, gone: set[int]) -> Iterator[Problem]:
    """Yield the few unreadable places of pages that are sound otherwise: they are cited, and told."""
    for damage in (damage for damage in DAMAGES if damage.told):
        pages = [
            page
            for page in document.pages
            if page.number not in gone and damage.places(document.text[page.start : page.end])
        ]
        if pages:
            seen = _example(document.text[pages[0].start : pages[0].end], damage)
            message = (
                f"{page_names(page.number for page in pages)}に{damage.name}があります{seen}。"
                "その前後は引用しますが、原本で確かめ、直して置き直してください。"
            )
            yield Problem(document.id, message, pages[0].number, code=f"few-{damage.code}")


def _one_line(text: str) -> str:
    """Return a text to be shown on one line; what has no shape is named.

    >>> _one_line("市\\n長\\ue012")
    '市 長〔U+E012〕'
    """
    return _SHAPELESS.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", " ".join(text.split()))
