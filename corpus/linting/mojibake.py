"""Text that was read in a wrong encoding: its traces, and the text it was where not one byte is lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from corpus.decoding import is_common
from corpus.lexicon.scripts import KANA

_LEAST_COMMON = 0.95
"""So many of the wide characters of Japanese are kana, signs and usual kanji: on 99 of 100 real pages, .955 to .999."""
_LEAST_KANA = 0.1
"""So many of them are kana: prose has .27 at least. A budget's table may have none; it is then not restored, but named."""
_HIGH = "\x80-\xff" + "".join(
    bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)
)  # what latin-1 and Windows-1252 make of the bytes that are not ASCII
LEAST_TRACES = 3
"""Traces of a wrong encoding on a page. None of 2,500 pages has one, but for ､ﾋ within half-width kana."""


@dataclass(frozen=True, slots=True)
class Misreading:
    """Bytes of `written` that were read as `read`; `trace` is what becomes of kana, which all Japanese text has."""

    written: str
    read: str
    trace: re.Pattern[str]


_MISREADINGS = (
    Misreading("utf-8", "cp932", re.compile("[縺繧繝]")),
    Misreading("utf-8", "latin", re.compile(f"[ãäåæçèé][{_HIGH}]{{2}}|ã[{_HIGH}]")),
    Misreading("cp932", "latin", re.compile(f"[\x82‚][{_HIGH}]|[\x83ƒ][@-~{_HIGH}]")),
    Misreading("euc_jp", "latin", re.compile("[¤¥][¡-þ]")),
    Misreading("euc_jp", "cp932", re.compile("､[｡-ﾟ]")),
)
_OWN_KANA = re.compile("[｡-ﾟ]")
_MOST_TRACED = 8
"""Half-width kana for each ､ﾋ: 4 to 10 (median 6) on pages of EUC-JP read as Shift_JIS; where they are meant, more."""


def traces(text: str) -> list[re.Match[str]]:
    """Return the places that a wrong encoding left its mark on; half-width kana that are meant are none.

    >>> [found[0] for found in traces("縺薙ｓ縺ｫ縺｡縺ｯ")], traces("ｱｵﾊﾞ･ｻｸﾗ São Paulo")
    (['縺', '縺', '縺', '縺'], [])
    """
    found: list[re.Match[str]] = []
    for misreading in _MISREADINGS:
        if misreading.read == "latin" and text.isascii():
            continue
        own = list(misreading.trace.finditer(text))
        if misreading.read == "cp932" and misreading.written == "euc_jp":
            own = own if len(own) * _MOST_TRACED > len(_OWN_KANA.findall(text)) else []
        found = max(found, own, key=len)
    return found


def restored(text: str) -> str | None:
    """Return what a misread page says, None where it is not misread, or where a byte of it is lost.

    >>> restored("これは正しい文です。".encode().decode("latin-1"))
    'これは正しい文です。'
    """
    if len(traces(text)) < LEAST_TRACES:
        return None
    found = (_restored(text, misreading) for misreading in _MISREADINGS if misreading.trace.search(text))
    return next((page for page in found if page is not None and is_plain(page)), None)


def is_plain(text: str) -> bool:
    """Tell whether a text is written as Japanese is: in usual characters, with kana among them."""
    wide = [char for char in text if char > "\x7f" and not char.isspace()]
    common = sum(is_common(char) for char in wide)
    kana = len(KANA.findall(text))
    return bool(wide) and common >= len(wide) * _LEAST_COMMON and kana >= len(wide) * _LEAST_KANA


def _restored(text: str, misreading: Misreading) -> str | None:
    """Return a page with each misread line read anew; lines of it that were read rightly stay."""
    encode = _latin_bytes if misreading.read == "latin" else _encoder(misreading.read)
    lines = []
    for line in text.split("\n"):
        own = line if line.isascii() else _read_anew(line, encode, misreading.written)
        if own is None and misreading.trace.search(line):
            return None
        lines.append(line if own is None else own)
    return "\n".join(lines)


def _read_anew(line: str, encode: Callable[[str], bytes | None], written: str) -> str | None:
    data = encode(line)
    if data is None:
        return None
    try:
        return data.decode(written)
    except UnicodeDecodeError:
        return None


def _encoder(encoding: str) -> Callable[[str], bytes | None]:
    def encode(text: str) -> bytes | None:
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            return None
        return data if data.decode(encoding) == text else None

    return encode


def _latin_bytes(text: str) -> bytes | None:
    """Return the bytes of a text read as latin-1 or Windows-1252, which differ in a few characters only."""
    codes = [_latin().get(char) for char in text]
    return None if None in codes else bytes(code for code in codes if code is not None)


@cache
def _latin() -> dict[str, int]:
    windows = {bytes([code]).decode("cp1252", "ignore"): code for code in range(0x80, 0xA0)}
    return {chr(code): code for code in range(0x100)} | {char: code for char, code in windows.items() if char}
