"""`python -m eval.training.encoder --retrieval FOLDER … --city DOCUMENTS=SET,SET … --measure FOLDER … --output FILE`.

Fits the turn of the built-in encoder's vectors. What is printed is measured by windows alone, before and after, on
`--measure` sets, which it was not fitted on, and on every city by a turn that was fitted without that city. A second
turn without the sets of `--unseen` is for models that are fitted on those: they meet vectors as of new questions.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.training.encoder.fitting import fitted_turn, matrix
from eval.training.encoder.pairs import QuestionSet, of_city, of_retrieval
from index.encoders.use_encoder import UseEncoder
from index.encoders.use_package import read_package
from index.encoders.use_turn_fitting import Turn
from index.encoders.use_weights import DIMENSION

_TIMES = 6  # as often as one city's: a retrieval set of thousands
_NEAR = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, write."""
    asked = _parser().parse_args(arguments)
    encoder = UseEncoder(*read_package())
    told = [(of_retrieval(Path(folder), encoder, limit=asked.limit), _TIMES) for folder in asked.retrieval]
    cities: dict[str, list[QuestionSet]] = {}
    for pair in asked.city:
        documents, _, sets = pair.partition("=")
        own = cities.setdefault(documents, [])
        own += [of_city(Path(documents), [Path(path)], encoder) for path in sets.split(",")]
    told += [(some, 1) for sets in cities.values() for some in sets]
    fitted = fitted_turn(told)
    report: dict[str, dict[str, object]] = {"not fitted on": {}, "its city left out": {}}
    for folder in asked.measure:
        some = of_retrieval(Path(folder), encoder)
        report["not fitted on"][some.name] = _before_and_after(some, matrix(fitted))
    for sets in cities.values():
        without = matrix(fitted_turn([(some, times) for some, times in told if some not in sets]))
        for some in sets:
            report["its city left out"][some.name] = _before_and_after(some, without)
    _write(fitted, asked.output)
    if asked.unseen:
        seen = [(some, times) for some, times in told if not some.name.startswith(asked.unseen)]
        _write(fitted_turn(seen), asked.unseen_output)
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _write(fitted: Turn, path: Path) -> None:
    np.savez(path, down=fitted[0], up=fitted[1])


def _before_and_after(some: QuestionSet, turned: npt.NDArray[np.float32]) -> dict[str, object]:
    plain = np.eye(DIMENSION, dtype=np.float32)
    return {
        "questions": sum(map(bool, some.answering)),
        "before": _found(some, plain),
        "after": _found(some, turned),
    }


def _found(some: QuestionSet, turned: npt.NDArray[np.float32]) -> dict[str, float]:
    """Return how often a passage that answers has the nearest window, and one of the five nearest passages'."""
    first, near = [], []
    own = _unit(some.windows @ turned)
    for vector, answering in zip(_unit(some.questions @ turned), some.answering, strict=True):
        if answering:
            best = np.full(some.passages, -1, np.float32)
            np.maximum.at(best, some.owners, own @ vector)
            found = np.argsort(-best, kind="stable")[:_NEAR].tolist()
            first.append(found[0] in answering)
            near.append(bool(answering.intersection(found)))
    return {"first": round(float(np.mean(first)), 3), "within five": round(float(np.mean(near)), 3)}


def _unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), np.float32)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retrieval", nargs="*", default=[])
    parser.add_argument("--limit", type=int, default=2000, help="queries of each retrieval set")
    parser.add_argument("--city", nargs="+", required=True)
    parser.add_argument("--measure", nargs="*", default=[])
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--unseen", help="how the names of sets begin that a second turn is fitted without")
    parser.add_argument("--unseen-output", type=Path)
    return parser


if __name__ == "__main__":
    main()
