"""The page's evaluation tab: drop a test set, see it checked, run it, read and download; compare earlier runs."""

import shutil
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.comparing import Comparison
    from eval.types import GoldSet
    from qa.assistant import Assistant

TITLE = "評価"
_SHOWN_PROBLEMS = 30
_RUN_COLUMNS = ["名前", "日時", "試験セット", "問数", "主な結果"]
_HOW = (
    "試験セット（.xlsx・.csv・.jsonl・SQuAD形式の.json）を置くと、行ごとに確かめます。"
    "問題のある行だけを除いて実行できます。"
)


def tab(live: Any) -> None:
    """Draw the tab in an open Gradio context, over the assistant that is being served."""

    def current() -> "Assistant":
        live.refresh()
        served: Assistant = live.assistant
        return served

    build_eval_tab(current, live.home)


def build_eval_tab(assistant: "Callable[[], Assistant]", home: Path) -> None:
    """Draw the tab in an open Gradio context; runs are kept in `home`."""
    import gradio as gr

    gr.Markdown(_HOW)
    with gr.Row():
        upload = gr.File(
            label="試験セット",
            file_types=[".xlsx", ".csv", ".tsv", ".jsonl", ".json"],
            elem_id="md-eval-file",
        )
        with gr.Column():
            bundled = gr.Dropdown(
                _bundled(), label="または同梱の試験セット", value=None, elem_id="md-eval-bundled"
            )
            name = gr.Textbox(label="実行の名前（なくてもよい）", max_length=80)
            with gr.Row():
                gr.DownloadButton("ひな形（Excel）", value=_template, size="sm")
                start = gr.Button("実行する", variant="primary", elem_id="md-eval-run")
    checked = gr.HTML(elem_id="md-eval-checked")
    summary = gr.HTML(elem_id="md-eval-summary")
    reports = gr.File(
        label="報告書（HTML・Markdown・JSON）", file_count="multiple", interactive=False, visible=False
    )
    gr.Markdown("### これまでの実行を比べる")
    table = gr.Dataframe(_run_rows(home), headers=_RUN_COLUMNS, interactive=False, elem_id="md-eval-runs")
    with gr.Row():
        first = gr.Dropdown(_run_names(home), label="A（前）", elem_id="md-eval-a")
        second = gr.Dropdown(_run_names(home), label="B（後）", elem_id="md-eval-b")
        compare = gr.Button("比べる", elem_id="md-eval-compare")
    verdict = gr.HTML(elem_id="md-eval-verdict")
    comparison = gr.File(label="比較報告書", file_count="multiple", interactive=False, visible=False)

    def run(path: str | None, chosen: str | None, label: str, bar: Any = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        html, files = run_on_page(
            assistant,
            home,
            path or chosen,
            label,
            lambda done, total: bar((done, total), desc="質問", unit="問"),
        )
        names = _run_names(home)
        shown = gr.File(files, visible=bool(files))
        return html, shown, _run_rows(home), gr.Dropdown(names), gr.Dropdown(names)

    def compared(a: str | None, b: str | None) -> tuple[str, Any]:
        html, files = compare_on_page(home, a, b)
        return html, gr.File(files, visible=bool(files))

    # The one chosen last counts, and the other is cleared, so that the page never shows two sets at once.
    upload.upload(lambda path: (checked_html(path), None), upload, [checked, bundled])
    bundled.input(lambda known: (checked_html(known), None), bundled, [checked, upload])
    upload.clear(lambda: "", None, checked)
    start.click(
        run,
        [upload, bundled, name],
        [summary, reports, table, first, second],
        concurrency_limit=1,
        concurrency_id="evaluation",
    )
    compare.click(
        compared, [first, second], [verdict, comparison], concurrency_limit=1, concurrency_id="evaluation"
    )


def _bundled() -> list[str]:
    from eval.datasets.reading import BUNDLED

    return sorted(path.stem for path in BUNDLED.glob("*.jsonl"))


def _template() -> str:
    from eval.datasets.template import write_template

    path = _desk() / "testset.xlsx"
    write_template(path)
    return str(path)


def _desk() -> Path:
    # The page may hand out files of the temporary folder only.
    return Path(tempfile.mkdtemp(prefix="madoguchi-eval-"))


def checked_html(path: str | None) -> str:
    """Return what was found in a test set: how many questions, and each problem with row and column."""
    from eval.datasets.reading import read_set

    if not path:
        return ""
    try:
        gold = read_set(Path(path))
    except (ValueError, FileNotFoundError) as error:
        return _warning(str(error))
    return _checked(gold)


def _checked(gold: "GoldSet") -> str:
    from eval.report.wording import KINDS

    left_out = len({problem.row for problem in gold.problems if problem.fatal})
    kinds = "・".join(
        f"{KINDS.get(kind, kind)}{sum(q.kind == kind for q in gold.questions)}"
        for kind in dict.fromkeys(q.kind for q in gold.questions)
    )
    head = f"<p><strong>{len(gold.questions)}問</strong>を実行できます（{escape(kinds)}）。"
    head += f"問題のある{left_out}行は除きます。</p>" if left_out else "</p>"
    lines = "".join(
        f"<li>{'除外' if problem.fatal else '注意'}：{escape(str(problem))}</li>"
        for problem in gold.problems[:_SHOWN_PROBLEMS]
    )
    rest = len(gold.problems) - _SHOWN_PROBLEMS
    more = f"<p>ほか{rest}件。すべては報告書にあります。</p>" if rest > 0 else ""
    return head + (f"<ul>{lines}</ul>" if lines else "") + more


def _warning(message: str) -> str:
    return f'<p role="alert"><strong>{escape(message)}</strong></p>'


def run_on_page(
    assistant: "Callable[[], Assistant]",
    home: Path,
    path: str | None,
    label: str,
    told: Callable[[int, int], object],
) -> tuple[str, list[str]]:
    """Run a test set; return the summary as HTML and the report files, or what is wrong and no files."""
    from eval.datasets.reading import read_set
    from eval.report.run_page import summary_fragment
    from eval.reporting import finish
    from eval.running import run_set
    from eval.runs import REPORTS
    from ui.eval_system import run_place, system_of

    if not path:
        return _warning("試験セットを置くか、同梱のものを選んでください。"), []
    try:
        gold = read_set(Path(path))
    except (ValueError, FileNotFoundError) as error:
        return _warning(str(error)), []
    if not gold.questions:
        return _warning("実行できる質問がありません。") + _checked(gold), []
    name, folder = run_place(home, gold.name, label.strip() or None, None)
    done = run_set(gold, system_of(assistant()), folder, name=name, told=told)
    return summary_fragment(finish(folder, done)), _handed_out(folder, REPORTS)


def _handed_out(folder: Path, names: tuple[str, ...]) -> list[str]:
    desk = _desk()
    return [str(shutil.copy(folder / name, desk / name)) for name in names if (folder / name).exists()]


def compare_on_page(home: Path, a: str | None, b: str | None) -> tuple[str, list[str]]:
    """Compare two earlier runs; return the verdict as HTML and the report files."""
    from eval.comparing import compare_runs
    from eval.history import find_run
    from eval.reading_runs import read_run
    from eval.reporting import write_comparison

    if not a or not b:
        return _warning("比べる実行を二つ選んでください。"), []
    try:
        found = compare_runs(read_run(find_run(home, a)), read_run(find_run(home, b)))
    except ValueError as error:
        return _warning(str(error)), []
    desk = _desk()
    write_comparison(desk, found)
    return _verdict_html(found), [str(path) for path in sorted(desk.iterdir())]


def _verdict_html(found: "Comparison") -> str:
    remarks = "".join(f"<li>{escape(remark)}</li>" for remark in found.remarks)
    counts = f"良くなった{found.count('improved')}問、悪くなった{found.count('broken')}問（{len(found.changes)}問中）"
    sentences = "".join(f"<li>{escape(sentence)}</li>" for sentence in found.sentences.values())
    notes = f"<ul>{remarks}</ul>" if remarks else ""
    return f"<p><strong>{escape(found.overall)}</strong></p>{notes}<p>{counts}</p><ul>{sentences}</ul>"


def _run_names(home: Path) -> list[str]:
    from eval.history import history

    return [line.name for line in history(home) if not line.problem]


def _run_rows(home: Path) -> list[list[str]]:
    from eval.history import history
    from ui.eval_printing import headline

    return [
        [
            line.name,
            line.started[:16].replace("T", " "),
            line.testset,
            str(line.questions),
            line.problem or headline(line.figures),
        ]
        for line in history(home)
    ]
