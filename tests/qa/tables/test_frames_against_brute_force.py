"""Every operation over generated tables gives what a plain reading of the generated cells gives, and quotes verbatim."""

import os
import random
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from corpus.library import read_file
from eval.training.tables.asked_tables import Segment
from qa.replies.checking import checked
from qa.tables.asking.conditions import Condition
from qa.tables.computing import compute
from qa.tables.frames import TableFrame, TableOperation
from qa.tables.saying import said
from qa.tables.store.table_store import StoredTable, TablesFile, TableStore
from qa.types import Answer

SEEDS = range(int(os.environ.get("MADOGUCHI_SEEDS", "40")))
_NAMES = "あさひ いずみ うぐいす えのき かえで きりん くすのき こまどり さくら しらゆり すみれ つばき".split()
_KINDS = "保育園 公民館 図書館 児童館".split()
_CODES = {
    "施設名": "FACILITY_NAME",
    "地区": "DISTRICT_NAME",
    "定員": "CAPACITY",
    "面積": "AREA",
    "備考": "REMARKS",
}
Row = tuple[str, ...]


def _rows(chance: random.Random) -> list[Row]:
    names = chance.sample([f"{name}{kind}" for name in _NAMES for kind in _KINDS], chance.randint(5, 30))
    unit = chance.choice(["", "人"])
    return [
        (
            name,
            chance.choice(["北部", "南部", "中央"]),
            chance.choice(
                [
                    f"{chance.randint(5, 3000):,}{unit}",
                    "" if chance.random() < 0.3 else f"{chance.randint(5, 90)}{unit}",
                ]
            ),
            f"{chance.randint(20, 900)}.{chance.randint(1, 9)}",
            chance.choice(["", "要予約", "=1+1", 'いわゆる"本館"', "駐車場、なし"]),
        )
        for name in names
    ]


def _written(chance: random.Random, rows: list[Row], folder: Path) -> Path:
    """Write a table as cities do: notes above or none, names or codes, some encoding, a total row or none."""
    titles = list(_CODES.values()) if chance.random() < 0.3 else list(_CODES)
    lines = [titles, *map(list, rows)]
    if chance.random() < 0.4:
        lines = [["令和8年4月1日現在"], *lines]
    if chance.random() < 0.3:
        total = sum(_number(row[2]) or Decimal(0) for row in rows)
        lines.append(["合計", "", str(total), "", ""])
    if chance.random() < 0.25:
        return _workbook(lines, folder / "table.xlsx")
    mark, ending = chance.choice([(",", "csv"), ("\t", "tsv")])
    text = "\r\n".join(mark.join(_quoted(cell, mark) for cell in line) for line in lines)
    path = folder / f"table.{ending}"
    path.write_bytes(text.encode(chance.choice(["utf-8", "utf-8-sig", "cp932", "utf-16"])))
    return path


def _quoted(cell: str, mark: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in (mark, '"', ",")) else cell


def _workbook(lines: list[list[str]], path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for line in lines:
        book.active.append(line)
    for row in book.active.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(path)
    return path


def _number(cell: str) -> Decimal | None:
    digits = cell.replace(",", "").rstrip("人")
    return Decimal(digits) if digits else None


def _holding(table: StoredTable, column: int, text: str) -> Condition:
    return Condition(
        column, "named", text, np.array([own == text for own in table.columns[column].texts], dtype=np.bool_)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_every_frame_gives_what_the_cells_give_and_quotes_them(seed: int, tmp_path: Path) -> None:
    """No value of another row or column, no number that the cells do not give, no quote that does not stand there."""
    chance = random.Random(seed)  # noqa: S311 - drawn tables, no secret
    rows = _rows(chance)
    document, _ = read_file(_written(chance, rows, tmp_path))
    assert document is not None
    made = TablesFile()
    made.write(tmp_path, [made.part(document)])
    store = TableStore([Segment(tmp_path)])
    (key,) = store.heads
    table = store.table(key)
    own = [row for row in range(table.size) if row not in table.totals]
    assert [table.text(row, 0) for row in own] == [row[0] for row in rows]

    def answered(frame: TableFrame) -> Answer:
        result = compute(frame)
        assert result is not None
        answer = checked(said("問い", frame, result, 0.9, {document.id: document}), {document.id: document})
        assert isinstance(answer, Answer)
        for citation in answer.citations:
            assert document.text[citation.start : citation.end] == citation.quote
        return answer

    name, district = chance.choice(rows)[:2]
    of_name, of_district = _holding(table, 0, name), _holding(table, 1, district)
    (wanted,) = [row for row in rows if row[0] == name]
    there = [row for row in rows if row[1] == district]
    for column in (1, 3):
        assert (
            answered(TableFrame(table, TableOperation.VALUE, (column,), (of_name,))).short == wanted[column]
        )
    listed = answered(TableFrame(table, TableOperation.LIST, (0,), (of_district,)))
    assert list(listed.members or (listed.short,)) == [row[0] for row in there][:20]
    assert answered(TableFrame(table, TableOperation.COUNT, (0,), (of_district,))).figures[0].value == str(
        len(there)
    )
    areas = {row[0]: Decimal(row[3]) for row in there}
    total = answered(TableFrame(table, TableOperation.SUM, (3,), (of_district,), by=3))
    assert Decimal(total.figures[0].value) == sum(areas.values())
    largest = answered(TableFrame(table, TableOperation.ARGMAX, (0,), (of_district,), by=3))
    assert set(largest.members or (largest.short,)) == {
        n for n, area in areas.items() if area == max(areas.values())
    }
    numbers = [number for row in rows if (number := _number(row[2])) is not None]
    if numbers:
        result = compute(TableFrame(table, TableOperation.SUM, (2,), (), by=2))
        assert result is not None
        assert (result.number, result.counted, result.blank) == (
            sum(numbers),
            len(numbers),
            len(rows) - len(numbers),
        )
    there_is = answered(TableFrame(table, TableOperation.EXISTS, (0,), (of_district,)))
    assert there_is.short == "はい"


def test_numbers_of_forty_digits_are_added_and_said_in_full(tmp_path: Path) -> None:
    """An adversarial table once stopped a question with an error, and sums lost the digits after the 28th."""
    long = "1" + "0" * 38 + "7"
    path = tmp_path / "long.csv"
    path.write_text(f"名称,数\nあさひ館,{long}\nいずみ館,5\nうぐいす館,3\n", encoding="utf-8")
    document, _ = read_file(path)
    assert document is not None
    made = TablesFile()
    made.write(tmp_path, [made.part(document)])
    store = TableStore([Segment(tmp_path)])
    (key,) = store.heads
    frame = TableFrame(store.table(key), TableOperation.SUM, (1,), (), by=1)
    result = compute(frame)
    assert result is not None
    answer = checked(said("合計は", frame, result, 0.9, {document.id: document}), {document.id: document})
    assert isinstance(answer, Answer)
    assert answer.figures[0].value == "1" + "0" * 37 + "15"
    assert answer.short.replace(",", "") == "1" + "0" * 37 + "15"
