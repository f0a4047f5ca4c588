"""Questions drawn from the wordings of writers and from invented ledgers: where in each its items are referred to."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from index.tokenizer import shared_tokenizer
from qa.frames.exact.masking import Mark, Vocabulary, masked
from qa.frames.exact.source_names import SourceNames
from qa.ledger.folding import fold
from qa.ledger.items import Item
from qa.ledger.names import Mention, Strength

FOLDER = Path(__file__).parent
LEDGERS = FOLDER / "ledgers"
ABSENT = "x"
"""The level of what a ledger lacks, though people ask it for that."""
_HELD = frozenset("123")
_PLACE = re.compile(r"\{([a-z])\}")
_WORDS = {
    "y": ("令和4年度", "R4", "今年度", "本年度", "4年度", "昨年度", "令和3年度", "R3", "前年度", "去年", "今年", "2022年度"),
    "s": ("国", "県", "市債", "一般財源", "国庫支出金", "県支出金", "その他", "基金", "使用料", "特定財源", "国費"),
    "d": ("国際課", "総務課", "道路管理課", "こども支援課", "環境政策課", "生活衛生課", "施設整備室", "業務課"),
    "m": ("1億円", "5千万円", "1,000万円", "500千円", "10億円"),
    "n": ("2", "3", "4", "5"),
}  # fmt: skip
_LIKE = {"z": "y", "t": "s", "c": "n"}
_ITEMS = "ijk"
_SOURCES = ("国", "県", "市債", "その他", "一般財源", "国庫支出金", "県支出金", "基金", "使用料", "寄附金")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a writer asks for an operation; {i}, {y} … stand for items, years …."""

    writer: str
    operation: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item of an invented ledger, or what it lacks, with the ways that people refer to it."""

    level: str
    name: str
    description: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A folded question: where items are referred to (`text[start:end]`), and the marks of what is exact in it."""

    text: str
    references: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]


@dataclass
class _Filled:
    text: str = ""
    references: list[tuple[int, int]] = field(default_factory=list)
    named: list[tuple[int, int]] = field(default_factory=list)
    divisions: list[str] = field(default_factory=list)


def wordings() -> list[Wording]:
    """Return the wordings of all writers, and the turns of their dialogues that name an item."""
    found = []
    for path in sorted(FOLDER.glob("writer-*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            name, _, text = line.partition("\t")
            if text and not line.startswith("#"):
                found.append(Wording(path.stem, name.lstrip("+"), text))
    for path in sorted(FOLDER.glob("dialogues-*.tsv")):
        turns = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        found += [Wording(path.stem, turn[2], turn[4]) for turn in turns if len(turn) > 4 and "{" in turn[4]]
    return found


def ledgers() -> dict[str, list[Row]]:
    """Return the rows of each invented ledger that people refer to."""
    return {path.stem: list(_rows(path)) for path in sorted(LEDGERS.glob("*.tsv"))}


def is_held(row: Row) -> bool:
    """Tell whether a row is an item of its ledger."""
    return row.level in _HELD


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] in _HELD or cells[0] == ABSENT:
            yield Row(cells[0], cells[1], cells[4], tuple(said for said in cells[5].split("｜") if said))


def drawn(
    wording: str,
    rows: Sequence[Row],
    chance: random.Random,
    *,
    named: float = 0.0,
    reference: str | None = None,
) -> Drawn | None:
    """Return a wording with words drawn for what it leaves open; the first item's `reference` may be given.

    Items are `named` outright with that probability. None where folding the parts is not folding the whole.
    """
    filled, said = _Filled(), dict[str, tuple[str, bool]]()
    position = 0
    for match in _PLACE.finditer(wording):
        filled.text += fold(wording[position : match.start()])
        position = match.end()
        sign = _LIKE.get(match[1], match[1])
        if sign in _ITEMS:
            if sign not in said:
                given = (reference, False) if reference and not said else None
                said[sign] = given or _referred(rows, chance, named)
            _add_item(filled, *said[sign])
        else:
            word = fold(chance.choice(_WORDS.get(sign, (match[0],))))
            filled.divisions += [word] if sign == "d" else []
            filled.text += word
    filled.text += fold(wording[position:])
    return _drawn(filled) if fold(filled.text) == filled.text else None


def _referred(rows: Sequence[Row], chance: random.Random, named: float) -> tuple[str, bool]:
    """Return how an item is called, and whether that is its name."""
    row = chance.choice(rows)
    if is_held(row) and chance.random() < named:
        return row.name, True
    return chance.choice(row.references or (row.name,)), False


def _add_item(filled: _Filled, words: str, is_name: bool) -> None:
    own = fold(words)
    places = filled.named if is_name else filled.references
    places.append((len(filled.text), len(filled.text) + len(own)))
    filled.text += own


def _drawn(filled: _Filled) -> Drawn:
    mentions = [
        Mention(start, end, (Item(number, "", "", "", (), ()),), Strength.FULL)
        for number, (start, end) in enumerate(filled.named)
    ]
    said = masked(filled.text, mentions, Vocabulary((), filled.divisions, _sources()))
    marks = tuple(
        mark for mark in said.marks if not any(_straddles(mark, place) for place in filled.references)
    )
    return Drawn(filled.text, tuple(filled.references), marks)


@cache
def _sources() -> SourceNames:
    return SourceNames(_SOURCES, shared_tokenizer())


def _straddles(mark: Mark, place: tuple[int, int]) -> bool:
    """Tell whether what is exact lies across an edge of a reference."""
    start, end = place
    return mark[0] < end and start < mark[1] and not (start <= mark[0] and mark[1] <= end)
