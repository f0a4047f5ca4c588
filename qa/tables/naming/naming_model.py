"""Whether a stretch of a question that cells hold is meant to name them: a small network over its signs; NumPy only."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.normalizing import hiragana
from corpus.tables.types import ColumnKind
from qa.tables.naming.cell_namings import Naming
from qa.tables.store.table_store import StoredTable
from qa.tables.store.value_keys import KeyedText, value_key

KINDS = (
    ColumnKind.NAME,
    ColumnKind.CATEGORY,
    ColumnKind.TEXT,
    ColumnKind.ADDRESS,
    ColumnKind.YEAR,
    ColumnKind.READING,
    ColumnKind.ID,
)
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class NamingModel:
    """Layers `first` (signs, width) and `second` (width), with biases; `mean` and `spread` scale the signs."""

    mean: Numbers
    spread: Numbers
    first: Numbers
    first_bias: Numbers
    second: Numbers
    bias: Numbers

    def chances(self, signs: Numbers) -> Numbers:
        """Return how likely each naming is meant, 0–1."""
        scaled = np.clip((signs - self.mean) / self.spread, -5, 5)
        logits = np.maximum(scaled @ self.first + self.first_bias, 0) @ self.second + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -20, 20))), np.float32)


def naming_signs(
    table: StoredTable,
    named: Sequence[Naming],
    text: KeyedText,
    boundaries: frozenset[int],
    places: frozenset[str],
) -> Numbers:
    """Return the signs of what a question names in a table, (namings, signs).

    `boundaries` are the places of the question's text where its words begin or end; `places` are keys of names of towns.
    """
    title = value_key(table.title)
    headers = [value_key(column.title) for column in table.columns]
    return np.array(
        [_signs(table, one, named, text, boundaries, places, title, headers) for one in named], np.float32
    )


def _signs(
    table: StoredTable,
    one: Naming,
    named: Sequence[Naming],
    text: KeyedText,
    boundaries: frozenset[int],
    places: frozenset[str],
    title: str,
    headers: Sequence[str],
) -> list[float]:
    column = table.columns[one.column]
    start, end = text.span(one.start, one.end)
    run, written = text.key[one.start : one.end], text.text[start:end]
    texts = max(1, len(column.texts))
    longer = max(
        (
            other.size
            for other in named
            if other.start < one.end and one.start < other.end and other is not one
        ),
        default=0,
    )
    count = len(one.places)
    beside = [
        other for other in named if other is not one and other.start < one.end and one.start < other.end
    ]
    behind = text.text[end : end + 2]
    return [
        max((other.nearness for other in beside), default=0.0) - one.nearness,
        max((min(1.0, other.coverage) for other in beside if other.nearness == 1), default=0.0),
        float(any(other.whole and other.column != one.column for other in beside)),
        float(any(other.whole and other.column == one.column for other in beside)),
        float(any(other.column == table.name and other.size >= one.size for other in beside)), float(len(beside) > 3),
        float(behind[:1] == "の"), float(behind[:1] in ("は", "が")), float(behind[:1] in ("で", "に", "へ")),
        float(behind[:1] in ("と", "、", "や")),
        float(behind in ("って", "から", "まで", "ある", "など")), float(not behind), float(one.excluded),
        float(behind[:1] in (" ", "　")),

        float(one.whole), min(1.0, one.coverage), min(one.size, 12) / 6, count / texts, float(count == 1), float(np.log1p(count)),
        float(one.column == table.name), one.nearness, float(one.nearness < 1), float(len(run) > 1 and run in title),
        max((len(run) / len(h) for h in headers if run in h), default=0.0),
        float(hiragana(written) == written and written != run),
        float(all("ぁ" <= c <= "ん" for c in written)), float(start in boundaries), float(end in boundaries),
        longer / max(1, one.size), float(sum(_is_beside(one, other) for other in named)),
        float(run in places), float(np.log1p(texts)), texts / max(1, table.size), one.start / max(1, len(text.key)),
        *(float(column.kind is kind) for kind in KINDS),
    ]  # fmt: skip


def _is_beside(one: Naming, other: Naming) -> bool:
    """Tell whether cells of another column are named by the same letters."""
    return other.column != one.column and (other.start, other.end) == (one.start, one.end)


def load_namings(path: Path) -> NamingModel:
    """Read a saved model."""
    with np.load(path) as held:
        return NamingModel(
            **{name: held[name].astype(np.float32) for name in NamingModel.__dataclass_fields__}
        )


@cache
def shipped_namings() -> NamingModel:
    """Return the model that the project ships."""
    with as_file(files("qa.tables") / "model" / "namings.npz") as path:
        return load_namings(path)
