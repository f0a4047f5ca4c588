"""The commands that keep a home in order: build, add, remove, documents, rollback."""

from collections.abc import Callable, Sequence
from json import dumps
from pathlib import Path

from corpus.types import Problem
from index.bundle import open_bundle
from index.encoders.settings import ModelChoice
from index.home import Certainty, read_settings, write_settings
from index.homes.home_building import BuildReport
from index.homes.home_documents import restore_previous
from index.milvus.settings import StoreSettings
from index.progress import Progress
from qa.building.homes import add_documents, build, erase_document, remove_document
from qa.pieces.choosing import shipped_thresholds
from ui.documents import document_list
from ui.printing import complain, print_documents, say

_SHOWN = 20  # problems printed after a build; `doctor` counts them all


def build_index(
    home: Path, corpus: Path | None, models: ModelChoice, store: StoreSettings | None = None
) -> None:
    """Build from a folder, or from the built-in documents, and say what came of it."""
    _report(
        _watched(lambda progress: build(home, corpus=corpus, models=models, store=store, progress=progress))
    )


def add(home: Path, paths: Sequence[Path], *, replacing: bool = False, name: str | None = None) -> None:
    """Add what can be read of the documents, and name the rest; nothing else is built anew."""
    _report(
        _watched(
            lambda progress: add_documents(home, paths, replacing=replacing, name=name, progress=progress)
        )
    )


def remove(home: Path, document: str, *, erase: bool = False) -> None:
    """Take a document out, with all that the home holds of its text if told so."""
    work = erase_document if erase else remove_document
    _report(_watched(lambda progress: work(home, document, progress=progress)))


def list_documents(home: Path, *, as_json: bool) -> None:
    """Print the documents that the current bundle answers from."""
    bundle = open_bundle(home)
    listed = document_list(home, bundle.segments, bundle.documents())
    if as_json:
        say(dumps(listed, ensure_ascii=False))
    else:
        print_documents(listed)


def roll_back(home: Path) -> None:
    """Let the previous bundle serve again."""
    manifest = restore_previous(home)
    say(f"一つ前の索引 {manifest.id} に戻しました（文書 {manifest.documents} 件）。")


def set_certainty(home: Path, chosen: Certainty | None) -> None:
    """Say how sure an answer must be to be shown, and change it where a choice is given."""
    settings = read_settings(home)
    if chosen:
        settings = settings.model_copy(update={"certainty": chosen})
        write_settings(home, settings)
    least = shipped_thresholds()[settings.certainty]
    say(
        f"答えを示す目安：{_CERTAINTY[settings.certainty]}（確からしさが {least:.2f} 以上の答えだけを示します）"
    )


_CERTAINTY = {
    Certainty.BALANCED: "ふつう（答えと断りの釣り合いをとる）",
    Certainty.MOST: "示した答えの95％以上が正しい",
    Certainty.NEARLY_ALL: "示した答えの99％以上が正しい",
}


def _watched(work: Callable[[Progress], BuildReport]) -> BuildReport:
    """Do the work under a progress bar; on stderr, so that stdout stays the result."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    columns = (
        *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()),
        *(TextColumn("残り"), TimeRemainingColumn()),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for task in bars.tasks:  # a stage may end without saying so
                    bars.update(task.id, completed=task.total)
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        return work(step)


def _report(report: BuildReport) -> None:
    counts = f"文書 {report.documents} 件・箇所 {report.passages:,}・数字 {report.figures:,}"
    if report.changed:
        say(f"索引 {report.bundle_id} を作りました（{counts}・{report.seconds:.1f} 秒）。")
    for note in report.notes:
        say(note)
    if report.refused:
        say(f"{len(report.added)} 件を加え、次の {len(report.refused)} 件は加えませんでした。")
    for problem in report.refused:
        complain(f"  × {_told(problem)}")
    unread = [problem for problem in report.problems if problem.page is None]
    for problem in unread[:_SHOWN]:
        complain(f"  ! {_told(problem)}")
    if len(report.problems) > min(len(unread), _SHOWN):
        say(f"確かめてほしい箇所が {len(report.problems)} 件あります。「madoguchi doctor」で見られます。")


def _told(problem: Problem) -> str:
    return f"{problem.document}：{problem.message}"
