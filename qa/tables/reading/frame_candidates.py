"""The frames that a question may mean, over the tables that it may be about, each with its signs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

import numpy as np
import numpy.typing as npt

from corpus.tables.cell_forms import is_blank
from corpus.tables.types import ColumnKind
from index.tokenizer import shared_tokenizer
from index.types import Encoder
from qa.deadline import check_time
from qa.tables.asking.asked_forms import AskedForms, forms_in
from qa.tables.asking.asked_model import NAME, NAMED, NONE, AskedModel, spoken
from qa.tables.asking.column_model import BY, HELD, TOLD, ColumnModel
from qa.tables.asking.column_signs import KINDS, AskedOfColumns, ColumnSigns, counters_in
from qa.tables.asking.condition_options import ConditionSet, condition_sets
from qa.tables.asking.conditions import (
    Condition,
    counted_condition,
    filled_condition,
    is_nothing,
    marked_condition,
)
from qa.tables.computing import Result, compute
from qa.tables.frames import OF_NUMBERS, OF_ORDER, TableFrame, TableOperation
from qa.tables.naming.cell_namings import Naming, masked, namings
from qa.tables.naming.meant_names import Meant
from qa.tables.naming.naming_model import NamingModel, naming_signs
from qa.tables.reading.candidate_signs import Against, candidate_signs, first_score
from qa.tables.store.table_store import StoredColumn, StoredTable, TableStore
from qa.tables.store.value_keys import KeyedText, keyed_question

OPERATIONS = (*(operation.value for operation in TableOperation), NONE)
MEASURED = frozenset(
    (
        ColumnKind.NUMBER,
        ColumnKind.DATE,
        ColumnKind.PERIOD,
        ColumnKind.YEAR,
        ColumnKind.CLOCK,
        ColumnKind.HOURS,
        ColumnKind.COORDINATE,
    )
)
_TABLES = 5
_OPERATIONS = 5
_TRIED = 160  # frames of all tables
_LEAST_OPERATION = -4.5  # logarithm of the probability below which an operation is not tried
_TOLD_COLUMNS = 5
_PAIRED, _TRIPLE = 4, 3
_BY_COLUMNS = 3
_MARKS = 3
_MOSTLY = 0.8  # share of a cell from which on it is named by it
_MASKED = 0.5  # likelihood from which on a name is masked
_LOOKED = 12  # tables whose names are judged
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class TableCandidate:
    """A frame with its result and signs."""

    frame: TableFrame
    result: Result
    signs: Numbers


@dataclass(frozen=True)
class TableReading:
    """A question as read against the tables: candidates, and the signs that none of them is right."""

    candidates: tuple[TableCandidate, ...]
    none: Numbers


@dataclass(frozen=True)
class OneTable:
    """A question against one table: what it names there, what is asked, and how its columns go with that."""

    table: StoredTable
    named: tuple[tuple[Naming, float], ...]
    masked: str
    vector: Numbers
    operations: Numbers
    kinds: Numbers
    signs: Numbers
    key: str
    marks: dict[int, tuple[Condition, Condition] | None] = field(default_factory=dict)


class TableReader:
    """Reads questions against the tables of a bundle."""

    def __init__(
        self,
        store: TableStore,
        encoder: Encoder,
        columns: ColumnSigns,
        asked: AskedModel,
        model: ColumnModel,
        namings: NamingModel,
    ) -> None:
        self._store, self._encoder, self._columns = store, encoder, columns
        self._asked, self._model, self._namings = asked, model, namings

    def read(self, question: str, today: date, before: Sequence[str] = ()) -> TableReading:
        """Return the candidates of a question; `before` are turns whose names it may speak of."""
        text = keyed_question(" ".join([*before, question]))
        forms = forms_in(text.text, today)
        found = self.tables(text, forms)
        proposed = [told for near, one in found for told in self._proposed(one, near, forms, text, today)]
        proposed.sort(key=lambda told: -told.score)
        candidates = []
        for told in proposed[:_TRIED]:
            check_time()
            result = compute(told.frame)
            if result is None or not _compares(told.frame, result):
                continue
            if not self._repeats(told.frame, result, text):
                signs = candidate_signs(
                    told.asked, told.held, told.frame, result, told.operation, len(OPERATIONS)
                )
                candidates.append(TableCandidate(told.frame, result, np.array(signs, np.float32)))
        return TableReading(tuple(candidates), self._none_signs(found, len(candidates), text))

    def _repeats(self, frame: TableFrame, result: Result, text: KeyedText) -> bool:
        """Tell whether a value only says the question's own words again, and the question leaves no choice of them."""
        if frame.operation is not TableOperation.VALUE or len(frame.columns) != 1:
            return False
        (number,) = frame.columns
        column, keys = frame.table.columns[number], self._store.keys(frame.table.key, number)
        told = {keys[column.codes[row]] for row in result.rows}
        if not all(len(key) > 1 and key in text.key for key in told):
            return False
        return sum(len(key) > 1 and key in text.key for key in keys) == len(told)

    def _none_signs(self, found: Sequence[tuple[float, OneTable]], count: int, text: KeyedText) -> Numbers:
        """Return the signs that no table is asked: how little the best table is named, near and fitting."""
        rows = []
        for near, one in found:
            logits = self.roles(one)
            weights = [chance for _, chance in one.named]
            rows.append(
                [
                    float(one.operations[-1]), near, float(logits[:, TOLD].max()), float(logits[:, BY].max()),
                    max(weights, default=0.0), float(one.signs[:, :3].max()), float(one.signs[:, 6].max()),
                    len(one.key) / max(1, len(text.key)),
                ]
            )  # fmt: skip
        told = np.array(rows or [[0.0] * 8], np.float32)
        return np.concatenate(
            [told.max(axis=0), told.min(axis=0), [np.log1p(count), len(text.key) / 40]]
        ).astype(np.float32)

    def tables(self, text: KeyedText, forms: AskedForms) -> list[tuple[float, OneTable]]:
        """Return the tables that a question may be about, each with how near its title is."""
        named = outside_forms(namings(self._store, text), text, forms)
        keys, titles, columns, owners = self._store.titles
        whole = np.asarray(self._encoder.encode_queries([text.text])[0], np.float32)
        fitting = np.full(len(keys), -1.0, np.float32)
        np.maximum.at(fitting, owners, columns @ whole)
        near = dict(zip(keys, (titles @ whole + fitting / 2).tolist(), strict=True)) if keys else {}
        places = self._store.places
        rough = {
            key: max((_size(one) for one in own if text.key[one.start : one.end] not in places), default=0.0)
            for key, own in named.items()
        }
        looked = sorted(keys, key=lambda key: -rough.get(key, 0.0) / 4 - 2 * near[key])[:_LOOKED]
        meant = Meant(self._store, self._encoder, text, whole)
        boundaries = boundaries_of(text.text)
        chances = {}
        for key in looked:
            own = meant.added(key, named.get(key, []))
            chances[key] = self._likely(key, own, text, boundaries)
        strength = {key: max((chance for _, chance in own), default=0.0) for key, own in chances.items()}
        chosen = sorted(looked, key=lambda key: -strength[key] - 2 * near[key])[:_TABLES]
        words = self._columns.word_vectors(text.text)
        told = {key: self._masked(key, chances[key], text) for key in chosen}
        distinct = list(dict.fromkeys(told.values()))
        vectors = np.asarray(self._encoder.encode_queries([spoken(one) for one in distinct]), np.float32)
        by_mask = dict(zip(distinct, vectors, strict=True))
        return [
            (near[key], self._against(key, chances[key], text, told[key], by_mask[told[key]], whole, words))
            for key in chosen
        ]

    def _masked(self, key: tuple[int, int], named: Sequence[tuple[Naming, float]], text: KeyedText) -> str:
        """Return a question with what stands for the cells that are surely named."""
        naming = self._store.table(key).name
        strong = _strong(named)
        return masked(text, strong, {one.column: NAME if one.column == naming else NAMED for one in strong})

    def _likely(
        self, key: tuple[int, int], own: Sequence[Naming], text: KeyedText, boundaries: frozenset[int]
    ) -> list[tuple[Naming, float]]:
        """Return how likely each naming is meant."""
        if not own:
            return []
        signs = naming_signs(self._store.table(key), own, text, boundaries, self._store.places)
        return list(zip(own, self._namings.chances(signs).tolist(), strict=True))

    def one_table(
        self, key: tuple[int, int], named: Sequence[tuple[Naming, float]], text: KeyedText
    ) -> OneTable:
        """Return a question as read against one table."""
        told = self._masked(key, named, text)
        vectors = np.asarray(self._encoder.encode_queries([spoken(told), text.text]), np.float32)
        return self._against(
            key, named, text, told, vectors[0], vectors[1], self._columns.word_vectors(text.text)
        )

    def _against(
        self,
        key: tuple[int, int],
        named: Sequence[tuple[Naming, float]],
        text: KeyedText,
        told: str,
        vector: Numbers,
        whole: Numbers,
        words: Numbers,
    ) -> OneTable:
        check_time()
        table = self._store.table(key)
        strong = _strong(named)
        operations, kinds = self._asked.told(told, vector)
        taken = {place for one in strong for place in range(one.start, one.end)}
        rest = "".join("" if place in taken else char for place, char in enumerate(text.key))
        asked = AskedOfColumns(
            vector, whole, rest, words, counters_in(text.text), kinds_of(self._asked, kinds), operations
        )
        signs = self._columns.of(table, asked, {one.column for one in strong})
        return OneTable(table, tuple(named), told, vector, operations, kinds, signs, rest)

    def roles(self, one: OneTable) -> Numbers:
        """Return the logarithms of the probabilities of each column in each role, (columns, 3), and the highest logits."""
        count = len(one.table.columns)
        return self._model.scores(one.signs, one.vector, one.table.vectors[:count], one.operations)

    def _proposed(
        self, one: OneTable, near: float, forms: AskedForms, text: KeyedText, today: date
    ) -> Iterator["_Proposed"]:
        """Yield the frames that a question may mean of one table, each with how likely it is before it is computed."""
        logits = self.roles(one)
        roles = logits - logits.max(axis=0) - np.log(np.exp(logits - logits.max(axis=0)).sum(axis=0))
        asked = Against(
            one.table, near, logits.tolist(), roles.tolist(), one.operations.tolist(), len(one.key) / max(1, len(text.key)),
            max(1, len(text.key)),
        )  # fmt: skip
        measured = [n for n in np.argsort(-logits[:, BY]).tolist() if one.table.columns[n].kind in MEASURED]
        likely = np.argsort(-one.operations[:-1])[:_OPERATIONS].tolist()
        strongest = 2 * max((chance for _, chance in one.named), default=0.0)
        for held in condition_sets(one.table, one.named, forms, measured, today):
            for number in likely:
                if one.operations[number] > _LEAST_OPERATION:
                    for frame in _frames(
                        one, TableOperation(OPERATIONS[number]), held, roles, measured, forms
                    ):
                        score = first_score(asked, held, frame, number) + strongest + 2 * near
                        yield _Proposed(score, asked, held, frame, number)


@dataclass(frozen=True)
class _Proposed:
    score: float
    asked: Against
    held: ConditionSet
    frame: TableFrame
    operation: int


def kinds_of(model: AskedModel, kinds: Numbers) -> Numbers:
    """Return the logarithms of the probabilities of kinds in the order of KINDS."""
    places = {kind: number for number, kind in enumerate(model.kinds)}
    return np.array([kinds[places[kind]] if kind in places else -8.0 for kind in KINDS], np.float32)


def outside_forms(
    named: dict[tuple[int, int], list[Naming]], text: KeyedText, forms: AskedForms
) -> dict[tuple[int, int], list[Naming]]:
    """Return what is named outside the stretches that forms take."""

    def formed(one: Naming) -> bool:
        start, end = text.span(one.start, one.end)
        if any(first < start < last for first, last in forms.years):  # 6年 of 令和6年
            return True
        taken = forms.years if text.key[one.start : one.end].isdigit() else ()
        return any(first <= start and end <= last for first, last in (*forms.spans, *taken))

    return {key: [one for one in own if not formed(one)] for key, own in named.items()}


def _strong(named: Sequence[tuple[Naming, float]]) -> list[Naming]:
    """Return the names that are surely meant, none over another."""
    kept: list[Naming] = []
    for one, chance in sorted(named, key=lambda pair: -pair[1]):
        if chance >= _MASKED and not any(a.start < one.end and one.start < a.end for a in kept):
            kept.append(one)
    return kept


def _compares(frame: TableFrame, result: Result) -> bool:
    """Tell whether an operation over rows has several: nobody asks for the largest of one."""
    return frame.operation not in (*OF_NUMBERS, *OF_ORDER) or result.counted + result.blank > 1


def _size(one: Naming) -> float:
    """Return how much a naming tells, roughly: its letters, more where it is a whole cell or of few."""
    return float(min(one.size, 8) * (1.0 if one.whole else 0.7) / (1.0 + np.log1p(len(one.places)) / 4))


def boundaries_of(text: str) -> frozenset[int]:
    """Return where the words of a text begin and end."""
    tokens = shared_tokenizer().tokens(text)
    return frozenset(place for token in tokens for place in (token.start, token.end))


def _frames(
    one: OneTable,
    operation: TableOperation,
    held: ConditionSet,
    roles: Numbers,
    measured: Sequence[int],
    forms: AskedForms,
) -> Iterator[TableFrame]:
    table = one.table
    named = {condition.column for condition in held.conditions}
    told = [n for n in np.argsort(-roles[:, TOLD]).tolist() if n not in named or n != table.name]
    if operation is TableOperation.VALUE:
        if not held.conditions:
            return
        for number in told[:_TOLD_COLUMNS]:
            yield TableFrame(table, operation, (number,), held.conditions)
        for pair in combinations(told[:_PAIRED], 2):
            yield TableFrame(table, operation, tuple(sorted(pair)), held.conditions)
        if len(told) >= _TRIPLE:
            yield TableFrame(table, operation, tuple(sorted(told[:_TRIPLE])), held.conditions)
    elif operation is TableOperation.ROW:
        if held.conditions:
            yield TableFrame(table, operation, (), held.conditions)
    elif operation in (TableOperation.LIST, TableOperation.COUNT, TableOperation.EXISTS):
        for extra in _marks(one, roles, named):
            conditions = (*held.conditions, *extra)
            if _asks_of_rows(table, conditions, operation):
                for columns in _listed(table, told, operation):
                    yield TableFrame(table, operation, columns, conditions)
    elif operation in OF_NUMBERS:
        for number in measured[:_BY_COLUMNS]:
            yield TableFrame(table, operation, (number,), held.conditions, by=number)
    elif operation in OF_ORDER:
        for number in measured[:_BY_COLUMNS]:
            words = [n for n in told if n != number and table.columns[n].kind is not ColumnKind.NUMBER]
            for columns in _listed(table, words, TableOperation.LIST)[:3]:
                for few in dict.fromkeys((forms.few, None)):
                    yield TableFrame(
                        table, operation, columns, held.conditions, by=number, order=forms.order, few=few
                    )
    elif operation is TableOperation.DIFFERENCE:
        numbers = [n for n in told if table.columns[n].kind is ColumnKind.NUMBER]
        for number in numbers[:2]:
            yield TableFrame(table, operation, (number,), held.conditions)
        if len(numbers) > 1:
            yield TableFrame(table, operation, tuple(sorted(numbers[:2])), held.conditions)
    elif operation is TableOperation.CHECK:
        yield from _checks(one, held, roles)


def _asks_of_rows(table: StoredTable, conditions: Sequence[Condition], operation: TableOperation) -> bool:
    """Tell whether conditions make sense of an operation: whether there is a row that is named by its whole name is not asked."""
    if operation is TableOperation.EXISTS:
        return any(c.column != table.name or not (c.whole or c.coverage >= _MOSTLY) for c in conditions)
    return bool(conditions) or operation is TableOperation.COUNT


def _listed(table: StoredTable, told: Sequence[int], operation: TableOperation) -> list[tuple[int, ...]]:
    """Return the columns that rows may be told by: their name, or others that are asked for, or both."""
    if operation is not TableOperation.LIST:
        return [(table.name,)]
    other = [n for n in told if n != table.name][:_TRIPLE]
    pairs = [tuple(sorted((table.name, n))) for n in other]
    return [
        (table.name,),
        *((n,) for n in other),
        *pairs,
        *(tuple(sorted(p)) for p in combinations(other, 2)),
    ]


def _marks(one: OneTable, roles: Numbers, named: set[int]) -> Iterator[tuple[Condition, ...]]:
    """Yield no further condition, then that a column of marks says yes, or no, for the columns likeliest to be meant."""
    yield ()
    ranked = [n for n in np.argsort(-roles[:, HELD]).tolist() if n not in named and n != one.table.name]
    yes = []
    for number in ranked[: 2 * _MARKS]:
        if number not in one.marks:
            one.marks[number] = _there_or_not(number, one.table.columns[number])
        told = one.marks[number]
        if told:
            yes.append(told[0])
            yield (told[0],)
            yield (told[1],)
        if len(yes) == _MARKS:
            break
    yield from combinations(yes, 2)


def _there_or_not(number: int, column: StoredColumn) -> tuple[Condition, Condition] | None:
    """Return that a column says yes, and that it says no; None where all its cells say something."""
    if column.kind is ColumnKind.MARK:
        return marked_condition(number, column, True), marked_condition(number, column, False)
    if column.kind is ColumnKind.NUMBER:
        if any(is_nothing(text) for text in column.texts):
            return counted_condition(number, column, True), counted_condition(number, column, False)
    elif any(is_blank(text) or text in ("なし", "無", "休") for text in column.texts):
        return filled_condition(number, column, True), filled_condition(number, column, False)
    return None


def _checks(one: OneTable, held: ConditionSet, roles: Numbers) -> Iterator[TableFrame]:
    """Yield what may be asked of named rows: that one condition holds of those that keep the others, or a mark."""
    for that in held.conditions:
        rest = tuple(c for c in held.conditions if c is not that)
        if rest and not (that.form == "named" and that.column == one.table.name):
            yield TableFrame(one.table, TableOperation.CHECK, (that.column,), rest, that=(that,))
    if held.conditions:
        for extra in _marks(one, roles, {c.column for c in held.conditions}):
            if len(extra) == 1 and extra[0].form in ("yes", "filled", "some"):
                yield TableFrame(
                    one.table, TableOperation.CHECK, (extra[0].column,), held.conditions, that=extra
                )
