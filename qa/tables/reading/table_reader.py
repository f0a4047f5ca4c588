"""A question → the frames that it may mean, over the tables that it may be about, each with its signs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from corpus.tables.types import ColumnKind
from index.types import Encoder
from qa.deadline import check_time
from qa.tables.asking.asked_forms import AskedForms, forms_in
from qa.tables.asking.asked_model import NAME, NAMED, NONE, AskedModel, spoken
from qa.tables.asking.column_model import BY, TOLD, ColumnModel
from qa.tables.asking.column_signs import KINDS, AskedOfColumns, ColumnSigns, counters_in
from qa.tables.asking.condition_options import ConditionSet, condition_sets
from qa.tables.computing import Result, compute
from qa.tables.frames import OF_NUMBERS, OF_ORDER, TableFrame, TableOperation
from qa.tables.naming.cell_namings import Naming, masked
from qa.tables.naming.naming_model import NamingModel
from qa.tables.reading.candidate_signs import Against, candidate_signs, first_score
from qa.tables.reading.found_tables import TableFinder, surely_named
from qa.tables.reading.frame_candidates import frames
from qa.tables.reading.own_towns import Key, OfTown, OwnTowns
from qa.tables.reading.read_table import ReadTable
from qa.tables.store.table_store import StoredTable, TableStore
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
_OPERATIONS = 5
_TRIED = 160  # frames of all tables
_LEAST_OPERATION = -4.5  # logarithm of the probability below which an operation is not tried
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
        self._asked, self._model = asked, model
        self._finder = TableFinder(store, encoder, namings)
        self._towns = OwnTowns(store.towns, store.towns_in_rows)

    def of_town(self, question: str) -> OfTown:
        """Return a question as it is asked of the tables of the towns that it names."""
        return self._towns.read(question)

    def read(
        self, question: str, today: date, before: Sequence[str] = (), but: frozenset[Key] = frozenset()
    ) -> TableReading:
        """Return the candidates of a question; `before` are turns whose names it may speak of.

        Tables `but` these are read.
        """
        text = keyed_question(" ".join([*before, question]))
        forms = forms_in(text.text, today)
        found = self._read_tables(text, forms, but)
        proposed = [told for near, one in found for told in self._proposed(one, near, forms, today)]
        proposed.sort(key=lambda told: -told.score)
        candidates = []
        for told in proposed[:_TRIED]:
            check_time()
            result = compute(told.frame)
            if result is None or not _compares(told.frame, result) or self._repeats(told.frame, result, text):
                continue
            signs = candidate_signs(
                told.asked, told.held, told.frame, result, told.operation, len(OPERATIONS)
            )
            candidates.append(TableCandidate(told.frame, result, np.array(signs, np.float32)))
        return TableReading(tuple(candidates), self._none_signs(found, len(candidates), text))

    def _read_tables(
        self, text: KeyedText, forms: AskedForms, but: frozenset[Key]
    ) -> list[tuple[float, ReadTable]]:
        """Return the question as read against the tables that it may be about, each with how near its titles are."""
        whole = np.asarray(self._encoder.encode_queries([text.text])[0], np.float32)
        found = self._finder.found(text, forms, whole, but)
        words = self._columns.word_vectors(text.text)
        told = [_masked(one.table, one.named, text) for one in found]
        distinct = list(dict.fromkeys(told))
        vectors = np.asarray(self._encoder.encode_queries([spoken(one) for one in distinct]), np.float32)
        by_mask = dict(zip(distinct, vectors, strict=True))
        return [
            (one.near, self._against(one.table, one.named, text, mask, by_mask[mask], whole, words))
            for one, mask in zip(found, told, strict=True)
        ]

    def one_table(
        self, key: tuple[int, int], named: Sequence[tuple[Naming, float]], text: KeyedText
    ) -> ReadTable:
        """Return a question as read against one table."""
        table = self._store.table(key)
        mask = _masked(table, named, text)
        vector, whole = np.asarray(self._encoder.encode_queries([spoken(mask), text.text]), np.float32)
        words = self._columns.word_vectors(text.text)
        return self._against(table, named, text, mask, vector, whole, words)

    def _against(
        self,
        table: StoredTable,
        named: Sequence[tuple[Naming, float]],
        text: KeyedText,
        mask: str,
        vector: Numbers,
        whole: Numbers,
        words: Numbers,
    ) -> ReadTable:
        check_time()
        strong = surely_named(named)
        operations, kinds = self._asked.told(mask, vector)
        taken = {place for one in strong for place in range(one.start, one.end)}
        rest = "".join("" if place in taken else char for place, char in enumerate(text.key))
        asked = AskedOfColumns(
            vector, whole, rest, words, counters_in(text.text), kinds_of(self._asked, kinds), operations
        )
        signs = self._columns.of(table, asked, {one.column for one in strong})
        return ReadTable(table, tuple(named), mask, vector, operations, kinds, signs, rest, len(text.key))

    def roles(self, one: ReadTable) -> Numbers:
        """Return the logits of each column in each role, (columns, 3)."""
        count = len(one.table.columns)
        return self._model.scores(one.signs, one.vector, one.table.vectors[:count], one.operations)

    def _proposed(self, one: ReadTable, near: float, forms: AskedForms, today: date) -> Iterator["_Proposed"]:
        """Yield the frames that a question may mean of one table, each with how likely it is before it is computed."""
        logits = self.roles(one)
        roles = logits - logits.max(axis=0) - np.log(np.exp(logits - logits.max(axis=0)).sum(axis=0))
        asked = Against(one, near, logits.tolist(), roles.tolist(), one.operations.tolist())
        measured = [n for n in np.argsort(-logits[:, BY]).tolist() if one.table.columns[n].kind in MEASURED]
        likely = np.argsort(-one.operations[:-1])[:_OPERATIONS].tolist()
        strongest = 2 * max((chance for _, chance in one.named), default=0.0)
        for held in condition_sets(one.table, one.named, forms, measured, today):
            for number in likely:
                if one.operations[number] <= _LEAST_OPERATION:
                    continue
                for frame in frames(one, TableOperation(OPERATIONS[number]), held, roles, measured, forms):
                    score = first_score(asked, held, frame, number) + strongest + 2 * near
                    yield _Proposed(score, asked, held, frame, number)

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

    def _none_signs(self, found: Sequence[tuple[float, ReadTable]], count: int, text: KeyedText) -> Numbers:
        """Return the signs that no table is asked: how little the best table is named, near and fitting."""
        rows = []
        for near, one in found:
            logits = self.roles(one)
            rows.append(
                [
                    float(one.operations[-1]), near, float(logits[:, TOLD].max()), float(logits[:, BY].max()),
                    max((chance for _, chance in one.named), default=0.0), float(one.signs[:, :3].max()),
                    float(one.signs[:, 6].max()), len(one.key) / max(1, len(text.key)),
                ]
            )  # fmt: skip
        told = np.array(rows or [[0.0] * 8], np.float32)
        return np.concatenate(
            [told.max(axis=0), told.min(axis=0), [np.log1p(count), len(text.key) / 40]]
        ).astype(np.float32)


@dataclass(frozen=True)
class _Proposed:
    score: float
    asked: Against
    held: ConditionSet
    frame: TableFrame
    operation: int


def _masked(table: StoredTable, named: Sequence[tuple[Naming, float]], text: KeyedText) -> str:
    """Return a question with what stands for the cells that are surely named."""
    sure = surely_named(named)
    return masked(text, sure, {one.column: NAME if one.column == table.name else NAMED for one in sure})


def kinds_of(model: AskedModel, kinds: Numbers) -> Numbers:
    """Return the logarithms of the probabilities of kinds in the order of KINDS."""
    places = {kind: number for number, kind in enumerate(model.kinds)}
    return np.array([kinds[places[kind]] if kind in places else -8.0 for kind in KINDS], np.float32)


def _compares(frame: TableFrame, result: Result) -> bool:
    """Tell whether an operation over rows has several: nobody asks for the largest of one."""
    return frame.operation not in (*OF_NUMBERS, *OF_ORDER) or result.counted + result.blank > 1
