"""LightGBM's trees, read from its text format and evaluated by NumPy for many rows at once.

Each leaf is a bit. A node whose test fails rules out the leaves to its left; the lowest bit left is the leaf
reached (QuickScorer, Lucchese 2015). All nodes of all trees are tested at once: there is no walk.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Table = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]
_ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


class Trees:
    """An ensemble, given by its nodes: the feature and threshold each tests, its tree, and the mask of leaves
    that stay possible where the value is above the threshold. `leaves[t, b]` is what leaf b of tree t adds.
    """

    ARRAYS = ("features", "thresholds", "trees", "masks", "leaves")

    def __init__(
        self,
        names: tuple[str, ...],
        *,
        features: npt.NDArray[np.int32],
        thresholds: npt.NDArray[np.float64],
        trees: npt.NDArray[np.int32],
        masks: Bits,
        leaves: npt.NDArray[np.float64],
    ) -> None:
        self.names = names
        self._arrays: dict[str, npt.NDArray[Any]] = {
            "features": features,
            "thresholds": thresholds,
            "trees": trees,
            "masks": masks,
        }
        self._leaves = leaves
        self._bits = _narrowest(masks)
        # One row a tree, filled up with nodes that nothing fails.
        places = _places(trees, len(leaves))
        self._features = _in_rows(features, places, 0)
        self._thresholds = _in_rows(_rounded_down(thresholds), places, np.inf)[:, :, None]
        self._masks = _in_rows(masks.astype(self._bits), places, 0)[:, :, None]

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays to store, by the names in `ARRAYS`."""
        return {**self._arrays, "leaves": self._leaves}

    def predict(self, table: Table) -> Scores:
        """Return the raw score of each column of a (features, rows) table."""
        scores = [self._scores(table[:, n : n + _AT_ONCE]) for n in range(0, table.shape[1], _AT_ONCE)]
        return np.concatenate(scores) if scores else np.empty(0)

    def _scores(self, table: Table) -> Scores:
        kept = (table[self._features] > self._thresholds).astype(self._bits)
        kept -= self._bits.type(1)  # All bits where a test holds, none where it fails: there the mask stays.
        kept |= self._masks
        state = np.bitwise_and.reduce(kept, axis=1)
        lowest = state & (~state + self._bits.type(1))
        leaf = np.log2(lowest.astype(np.float64)).astype(np.int64)
        scores: Scores = np.take_along_axis(self._leaves, leaf, axis=1).sum(axis=0)
        return scores


_AT_ONCE = 256
"""Rows that are tested together: what all nodes say of them stays in a processor's cache."""


def _places(trees: npt.NDArray[np.int32], many: int) -> npt.NDArray[np.intp]:
    """Return the nodes of each tree, (trees, most nodes of one), −1 where a tree has no more."""
    sizes = np.bincount(trees, minlength=many)
    places = np.full((many, sizes.max(initial=0)), -1, np.intp)
    places[np.arange(places.shape[1]) < sizes[:, None]] = np.argsort(trees, kind="stable")
    return places


def _in_rows(nodes: npt.NDArray[Any], places: npt.NDArray[np.intp], missing: float) -> npt.NDArray[Any]:
    return np.append(nodes, nodes.dtype.type(missing))[places]


def _narrowest(masks: Bits) -> np.dtype[Any]:
    """Return a type with a bit for each leaf: of L leaves some mask rules out the last but one."""
    most = next((n for n in (16, 32) if not np.any(~masks >> np.uint64(n - 1))), 64)
    return np.dtype(f"uint{most}")


def _rounded_down(thresholds: npt.NDArray[np.float64]) -> Table:
    """A value of 32 bits is above a threshold of 64 where it is above the next lower one of 32."""
    near = thresholds.astype(np.float32)
    return np.where(near > thresholds, np.nextafter(near, np.float32(-np.inf)), near)


def load_trees(path: Path) -> Trees:
    """Read a model file; ValueError if it has categorical tests, linear leaves or more than 64 leaves a tree."""
    header, *blocks = path.read_text(encoding="utf-8").split("\nTree=")
    fields = _fields(header)
    trees = [_fields(block.split("\nend of trees")[0]) for block in blocks]
    parsed = [_tree(tree) for tree in trees]
    leaves = np.zeros((len(parsed), 64))
    for number, (_, values) in enumerate(parsed):
        leaves[number, : len(values)] = values
    nodes = [(*node, number) for number, (own, _) in enumerate(parsed) for node in own]
    return Trees(
        tuple(fields["feature_names"].split()),
        features=np.array([feature for feature, _, _, _ in nodes], np.int32),
        thresholds=np.array([threshold for _, threshold, _, _ in nodes], np.float64),
        trees=np.array([number for _, _, _, number in nodes], np.int32),
        masks=np.array([mask for _, _, mask, _ in nodes], np.uint64),
        leaves=leaves,
    )


def _fields(block: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in block.splitlines() if "=" in line)


_Node = tuple[int, float, int]
"""Feature, threshold, and the mask that stays when the value is above the threshold."""


def _tree(fields: Mapping[str, str]) -> tuple[list[_Node], list[float]]:
    values = [float(v) for v in fields["leaf_value"].split()]
    if len(values) > 64 or int(fields["num_cat"]) or int(fields.get("is_linear", "0")):
        raise ValueError("only trees of up to 64 leaves with numerical tests can be evaluated")
    if len(values) == 1:
        return [], values
    left, right = ([int(v) for v in fields[f"{side}_child"].split()] for side in ("left", "right"))
    spans = _leaf_order(left, right)
    order = spans[0]
    features, thresholds = fields["split_feature"].split(), fields["threshold"].split()
    rank = {leaf: bit for bit, leaf in enumerate(order)}
    nodes = [
        (
            int(features[n]),
            float(thresholds[n]),
            int(_ALL) & ~sum(1 << rank[leaf] for leaf in _under(left[n], spans)),
        )
        for n in range(len(left))
    ]
    return nodes, [values[leaf] for leaf in order]


def _leaf_order(left: Sequence[int], right: Sequence[int]) -> dict[int, list[int]]:
    """Return the leaves under each node from left to right; a child below 0 is leaf −child − 1."""
    spans: dict[int, list[int]] = {}
    for node in reversed(range(len(left))):
        # LightGBM numbers a child after its parent.
        spans[node] = [*_under(left[node], spans), *_under(right[node], spans)]
    return spans


def _under(child: int, spans: Mapping[int, list[int]]) -> list[int]:
    return spans[child] if child >= 0 else [-child - 1]
