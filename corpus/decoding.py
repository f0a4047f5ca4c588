"""Bytes to text in the encodings of Japanese files, or what keeps them out; nothing is read as rubbish.

UTF-8, UTF-16 and UTF-32 with their marks, ISO-2022-JP by its escapes, Shift_JIS (CP932) and EUC-JP by what they spell.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from corpus.types import Problem

_MARKS = (  # the mark of UTF-32 begins with that of UTF-16
    (BOM_UTF8, "utf-8-sig"), (BOM_UTF32_LE, "utf-32"), (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_JIS = re.compile(rb"\x1b(?:\$[@B]|\$\([DOQ]|\([JI])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_KANA = re.compile(r"[ぁ-ヿ]")
_JAPANESE = re.compile(r"[\t\n\r\x20-\x7e、-ヿ！-～￥一-鿿々]")
_WIDE = re.compile(r"[^\x00-\x7f]")
_MIXED = re.compile(r"[\ue000-\uf8ff]|[ｦ-ﾟ][一-鿿]|[一-鿿][ｦ-ﾟ]")
"""What EUC-JP becomes where it is read as Shift_JIS: half-width kana within kanji, characters of nobody."""
_NO_SHIFT_JIS = re.compile(r"[\x80\xa0\uf8f0-\uf8f3]")
"""What Python reads for bytes that stand for no character of Shift_JIS."""
_COMMON_SHARE = 0.9
_SHORT = 20
"""Characters of a text that is too short to tell a damaged file from another encoding."""
_LOST_SHARE = 0.001
"""Of a file that is damaged in few places, so many characters at most are lost: one in a thousand."""


def decode(data: bytes, *, name: str) -> tuple[str | None, Problem | None]:
    """Return the text of `data`, or None, and the Problem: what keeps it out, or what was lost.

    >>> decode("市民課".encode("cp932"), name="窓口")
    ('市民課', None)
    """
    text = _decoded(data)
    if text is None:
        return _damaged(data, name)
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) / 100:
        message = "文字ではないデータが入っています。テキストとして保存し直してください。"
        return None, Problem(name, message, code="binary")
    if not text.strip():
        return None, Problem(name, "本文が空です。内容のあるファイルを置いてください。", code="empty")
    return text, None


def decoded_as(data: bytes, encoding: str) -> str | None:
    """Return the text of `data` in an encoding, None where it is not written in it or Python knows no such encoding.

    >>> decoded_as("①".encode("cp932"), "Shift_JIS"), decoded_as(b"\\xff", "utf-8")
    ('①', None)
    """
    same = {
        "shift_jis": "cp932",
        "x_sjis": "cp932",
        "sjis": "cp932",
        "windows_31j": "cp932",
        "ms932": "cp932",
    }
    known = encoding.strip().lower().replace("-", "_")
    if known in ("euc_jp", "x_euc_jp"):
        return _first(data, "euc_jp", "euc_jis_2004")
    if known.startswith("iso_2022_jp"):
        return _first(data, "iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")
    return _first(data, same.get(known, known))


def _first(data: bytes, *encodings: str) -> str | None:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if encoding != "cp932" or not _NO_SHIFT_JIS.search(text):
            return text
    return None


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _first(data, encoding)
    if _JIS.search(data) and data.isascii():
        return decoded_as(data, "iso-2022-jp")
    text = _first(data, "utf-8")
    if text is not None:
        return _unmarked(data) or text if "\x00" in text else text
    if b"\x00" in data:
        return _unmarked(data)
    shift_jis, euc = _first(data, "cp932"), decoded_as(data, "euc-jp")
    return euc if euc is not None and (shift_jis is None or _is_spelled(euc, shift_jis)) else shift_jis


def _unmarked(data: bytes) -> str | None:
    """Return UTF-16 without its mark, where nearly all of it is Japanese and ASCII."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _first(data, encoding)
        if text and len(_JAPANESE.findall(text)) > len(text) * _COMMON_SHARE:
            return text
    return None


def _is_spelled(text: str, otherwise: str) -> bool:
    """Tell whether what was read as EUC-JP is Japanese, not half-width kana of Shift_JIS read wrongly."""
    wide = _WIDE.findall(text)
    common = sum(is_common(char) for char in wide)
    return common >= len(wide) * _COMMON_SHARE and bool(_KANA.search(text) or _MIXED.search(otherwise))


def is_common(char: str) -> bool:
    """Kana, signs and the kanji of JIS level 1, which nearly all text is written with."""
    code = char.encode("euc_jp", "replace")
    return len(code) == 2 and (0xA1 <= code[0] <= 0xA8 or 0xB0 <= code[0] <= 0xCF)


def _damaged(data: bytes, name: str) -> tuple[str | None, Problem]:
    """Read a file of which a few bytes are broken, as where a program cut a long cell within a character."""
    if _JIS.search(data) and data.isascii():
        message = "ISO-2022-JP のようですが、読めない文字があります。UTF-8 で保存し直してください。"
        return None, Problem(name, message, code="encoding")
    readings = [
        _NO_SHIFT_JIS.sub("\ufffd", data.decode(encoding, "replace"))
        for encoding in ("utf-8", "cp932", "euc_jp")
    ]
    text = min(readings, key=lambda reading: reading.count("\ufffd"))
    lost = text.count("\ufffd")
    sound = b"\x00" not in data and not _CONTROL.search(text)
    if sound and lost <= max(1, len(text) * _LOST_SHARE) and len(text) >= _SHORT:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        message = (
            f"{line} 行目などの {lost} 文字が壊れていて読めません（\ufffd にしました）。"
            "元の文書で確かめ、UTF-8 で保存し直してください。"
        )
        return text, Problem(name, message, code="encoding")
    if not sound:
        message = "テキストファイルではありません。対応する形式で置いてください。"
        return None, Problem(name, message, code="encoding")
    message = "文字コードが分かりません。UTF-8 で保存し直してください。"
    return None, Problem(name, message, code="encoding")
