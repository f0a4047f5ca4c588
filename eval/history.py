"""Earlier runs of a home: where they are kept, and one line on each."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.runs import CONFIG, SUMMARY, TIMINGS


@dataclass(frozen=True, slots=True)
class Line:
    """One earlier run. `figures` has the primary measures with their intervals; `problem` why there are none."""

    name: str
    folder: Path
    started: str
    testset: str
    build: str
    questions: int
    figures: dict[str, Any]
    problem: str = ""


def runs_folder(home: Path) -> Path:
    """Return the folder of a home's runs."""
    return home / "runs"


def run_folder(home: Path, name: str) -> Path:
    """Return where a run of this name is kept; characters that a path cannot hold become _."""
    return runs_folder(home) / (re.sub(r"[^\w.\-]+", "_", name).strip("._") or "run")


def find_run(home: Path, name: str) -> Path:
    """Return the folder that a path or a run's name means; raises ValueError with the names there are."""
    for folder in (Path(name), run_folder(home, name)):
        if folder.is_dir():
            return folder
    known = "、".join(line.name for line in history(home)[:8]) or "まだありません"
    raise ValueError(f"実行「{name}」がありません。実行の記録：{known}")


def history(home: Path) -> list[Line]:
    """Return the runs, the newest first; a folder without a summary is listed with its problem."""
    folder = runs_folder(home)
    found = [_line(path) for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return sorted(found, key=lambda line: (line.started, line.name), reverse=True)


def _line(folder: Path) -> Line:
    config, summary, timings = (_read(folder / name) for name in (CONFIG, SUMMARY, TIMINGS))
    system = config.get("system", {})
    return Line(
        name=folder.name,
        folder=folder,
        started=str(timings.get("started", "")),
        testset=str(config.get("testset", {}).get("name", "")),
        build=str(system.get("bundle") or system.get("replies") or "＋".join(system.get("legs", ()))),
        questions=int(summary.get("questions", 0)),
        figures=dict(summary.get("measures", {})),
        problem="" if summary else "途中で終わった実行です",
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
