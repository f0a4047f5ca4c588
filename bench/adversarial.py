"""How long the slowest of 5,000 adversarial questions over adversarial documents takes: never more than two seconds."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from bench.adversarial_texts import documents, questions
from qa.assistant import Assistant
from qa.building.homes import build
from qa.declining import OUT_OF_TIME
from qa.types import Decline, Reply
from ui.questions import cleaned, objection

RESULTS = Path(__file__).parent / "results" / "adversarial.json"
_QUESTIONS = 5_000
_SEED = 1
_SLOWEST_SHOWN = 5
_FOLLOWING = 10  # every tenth question follows the two before it


def adversarial_home(folder: Path, *, seed: int, characters: int = 2_000) -> Path:
    """Build a home from adversarial documents in `folder` and return it."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for name, data in documents(seed, characters=characters).items():
        (corpus / name).write_bytes(data)
    build(folder / "home", corpus=corpus)
    return folder / "home"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a question took: seconds on the wall and of the processor (the same on a quiet machine), and its reply."""

    seconds: float
    processor: float
    question: str
    reply: Reply


def asked(assistant: Assistant, texts: list[str]) -> list[Taken]:
    """Return what each question that the faces let through takes."""
    taken = []
    allowed = [text for text in map(cleaned, texts) if not objection(text)]
    for number, text in enumerate(allowed):
        history = allowed[number - 2 : number] if number % _FOLLOWING == 0 else []
        started, busy = perf_counter(), process_time()
        reply = assistant.ask(text, history=history)
        taken.append(Taken(perf_counter() - started, process_time() - busy, text, reply))
    return taken


def measure(folder: Path) -> dict[str, Any]:
    """Return the figures of one round."""
    started = perf_counter()
    home = adversarial_home(folder, seed=_SEED)
    built = perf_counter() - started
    taken = asked(Assistant.open(home), questions(_SEED, _QUESTIONS))
    slowest = sorted(taken, key=lambda row: -row.processor)[:_SLOWEST_SHOWN]
    return {
        "build_s": built,
        "questions": len(taken),
        "wall": _percentiles([row.seconds for row in taken]),
        "processor": _percentiles([row.processor for row in taken]),
        "out_of_time": sum(isinstance(r.reply, Decline) and r.reply.reason == OUT_OF_TIME for r in taken),
        "replies": Counter(type(row.reply).__name__ for row in taken),
        "slowest": [{"processor_ms": 1_000 * row.processor, "question": row.question} for row in slowest],
    }


def _percentiles(seconds: list[float]) -> dict[str, float]:
    cut = quantiles(seconds, n=100)
    return {"p50_ms": 1_000 * cut[49], "p99_ms": 1_000 * cut[98], "p100_ms": 1_000 * max(seconds)}


def main() -> None:
    """Measure, print, and write the figures to `bench/results/adversarial.json`."""
    with TemporaryDirectory() as folder:
        found = measure(Path(folder))
    print(
        f"意地の悪い質問 {found['questions']:,} 件（索引 {found['build_s']:.1f} 秒、時間切れ {found['out_of_time']} 件）"
    )
    for name, clock in (("時計", "wall"), ("CPU", "processor")):
        times = found[clock]
        print(
            f"{name} p50 {times['p50_ms']:.1f} ms・p99 {times['p99_ms']:.1f} ms・p100 {times['p100_ms']:.1f} ms"
        )
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
