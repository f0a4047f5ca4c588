"""Fits all that answers questions in other languages: `python -m eval.training.foreign --output qa/foreign/model`.

Everything printed is measured on cities or ledgers that the models measured were not fitted on.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.training.encoding import foreign_training_encoder
from eval.training.foreign_figures import draw, fit_items, fit_operations
from eval.training.foreign_passages import fit_passages, read_questions

_BARS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, write the models and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    output = parser.parse_args(arguments).output
    encoder = foreign_training_encoder()
    asked = read_questions(encoder)
    models, fates = fit_passages(asked)
    drawn = draw()
    vectors = encoder.encode_queries([each.question for each in drawn])
    operations, told = fit_operations(encoder, drawn, vectors, asked)
    items, meant = fit_items(encoder, drawn, vectors)
    output.mkdir(parents=True, exist_ok=True)
    for name, model in {
        "wants": models.wants, "choice": models.choice, "sure": models.sure, "operations": operations, "items": items
    }.items():  # fmt: skip
        model.save(output / f"{name}.npz")
    report = {"questions": len(fates), **_measures(fates), "figures": {"drawn": len(drawn), **told, **meant}}
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _measures(fates: Sequence[dict[str, Any]]) -> dict[str, Any]:
    answerable = [fate for fate in fates if fate["answerable"]]
    found = [fate["evidence_rank"] is not None and fate["evidence_rank"] <= 5 for fate in answerable]
    first = [fate["evidence_rank"] == 1 for fate in answerable]
    languages = sorted({fate["language"] for fate in answerable})
    return {
        "evidence first": interval(first),
        "evidence within five": interval(found),
        "within five by language": {
            language: interval(
                [f for f, fate in zip(found, answerable, strict=True) if fate["language"] == language]
            )
            for language in languages
        },
        "right before any bar": interval([fate["right"] for fate in answerable]),
        "bars": {str(bar): _at(fates, bar) for bar in _BARS},
    }


def _at(fates: Sequence[dict[str, Any]], bar: float) -> dict[str, list[float]]:
    shown = [fate for fate in fates if fate["probability"] >= bar]
    return {
        "answered right": interval(
            [f["right"] and f["probability"] >= bar for f in fates if f["answerable"]]
        ),
        "kept quiet": interval([f["probability"] < bar for f in fates if not f["answerable"]]),
        "right of shown": interval([f["right"] for f in shown]),
    }


def interval(values: Sequence[bool]) -> list[float]:
    """Return the share with its 95 % interval (Wilson 1927) and the number: [share, low, high, n]."""
    n = len(values)
    if not n:
        return [0.0, 0.0, 1.0, 0]
    share, z = float(np.mean(values)), 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * ((share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5) / (1 + z * z / n)
    return [round(share, 3), round(middle - reach, 3), round(middle + reach, 3), n]


if __name__ == "__main__":
    main()
