"""`madoguchi ledger`: the budget figures as a tree, with what proves them and what could not be read."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.budgets.years import in_era
from corpus.lexicon.money import grouped, plain
from corpus.tables.harmless import harmless
from corpus.types import Figure, Problem
from qa.ledger import Ledger
from qa.ledger.items import Sum
from ui.ledger_rows import BASIS, Row, rows

app = typer.Typer(help="予算の数字を一覧する。", invoke_without_command=True, no_args_is_help=False)
_HEADER = (
    "文書", "段", "項目", "区分", "単位", "年度", "金額", "根拠", "頁", "開始", "終了",
    "前年度の金額", "前年度の根拠", "前年度の頁", "前年度の開始", "前年度の終了", "増減", "増減率（%）",
)  # fmt: skip


@app.callback(invoke_without_command=True)
def ledger(
    home: Annotated[Path | None, typer.Option(help="索引の置き場所", envvar="MADOGUCHI_HOME")] = None,
    csv_path: Annotated[Path | None, typer.Option("--csv", help="CSVに書き出す（出典つき）")] = None,
    xlsx_path: Annotated[Path | None, typer.Option("--xlsx", help="Excelに書き出す（出典つき）")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSONで出す")] = False,
) -> None:
    """予算の数字を、根拠と問題点つきの木で表示する。"""
    book = open_ledger(home)
    if csv_path is not None:
        write_csv(book, csv_path)
    if xlsx_path is not None:
        write_xlsx(book, xlsx_path)
    if as_json:
        typer.echo(json.dumps(ledger_record(book), ensure_ascii=False))
    elif csv_path is None and xlsx_path is None:
        print_ledger(book)


def register(parent: typer.Typer) -> None:
    """Add the command to the command line."""
    parent.add_typer(app, name="ledger")


def open_ledger(home: Path | None) -> Ledger:
    """Open the ledger of the bundle in `home`, or in the usual place."""
    from index.home import default_home
    from qa.assistant import Assistant

    book: Ledger = Assistant.open(home or default_home()).ledger
    return book


def print_ledger(book: Ledger) -> None:
    """Print the tree and the problems."""
    from rich.console import Console
    from rich.tree import Tree

    console = Console(highlight=False)
    tree: Any = None
    levels: list[Any] = []
    document = None
    for row in rows(book):
        if row.document != document:
            if tree is not None:
                console.print(tree)
            document, tree = row.document, Tree(_safe(row.title), guide_style="dim")
            levels = [tree]
        del levels[row.depth + 1 :]
        levels.append(levels[-1].add(_line(row)))
    if tree is None:
        console.print("予算の数字は見つかりませんでした。")
    else:
        console.print(tree)
    _print_problems(console, book.problems)


def _print_problems(console: Any, problems: Sequence[Problem]) -> None:
    if problems:
        console.print(f"\n読めなかった箇所・合わない箇所：{len(problems)}件", style="bold yellow")
    for problem in problems:
        where = f"（{problem.page}頁）" if problem.page else ""
        console.print(f"・{problem.document}{where} {problem.message}", markup=False)


def _line(row: Row) -> str:
    name = _safe(row.label) + "".join(f" [cyan]〔{_safe(mark)}〕[/]" for mark in row.marks)
    if row.new is None and row.old is None:
        return f"[bold]{name}[/]"
    amount = f"[bold]{grouped(row.new.value)}{row.unit}[/]" if row.new else "―"
    year = in_era(row.new_year) if row.new_year else ""
    last = f"前年度 {grouped(row.old.value)}" if row.old else "前年度 ―"
    return f"{name}  {year} {amount}（{last}{_change(row)}）[dim]{_proof(row)}[/]"


def _change(row: Row) -> str:
    if row.change is None:
        return ""
    sign = "＋" if row.change > 0 else "△" if row.change < 0 else "±"
    rate = f"、{grouped(row.rate)}%" if row.rate is not None else ""
    return f"、{sign}{grouped(abs(row.change))}{rate}"


def _proof(row: Row) -> str:
    figure = row.new or row.old
    return f" {BASIS[figure.basis]} {figure.page}頁" if figure else ""


def _safe(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def write_csv(book: Ledger, path: Path) -> None:
    """Write the rows with the source of each amount; UTF-8 with a mark, so that spreadsheets read it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows(_cells(row, plain) for row in rows(book))


def write_xlsx(book: Ledger, path: Path) -> None:
    """Write the rows and the problems as a workbook; amounts are numbers, each with its source beside it."""
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "予算"
    sheet.append(_HEADER)
    for row in rows(book):
        sheet.append(_cells(row, lambda value: value))
    sheet.freeze_panes = "D2"
    notes = workbook.create_sheet("問題点")
    notes.append(("文書", "頁", "内容"))
    for problem in book.problems:
        notes.append((harmless(problem.document), problem.page, harmless(problem.message)))
    workbook.save(path)


def _cells(row: Row, number: Callable[[Any], Any]) -> list[Any]:
    def amount(figure: Figure | None) -> list[Any]:
        if figure is None:
            return [None] * 5
        return [number(figure.value), BASIS[figure.basis], figure.page, figure.start, figure.end]

    head = [
        harmless(row.document),
        row.depth,
        harmless(row.label),
        harmless("・".join(row.marks)),
        row.unit,
        row.new_year,
    ]
    change = [None if value is None else number(value) for value in (row.change, row.rate)]
    return [*head, *amount(row.new), *amount(row.old), *change]


def ledger_record(book: Ledger) -> dict[str, Any]:
    """Return the ledger as plain data: rows, each amount with its place, and problems."""
    return {
        "rows": [_record(row) for row in rows(book)],
        "problems": [
            {
                "document": p.document,
                "message": p.message,
                "page": p.page,
                "start": p.start,
                "end": p.end,
                "code": p.code,
            }
            for p in book.problems
        ],
    }


def _record(row: Row) -> dict[str, Any]:
    def value(number: Any) -> str | None:
        return None if number is None else plain(number)

    return {
        "document": row.document,
        "title": row.title,
        "depth": row.depth,
        "label": row.label,
        "marks": list(row.marks),
        "aspect": row.aspect,
        "unit": row.unit,
        "fiscal_year": row.new_year,
        "amount": _place(row.new),
        "last_year": _place(row.old),
        "change": value(row.change),
        "rate": value(row.rate),
    }


def _place(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "value": plain(figure.value),
        "computed": isinstance(figure, Sum),
        "basis": figure.basis.value,
        "page": figure.page,
        "start": figure.start,
        "end": figure.end,
    }
