"""How long the slowest of 5,000 adversarial questions over adversarial documents takes: never more than two seconds."""

import json
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.adversarial_texts import documents, questions
from qa.assistant import Assistant
from qa.building import build
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


def asked(assistant: Assistant, texts: list[str]) -> list[tuple[float, str, str]]:
    """Return for each question that the faces let through: seconds, the question, the status of its reply."""
    taken = []
    allowed = [text for text in map(cleaned, texts) if not objection(text)]
    for number, text in enumerate(allowed):
        history = allowed[number - 2 : number] if number % _FOLLOWING == 0 else []
        started = perf_counter()
        reply = assistant.ask(text, history=history)
        taken.append((perf_counter() - started, text, type(reply).__name__))
    return taken


def measure(folder: Path) -> dict[str, Any]:
    """Return the figures of one round."""
    started = perf_counter()
    home = adversarial_home(folder, seed=_SEED)
    built = perf_counter() - started
    taken = sorted(asked(Assistant.open(home), questions(_SEED, _QUESTIONS)), reverse=True)
    seconds = [row[0] for row in taken]
    cut = quantiles(seconds, n=100)
    statuses = [row[2] for row in taken]
    return {
        "build_s": built,
        "questions": len(taken),
        "p50_ms": 1_000 * cut[49],
        "p99_ms": 1_000 * cut[98],
        "p100_ms": 1_000 * seconds[0],
        "replies": {status: statuses.count(status) for status in sorted(set(statuses))},
        "slowest": [{"ms": 1_000 * row[0], "question": row[1]} for row in taken[:_SLOWEST_SHOWN]],
    }


def main() -> None:
    """Measure, print, and write the figures to `bench/results/adversarial.json`."""
    with TemporaryDirectory() as folder:
        found = measure(Path(folder))
    print(
        f"意地の悪い質問 {found['questions']:,} 件 p50 {found['p50_ms']:.1f} ms・p99 {found['p99_ms']:.1f} ms・"
        f"p100 {found['p100_ms']:.1f} ms（索引 {found['build_s']:.1f} 秒）"
    )
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
