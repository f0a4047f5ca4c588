"""`python -m eval.training.frames --train FILE … [--measure FILE] --output FILE`: fits which operation is asked for.

Printed is what the measured writer's questions are told to be by a model that saw none of that writer's.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.training.regression import multinomial
from index.encoders.use_encoder import fresh_use
from index.types import Encoder
from qa.frames.frame import OF_ALL, OF_THE_WHOLE, Operation, plain_questions
from qa.frames.masking import ITEMS, WHOLE, masked
from qa.frames.operation_model import OperationModel, nouns_of, runs_of, signs_of
from qa.frames.reading import SURE

_RIDGE = 1e-5
_PLAIN_TIMES = 4  # what the counter says itself is asked often: it is offered
_OF_A_WHOLE = {
    Operation.AMOUNT: Operation.TOTAL,
    Operation.CHANGE: Operation.TOTAL_CHANGE,
    Operation.PART: Operation.PART,
    Operation.OTHER: Operation.OTHER,
}
_LEAST = 2  # wordings that a run of letters stands in
_SAID = {"{i}": "甲", "{j}": "乙", "{y}": "令和4年度", "{s}": "国"}
_ORDER = re.compile(r"\{n\}(?=番|位|つ)")
Wording = tuple[Operation, str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--measure", type=Path, nargs="*", default=[])
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args(arguments)
    encoder = fresh_use()
    told = [wording for path in asked.train for wording in wordings(path)]
    told += list(of_a_whole(told))
    model = fitted(told + plain_wordings() * _PLAIN_TIMES, encoder)
    for path in asked.measure:
        sys.stdout.write(
            json.dumps(measured(model, wordings(path), encoder), ensure_ascii=False, indent=1) + "\n"
        )
    if asked.output:
        model.save(asked.output)


def wordings(path: Path) -> list[Wording]:
    """Return the masked wordings of a file (operation, TAB, question)."""
    rows = [
        line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    return [(Operation(name), masked(_filled(text), None).text) for name, text in rows]


def plain_wordings() -> list[Wording]:
    """Return the masked questions by which frames say themselves, with and without whose budget it is."""
    of_items = plain_questions(year="令和4年度", one="「甲」", two="「乙」", order=3)
    of_wholes = plain_questions(year="令和4年度", one=f"「{WHOLE}予算」", two="", order=3)
    plain = [w for w in of_items if w[0] not in OF_THE_WHOLE] + [w for w in of_wholes if w[0] in OF_THE_WHOLE]
    within = [(name, f"{WHOLE}で{text}") for name, text in plain if name in OF_ALL]
    return [(name, masked(text, None).text) for name, text in [*plain, *within]]


def of_a_whole(told: Sequence[Wording]) -> Iterator[Wording]:
    """Yield the wordings about one item as they are about a whole budget."""
    for operation, text in told:
        of_whole = _OF_A_WHOLE.get(operation)
        if of_whole and ITEMS[0] in text and ITEMS[1] not in text:
            yield of_whole, text.replace(ITEMS[0], f"{WHOLE}予算")


def _filled(text: str) -> str:
    for sign, words in _SAID.items():
        text = text.replace(sign, words)
    return _ORDER.sub("3", text).replace("{n}", "3番目")


def fitted(told: Sequence[Wording], encoder: Encoder) -> OperationModel:
    """Return the model fitted on wordings."""
    counted = Counter(run for _, text in told for run in set(runs_of(text)))
    runs = {
        run: number for number, run in enumerate(sorted(run for run, n in counted.items() if n >= _LEAST))
    }
    signs = signs_of([text for _, text in told], runs, encoder)
    linear = multinomial(signs, [operation.value for operation, _ in told], ridge=_RIDGE)
    about_figures = [text for operation, text in told if operation not in (Operation.OTHER, Operation.PART)]
    return OperationModel(runs, linear, frozenset(noun for text in about_figures for noun in nouns_of(text)))


def measured(model: OperationModel, told: Sequence[Wording], encoder: Encoder) -> dict[str, object]:
    """Return how often the operation is right, and what is answered at the bar."""
    right = sure = wrong = 0
    missed: Counter[str] = Counter()
    for operation, text in told:
        chances = model.chances(text, encoder)
        best = max(chances, key=lambda o: chances[o])
        right += best is operation
        if chances[best] >= SURE and model.knows(text) and best not in (Operation.OTHER, Operation.PART):
            sure += 1
            wrong += best is not operation
        if best is not operation:
            missed[f"{operation.value}→{best.value}"] += 1
    return {
        "questions": len(told),
        "operation right": round(right / len(told), 3),
        "sure": round(sure / len(told), 3),
        "wrong of the sure": round(wrong / max(sure, 1), 3),
        "most often mistaken": dict(missed.most_common(12)),
    }


if __name__ == "__main__":
    main()
