"""How well a ranker orders the candidates of sets: the field's measures, and by cross-validation."""

from collections.abc import Callable

import numpy as np

from eval.ranking import per_query
from eval.training.fusion.examples import Example, ExampleSet
from index.fusion.ranker import FusionRanker

MEASURES = ("nDCG@10", "R@10", "MRR@10", "Success@1", "Success@5")
_DEPTH = 100


def measured(ranker: FusionRanker, some: ExampleSet) -> dict[str, float]:
    """Return the mean of each measure over a set's queries."""
    qrels = {e.query: dict(e.judged) for e in some.examples}
    run = {e.query: _ranked(ranker, e) for e in some.examples}
    found = per_query(MEASURES, qrels, run)
    return {name: float(np.mean(list(values.values()))) for name, values in found.items()}


def cross_validated(
    some: ExampleSet, fit: Callable[[ExampleSet], FusionRanker], *, folds: int = 5
) -> dict[str, float]:
    """Return the means over a set each of whose queries is ranked by a ranker that was fitted without its fold."""
    totals = dict.fromkeys(MEASURES, 0.0)
    for fold in range(folds):
        held = [e for n, e in enumerate(some.examples) if n % folds == fold]
        rest = [e for n, e in enumerate(some.examples) if n % folds != fold]
        means = measured(fit(ExampleSet(some.name, rest)), ExampleSet(some.name, held))
        totals = {name: total + means[name] * len(held) for name, total in totals.items()}
    return {name: total / len(some.examples) for name, total in totals.items()}


def _ranked(ranker: FusionRanker, example: Example) -> dict[str, float]:
    scores = ranker.scores(example.signs)
    order = np.lexsort((example.signs.rows, -scores))[:_DEPTH]
    return {example.ids[row]: float(len(order) - rank) for rank, row in enumerate(order.tolist())}
