"""`python -m eval.training.frames.references --words MODEL [--output FOLDER]`: fits which item a question refers to.

Invented ledgers with the ways that people refer to their items. First the words that refer are found (spans.py), by a
tagger that saw neither the ledger nor the writer; on what it finds the items are told apart (Wolpert 1992 calls it
stacking), each ledger measured by a network that saw none of it.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from eval.training.frames.drawing import Row, Wording, drawn, is_held, ledgers, wordings
from eval.training.frames.examples import Example
from eval.training.frames.spans import BARE, fitted_tagger
from index.encoders.use_encoder import fresh_use
from index.tokenizer import shared_tokenizer
from index.types import Encoder
from qa.frames.meant.described_items import Described, Numbers, Piece
from qa.frames.meant.reference_model import ReferenceModel
from qa.frames.meant.span_tagger import SpanTagger, words_of
from qa.frames.operation_model import load_operations
from qa.frames.operations import OF_ONE

_FOLDS = 4
_SEED = 20261129
_BARS = (0.5, 0.6, 0.7, 0.8, 0.9)
_RISKS = (0.01, 0.02, 0.03, 0.05)
_FOUR = 4
_MIXED, _LACKING = 0.4, 0.4
"""The part of the questions on ledgers with descriptions as documents print them, and of items that have none there."""
Told = list[tuple[int, float]]


@dataclass(frozen=True)
class Asked:
    """A question that refers to the item of that number, None where to none of the ledger; with what is found in it."""

    ledger: str
    item: int | None
    found: list[tuple[Piece, Numbers, bool]]
    """The pieces, their signs, and whether they overlap the words that refer."""
    is_exact: bool
    """Whether one of the pieces is just the words that refer."""
    kind: str
    """What the ledger prints beside the names."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--output", type=Path)
    given = parser.parse_args(arguments)
    known = load_operations(given.words).words
    told, held = wordings(), ledgers()
    with ProcessPoolExecutor() as pool:
        folds = pool.map(partial(_of_fold, told=told, held=held, known=known), range(_FOLDS))
        asked = [each for fold in folds for each in fold]
    sys.stdout.write(json.dumps(measured(asked), ensure_ascii=False, indent=1) + "\n")
    if given.output:
        from eval.training.frames.ranking import fitted_references, save_references

        save_references(fitted_references(_examples(asked)), given.output / "references.npz")
        fitted_tagger(told, held).save(given.output)


def _of_fold(
    number: int, *, told: Sequence[Wording], held: Mapping[str, Sequence[Row]], known: frozenset[str]
) -> list[Asked]:
    """Return questions on the ledgers of a fold by its writers, their words found by a tagger that saw neither."""
    writers = set(sorted({wording.writer for wording in told})[number::_FOLDS])
    out = set(sorted(held)[number::_FOLDS])
    tagger = fitted_tagger(
        [wording for wording in told if wording.writer not in writers],
        {name: rows for name, rows in held.items() if name not in out},
    ).tagger()
    own = [wording.text for wording in told if wording.writer in writers and _names_one(wording)]
    sys.stderr.write(f"{number + 1}/{_FOLDS}: {', '.join(sorted(out))}\n")
    encoder = fresh_use()
    return [each for name in sorted(out) for each in _asked(name, held, own, tagger, known, encoder)]


def _names_one(wording: Wording) -> bool:
    places = "{i}" in wording.text and "{j}" not in wording.text and "{k}" not in wording.text
    return places and wording.operation in OF_ONE


def _asked(
    name: str,
    held: Mapping[str, Sequence[Row]],
    texts: Sequence[str],
    tagger: SpanTagger,
    known: frozenset[str],
    encoder: Encoder,
) -> Iterator[Asked]:
    """Yield a question for each way of referring to an item, in a wording drawn for it."""
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    rows = held[name]
    items = [row for row in rows if is_held(row)]
    tokenizer, names = shared_tokenizer(), [row.name for row in items]
    told = Described(names, [row.description for row in items], encoder, tokenizer)
    bare = Described(names, [""] * len(items), encoder, tokenizer)
    others = [row.description for own in held.values() if own is not rows for row in own if is_held(row)]
    mixed = Described(
        names, _as_printed([row.description for row in items], others, chance), encoder, tokenizer
    )
    for row in rows:
        for reference in row.references:
            asked = drawn(chance.choice(texts), rows, chance, reference=reference)
            if asked is None:
                continue
            ledger = chance.choices((told, bare, mixed), (1 - BARE - _MIXED, BARE, _MIXED))[0]
            stretches = tagger.stretches(words_of(asked.text, asked.marks, tokenizer), ledger.vocabulary)
            pieces = [ledger.piece(asked.text, s.start, s.end, s.probability, known) for s in stretches]
            start, end = asked.references[0]
            yield Asked(
                name,
                items.index(row) if is_held(row) else None,
                [
                    (piece, near, piece.start < end and start < piece.end)
                    for piece, near in zip(pieces, ledger.signs(pieces), strict=True)
                ],
                any((p.start, p.end) == (start, end) for p in pieces),
                "by name alone"
                if ledger is bare
                else "described"
                if ledger is told
                else "as documents print them",
            )


def _as_printed(told: Sequence[str], others: Sequence[str], chance: random.Random) -> list[str]:
    """Return descriptions as documents print them: none, one's own, or with sentences about something else."""
    found = []
    for text in told:
        beside = chance.sample([*told, *others], chance.choice((0, 0, 1, 2)))
        parts = [*beside, text]
        chance.shuffle(parts)
        found.append("" if chance.random() < _LACKING else "".join(parts))
    return found


def _examples(asked: Sequence[Asked]) -> list[Example]:
    """Return a piece and the item that it means, each; a ledger without that item is one more example of none."""
    examples = []
    for each in asked:
        for piece, near, refers in each.found:
            item = each.item if refers else None
            examples.append(Example(piece, near, item))
            if item is not None and len(near) > 1:
                examples.append(Example(piece, np.delete(near, item, axis=0), None))
    return examples


def measured(asked: Sequence[Asked]) -> dict[str, object]:
    """Return, each ledger by a model without it, how often the likeliest item is right, and at each bar and risk."""
    from eval.training.frames.ranking import fitted_references

    ranked: list[tuple[Asked, Told]] = []
    names = sorted({each.ledger for each in asked})
    for number in range(_FOLDS):
        out = set(names[number::_FOLDS])
        model = fitted_references(_examples([each for each in asked if each.ledger not in out]))
        ranked += [(each, _ranked(each, model)) for each in asked if each.ledger in out]
    return {
        kind: _measured([e for e in ranked if e[0].kind == kind]) for kind in {a.kind: None for a in asked}
    }


def _measured(ranked: Sequence[tuple[Asked, Told]]) -> dict[str, object]:
    there = [(each, told) for each, told in ranked if each.item is not None]
    first = [bool(told) and told[0][0] == each.item for each, told in there]
    four = [each.item in [number for number, _ in told[:_FOUR]] for each, told in there]
    sure = sorted(
        ((told[0][1], each.item is not None and told[0][0] == each.item) for each, told in ranked if told),
        reverse=True,
    )
    return {
        "there": len(there),
        "absent": len(ranked) - len(there),
        "words found exactly": round(float(np.mean([each.is_exact for each, _ in there])), 3),
        "first right": round(float(np.mean(first)), 3),
        "in four": round(float(np.mean(four)), 3),
        "at bar: right of those there, wrong of those answered": {
            bar: _at([right for chance, right in sure if chance >= bar], len(there)) for bar in _BARS
        },
        "at risk: bar, right of those there": {risk: _at_risk(sure, risk, len(there)) for risk in _RISKS},
    }


def _at(right: Sequence[bool], there: int) -> tuple[float, float]:
    return round(sum(right) / there, 3), round(1 - sum(right) / max(len(right), 1), 4)


def _at_risk(sure: Sequence[tuple[float, bool]], risk: float, there: int) -> tuple[float, float]:
    """Return the lowest bar at which no more than a part of the answers is wrong, and what is answered rightly."""
    right = np.cumsum([each for _, each in sure])
    fine = np.flatnonzero(1 - right / np.arange(1, len(sure) + 1) <= risk)
    last = int(fine[-1]) if len(fine) else 0
    return round(sure[last][0], 3), round(float(right[last]) / there, 3)


def _ranked(asked: Asked, model: ReferenceModel) -> Told:
    best: dict[int, float] = {}
    for piece, near, _ in asked.found:
        for number, chance in enumerate(model.chances(near, piece).tolist()):
            best[number] = max(chance, best.get(number, 0.0))
    return sorted(best.items(), key=lambda told: -told[1])


if __name__ == "__main__":
    main()
