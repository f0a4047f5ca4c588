"""`python -m eval.training.frames.references --words MODEL [--output FILE]`: fits which item a question refers to.

Invented ledgers with the ways that people refer to their items; each is measured by a model that saw none of it.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.training.regression import logistic
from index.encoders.use_encoder import fresh_use
from index.tokenizer import shared_tokenizer
from qa.foreign.linear import LinearModel
from qa.frames.operation_model import load_operations
from qa.frames.operations import OF_ONE
from qa.frames.references import Described, Meant, Numbers, Piece, pieces, signs_of
from qa.ledger.folding import fold

LEDGERS = Path(__file__).parent / "ledgers"
WORDINGS = Path(__file__).parent
_RIDGE = 1e-3
_SEED = 20261129
_BARS = (0.5, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True)
class Asked:
    """A question that refers to the item of that number, None where to none of the ledger; with its signs."""

    ledger: str
    question: str
    item: int | None
    found: list[tuple[Piece, Numbers, bool]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args(arguments)
    told = list(questions(load_operations(asked.words).words))
    sys.stdout.write(json.dumps(measured(told), ensure_ascii=False, indent=1) + "\n")
    if asked.output:
        fitted(told).save(asked.output)


def questions(known: frozenset[str]) -> Iterator[Asked]:
    """Yield a question for each way of referring to an item, in a wording drawn for it."""
    drawn, tokenizer, encoder = random.Random(_SEED), shared_tokenizer(), fresh_use()  # noqa: S311 - no secret
    wordings = [text for text in _wordings() if "{i}" in text and "{j}" not in text]
    for path in sorted(LEDGERS.glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line]
        items = [row for row in rows if row[0] in "123"]
        ledger = Described([row[1] for row in items], [row[4] for row in items], encoder, tokenizer)
        for row in rows:
            number = items.index(row) if row in items else None
            for reference in row[5].split("｜") if row[0] in "123x" else ():
                wording = drawn.choice(wordings)
                before = fold(_filled(wording[: wording.index("{i}")]))
                text = fold(_filled(wording.replace("{i}", reference)))
                spoken = range(len(before), len(before) + len(fold(reference)))
                found = pieces(text, known, tokenizer, ledger.endings)
                yield Asked(
                    path.stem,
                    text,
                    number,
                    [(p, ledger.nearness(text, p), p.start in spoken or p.end - 1 in spoken) for p in found],
                )


def fitted(told: Sequence[Asked]) -> LinearModel:
    """Return the model fitted on questions: each item beside each piece, whether it refers or not.

    A ledger without the item that is meant is one more example: of what is not there nothing is meant.
    """
    signs, right = [], []
    for asked in told:
        for _, near, refers in asked.found:
            signs.append(signs_of(near))
            right.append(np.array([refers and number == asked.item for number in range(len(near))], float))
            if refers and asked.item is not None:
                signs.append(signs_of(np.delete(near, asked.item, axis=0)))
                right.append(np.zeros(len(near) - 1))
    return logistic(np.concatenate(signs), np.concatenate(right), ("meant",), ridge=_RIDGE)


def measured(told: Sequence[Asked]) -> dict[str, object]:
    """Return, each ledger by a model without it, how often the likeliest item is right, and at each bar."""
    ranked: list[tuple[Asked, list[Meant]]] = []
    names = sorted({asked.ledger for asked in told})
    for part in range(4):
        out = set(names[part::4])
        model = fitted([asked for asked in told if asked.ledger not in out])
        ranked += [(asked, _ranked(asked, model)) for asked in told if asked.ledger in out]
    there = [(a, m) for a, m in ranked if a.item is not None]
    absent = [m for a, m in ranked if a.item is None]
    first = [bool(m) and m[0].number == a.item for a, m in there]
    four = [a.item in [each.number for each in m[:4]] for a, m in there]
    at = {}
    for bar in _BARS:
        sure = [(a, m) for a, m in there if m and m[0].probability >= bar]
        wrong = sum(m[0].number != a.item for a, m in sure)
        taken = sum(bool(m) and m[0].probability >= bar for m in absent)
        at[bar] = {
            "of those there": round(len(sure) / len(there), 3),
            "wrong of these": round(wrong / max(len(sure), 1), 4),
            "of those absent": round(taken / len(absent), 4),
        }
    return {
        "there": len(there), "absent": len(absent), "first right": round(float(np.mean(first)), 3),
        "in four": round(float(np.mean(four)), 3), "at": at,
    }  # fmt: skip


def _ranked(asked: Asked, model: LinearModel) -> list[Meant]:
    best: dict[int, Meant] = {}
    for piece, near, _ in asked.found:
        for number, chance in enumerate(model.each(signs_of(near))[:, 0].tolist()):
            if number not in best or chance > best[number].probability:
                best[number] = Meant(number, chance, piece)
    return sorted(best.values(), key=lambda meant: -meant.probability)


def _wordings() -> Iterator[str]:
    for path in sorted(WORDINGS.glob("writer-*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            name, _, text = line.partition("\t")
            if name in OF_ONE:
                yield text


def _filled(text: str) -> str:
    for sign, words in {"{y}": "令和4年度", "{s}": "国", "{t}": "県", "{m}": "1億円"}.items():
        text = text.replace(sign, words)
    return text


if __name__ == "__main__":
    main()
