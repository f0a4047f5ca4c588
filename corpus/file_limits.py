"""How large a file may be, and how much a zipped one may hold: a small file that unpacks to gigabytes is not read."""

from io import BytesIO
from typing import TYPE_CHECKING

from corpus.refusing import RefusedError

if TYPE_CHECKING:
    from zipfile import ZipFile

LARGEST_FILE = 200_000_000
LARGEST_CONTENT = 1_000_000_000
_LARGEST_RATIO = 200
_SMALL = 10_000_000
"""Bytes of content that no ratio makes a danger: a short sheet of equal rows packs very well."""


def refuse_large(name: str, size: int) -> None:
    """Raise RefusedError where a file is larger than any document for people."""
    if size > LARGEST_FILE:
        message = (
            f"{name} は {size / 1e6:,.0f} MB あり、上限の {LARGEST_FILE / 1e6:,.0f} MB を超えるので読みません。"
            "分けるか、画像を除いて小さくしてください。"
        )
        raise RefusedError(message, code="size")


def too_much_memory(name: str) -> str:
    """Return what is said of a file for which the memory is not enough."""
    return f"{name} を読むにはメモリーが足りないので読みません。分けるか、画像や空の書式を除いて小さくしてください。"


def open_zip(data: bytes) -> "ZipFile":
    """Open a zipped document; raises RefusedError where it would unpack to more than is safe."""
    from zipfile import ZipFile

    archive = ZipFile(BytesIO(data))
    content = sum(entry.file_size for entry in archive.infolist())
    if content > LARGEST_CONTENT or (content > _SMALL and content > len(data) * _LARGEST_RATIO):
        message = (
            f"展開すると {content / 1e6:,.0f} MB（ファイルの {content / max(len(data), 1):,.0f} 倍）になるので読みません。"
            "空の書式や不要なシートを消して保存し直してください。"
        )
        raise RefusedError(message, code="size")
    return archive
