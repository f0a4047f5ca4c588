"""Fits what tells talk from questions: `python -m eval.training.talk --output qa/talk/model [--measure FILE]`.

How surely a text has to be no question is chosen from rows that the model which reads them was not fitted on:
another city's, another writer's, another theme's.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eval.training.regression import multinomial
from eval.training.talk.rows import Row, budget_rows, city_rows, name_rows, read_rows, written_rows
from index.encoders.use_encoder import fresh_use
from qa.learned.linear_models import LinearModel
from qa.talk.talk_kinds import QUESTION, REASONS, Talk
from qa.talk.talk_reading import TalkModel, likeliest
from qa.talk.talk_signs import HASHED, plain, signs

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FOLDS = 4
_RIDGE = 3e-6
_FALSE_ALARMS = 1 / 1_000
"""Share of left-out real questions that may be taken for talk."""
_LEAST, _MARGIN = 0.5, 0.005
_TOGETHER = 512


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--measure", type=Path, help="rows that are fitted on by nothing")
    given = parser.parse_args(arguments)
    written, real = written_rows(), [*city_rows(), *budget_rows()]
    rows = [*written, *name_rows(), *real]
    matrix = _signs(rows)
    kinds = np.array([row.kind for row in rows])
    place = np.arange(len(rows))
    is_real, is_tempting = place >= len(rows) - len(real), (place < len(written)) & (kinds == QUESTION)
    left_out = _left_out(rows, matrix, kinds)
    least = _least(left_out[-len(real) :], written)
    model = TalkModel(_fitted(matrix, kinds), least)
    given.output.mkdir(parents=True, exist_ok=True)
    model.linear.save(given.output / "talk.npz")
    (given.output / "thresholds.json").write_text(json.dumps(least, indent=1) + "\n", encoding="utf-8")
    told = np.array([talk >= least[kind.reason] for kind, talk in left_out])
    report = {
        "least": least,
        "left out, real questions": _share(told[is_real]),
        "left out, tempting questions": _share(told[is_tempting]),
        "left out, talk": {kind: _share(told[kinds == kind]) for kind in Talk},
        "measured": measured(model, list(read_rows(given.measure))) if given.measure else None,
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def measured(model: TalkModel, rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Return how often rows of each kind are taken for which reason."""
    told = model.told(_signs(rows).toarray())
    found: dict[str, Counter[str]] = {}
    for row, kind in zip(rows, told, strict=True):
        found.setdefault(row.kind, Counter())[kind.reason if kind else QUESTION] += 1
    return {kind: dict(counts) for kind, counts in found.items()}


def _left_out(
    rows: Sequence[Row], matrix: "csr_matrix", kinds: npt.NDArray[np.str_]
) -> list[tuple[Talk, float]]:
    """Return what each row is taken for, and how surely, by a model that saw no row of its group."""
    groups = sorted({row.group for row in rows})
    fold = np.array([groups.index(row.group) % _FOLDS for row in rows])
    found: dict[int, tuple[Talk, float]] = {}
    for out in range(_FOLDS):
        model = _fitted(matrix[fold != out], kinds[fold != out])
        told = likeliest(model, matrix[fold == out].toarray())
        found.update(zip(np.flatnonzero(fold == out).tolist(), told, strict=True))
    return [found[place] for place in range(len(rows))]


def _fitted(matrix: "csr_matrix", kinds: npt.NDArray[np.str_]) -> LinearModel:
    meanings = matrix[:, HASHED:].toarray()
    return multinomial(matrix[:, :HASHED], kinds.tolist(), ridge=_RIDGE, beside=meanings)


def _least(real: Sequence[tuple[Talk, float]], written: Sequence[Row]) -> dict[str, float]:
    """Return, by reason, from which probability on so few real questions are taken for talk.

    A reason may have the share of the false alarms that it has of the talk. Where somebody in danger asks where to
    turn, there is none: the question is answered too.
    """
    talked = Counter(Talk(row.kind).reason for row in written if row.kind != QUESTION)
    found = {}
    for reason in sorted(REASONS):
        allowed = int(len(real) * _FALSE_ALARMS * talked[reason] / talked.total())
        kinds = [kind for kind in Talk if kind.reason == reason and kind is not Talk.DISTRESS_ASKING]
        alarms = sorted((talk for kind, talk in real if kind in kinds), reverse=True)
        found[reason] = round(max([_LEAST, *alarms[allowed : allowed + 1]]) + _MARGIN, 3)
    return found


def _share(told: npt.NDArray[np.bool_]) -> str:
    return f"{int(told.sum())} of {len(told)}"


def _signs(rows: Sequence[Row]) -> "csr_matrix":
    from scipy.sparse import csr_matrix, vstack

    encoder = fresh_use()
    parts = []
    for start in range(0, len(rows), _TOGETHER):
        texts = [plain(row.text) for row in rows[start : start + _TOGETHER]]
        vectors = encoder.encode_queries(texts)
        parts.append(
            csr_matrix(np.stack([signs(text, vector) for text, vector in zip(texts, vectors, strict=True)]))
        )
    return csr_matrix(vstack(parts))


if __name__ == "__main__":
    main()
