"""The ranker: a weighted sum of what the legs say, whose weights depend on what the query is like."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from index.fusion.signs import Floats, Signs, signs_of
from index.ranking import NOTHING, Ranking, best

_WEIGHTS = "ranker.json"
# A query unlike all that the weights were fitted on is taken for the most unlike of those that were.
FARTHEST = 2.0
# As much as the built-in vectors weigh.
FOREIGN = 1.0


@dataclass(frozen=True, slots=True)
class FusionRanker:
    """A candidate scores Σ over legs of share × (weight + gates · query), all signs centred and scaled.

    `gates` (2 × legs, legs) tells how the weight of a leg moves with each sign of the query; `centre` and `scale`
    are those of the shares, `query_centre` and `query_scale` those of the query's signs. A leg that says nothing
    moves nothing. `legs` names the columns. A leg that the weights were not fitted for (a sparse encoder's) is
    centred and scaled by the candidates at hand, and weighs FOREIGN.
    """

    legs: tuple[str, ...]
    centre: Floats
    scale: Floats
    weights: Floats
    query_centre: Floats
    query_scale: Floats
    gates: Floats

    def rank(self, rankings: Mapping[str, Ranking], *, depth: int) -> Ranking:
        """Return the fused ranking; scores are probabilities that add up to 1 over all candidates."""
        signs = signs_of(rankings, self.legs + tuple(name for name in rankings if name not in self.legs))
        if not len(signs.rows):
            return NOTHING
        many = len(self.legs)
        own = Signs(signs.rows, signs.shares[:, :many], np.delete(signs.query, _foreign(signs, many)))
        scores = self.scores(own) + FOREIGN * _standardised(signs.shares[:, many:]).sum(axis=1)
        chances = np.exp(scores - scores.max())
        return best(signs.rows, chances / chances.sum(), depth=depth)

    def weighed(self, weights: Sequence[float]) -> "FusionRanker":
        """Return a ranker with these weights, whatever the query is like."""
        return replace(self, weights=np.array(weights, np.float32), gates=np.zeros_like(self.gates))

    def scores(self, signs: Signs) -> Floats:
        """Return a score a row, higher is better; only differences within a query mean anything."""
        shares = np.nan_to_num((signs.shares - self.centre) / self.scale)
        query = np.clip(
            np.nan_to_num((signs.query - self.query_centre) / self.query_scale), -FARTHEST, FARTHEST
        )
        scores: Floats = shares @ (self.weights + query @ self.gates)
        return scores


def _foreign(signs: Signs, many: int) -> list[int]:
    """Return which of the query's signs are of legs beyond the first `many`."""
    legs = signs.shares.shape[1]
    return [*range(many, legs), *range(legs + many, 2 * legs)]


def _standardised(shares: Floats) -> Floats:
    centred = shares - shares.mean(axis=0)
    scaled: Floats = np.nan_to_num(centred / np.maximum(shares.std(axis=0), 1e-6))
    return scaled


@cache
def shipped_ranker() -> FusionRanker:
    """Return the ranker that the project ships (see eval/training/fusion for what it was fitted on)."""
    return read_ranker(files("index.fusion").joinpath(_WEIGHTS).read_text(encoding="utf-8"))


def read_ranker(written: str) -> FusionRanker:
    """Read what `written_ranker` wrote."""
    stored = json.loads(written)
    arrays = {
        key: np.array(value, np.float32) for key, value in stored.items() if key not in ("legs", "card")
    }
    return FusionRanker(tuple(stored["legs"]), **arrays)


def written_ranker(ranker: FusionRanker, card: Mapping[str, object]) -> str:
    """Return a ranker as JSON, with a card that says what it was fitted on."""
    arrays = {
        name: np.round(getattr(ranker, name).astype(float), 4).tolist()
        for name in ("centre", "scale", "weights", "query_centre", "query_scale", "gates")
    }
    return (
        json.dumps({"card": card, "legs": list(ranker.legs), **arrays}, indent=1, ensure_ascii=False) + "\n"
    )
