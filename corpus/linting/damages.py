"""Which signs are too much for a page: it is quarantined, and what was seen is said with its cure.

Each threshold lies between what 2,542 real pages show (Wikipedia, PDFs, sheets and pages of cities, 5.3 million
characters) and what pages show that were damaged on purpose (`tests/corpus/planted_damages.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.linting.kana_marks import LOOSE, lost_voicing
from corpus.linting.mojibake import LEAST_TRACES, traces
from corpus.linting.odd_characters import REPLACED, STRANGE_PRIVATE, SYMBOL_DIGITS, is_rare
from corpus.linting.page_signs import longest_run
from corpus.linting.types import PageSigns

LEAST_PLACES = 3
"""Damaged places of a page: names may have one or two such characters. No real page has one, but for bullets."""
DAMAGED_SHARE = 0.01
"""Of a page's characters: one in a hundred cannot be read, so that every other sentence may be wrong."""
LEAST_LOOSE = 2
"""Dakuten that no kana stands before; no real page has one."""
RARE_SHARE = 0.02
"""Of a page's kanji; real pages have .001 at most, a list of names with 𠮷 and 﨑 none (they are known)."""
LEAST_NUMBERS = 2
"""Numbers in symbol digits; no real page has one."""
LEAST_LOST = 2
"""Different words without their dakuten; no real page has one, a page of prose that lost all of them some twenty."""
SELDOM_VOICED = 0.06
"""Of the hiragana: where so few have a dakuten, one lost word is enough; .11 on average, half of it where half are lost."""
LEAST_HIRAGANA = 100
LEAST_VOICED = 0.005
"""Of the hiragana, on a page of LEAST_HIRAGANA: .016 at least on real pages, .11 on average."""
LEAST_KATAKANA = 150
LEAST_VOICED_KATAKANA = 0.004
"""Of the katakana, on a page of LEAST_KATAKANA: .0055 at least on real pages."""
MODERN_SHARE = 0.1
"""Hiragana for each katakana, at least: the laws of old times are written in katakana without dakuten."""
LONGEST_RUN = 600
"""Japanese letters without a sentence end, a line end or a cell's end: 383 at most on real pages."""

_AGAIN = "元のファイルからテキストを書き出し直すか、文字認識（OCR）をやり直して置いてください。"
_FONT = f"文字の対応表が壊れたフォントのようです。{_AGAIN}"


@dataclass(frozen=True, slots=True)
class Damage:
    """A kind of damage: `holds` tells it by the signs of a page, `places` are where it shows in the text."""

    code: str
    name: str
    cure: str
    holds: Callable[[PageSigns], bool]
    places: Callable[[str], list[tuple[int, int]]]
    told: bool = False
    """Whether a few places are told even where they are too few for a quarantine: one is a fault already."""


def _has_private(signs: PageSigns) -> bool:
    return signs.private >= LEAST_PLACES and signs.private >= signs.letters * DAMAGED_SHARE


def _has_symbol_digits(signs: PageSigns) -> bool:
    return signs.symbol_digits >= LEAST_NUMBERS


def _has_rare_kanji(signs: PageSigns) -> bool:
    return signs.rare_kinds >= LEAST_PLACES and signs.rare >= signs.kanji * RARE_SHARE


def _has_lost_dakuten(signs: PageSigns) -> bool:
    seldom = signs.voiced_hiragana < signs.hiragana * SELDOM_VOICED
    return signs.lost >= (1 if seldom else LEAST_LOST) or _all_lost(signs)


def _all_lost(signs: PageSigns) -> bool:
    """Tell whether hardly any kana has a dakuten, on a page with so many that some must."""
    hiragana = signs.hiragana >= LEAST_HIRAGANA and signs.voiced_hiragana < signs.hiragana * LEAST_VOICED
    katakana = (
        signs.katakana >= LEAST_KATAKANA
        and signs.voiced_katakana < signs.katakana * LEAST_VOICED_KATAKANA
        and signs.hiragana >= signs.katakana * MODERN_SHARE
    )
    return hiragana or katakana


def _has_loose_marks(signs: PageSigns) -> bool:
    return signs.loose_marks >= LEAST_LOOSE


def _is_misread(signs: PageSigns) -> bool:
    return signs.mojibake >= LEAST_TRACES


def _is_unreadable(signs: PageSigns) -> bool:
    return signs.replaced >= LEAST_PLACES and signs.replaced >= signs.letters * DAMAGED_SHARE


def _runs_on(signs: PageSigns) -> bool:
    return signs.longest_run >= LONGEST_RUN


def _rare_places(text: str) -> list[tuple[int, int]]:
    return [(place, place + 1) for place, char in enumerate(text) if is_rare(char)]


def _run_place(text: str) -> list[tuple[int, int]]:
    run = longest_run(text)
    start = text.find(run)
    return [(start, start + len(run))]


DAMAGES = (
    Damage("mojibake", "文字化け", "元の文書を UTF-8 で保存し直してください。", _is_misread,
           lambda text: [found.span() for found in traces(text)], told=True),
    Damage("replaced", "読めなかった文字（\ufffd）", f"文字コードを確かめてください。{_AGAIN}", _is_unreadable,
           lambda text: [found.span() for found in REPLACED.finditer(text)], told=True),
    Damage("private-use", "外字領域の文字", _FONT, _has_private,
           lambda text: [found.span() for found in STRANGE_PRIVATE.finditer(text)], told=True),
    Damage("symbol-digits", "記号フォントの数字", _FONT, _has_symbol_digits,
           lambda text: [found.span() for found in SYMBOL_DIGITS.finditer(text)], told=True),
    Damage("rare-kanji", "ふつうの文章にない漢字", _FONT, _has_rare_kanji, _rare_places),
    Damage("loose-dakuten", "仮名から離れた濁点・半濁点", _AGAIN, _has_loose_marks,
           lambda text: [found.span() for found in LOOSE.finditer(text)], told=True),
    Damage("lost-dakuten", "濁点・半濁点の抜け", _AGAIN, _has_lost_dakuten,
           lambda text: [found.span() for found in lost_voicing(text)]),
    Damage("run-on", "文の切れ目も改行もない長い文字列", _AGAIN, _runs_on, _run_place),
)  # fmt: skip
QUARANTINED = frozenset(damage.code for damage in DAMAGES)
"""The codes of Problems that tell which pages are not cited."""


def damage_of(signs: PageSigns) -> Damage | None:
    """Return the first kind of damage that a page has, None for a sound one."""
    return next((damage for damage in DAMAGES if damage.holds(signs)), None)
