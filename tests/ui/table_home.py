"""A home whose documents are tables: a CSV and a workbook, written out here."""

from io import BytesIO
from pathlib import Path

from qa.building.homes import build

HALLS = """公共施設の一覧
施設名,地区,定員（人）,駐車場,休館日,開館時間,開設日,備考
中央公民館,中央,300,○,月曜日,9:00～21:30,昭和58年4月1日,"ホールは二つ
改修中"
北部コミュニティセンター,北部,"1,200",○,火曜日,9:00～21:00,平成12年10月1日,
サクラ会館,北部,45,×,月曜日,9:00～17:00,平成3年5月20日,=HYPERLINK(1)
南部体育館,南部,500,○,なし,8:30～22:00,令和2年7月1日,<img src=x onerror=alert(1)>{{value}}${1}
海辺の集会所,南部,30,×,年中無休,9:00～17:00,令和5年4月1日,-12.5
東部図書館,中央,未定,○,月曜日,10:00～19:00,平成30年3月3日,閲覧席あり
第10集会所,中央,,×,月曜日,10:00～19:00,平成29年3月3日,@場所
第2集会所,南部,20,×,月曜日,10:00～19:00,平成28年3月3日,
合計,,"2,095",,,,,
"""
SHEET = [
    ("避難所", "地区", "収容人数"),
    *[(f"第{n}小学校", ("北部", "南部")[n % 2], 100 * n) for n in range(1, 121)],
]


def build_home(home: Path) -> None:
    """Write the documents and build the index."""
    documents = home / "documents"
    documents.mkdir(parents=True)
    (documents / "halls.csv").write_text(HALLS, encoding="utf-8")
    (documents / "shelters.xlsx").write_bytes(_workbook())
    build(home, corpus=documents)


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in SHEET:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
