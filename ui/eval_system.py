"""The counter as something to evaluate, and where its runs are kept."""

from datetime import datetime
from pathlib import Path

from eval.describing import describe_manifest
from eval.history import run_folder
from eval.running import System
from eval.runs import open_folder, set_aside
from qa.assistant import Assistant


def open_system(home: Path) -> System:
    """Open the home's bundle for an evaluation."""
    return system_of(Assistant.open(home))


def system_of(assistant: Assistant) -> System:
    """Return an open assistant as a system to evaluate."""
    texts = {document.id: document.text for document in assistant.documents}
    return System(assistant, assistant, texts, describe_manifest(assistant.manifest))


def run_place(home: Path, testset: str, name: str | None, output: Path | None) -> tuple[str, Path]:
    """Return a run's name and empty folder; ValueError if another program's files are there.

    In the home, an earlier run of the name is kept beside it.
    """
    label = name or (output.name if output else f"{testset}-{datetime.now():%Y%m%d-%H%M%S}")
    folder = output or run_folder(home, label)
    if not output:
        set_aside(folder)
    open_folder(folder)
    return label, folder
