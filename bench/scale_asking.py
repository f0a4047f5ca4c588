"""A child of `bench.scale`: opens an index, asks it in one thread, and tells how long that took, as JSON."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import psutil

from bench.synthetic import questions
from index.bundle import open_bundle
from qa.assistant import Assistant

_ASKED = 200


def spread(work: Callable[[str], object], texts: Sequence[str]) -> dict[str, float]:
    """Return the 50th and 99th percentile in ms of the work on each text, after one round to warm up."""
    for text in texts:
        work(text)
    taken = []
    for text in texts:
        started = perf_counter()
        work(text)
        taken.append((perf_counter() - started) * 1_000)
    taken.sort()
    return {"p50_ms": taken[len(taken) // 2], "p99_ms": taken[int(len(taken) * 0.99)]}


def resident() -> float:
    """Return this process's resident size in MB."""
    return float(psutil.Process().memory_info().rss) / 2**20


def main(home: str) -> None:
    """Ask, and print what it took."""
    asked = questions(_ASKED)
    started = perf_counter()
    assistant = Assistant.open(Path(home))
    opened = perf_counter() - started
    # A second retriever over the same files: the assistant's own is part of a whole answer.
    bundle = open_bundle(Path(home))
    beginnings = [question[:length] for question in asked[:50] for length in (1, 2, 4, 8)]
    found = {
        "open_s": opened,
        "retrieval": spread(lambda text: bundle.retriever.search(text, k=10), asked),
        "answer": spread(assistant.ask, asked[:50]),
        "suggest": spread(assistant.suggest, beginnings),
        "resident_mb": resident(),
        "stores": {name: dict(store) for name, store in bundle.manifest.stores.items()},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
