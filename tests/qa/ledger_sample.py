"""The built-in outline's figures, written down by hand, and small tables of invented cities."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from corpus.library import read_folder
from corpus.types import Attribute, Basis, Document, Figure, Measure, Page, Stage, Tables

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
BUDGET = "yokohama-international-bureau-budget-fy2022"
_LINES = {
    "国際企画・多文化共生推進費": (1129457, 1093606, (41500, 0, 16340, 1071617)),
    "国際連携事業推進費": (205808, 182714, (0, 0, 14, 205794)),
    "国際協力推進費": (298818, 255555, (50000, 0, 1184, 247634)),
}
_PROJECTS = (
    ("国際企画・多文化共生推進費", "国際平和・SDGs推進事業", 18963, 18963, ()),
    ("国際企画・多文化共生推進費", "外国人材の受入れ・共生の推進", 152842, 126985, ("拡充",)),
    ("国際企画・多文化共生推進費", "横浜市国際交流協会（YOKE）補助金", 64471, 71871, ()),
    ("国際企画・多文化共生推進費", "世界を目指す若者応援事業", 13305, 13843, ()),
    ("国際企画・多文化共生推進費", "パスポートセンター運営事業", 266144, 247892, ("拡充",)),
    ("国際企画・多文化共生推進費", "庁内国際人材育成事業", 3917, 3890, ()),
    ("国際企画・多文化共生推進費", "国際総務費", 609815, 610162, ()),
    ("国際連携事業推進費", "海外プロジェクト推進事業", 46162, 28185, ()),
    ("国際連携事業推進費", "アフリカ開発会議関連事業", 12000, None, ("新規",)),
    ("国際連携事業推進費", "海外事務所運営費", 147646, 154529, ()),
    ("国際協力推進費", "国際協力推進事業", 175451, 118314, ()),
    ("国際協力推進費", "公民連携による国際技術協力事業（Y-PORT事業）", 109568, 113943, ()),
    ("国際協力推進費", "シティネット事業", 13799, 23298, ()),
)
_POINTS = (
    ("多文化共生の推進", 152842, 126985),
    ("国際平和・SDGsの推進と次世代育成", 32268, 32806),
    ("海外とのネットワークを活用した海外活力の取り込み", 193808, 182714),
    ("公民連携による国際技術協力事業（Y-PORT事業）", 109568, 113943),
)


def documents() -> dict[str, Document]:
    """Return the built-in documents."""
    found, _ = read_folder(DOCUMENTS)
    return {document.id: document for document in found}


def outline(held: dict[str, Document]) -> Tables:
    """Return the figures of the built-in outline, each at a place where it is printed."""
    return Tables(figures=tuple(_outline(held[BUDGET])))


def _outline(document: Document) -> Iterator[Figure]:
    yield from _two(document, "合計", (), 1634083, 1531875)
    for line, (new, old, sources) in _LINES.items():
        yield from _two(document, line, ("合計",), new, old)
        for aspect, value in zip(("国", "県", "その他", "一般財源"), sources, strict=True):
            yield _figure(document, line, ("合計",), 2022, value, measure=Measure.FUNDING, aspect=aspect)
    for line, name, new, last, marks in _PROJECTS:
        yield from _two(document, name, ("合計", line), new, last, marks)
    for name, new, old in _POINTS:
        yield from _two(document, name, ("予算のポイント",), new, old)


def _two(
    document: Document,
    label: str,
    parents: tuple[str, ...],
    new: int,
    old: int | None,
    marks: tuple[str, ...] = (),
) -> Iterator[Figure]:
    yield _figure(document, label, parents, 2022, new, marks=marks)
    if old is not None:
        yield _figure(document, label, parents, 2021, old, marks=marks)


def _figure(
    document: Document,
    label: str,
    parents: tuple[str, ...],
    year: int,
    value: int,
    *,
    measure: Measure = Measure.AMOUNT,
    aspect: str | None = None,
    marks: tuple[str, ...] = (),
) -> Figure:
    find = document.text.index if parents == ("予算のポイント",) else document.text.rindex
    start = find(f"{value:,}")
    name = max(document.text.find(label), 0)
    return Figure(
        label, parents, year, Stage.INITIAL, measure, Decimal(value), "千円", document.id, document.page_at(start),
        start, start + len(f"{value:,}"), Basis.PROVEN, name, name + len(label), aspect, marks,
    )  # fmt: skip


def table(
    rows: str, *, city: str = "みほん市", year: int = 2020, name: str = "sample"
) -> tuple[Tables, dict[str, Document]]:
    """Return the figures of a small table: lines of `item,this year,last year,department`; blank is no figure."""
    text = rows.strip() + "\n"
    document = Document(
        name, f"令和{year - 2018}年度 主要事業", city, "", text, (Page(1, 0, len(text)),), (), year
    )
    figures: list[Figure] = []
    cells: list[Attribute] = []
    for match in re.finditer(r"[^\n]+", text):
        cols = match[0].split(",")
        start = match.start()
        name_end = start + len(cols[0])
        place = name_end + 1
        for offset, col in enumerate(cols[1:3]):
            if col:
                figures.append(
                    Figure(
                        cols[0],
                        (),
                        year - offset,
                        Stage.INITIAL,
                        Measure.AMOUNT,
                        Decimal(col),
                        "千円",
                        name,
                        1,
                        place,
                        place + len(col),
                        Basis.PRINTED,
                        start,
                        name_end,
                    )
                )
            place += len(col) + 1
        if len(cols) > 3:
            cells.append(Attribute(cols[0], (), "所管", cols[3], name, 1, place, place + len(cols[3])))
    return Tables(tuple(figures), tuple(cells)), {name: document}
