"""An empty test set to fill in, with examples and a sheet that explains the columns."""

import csv
from pathlib import Path

from corpus.tables.harmless import harmless
from eval.types import KINDS

HEADERS = ("番号", "質問", "種別", "正解", "項目", "数値", "単位", "根拠", "利用者", "備考")
_EXAMPLES = (
    (
        "例-1",
        "図書館の休館日は何曜日ですか",
        "事実",
        "月曜日|月曜",
        "",
        "",
        "",
        "休館日は月曜日です",
        "住民",
        "書き方の例。消してください",
    ),
    (
        "例-2",
        "図書購入費の予算はいくらですか",
        "数値",
        "1,200千円|120万円",
        "",
        "1200",
        "千円",
        "図書購入費 1,200",
        "職員",
        "",
    ),
    (
        "例-3",
        "分館をすべて教えてください",
        "一覧",
        "",
        "東分館|東\n西分館|西",
        "",
        "",
        "分館は東分館、西分館",
        "住民",
        "",
    ),
    (
        "例-4",
        "図書館の駐車料金はいくらですか",
        "答えなし",
        "",
        "",
        "",
        "",
        "",
        "住民",
        "資料に書かれていない問い",
    ),
)
_MEANINGS = (
    ("番号", "質問ごとに違う記号。空欄なら行の番号を付けます。"),
    ("質問", "利用者が書くとおりの文。必須。"),
    (
        "種別",
        "事実・数値・一覧・計算・比較・答えなし（英語は "
        + "・".join(KINDS)
        + "）。空欄なら正解の列から決めます。",
    ),
    ("正解", "正しい答え。言い方が幾つもあれば | か改行で区切ります。どれか一つが合えば正解です。"),
    ("項目", "一覧の問いの正解。一行に一項目、言い方の違いは | で区切ります。全部そろって正解です。"),
    ("数値", "数値の問いの正解。数字だけを書きます。"),
    ("単位", "円・千円・万円・百万円・億円・%・人・か所 など。"),
    ("根拠", "資料の文言。引用が根拠に当たっているかを測ります。"),
    ("利用者", "住民・職員 など。結果を分けて見るのに使います。"),
    ("備考", "自由に書けます。聞き返すのが正しい問いには AMBIGUOUS と書きます。"),
    ("その他の列", "列を足すと（例：難易度、担当課）、その値ごとに結果を分けて出します。"),
)


def write_template(path: Path) -> None:
    """Write a template as .xlsx or .csv (UTF-8 with BOM, as Excel wants it); raises ValueError for other forms."""
    if path.suffix.lower() == ".xlsx":
        _write_workbook(path)
    elif path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = (HEADERS, *_EXAMPLES)
            csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)
    else:
        raise ValueError(f"ひな形は .xlsx か .csv で書きます（{path.name}）")


def _write_workbook(path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "質問"
    for row in (HEADERS, *_EXAMPLES):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
    for letter, width in zip("ABCDEFGHIJ", (9, 44, 10, 32, 32, 12, 9, 44, 10, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    kinds = DataValidation(type="list", formula1='"事実,数値,一覧,計算,比較,答えなし"', allow_blank=True)
    kinds.error, kinds.errorTitle = "種別は一覧から選んでください", "種別"
    sheet.add_data_validation(kinds)
    kinds.add("C2:C1000")
    notes = book.create_sheet("書き方")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 14, 100
    for meaning in _MEANINGS:
        notes.append(meaning)
    book.save(path)
