"""Stores of vectors alone, exact and approximate: build, recall and one query, by the number of drawn vectors.

`python -m bench.vectors 10000 100000 1000000 --texts FILE` draws around the texts of a JSON Lines file (field `text`),
else around synthetic passages. `--lists` measures lists also where the store would be exact.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.drawn import DrawnEncoder, draw_around_texts
from bench.processes import ROOT
from bench.scale import machine
from bench.scale_asking import resident
from bench.synthetic import synthetic_file
from index.types import Vectors
from index.vectors.stores import EXACT_UP_TO, SavedStore, fit_store, load_store
from qa.process_setup import set_up_process

_SIZES = (1_000, 10_000, 100_000)
_BLOCK = 50_000
_QUERIES, _WARMING = 300, 100
_DEPTH = 200  # what the dense leg asks for
_DOCUMENTS = 250


def measure(drawing: DrawnEncoder, size: int, folder: Path, *, exact_up_to: int) -> dict[str, Any]:
    """Fit a store of drawn vectors, open it again, and query it on one thread."""
    vectors = _drawn(drawing, size, folder / "vectors.npy")
    started, cpu = perf_counter(), process_time()
    store = fit_store(vectors, exact_up_to=exact_up_to)
    seconds, cpu_seconds = perf_counter() - started, process_time() - cpu
    store.save(folder / "store")
    report = store.report
    del store, vectors
    (folder / "vectors.npy").unlink()
    queries = drawing.drawn(np.arange(2**40, 2**40 + _QUERIES + _WARMING, dtype=np.uint64))
    before = resident()
    opened = load_store(folder / "store")
    milliseconds = _milliseconds(opened, queries)
    return {
        "kind": report.kind,
        "vectors": size,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "recall_at_10": report.recall_at_10,
        "parameters": dict(report.parameters),
        "disk_mb": (folder / "store").stat().st_size / 2**20,
        "p50_ms": milliseconds[len(milliseconds) // 2],
        "p99_ms": milliseconds[int(len(milliseconds) * 0.99)],
        "resident_mb": resident() - before,
        "machine": machine(),
    }


def _drawn(drawing: DrawnEncoder, size: int, path: Path) -> Vectors:
    """Draw into a mapped file, so that the largest size needs no memory."""
    vectors = np.lib.format.open_memmap(path, "w+", np.float32, (size, drawing.dimension))
    for start in range(0, size, _BLOCK):
        end = min(start + _BLOCK, size)
        vectors[start:end] = drawing.drawn(np.arange(start, end, dtype=np.uint64))
    return vectors


def _milliseconds(store: SavedStore, queries: Vectors) -> list[float]:
    taken = []
    for row in range(len(queries)):
        started = perf_counter()
        store.nearest(queries[row : row + 1], k=_DEPTH)
        taken.append((perf_counter() - started) * 1_000)
    return sorted(taken[_WARMING:])


def _texts(path: Path | None) -> Sequence[str]:
    if path is None:
        return [text for n in range(_DOCUMENTS) for text in synthetic_file(n).text.split("\n\n")]
    return [json.loads(line)["text"] for line in path.open(encoding="utf-8")]


def main() -> None:
    """Measure, print a line a size, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=_SIZES)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--lists", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the vectors are drawn: 2 GB for a million")
    parser.add_argument("--results", type=Path, default=ROOT / "bench" / "results" / "vectors.json")
    asked = parser.parse_args()
    drawing = draw_around_texts(_texts(asked.texts))
    set_up_process()
    found = []
    for size in asked.sizes:
        with TemporaryDirectory(dir=asked.folder) as folder:
            exact_up_to = 0 if asked.lists else EXACT_UP_TO
            found.append(measure(drawing, size, Path(folder), exact_up_to=exact_up_to))
        told = {
            key: round(value, 3) if isinstance(value, float) else value for key, value in found[-1].items()
        }
        print(json.dumps(told, ensure_ascii=False), flush=True)
    asked.results.parent.mkdir(parents=True, exist_ok=True)
    asked.results.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
