"""How each cost grows with the passages: builds, asks and changes synthetic cities; tables, JSON and plots.

`python -m bench.scale 1000 10000` takes minutes; `--drawn 1000000` builds all legs over drawn vectors.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from bench.processes import ROOT, environment, run
from bench.scale_plots import write_plots
from bench.synthetic import PASSAGES_A_FILE, synthetic_file, write_corpus
from bench.watching import PeakMemory

RESULTS = ROOT / "bench" / "results"
_SIZES = (1_000, 10_000)
_ADDED = 9_999_999  # the number of the document that is added: none of the corpus has it


def whole(passages: int, folder: Path) -> dict[str, Any]:
    """Build a city of so many passages with all that answers need, ask it, add a document and remove it."""
    corpus, home = folder / "corpus", folder / "home"
    write_corpus(corpus, passages)
    figures = _child("building", "bench.scale_building", home, str(home), str(corpus))
    figures["disk_mb"] = _megabytes((home / "current").resolve())
    figures |= _child("asking", "bench.scale_asking", home, str(home))
    added = synthetic_file(_ADDED)
    path = folder / f"{added.name}.txt"
    path.write_text(added.text, encoding="utf-8")
    figures["add_s"] = run(["-m", "ui", "add", str(path)], home).seconds
    figures["remove_s"] = run(["-m", "ui", "remove", added.name], home).seconds
    return figures


def drawn(passages: int, folder: Path) -> dict[str, Any]:
    """Build the legs of so many passages over drawn vectors, and ask them."""
    figures = _child("building", "bench.scale_drawn", folder, "build", str(folder), str(passages))
    figures["disk_mb"] = _megabytes(folder / "segments")
    return figures | _child("asking", "bench.scale_drawn", folder, "ask", str(folder))


def _child(part: str, module: str, home: Path, *arguments: str) -> dict[str, Any]:
    """Run a module of the bench; return the JSON it prints, the largest memory and the processor time it took."""
    before = _processor_seconds()
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        with PeakMemory(child.pid) as peak:
            told = child.communicate()[0]
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, command)
    figures: dict[str, Any] = json.loads(told.splitlines()[-1])
    return figures | {f"{part}_peak_mb": peak.megabytes, f"{part}_cpu_s": _processor_seconds() - before}


def _processor_seconds() -> float:
    """Return what the children of this process have taken that have ended, and theirs."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def rows(figures: dict[str, Any]) -> list[tuple[str, str]]:
    """Return one size's figures as lines to read."""
    recall = min((store["recall_at_10"] for store in figures["stores"].values()), default=1.0)
    lines = [
        ("箇所", f"{figures['passages']:,}"),
        ("索引を作る", f"{figures['seconds']:.0f} 秒"),
        *((f"　{stage}", f"{seconds:.1f} 秒") for stage, seconds in figures["stages"].items()),
        ("　うちプロセッサー時間", f"{figures['building_cpu_s']:.0f} 秒"),
        ("ディスク", f"{figures['disk_mb']:.0f} MB"),
        ("探すだけの1問", _spread(figures["retrieval"])),
        ("ベクトルの再現率（10件、厳密な検索に対して）", f"{recall:.3f}"),
        ("答えるプロセス", f"{figures['resident_mb']:.0f} MB"),
    ]
    if "answer" in figures:
        lines += [
            ("1問に答える", _spread(figures["answer"])),
            ("入力の候補", _spread(figures["suggest"])),
            ("文書を一つ加える・除く", f"{figures['add_s']:.1f} 秒・{figures['remove_s']:.1f} 秒"),
        ]
    return lines


def _spread(found: dict[str, float]) -> str:
    return f"p50 {found['p50_ms']:.1f} ms・p99 {found['p99_ms']:.1f} ms"


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    return {
        "date": date.today().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "load": os.getloadavg()[0],
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="passages; without any: 1000 10000")
    parser.add_argument("--drawn", type=int, nargs="*", default=[], help="passages over drawn vectors")
    parser.add_argument("--folder", type=Path, help="where to build (kept); else a temporary folder")
    parser.add_argument("--results", type=Path, default=RESULTS / "scale.json")
    parser.add_argument(
        "--plots", type=Path, help="a folder for the plots of all results; else beside the JSON"
    )
    return parser.parse_args()


def main() -> None:
    """Measure, print, and add what was found to the results of earlier runs."""
    asked, console = _arguments(), Console(width=100)
    sizes = asked.sizes or ([] if asked.drawn else _SIZES)
    for kind, work, counts in (("whole", whole, sizes), ("drawn", drawn, asked.drawn)):
        for passages in counts:
            with TemporaryDirectory(dir=asked.folder) as folder:
                found = {"kind": kind, **work(passages, Path(folder)), "machine": machine()}
            table = Table("項目", "値", title=f"{passages:,} 箇所（{kind}）")
            for row in rows(found):
                table.add_row(*row)
            console.print(table)
            _keep(asked.results, found)
    results = json.loads(asked.results.read_text(encoding="utf-8"))
    for path in write_plots(results, asked.plots or asked.results.parent):
        console.print(f"図: {path}")


def _keep(path: Path, found: dict[str, Any]) -> None:
    """Add a result to the file; one of the same kind and about the same size takes its place."""
    earlier = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    kept = [old for old in earlier if (old["kind"], _size(old)) != (found["kind"], _size(found))]
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted([*kept, found], key=lambda one: (one["kind"], one["passages"]))
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _size(found: dict[str, Any]) -> int:
    passages: int = found["passages"]
    return round(passages / PASSAGES_A_FILE / 10)


if __name__ == "__main__":
    main()
