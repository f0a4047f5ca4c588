"""`madoguchi eval`: run a test set, compare two runs, measure retrieval. Everything heavy loads when called."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from index.home import default_home

if TYPE_CHECKING:
    from eval.comparing import Comparison
    from eval.retrieving import RetrievalResult
    from eval.runs import Run
    from eval.summarizing import Summary
    from eval.types import SetProblem

FAILED, MISUSED = 1, 2
_SHOWN_PROBLEMS = 20

app = typer.Typer(help="試験セットで評価し、結果を比べます。", no_args_is_help=True)


@app.command()
def run(
    testset: Annotated[
        Path,
        typer.Argument(
            metavar="試験セット", help=".jsonl・.csv・.xlsx・SQuAD形式の.json、または同梱の名前。"
        ),
    ],
    name: Annotated[str | None, typer.Option(help="実行の名前。")] = None,
    output: Annotated[Path | None, typer.Option(metavar="フォルダ", help="記録を書くフォルダ。")] = None,
    fail_under: Annotated[
        list[str] | None, typer.Option(metavar="指標=値", help="下回れば1で終わる（何度でも）。")
    ] = None,
    replies: Annotated[
        Path | None, typer.Option(metavar="ファイル", help="質問せず、この回答（JSON Lines）を採点する。")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="要約を JSON で出す。")] = False,
) -> None:
    """試験セットを実行し、採点して報告書を書く。"""
    from eval.datasets.reading import read_set
    from ui.eval_floors import read_floors

    home = default_home()
    try:
        floors = read_floors(fail_under or [])
        gold = read_set(testset)
    except (ValueError, FileNotFoundError) as error:
        _misuse(str(error))
    _tell_problems(gold.problems)
    if not gold.questions:
        _misuse("実行できる質問がありません。上の問題を直してください")
    from eval.reporting import finish
    from eval.running import run_set, score_replies
    from ui.eval_system import open_system, run_place

    try:
        label, folder = run_place(home, gold.name, name, output)
        if replies and not replies.is_file():
            raise ValueError(f"回答のファイル {replies} がありません")
    except ValueError as error:
        _misuse(str(error))
    if replies:
        done = score_replies(gold, replies, folder, name=label)
    else:
        system = open_system(home)
        with _Bar("質問") as told:
            done = run_set(gold, system, folder, name=label, told=told)
    if not done.scores:
        _misuse("採点できる回答がありません。回答の番号と試験セットの番号を確かめてください")
    _tell_problems(done.problems[len(gold.problems) :])
    summary = finish(folder, done)
    _print_run(done, summary, folder, as_json=json)
    _stop_below(floors, summary)


def _stop_below(floors: dict[str, float], summary: "Summary") -> None:
    from ui.eval_floors import below

    failures = below(floors, summary)
    for failure in failures:
        typer.echo(failure, err=True)
    if failures:
        raise typer.Exit(FAILED)


@app.command()
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="前の実行（名前かフォルダ）。")],
    b: Annotated[str, typer.Argument(metavar="B", help="新しい実行（名前かフォルダ）。")],
    output: Annotated[Path | None, typer.Option(metavar="フォルダ", help="報告書を書くフォルダ。")] = None,
    json: Annotated[bool, typer.Option("--json", help="結果を JSON で出す。")] = False,
) -> None:
    """二つの実行を比べ、差が偶然かどうかを言う。"""
    from eval.comparing import compare_runs
    from eval.history import find_run
    from eval.reading_runs import read_run
    from eval.reporting import write_comparison

    home = default_home()
    try:
        found = compare_runs(read_run(find_run(home, a)), read_run(find_run(home, b)))
    except ValueError as error:
        _misuse(str(error))
    folder = output or home / "comparisons" / f"{found.a.name}--{found.b.name}"
    page = write_comparison(folder, found)
    _print_comparison(found, page, as_json=json)


@app.command()
def retrieval(
    folder: Annotated[
        Path, typer.Argument(metavar="フォルダ", help="BEIRの形（corpus.jsonl・queries.jsonl・qrels/）。")
    ],
    json: Annotated[bool, typer.Option("--json", help="平均だけを JSON で出す。")] = False,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="方式", help="この方式（dense・bm25 など）を外す（何度でも）。"),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="指標", help="ir-measures の名前（nDCG@10 など、何度でも）。")
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(metavar="名前|フォルダ", help="文のベクトルを作るモデル。なければ内蔵のもの。"),
    ] = None,
    query_prefix: Annotated[str, typer.Option(help="質問の前に付ける文字列（モデルの指定どおり）。")] = "",
    passage_prefix: Annotated[str, typer.Option(help="文書の前に付ける文字列（モデルの指定どおり）。")] = "",
    name: Annotated[str | None, typer.Option(help="融合の結果を、この名前の実行として残す。")] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="フォルダ", help="融合の結果を実行として書くフォルダ。")
    ] = None,
) -> None:
    """検索だけを測る。使い捨ての索引を作り、各方式と融合を比べる。"""
    from eval.datasets.beir import read_beir
    from eval.ranking import DEFAULT
    from eval.retrieving import HYBRID, passages, retrieval_run, retrieve
    from index.encoders.settings import EncoderSettings
    from index.temporary_retriever import build_retriever

    try:
        gold = read_beir(folder)
    except (ValueError, FileNotFoundError) as error:
        _misuse(str(error))
    _tell_problems(gold.problems)
    settings = EncoderSettings(name=encoder, query_prefix=query_prefix, passage_prefix=passage_prefix)
    retriever = build_retriever(passages(gold.corpus), encoder=settings)
    try:
        results = retrieve(gold, retriever, without=without or (), measures=measure or DEFAULT)
    except ValueError as error:
        _misuse(str(error))
    if name or output:
        from eval.reporting import finish
        from ui.eval_system import run_place

        try:
            label, place = run_place(default_home(), gold.name, name, output)
        except ValueError as error:
            _misuse(str(error))
        system = {"encoder": encoder or "built-in", "legs": [leg for leg in results if leg != HYBRID]}
        finish(place, retrieval_run(gold, results[HYBRID], name=label, system=system))
    _print_retrieval(results, as_json=json)


@app.command()
def history(json: Annotated[bool, typer.Option("--json", help="JSON で出す。")] = False) -> None:
    """これまでの実行の一覧を出す。"""
    from eval.history import history as earlier

    lines = earlier(default_home())
    if json:
        from json import dumps

        rows = [
            {"name": x.name, "started": x.started, "testset": x.testset, "build": x.build, "questions": x.questions,
             "measures": x.figures, "problem": x.problem}
            for x in lines
        ]  # fmt: skip
        typer.echo(dumps(rows, ensure_ascii=False))
    elif not lines:
        typer.echo("まだ実行がありません。例: madoguchi eval run yokohama-dev")
    else:
        from ui.eval_printing import history_table, show

        show(history_table(lines))


@app.command()
def template(
    path: Annotated[Path, typer.Argument(metavar="ファイル", help=".xlsx か .csv。")] = Path("testset.xlsx"),
    force: Annotated[bool, typer.Option("--force", help="同じ名前のファイルがあっても書く。")] = False,
) -> None:
    """試験セットのひな形を書く。"""
    from eval.datasets.template import write_template

    if path.exists() and not force:
        _misuse(f"{path} はすでにあります。別の名前にするか、--force を付けてください")
    try:
        write_template(path)
    except ValueError as error:
        _misuse(str(error))
    typer.echo(f"{path} を書きました。「書き方」のシートに列の説明があります。")


class _Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self, label: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self._task = self._bar.add_task(label)

    def __enter__(self) -> "_Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)


def _misuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(MISUSED)


def _tell_problems(problems: "tuple[SetProblem, ...]") -> None:
    for problem in problems[:_SHOWN_PROBLEMS]:
        typer.echo(("× " if problem.fatal else "・") + str(problem), err=True)
    if len(problems) > _SHOWN_PROBLEMS:
        typer.echo(f"ほかに{len(problems) - _SHOWN_PROBLEMS}件。すべては報告書にあります。", err=True)


def _print_run(run: "Run", summary: "Summary", folder: Path, *, as_json: bool) -> None:
    from json import dumps

    if as_json:
        from eval.summarizing import to_json

        typer.echo(dumps({"folder": str(folder), **to_json(summary)}, ensure_ascii=False))
        return
    from ui.eval_printing import show, summary_table

    show(summary_table(run, summary))
    typer.echo(f"報告書：{folder / 'report.html'}")


def _print_comparison(found: "Comparison", page: Path, *, as_json: bool) -> None:
    from json import dumps

    if as_json:
        from eval.reporting import comparison_json

        typer.echo(dumps(comparison_json(found), ensure_ascii=False))
        return
    from ui.eval_printing import comparison_table, show

    for remark in found.remarks:
        typer.echo(f"・{remark}", err=True)
    show(comparison_table(found))
    typer.echo(found.overall)
    typer.echo(f"報告書：{page}")


def _print_retrieval(results: "dict[str, RetrievalResult]", *, as_json: bool) -> None:
    from json import dumps

    if as_json:
        means = {way: result.means() for way, result in results.items()}
        rounded = {way: {name: round(value, 6) for name, value in row.items()} for way, row in means.items()}
        typer.echo(dumps(rounded, ensure_ascii=False))
        return
    from ui.eval_printing import retrieval_table, show

    show(retrieval_table(results))
