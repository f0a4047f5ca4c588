"""Tables of figures for the terminal."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from eval.columns import column
from eval.measures import measure_named
from eval.resampling import interval
from eval.verdicts import p_shown, points, share, signed

if TYPE_CHECKING:
    from eval.comparing import Comparison
    from eval.history import Line
    from eval.retrieving import RetrievalResult
    from eval.runs import Run
    from eval.summarizing import Summary
    from eval.types import Interval

_NARROW = 100


def show(table: Table) -> None:
    """Print a table; not cut to 80 columns where the output is no terminal."""
    console = Console()
    Console(width=max(console.width, _NARROW)).print(table)


def summary_table(run: "Run", summary: "Summary") -> Table:
    """Return each measure with its interval."""
    counts = summary.counts
    said = (
        f"、回答{counts['answered']}・聞き返し{counts['clarify']}・断り{counts['declined']}"
        if run.replies
        else ""
    )
    table = _table(f"{run.name}（{summary.questions}問{said}）", "指標", "名前", "値", "95%信頼区間", "対象")
    for name, one in summary.measures.items():
        measure = measure_named(name)
        table.add_row(measure.label, name, share(one.value, measure), _range(name, one), f"{one.n}問")
    for target, point in summary.reach.items():
        if run.replies:
            reach = f"{point.coverage * 100:.1f}%" if point else "0.0%"
            table.add_row(f"正しさ{target}%以上で答えられる割合", f"coverage_at_{target}", reach, "", "")
    return table


def _range(name: str, one: "Interval") -> str:
    measure = measure_named(name)
    return f"{share(one.low, measure)}〜{share(one.high, measure)}"


def comparison_table(found: "Comparison") -> Table:
    """Return each measure's difference with the verdict."""
    title = f"A＝{found.a.name}、B＝{found.b.name}（{len(found.changes)}問）"
    table = _table(
        title, "指標", "A", "B", "差", "95%信頼区間", "p", "補正後p", "McNemar", "見分けられる差", "判定"
    )
    for name, one in found.differences.items():
        measure = measure_named(name)
        table.add_row(
            measure.label,
            share(one.a, measure),
            share(one.b, measure),
            signed(one.difference, measure),
            f"{signed(one.low, measure)}〜{signed(one.high, measure)}",
            p_shown(one.p),
            p_shown(one.p_holm),
            "" if one.mcnemar is None else p_shown(one.mcnemar),
            "" if one.detectable is None else points(one.detectable, measure),
            found.verdicts[name],
        )
    return table


def retrieval_table(results: "Mapping[str, RetrievalResult]") -> Table:
    """Return each way's measures with intervals, nDCG first."""
    names: Sequence[str] = list(next(iter(results.values())).values)
    table = _table("検索", "方式", *names)
    for way, result in results.items():
        cells = []
        for name in names:
            one = interval(column(result.values[name].values()), name=f"{way} {name}", resamples=2000)
            cells.append("" if one is None else f"{one.value:.4f}\n[dim]{one.low:.3f}〜{one.high:.3f}[/]")
        table.add_row(way, *cells)
    return table


def history_table(lines: "Sequence[Line]") -> Table:
    """Return one line a run."""
    table = _table("これまでの実行", "名前", "日時", "試験セット", "問数", "主な結果", "索引など")
    for line in lines:
        table.add_row(
            line.name,
            line.started[:16].replace("T", " "),
            line.testset,
            str(line.questions or ""),
            line.problem or headline(line.figures),
            line.build,
        )
    return table


def headline(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Return a run's primary figure with its interval."""
    name = "correct" if "correct" in figures else next(iter(figures), "")
    if not name:
        return ""
    measure, one = measure_named(name), figures[name]
    shown = f"{share(one['value'], measure)}（{share(one['low'], measure)}〜{share(one['high'], measure)}）"
    return f"{measure.label} {shown}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table
