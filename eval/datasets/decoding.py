"""Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, Shift_JIS as Excel writes it."""

from eval.types import SetProblem

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> tuple[str, tuple[SetProblem, ...]]:
    """Return the text and a remark where the encoding was not UTF-8; what cannot be read becomes U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_japanese(data)


def _decode_japanese(data: bytes) -> tuple[str, tuple[SetProblem, ...]]:
    for encoding, name in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
        try:
            return data.decode(encoding), (SetProblem(f"{name}として読みました", fatal=False),)
        except UnicodeDecodeError:
            continue
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    return text, (
        SetProblem(
            f"文字コードを決められません。読めない{lost}か所を「\ufffd」にしました。UTF-8で保存し直してください"
        ),
    )
