"""The page's budget tab: the tree as a table, and this year beside last year as bars."""

from collections.abc import Sequence
from html import escape
from typing import Any

from corpus.budgets.amounts import in_words
from corpus.budgets.years import in_era
from corpus.lexicon.money import grouped
from qa.ledger import Ledger
from ui.ledger_rows import BASIS, Row, rows

TITLE = "予算の数字"
_BARS = 30
_WIDTH = 1000  # length of the longest bar, in thousandths of the chart's bar area


def tab(live: Any) -> None:
    """Draw the tab in an open Gradio context; it shows the bundle that is being served."""
    import gradio as gr

    view = gr.HTML(ledger_html(live.assistant.ledger), elem_id="md-ledger")
    again = gr.Button("最新の索引で表示し直す", size="sm")

    def shown() -> str:
        live.refresh()
        return ledger_html(live.assistant.ledger)

    again.click(shown, outputs=view)


def ledger_html(book: Ledger) -> str:
    """Return chart, table and problems as HTML; every text of a document is escaped."""
    tree = rows(book)
    if not tree:
        return "<p>予算の数字は見つかりませんでした。</p>"
    parts = [_STYLE]
    for document in dict.fromkeys(row.document for row in tree):
        own = [row for row in tree if row.document == document]
        parts += [f"<h3>{escape(own[0].title)}</h3>", _chart(own), _table(own)]
    return "".join([*parts, _problems(book)])


def _chart(tree: Sequence[Row]) -> str:
    """Return bars of the items that have none below them, the largest first."""
    leaves = [
        row
        for i, row in enumerate(tree)
        if _is_leaf(tree, i) and row.new is not None and row.unit == _unit(tree)
    ]
    leaves.sort(key=lambda row: -(row.new.value if row.new else 0))
    leaves = leaves[:_BARS]
    values = [int(figure.value) for row in leaves for figure in (row.new, row.old) if figure is not None]
    largest = max(values, default=0)
    if largest <= 0:
        return ""
    bars = "".join(_pair(row, largest) for row in leaves)
    legend = '<p class="md-legend"><span class="md-new"></span>今年度 <span class="md-old"></span>前年度</p>'
    return f'<div class="md-chart" role="img" aria-label="今年度と前年度の比較">{legend}{bars}</div>'


def _is_leaf(tree: Sequence[Row], i: int) -> bool:
    row = tree[i]
    below = [r for r in tree[i + 1 : i + 8] if r.aspect is None][:1]
    return row.aspect is None and not (below and below[0].depth > row.depth)


def _unit(tree: Sequence[Row]) -> str:
    units = [row.unit for row in tree if row.new is not None]
    return max(set(units), key=units.count) if units else ""


def _pair(row: Row, largest: int) -> str:
    bars = ""
    for figure, kind in ((row.new, "md-new"), (row.old, "md-old")):
        if figure is not None:
            width = max(int(figure.value), 0) * _WIDTH // largest
            text = f"{grouped(figure.value)}{row.unit}"
            bars += (
                f'<div class="md-bar"><span class="{kind}" style="width:{width * 70 // _WIDTH}%"></span>'
                f"<span>{escape(text)}</span></div>"
            )
    return f'<div class="md-row"><div class="md-name">{escape(row.label)}</div><div class="md-bars">{bars}</div></div>'


def _table(tree: Sequence[Row]) -> str:
    years = [row.new_year for row in tree if row.new_year]
    newest = max(years) if years else None
    head = "".join(
        f'<th scope="col">{escape(name)}</th>'
        for name in (
            "項目",
            in_era(newest) if newest else "金額",
            "前年度",
            "増減",
            "増減率",
            "単位",
            "根拠",
            "頁",
        )
    )
    return f'<table class="md-table"><thead><tr>{head}</tr></thead><tbody>{"".join(map(_tr, tree))}</tbody></table>'


def _tr(row: Row) -> str:
    marks = "".join(f' <span class="md-mark">{escape(mark)}</span>' for mark in row.marks)
    indent = "　" * row.depth
    if row.new is None and row.old is None:
        return f'<tr><th colspan="8" scope="rowgroup">{escape(row.label)}</th></tr>'
    figure = row.new or row.old
    change = "" if row.change is None else ("△" if row.change < 0 else "") + grouped(abs(row.change))
    rate = "" if row.rate is None else ("△" if row.rate < 0 else "") + grouped(abs(row.rate)) + "%"
    said = in_words(row.new.value, row.new.unit) if row.new else ""
    cells = (
        f'<th scope="row">{indent}{escape(row.label)}{marks}</th>'
        f'<td title="{escape(said)}">{grouped(row.new.value) if row.new else "―"}</td>'
        f"<td>{grouped(row.old.value) if row.old else '―'}</td><td>{change}</td><td>{rate}</td>"
        f"<td>{escape(row.unit)}</td><td>{BASIS[figure.basis] if figure else ''}</td><td>{figure.page if figure else ''}</td>"
    )
    return f"<tr>{cells}</tr>"


def _problems(book: Ledger) -> str:
    if not book.problems:
        return "<p>読めなかった箇所はありません。</p>"
    lines = "".join(
        f"<li>{escape(p.message)}{f'（{p.page}頁）' if p.page else ''}</li>" for p in book.problems
    )
    return f"<details><summary>読めなかった箇所・合わない箇所（{len(book.problems)}件）</summary><ul>{lines}</ul></details>"


_STYLE = """<style>
#md-ledger .md-chart{margin:8px 0 20px}
#md-ledger .md-row{display:grid;grid-template-columns:minmax(8em,18em) 1fr;gap:8px;padding:4px 0}
#md-ledger .md-name{text-align:right;font-size:.9em;line-height:1.4;align-self:center;overflow-wrap:anywhere}
#md-ledger .md-bar{display:flex;align-items:center;gap:6px;font-size:.8em;font-variant-numeric:tabular-nums;white-space:nowrap}
#md-ledger .md-new,#md-ledger .md-old{display:inline-block;height:12px;min-width:1px;border-radius:2px}
#md-ledger .md-new{background:var(--md-blue)}
#md-ledger .md-old{background:#c9a66b}
#md-ledger .md-legend .md-new,#md-ledger .md-legend .md-old{width:14px;margin:0 4px 0 12px}
#md-ledger .md-table{border-collapse:collapse;width:100%;font-size:.9em;border:0}
#md-ledger .md-table tr{border:0;background:none}
#md-ledger .md-table td{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
#md-ledger .md-table th[scope=row],#md-ledger .md-table th[scope=rowgroup]{text-align:left;font-weight:normal}
#md-ledger .md-table th[scope=rowgroup]{font-weight:bold}
#md-ledger .md-table th,#md-ledger .md-table td{border:0;border-bottom:1px solid var(--md-line);padding:4px 8px}
#md-ledger .md-table thead th{text-align:right;font-size:.9em;color:var(--md-quiet);white-space:nowrap}
#md-ledger .md-table thead th:first-child{text-align:left}
#md-ledger .md-mark{border:1px solid currentColor;border-radius:3px;font-size:.8em;padding:0 4px}
</style>"""
