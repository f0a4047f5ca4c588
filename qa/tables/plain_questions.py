"""A frame as a plain question: what a person is told of how a question was read."""

from corpus.tables.types import ColumnKind
from qa.tables.asking.conditions import Condition
from qa.tables.frames import OF_ORDER, TableFrame, TableOperation
from qa.tables.store.spoken_titles import shown_title
from qa.tables.store.table_store import StoredTable

_ENDS = {
    TableOperation.VALUE: "{rows}の{columns}は何ですか",
    TableOperation.ROW: "{rows}について、表にあることは何ですか",
    TableOperation.LIST: "{rows}をすべて（{columns}で）",
    TableOperation.COUNT: "{rows}は何件ありますか",
    TableOperation.SUM: "{rows}の{by}の合計はいくつですか",
    TableOperation.MEAN: "{rows}の{by}の平均はいくつですか",
    TableOperation.MAX: "{rows}の{by}で最も大きいものはいくつですか",
    TableOperation.MIN: "{rows}の{by}で最も小さいものはいくつですか",
    TableOperation.ARGMAX: "{rows}のうち{by}が{order}のはどれですか（{columns}）",
    TableOperation.ARGMIN: "{rows}のうち{by}が{order}のはどれですか（{columns}）",
    TableOperation.DIFFERENCE: "{rows}の{columns}の差はいくつですか",
    TableOperation.EXISTS: "{rows}はありますか",
    TableOperation.CHECK: "{rows}は{that}ですか",
}
_MOST = {
    (TableOperation.ARGMAX, True): "最も遅い", (TableOperation.ARGMIN, True): "最も早い",
    (TableOperation.ARGMAX, False): "最も大きい", (TableOperation.ARGMIN, False): "最も小さい",
}  # fmt: skip
_DATED = (ColumnKind.DATE, ColumnKind.PERIOD, ColumnKind.YEAR, ColumnKind.CLOCK, ColumnKind.HOURS)
_SIGNS = {">=": "以上", ">": "より上", "<=": "以下", "<": "未満"}


def plain_question(frame: TableFrame) -> str:
    """Return how a frame is said: 「避難所一覧」で、「松島小学校」の定員は何ですか。"""
    table = frame.table
    said = _ENDS[frame.operation].format(
        rows=_rows(table, frame.conditions),
        columns="と".join(_title(table, n) for n in frame.columns),
        by=_title(table, frame.by) if frame.by is not None else "",
        order=_order(frame),
        that="、".join(_condition(table, one) for one in frame.that),
    )
    return f"「{table.title}」で、{said}"


def _title(table: StoredTable, column: int) -> str:
    """Return what a column is called, a code in words."""
    return shown_title(table.columns[column].title)


def _rows(table: StoredTable, conditions: tuple[Condition, ...]) -> str:
    named = [f"「{c.value}」" for c in conditions if c.column == table.name and c.form in ("named", "either")]
    others = [
        _condition(table, c)
        for c in conditions
        if c.column != table.name or c.form not in ("named", "either")
    ]
    if named and not others:
        return named[0]
    return "、".join([*named, *others]) + "のもの" if named or others else "すべての行"


def _condition(table: StoredTable, one: Condition) -> str:
    title = _title(table, one.column)
    if one.form in ("named", "either"):
        return f"{title}が「{one.value}」"
    if one.form == "except":
        return f"{title}が「{one.value}」以外"
    if one.form in _SIGNS:
        return f"{title}が{one.value}{table.columns[one.column].unit}{_SIGNS[one.form]}"
    told = {
        "yes": "あり",
        "no": "なし",
        "filled": "記載あり",
        "empty": "記載なし",
        "some": "1以上",
        "zero": "0または空欄",
    }
    if one.form in told:
        return f"{title}が{told[one.form]}"
    ends = {"weekday": "曜を含む", "time": "を含む", "on": "にあたる", "month": "月", "equal": ""}
    return f"{title}が{one.value}{ends[one.form]}"


def _order(frame: TableFrame) -> str:
    if frame.operation not in OF_ORDER or frame.by is None:
        return ""
    most = _MOST[frame.operation, frame.table.columns[frame.by].kind in _DATED]
    if frame.few:
        return f"{most}順に{frame.few}つ"
    return most if frame.order == 1 else f"{most}ほうから{frame.order}番目"
