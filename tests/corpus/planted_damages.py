"""Clean pages damaged on purpose, in each way that an extraction goes wrong: what `corpus.linting` has to find."""

import re
from collections.abc import Callable
from random import Random
from unicodedata import normalize

from corpus.types import Block, BlockKind, Document, Page

Damaging = Callable[[str, float, Random], str]
"""Damages a page; the strength is the share of the places that could be damaged."""

_WORD = re.compile("[ぁ-ヺ一-鿿]")
_KANJI = re.compile("[一-鿿]")
_DIGIT = re.compile("[0-9]")
_MARKS = str.maketrans("", "", "\u3099\u309a")


def document_of(*pages: str) -> Document:
    """Return a document of these pages, a block a line."""
    text, found, blocks = "", [], []
    for number, page in enumerate(pages, 1):
        start = len(text)
        for line in page.split("\n"):
            if line.strip():
                blocks.append(Block(BlockKind.PARAGRAPH, len(text), len(text) + len(line)))
            text += line + "\n"
        found.append(Page(number, start, len(text)))
    return Document("案内", "案内", "", "", text, tuple(found), tuple(blocks))


def _some(pattern: re.Pattern[str], change: Callable[[str], str]) -> Damaging:
    def damaged(text: str, strength: float, random: Random) -> str:
        return pattern.sub(lambda found: change(found[0]) if random.random() < strength else found[0], text)

    return damaged


def without_marks(char: str) -> str:
    """Return kana without their dakuten and handakuten."""
    return normalize("NFC", normalize("NFD", char).translate(_MARKS))


def _marks_apart(between: str) -> Callable[[str], str]:
    def change(char: str) -> str:
        plain = normalize("NFD", char)
        return plain[0] + between + {"\u3099": "゛", "\u309a": "゜"}[plain[1]] if len(plain) == 2 else char

    return change


def _marks_in_front(char: str) -> str:
    plain = normalize("NFD", char)
    return f"\n゛\n{plain[0]}" if len(plain) == 2 else char


def _misread(written: str, read: str) -> Damaging:
    """Whole lines read in a wrong encoding, as many as the strength says; what is no character there is U+FFFD."""

    def damaged(text: str, strength: float, random: Random) -> str:
        lines = [
            line.encode(written, "ignore").decode(read, "replace") if random.random() < strength else line
            for line in text.split("\n")
        ]
        return "\n".join(lines)

    return damaged


def _run_on(text: str, strength: float, random: Random) -> str:
    cut = int(len(text) * (1 - strength))
    return text[:cut] + re.sub(r"[。．！？!?\s,，|｜]", "", text[cut:])


DAMAGINGS: dict[str, tuple[Damaging, tuple[float, ...]]] = {
    "private-use": (_some(_WORD, lambda c: chr(0xE000 + ord(c) % 0x1800)), (0.03, 0.1, 0.5, 1)),
    "symbol-digits": (_some(_DIGIT, lambda c: chr(0xF030 + int(c))), (0.5, 1)),
    "symbol-digits dingbats": (_some(_DIGIT, lambda c: "⓿❶❷❸❹❺❻❼❽❾"[int(c)]), (0.5, 1)),
    "rare-kanji": (_some(_KANJI, lambda c: chr(0x20000 + ord(c))), (0.05, 0.2, 1)),
    "rare-kanji A": (_some(_KANJI, lambda c: chr(0x3400 + ord(c) % 0x19B0)), (0.05, 0.2, 1)),
    "lost-dakuten": (_some(_WORD, without_marks), (0.5, 0.9, 1)),
    "loose-dakuten": (_some(_WORD, _marks_in_front), (0.1, 0.5, 1)),
    "replaced": (_some(_WORD, lambda c: "\ufffd"), (0.03, 0.2, 1)),
    "mojibake utf-8 as cp932": (_misread("utf-8", "cp932"), (0.3, 1)),
    "mojibake utf-8 as cp1252": (_misread("utf-8", "cp1252"), (0.3, 1)),
    "mojibake utf-8 as latin-1": (_misread("utf-8", "latin-1"), (0.3, 1)),
    "mojibake cp932 as latin-1": (_misread("cp932", "latin-1"), (0.3, 1)),
    "mojibake cp932 as cp1252": (_misread("cp932", "cp1252"), (0.3, 1)),
    "mojibake euc as latin-1": (_misread("euc_jp", "latin-1"), (0.3, 1)),
    "mojibake euc as cp932": (_misread("euc_jp", "cp932"), (0.3, 1)),
    "mojibake cp932 as utf-8": (_misread("cp932", "utf-8"), (0.3, 1)),
    "run-on": (_run_on, (0.8, 1)),
    "split-dakuten": (_some(_WORD, _marks_apart("")), (0.1, 1)),
    "split-dakuten spaced": (_some(_WORD, _marks_apart(" ")), (0.1, 1)),
}
"""Each way of damaging with the strengths at which it is tried."""


def planted(name: str, page: str, strength: float = 1.0, *, seed: int = 0) -> str:
    """Return a page damaged in one of the ways; the same seed damages the same places."""
    return DAMAGINGS[name][0](page, strength, Random(seed))  # noqa: S311 - no secret
