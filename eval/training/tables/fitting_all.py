"""Fits all models of `qa.tables`, one after the other.

Writers are parted into folds; what a later model learns from, an earlier one has told without having seen that writer.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch

from eval.training.cross.fitting import Course, Vocabulary, shares
from eval.training.cross.trained import Trained, fitted_on
from eval.training.cross.trials import Trial
from eval.training.tables.asked_tables import AskedTable
from eval.training.tables.fitting_asked import AskedExample, fit_asked
from eval.training.tables.fitting_columns import ColumnExample, fit_columns
from eval.training.tables.fitting_namings import fit_namings
from eval.training.tables.fitting_ranker import RankedExample, fit_ranker
from eval.training.tables.other_headers import other_headers
from eval.training.tables.other_questions import city_questions
from eval.training.tables.reading_examples import (
    Writer,
    against_own_table,
    named_in,
    no_asked,
    open_writer,
    reader_of,
)
from eval.training.tables.right_answers import is_right, kind_of, meant, operation_of, roles_of
from index.encoders.use_encoder import UseEncoder, fresh_use
from qa.cross.reading import PairReader
from qa.tables.answering import READ, Likely, grouped, judge_signs, pair_text
from qa.tables.asking.asked_model import NONE, AskedModel
from qa.tables.asking.column_model import ColumnModel
from qa.tables.asking.column_signs import KINDS
from qa.tables.naming.naming_model import NamingModel
from qa.tables.reading.frame_ranker import FrameRanker
from qa.tables.reading.table_reader import OPERATIONS, TableReading

WRITTEN = Path(__file__).with_name("written")
_CROSS = Path("qa/cross/model/cross.npz")
_FOLDS = 3
_ALL = -1
_READ_TOO = (
    "-2"  # of the other headers, those which are codes: questions are read against all their tables too
)
_CITY_QUESTIONS = 200  # of each writer's tables: what they do not tell
_COURSE = Course(epochs=2.0, texts=READ)
_SCALED = ("mean", "spread", "none_mean", "none_spread")
Asked = tuple[str, AskedTable]


@dataclass(frozen=True)
class Fitting:
    """The writers by name with their folds, and what all steps need; `others` are writers' tables under other headers."""

    writers: Mapping[str, Writer]
    folds: Mapping[str, int]
    others: frozenset[str]
    encoder: UseEncoder

    def asked(self) -> list[Asked]:
        """Return all written questions with their writers."""
        return [(name, one) for name, writer in self.writers.items() for one in writer.asked]

    def learned(self, fold: int, name: str) -> bool:
        """Tell whether a writer is learned from when a fold is left out."""
        return self.folds[name] != fold


def fit_all(work: Path, out: Path) -> None:
    """Fit all models and write them to the folder `out`."""
    torch.set_num_threads(1)
    folders = sorted(p for p in WRITTEN.iterdir() if p.is_dir())
    folds = {folder.name: n % _FOLDS for n, folder in enumerate(folders)}
    others = {other.name: folder.name for folder in folders for other in other_headers(folder, work)}
    folds |= {other: folds[name] for other, name in others.items()}
    writers = {
        path.name: open_writer(path, work / "stores")
        for path in (*folders, *(work / other for other in others))
    }
    fitting = Fitting(writers, folds, frozenset(others), fresh_use())
    names = _names(fitting)
    asked = _asked(fitting, names)
    columns = _columns(fitting, names, asked)
    readings = _readings(fitting, names, asked, columns)
    ranker = _ranker(fitting, readings)
    _judge(fitting, readings, ranker, _shipped_cross(work)).save(out / "judge.npz")
    for name, models in (("namings", names), ("asked", asked), ("columns", columns), ("ranker", ranker)):
        save_model(models[_ALL], out / f"{name}.npz")


def save_model(model: Any, path: Path) -> None:
    """Write a model's arrays, in half precision but for how signs are scaled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = {}
    for one in fields(model):
        value = getattr(model, one.name)
        kind = np.float32 if one.name in _SCALED or isinstance(value, float) else np.float16
        held[one.name] = np.array(value) if isinstance(value, tuple) else np.asarray(value, kind)
    np.savez_compressed(path, allow_pickle=False, **held)


def _names(fitting: Fitting) -> dict[int, NamingModel]:
    _say("which cells are named")
    rows = []
    for name, one in fitting.asked():
        if one.operation == NONE:
            continue
        writer = fitting.writers[name]
        named, signs = named_in(writer, one, fitting.encoder)
        table = writer.store.table(one.table)
        labels = meant(one, table, writer.written.gold[writer.store.heads[one.table]], named)
        rows += [(name, sign, label) for sign, label in zip(signs, labels, strict=True)]
    found = {}
    for fold in (*range(_FOLDS), _ALL):
        own = [row for row in rows if fitting.learned(fold, row[0])]
        found[fold] = fit_namings(np.stack([row[1] for row in own]), [row[2] for row in own])
    return found


def _asked(fitting: Fitting, names: Mapping[int, NamingModel]) -> dict[int, AskedModel]:
    _say("what is asked")
    rows = []
    for name, one in fitting.asked():
        writer, fold = fitting.writers[name], fitting.folds[name]
        operation = operation_of(one)
        if operation:
            reader = reader_of(writer, fitting.encoder, no_asked(), None, names[fold])
            read = against_own_table(writer, one, fitting.encoder, reader, names[fold])
            rows.append((name, AskedExample(read.masked, read.vector, operation, kind_of(one, read.table))))
    return {
        fold: fit_asked([row for name, row in rows if fitting.learned(fold, name)], OPERATIONS, KINDS)
        for fold in (*range(_FOLDS), _ALL)
    }


def _columns(
    fitting: Fitting, names: Mapping[int, NamingModel], asked: Mapping[int, AskedModel]
) -> dict[int, ColumnModel]:
    _say("which columns are asked for")
    rows = []
    for name, one in fitting.asked():
        writer, fold = fitting.writers[name], fitting.folds[name]
        roles = roles_of(
            one, writer.store.table(one.table), writer.written.gold[writer.store.heads[one.table]]
        )
        if any(roles):
            reader = reader_of(writer, fitting.encoder, asked[fold], None, names[fold])
            read = against_own_table(writer, one, fitting.encoder, reader, names[fold])
            titles = read.table.vectors[: len(read.table.columns)]
            rows.append((name, ColumnExample(read.signs, read.vector, titles, read.operations, roles)))
    return {
        fold: fit_columns([row for name, row in rows if fitting.learned(fold, name)])
        for fold in (*range(_FOLDS), _ALL)
    }


@dataclass(frozen=True)
class Read:
    """A question read against all tables of its writer, and which candidates are right."""

    writer: str
    asked: AskedTable | None
    question: str
    before: str
    reading: TableReading
    right: frozenset[int]


def _readings(
    fitting: Fitting,
    names: Mapping[int, NamingModel],
    asked: Mapping[int, AskedModel],
    columns: Mapping[int, ColumnModel],
) -> list[Read]:
    found = []
    own = len(fitting.writers) - len(fitting.others)
    others = iter(city_questions(_CITY_QUESTIONS * own))
    for name, writer in fitting.writers.items():
        if name in fitting.others and not name.endswith(_READ_TOO):
            continue
        _say(f"all tables of {name}")
        fold = fitting.folds[name]
        reader = reader_of(writer, fitting.encoder, asked[fold], columns[fold], names[fold])
        today = writer.asked[0].today
        for one in writer.asked:
            reading = reader.read(one.question, one.today, one.before)
            right = frozenset(n for n, candidate in enumerate(reading.candidates) if is_right(one, candidate))
            found.append(Read(name, one, one.question, " ".join(one.before), reading, right))
        for _ in range(0 if name in fitting.others else _CITY_QUESTIONS):
            question = next(others)
            found.append(Read(name, None, question, "", reader.read(question, today), frozenset()))
    return found


def _ranker(fitting: Fitting, readings: Sequence[Read]) -> dict[int, FrameRanker]:
    _say("which reading is right")
    rows = [
        (
            one.writer,
            RankedExample(np.stack([c.signs for c in one.reading.candidates]), one.reading.none, one.right),
        )
        for one in readings
        if one.reading.candidates
    ]
    return {
        fold: fit_ranker([row for name, row in rows if fitting.learned(fold, name)])
        for fold in (*range(_FOLDS), _ALL)
    }


def _judge(
    fitting: Fitting, readings: Sequence[Read], ranker: Mapping[int, FrameRanker], start: Path
) -> Trained:
    """Fit what reads the likeliest answers together with the question; say how it does on a fold that is left out."""
    reader = PairReader(fitting.encoder)
    trials = [
        _trial(one, ranker[fitting.folds[one.writer]], reader) for one in readings if one.reading.candidates
    ]
    left = [one for one in trials if fitting.folds[one.city] == 0]
    tried = fitted_on([one for one in trials if fitting.folds[one.city] != 0], reader, start, _COURSE)
    known = Vocabulary(left, reader)
    told = shares(tried.over(known), left, known, tried.scale, texts=READ)
    by_bar: dict[float, list[bool]] = defaultdict(list)
    for one, own in zip(left, told, strict=True):
        for bar in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            if own[:-1].max() >= bar:
                by_bar[bar].append(bool(one.right[int(np.argmax(own[:-1]))]))
    for bar, right in by_bar.items():
        _say(f"from {bar}: {len(right)} of {len(left)} shown, right {sum(right) / len(right):.3f}")
    return fitted_on(trials, reader, start, _COURSE)


def _trial(one: Read, ranker: FrameRanker, reader: PairReader) -> Trial:
    signs = np.stack([candidate.signs for candidate in one.reading.candidates])
    chances = ranker.shares(signs, one.reading.none)
    right = {id(one.reading.candidates[n]) for n in one.right}
    likely: list[Likely] = grouped(one.reading.candidates, chances)[:READ]
    texts = [pair_text(answer.candidate) for answer in likely]
    labels = [float(id(answer.candidate) in right) for answer in likely]
    pairs = reader.pairs(one.question, one.before, texts)
    nothing = (None,) * len(likely)
    return Trial(
        one.writer,
        tuple(pairs),
        np.array(labels, np.float32),
        judge_signs(likely, float(chances[-1])),
        nothing,
        nothing,
    )


def _shipped_cross(work: Path) -> Path:
    """Return the weights of the shipped cross-encoder as torch reads them: what the judge begins with."""
    path = work / "cross.pt"
    with np.load(_CROSS) as held:
        names = [name for name in held.files if name not in ("scale", "signs.mean", "signs.spread")]
        torch.save({name: torch.from_numpy(held[name].astype(np.float32)) for name in names}, path)
    return path


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
