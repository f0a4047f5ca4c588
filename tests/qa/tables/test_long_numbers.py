"""Numbers longer than a Decimal's usual 28 digits."""

from pathlib import Path

from corpus.library import read_file
from eval.training.tables.asked_tables import Segment
from qa.replies.checking import checked
from qa.tables.computing import compute
from qa.tables.frames import TableFrame, TableOperation
from qa.tables.saying import said
from qa.tables.store.table_store import TablesFile, TableStore
from qa.types import Answer


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
