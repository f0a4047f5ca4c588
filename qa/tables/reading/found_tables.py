"""The tables that a question may be about: those of which it names cells, and those whose titles are near."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.tokenizer import shared_tokenizer
from index.types import Encoder
from qa.tables.asking.asked_forms import AskedForms
from qa.tables.naming.cell_namings import Naming, namings
from qa.tables.naming.meant_names import Meant
from qa.tables.naming.naming_model import NamingModel, naming_signs
from qa.tables.store.table_store import StoredTable, TableStore
from qa.tables.store.value_keys import KeyedText

_LOOKED = 12  # tables whose names are judged
_FOUND = 5
_SURELY = 0.5  # likelihood from which on a name is taken for meant
Numbers = npt.NDArray[np.float32]
Key = tuple[int, int]


@dataclass(frozen=True)
class FoundTable:
    """A table, how near its titles are to the question (cosines), and what is named in it, each with its likelihood."""

    key: Key
    table: StoredTable
    near: float
    named: tuple[tuple[Naming, float], ...]

    @property
    def strength(self) -> float:
        """Return the likelihood of the surest name."""
        return max((chance for _, chance in self.named), default=0.0)


class TableFinder:
    """Finds tables for questions; `near` a question is the cosine of the title, and half that of the nearest column."""

    def __init__(self, store: TableStore, encoder: Encoder, model: NamingModel) -> None:
        self._store, self._encoder, self._model = store, encoder, model

    def found(
        self, text: KeyedText, forms: AskedForms, whole: Numbers, but: frozenset[Key] = frozenset()
    ) -> list[FoundTable]:
        """Return the tables `but` these that a question may be about, likeliest first; `whole` is its vector."""
        named = outside_forms(namings(self._store, text), text, forms)
        near = self._nearness(whole)
        places = self._store.places
        rough = {
            key: max((_size(one) for one in own if text.key[one.start : one.end] not in places), default=0.0)
            for key, own in named.items()
        }
        looked = sorted(near.keys() - but, key=lambda key: -rough.get(key, 0.0) / 4 - 2 * near[key])[:_LOOKED]
        meant = Meant(self._store, self._encoder, text, whole)
        boundaries = boundaries_of(text.text)
        found = [
            self._found(key, near[key], meant.added(key, named.get(key, [])), text, boundaries)
            for key in looked
        ]
        return sorted(found, key=lambda one: -one.strength - 2 * one.near)[:_FOUND]

    def _nearness(self, whole: Numbers) -> dict[Key, float]:
        keys, titles, columns, owners = self._store.titles
        if not keys:
            return {}
        fitting = np.full(len(keys), -1.0, np.float32)
        np.maximum.at(fitting, owners, columns @ whole)
        return dict(zip(keys, (titles @ whole + fitting / 2).tolist(), strict=True))

    def _found(
        self, key: Key, near: float, named: Sequence[Naming], text: KeyedText, boundaries: frozenset[int]
    ) -> FoundTable:
        table = self._store.table(key)
        if not named:
            return FoundTable(key, table, near, ())
        signs = naming_signs(table, named, text, boundaries, self._store.places)
        chances = self._model.chances(signs).tolist()
        return FoundTable(key, table, near, tuple(zip(named, chances, strict=True)))


def outside_forms(
    named: dict[Key, list[Naming]], text: KeyedText, forms: AskedForms
) -> dict[Key, list[Naming]]:
    """Return what is named outside the stretches that forms take."""

    def formed(one: Naming) -> bool:
        start, end = text.span(one.start, one.end)
        if any(first < start < last for first, last in forms.years):  # 6年 of 令和6年
            return True
        taken = forms.years if text.key[one.start : one.end].isdigit() else ()
        return any(first <= start and end <= last for first, last in (*forms.spans, *taken))

    return {key: [one for one in own if not formed(one)] for key, own in named.items()}


def surely_named(named: Sequence[tuple[Naming, float]]) -> list[Naming]:
    """Return the names that are surely meant, none over another."""
    kept: list[Naming] = []
    for one, chance in sorted(named, key=lambda pair: -pair[1]):
        if chance >= _SURELY and not any(a.start < one.end and one.start < a.end for a in kept):
            kept.append(one)
    return kept


def _size(one: Naming) -> float:
    """Return how much a naming tells, roughly: its letters, more where it is a whole cell or of few."""
    return float(min(one.size, 8) * (1.0 if one.whole else 0.7) / (1.0 + np.log1p(len(one.places)) / 4))


def boundaries_of(text: str) -> frozenset[int]:
    """Return where the words of a text begin and end."""
    tokens = shared_tokenizer().tokens(text)
    return frozenset(place for token in tokens for place in (token.start, token.end))
