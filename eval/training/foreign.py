"""Fits what reads questions about figures in other languages: `python -m eval.training.foreign --output qa/foreign/model`.

Everything printed is measured on ledgers that the models measured were not fitted on.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.training.encoding import foreign_training_encoder
from eval.training.foreign_figures import TRAINING, Asked, draw, fit_items, fit_operations
from index.types import Encoder


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, write the models and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    output = parser.parse_args(arguments).output
    encoder = foreign_training_encoder()
    drawn = draw()
    vectors = encoder.encode_queries([each.question for each in drawn])
    operations, told = fit_operations(encoder, drawn, vectors, questions_of_cities(encoder))
    items, meant = fit_items(encoder, drawn, vectors)
    output.mkdir(parents=True, exist_ok=True)
    for name, model in {"operations": operations, "items": items}.items():
        model.save(output / f"{name}.npz")
    report = {"figures": {"drawn": len(drawn), **told, **meant}}
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def questions_of_cities(encoder: Encoder) -> list[Asked]:
    """Return the training questions that stand alone, in all languages: none of them is about figures."""
    asked = []
    for path in sorted(TRAINING.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        questions = [row["question"] for row in rows if not row.get("history") and row.get("value") is None]
        city = path.stem.removeprefix("foreign-")
        asked += [Asked(city, vector) for vector in encoder.encode_queries(questions)] if questions else []
    return asked


if __name__ == "__main__":
    main()
