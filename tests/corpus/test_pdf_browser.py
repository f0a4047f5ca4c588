"""A page that a browser printed, with its own fonts: columns, ruby, a sidebar, white and vertical text."""

import subprocess
from pathlib import Path

import pytest

from corpus.pdf.pdf_document import pdf_document

CHROMIUM = Path("/usr/bin/chromium")
PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>広報みなと 令和8年4月号</title><style>
@page { size: A4; margin: 20mm } body { font: 11pt/1.7 sans-serif } h2 { font-size: 16pt }
.two { column-count: 2; column-gap: 8mm } .white { color: white }
aside { float: right; width: 50mm; border: 1px solid #333; padding: 3mm; font-size: 9pt }
.down { writing-mode: vertical-rl; height: 60mm }</style><body>
<h2>防災のまちづくり</h2><div class="two">
<p>市では、地震や大雨に備えて、避難所の見直しを進めています。新しい避難所は、四月一日から使えるようになります。</p>
<p>避難所には、<ruby>備蓄<rt>びちく</rt></ruby>品として水と食料を三日分置いています。アレルギーのある方は各家庭でも準備をお願いします。</p>
</div><h2>お知らせ</h2><aside>休日窓口<br>毎月第二日曜日</aside>
<p>マイナンバーカードの受け取りには予約が必要です。予約は電話（012-345-6789）かインターネットでできます。</p>
<p class="white">見えない文字です。</p>
<div class="down"><p>市長の言葉。市民のみなさま、いつも市政にご協力をいただきありがとうございます。</p></div></body></html>"""


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium: scripts/install-browser.sh installs it")
def test_a_page_printed_by_a_browser_is_read_as_it_looks(tmp_path: Path):
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(PAGE, encoding="utf-8")
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--print-to-pdf={printed}",
    )
    subprocess.run(
        [str(CHROMIUM), f"--user-data-dir={tmp_path}", *flags, page.as_uri()], check=True, capture_output=True
    )
    document, (problem,) = pdf_document(printed.read_bytes(), id="d")
    assert document is not None
    assert document.title == "広報みなと 令和8年4月号"
    assert problem.code == "hidden"
    lines = [document.text[block.start : block.end] for block in document.blocks]
    assert lines == [
        "防災のまちづくり",
        "市では、地震や大雨に備えて、避難所の見直しを進めています。新しい避難所は、四月一日から使えるようになります。",
        "避難所には、備蓄品として水と食料を三日分置いています。アレルギーのある方は各家庭でも準備をお願いします。",
        "お知らせ",
        "マイナンバーカードの受け取りには予約が必要です。予約は電話（012-345-6789）かインターネットでできます。",
        "休日窓口",
        "毎月第二日曜日",
        "市長の言葉。市民のみなさま、いつも市政にご協力をいただきありがとうございます。",
    ]
