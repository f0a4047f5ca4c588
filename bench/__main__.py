"""Run all measurements, print them as a table, write them to `bench/results/latest.json`."""

import json
import platform
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from bench.answering import bundled_questions, distinct, latencies
from bench.processes import best, run
from bench.serving import Server

RESULTS = Path(__file__).parent / "results" / "latest.json"
_LOAD_SECONDS = 8.0


def measure(home: Path) -> dict[str, Any]:
    """Return every figure, by part."""
    questions = bundled_questions()
    figures: dict[str, Any] = {"build": asdict(run(["-m", "ui", "build"], home))}
    figures["cold_ask"] = asdict(best(["-m", "ui", "ask", questions[0]], home, times=5))
    figures["import_sentence_transformers"] = asdict(
        best(["-c", "import sentence_transformers"], home, times=3)
    )
    figures["in_process"] = latencies(home, questions)
    with Server(home) as server:
        figures["server"] = {"start_s": server.started, "idle_mb": server.megabytes()}
        fresh = distinct(questions)
        rounds = [
            server.load(fresh[i::3], clients=clients, seconds=_LOAD_SECONDS)
            for i, clients in enumerate((1, 4, 16))
        ]
        figures["http"] = [asdict(load) for load in rounds]
        asked = fresh[2::3][:100]
        figures["http_repeated"] = asdict(server.load(asked, clients=16, seconds=_LOAD_SECONDS, again=True))
        figures["server"]["loaded_mb"] = server.megabytes()
    return figures


def rows(figures: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the figures as lines to read."""
    ask, bare, inside = figures["cold_ask"], figures["import_sentence_transformers"], figures["in_process"]
    server = figures["server"]
    return [
        (
            "収録文書の索引を作る",
            f"{figures['build']['seconds']:.1f} 秒・{figures['build']['megabytes']:.0f} MB",
        ),
        ("はじめての ask", f"{ask['seconds']:.2f} 秒・{ask['megabytes']:.0f} MB"),
        ("import sentence_transformers だけ", f"{bare['seconds']:.2f} 秒・{bare['megabytes']:.0f} MB"),
        ("その比", f"{ask['seconds'] / bare['seconds']:.3f}"),
        ("プロセス内の1問", f"p50 {inside['p50_ms']:.2f} ms・p99 {inside['p99_ms']:.2f} ms"),
        *((f"HTTP {load['clients']} 接続", _load(load)) for load in figures["http"]),
        ("HTTP 16 接続・聞かれたことのある質問", _load(figures["http_repeated"])),
        ("サーバーの起動", f"{server['start_s']:.1f} 秒・{server['idle_mb']:.0f} MB"),
        ("負荷のあとのサーバー", f"{server['loaded_mb']:.0f} MB"),
    ]


def _load(load: dict[str, Any]) -> str:
    rate = f"{load['per_second']:.0f} 問/秒・p50 {load['p50_ms']:.1f} ms・p99 {load['p99_ms']:.1f} ms"
    return f"{rate}・失敗 {load['errors']}"


def main() -> None:
    """Measure in a home of its own."""
    console = Console(width=100)
    with TemporaryDirectory() as folder, console.status("測っています…"):
        figures = measure(Path(folder))
    figures["machine"] = {"cores": psutil.cpu_count(), "python": platform.python_version()}
    table = Table("項目", "値", title="窓口の計測")
    for row in rows(figures):
        table.add_row(*row)
    console.print(table)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(f"JSON: {RESULTS.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
