"""`python -m eval.training.frames --train FILE … [--measure FILE …] [--output FILE]`: fits which operation is asked for.

Printed is what the measured writers' questions are told to be by a model that saw none of theirs.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from eval.training.frames.operation_files import save_operations, signs_of
from eval.training.frames.own_questions import plain_questions
from index.encoders.use_encoder import fresh_use
from index.tokenizer import shared_tokenizer
from index.types import Encoder
from qa.frames.exact.masking import AMOUNT, COUNT, DIVISION, ITEMS, ORDER, SIGNS, SOURCE, WHOLE, YEAR, masked
from qa.frames.operation_model import OperationModel, meaning_of, nouns_of, pairs_of, plain, runs_of
from qa.frames.operations import Operation

SURE = 0.85
_NOT_COMPUTED = frozenset({Operation.PART, Operation.OTHER, Operation.SAME, Operation.NEXT})
_PLAIN_TIMES = 4  # what the counter says itself is asked often: it is offered
_OF_A_WHOLE = {
    Operation.AMOUNT: Operation.TOTAL,
    Operation.CHANGE: Operation.TOTAL_CHANGE,
    Operation.RATE: Operation.TOTAL_RATE,
    Operation.PART: Operation.PART,
    Operation.OTHER: Operation.OTHER,
}
_LEAST_RUNS, _LEAST_PAIRS = 4, 5  # wordings that a run of letters, or a pair of words, stands in
_AT_ONCE = 2_000
_NOUNS = frozenset(("名詞", "接頭辞", "接尾辞"))
_LEAST_JOINING = 2  # writers who join a word to an item
_OF_NO_FIGURE = (Operation.OTHER, Operation.PART, Operation.DESCRIPTION)
_COMMON = ((8, 0.3), (6, 0.7))  # writers who use a word, with the part of its uses that asks for figures
_SIGN = {
    "{i}": ITEMS[0], "{j}": ITEMS[1], "{k}": ITEMS[2], "{y}": YEAR, "{z}": YEAR, "{s}": SOURCE, "{t}": SOURCE,
    "{m}": AMOUNT, "{d}": DIVISION,
}  # fmt: skip
_ORDER = re.compile(r"第?\{n\}(?:番目|番め|ばんめ|位|つ目|つめ)")
_COUNT = re.compile(r"(?:上位|下位|トップ|ベスト|ワースト)\{c\}|\{c\}(?:つ|個|件|本|事業|項目|位まで)")
_BARE = ("{i}", "{i} {y}", "{y} {i}", "{i}、{y}", "{y}の{i}", "{i} {y}分", "{i}、{y}のほう")
"""No more than a name, with a year or without: its amount is asked."""
_OLDER = {"nth": "largest"}
_OTHER_WAY = {
    Operation.COMPARE_LARGER: Operation.COMPARE_SMALLER,
    Operation.COMPARE_SMALLER: Operation.COMPARE_LARGER,
    Operation.TIMES: Operation.TIMES_OF,
}
"""What is asked of two items, with what that is of the same two the other way round."""
Wording = tuple[Operation, str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--measure", type=Path, nargs="*", default=[])
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args(arguments)
    encoder = fresh_use()
    model = fitted([wordings(path) for path in asked.train], encoder)
    for path in asked.measure:
        found = measured(model, wordings(path), encoder)
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    if asked.output:
        save_operations(model, asked.output)


def wordings(path: Path) -> list[Wording]:
    """Return the masked wordings of a file (operation, TAB, question); a + before a follow-up's operation goes."""
    rows = [
        line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    if path.stem.startswith("dialogues"):
        rows = [list(row) for row in _follow_ups(rows)]
    return [_in_order(Operation(_OLDER.get(name.lstrip("+"), name.lstrip("+"))), text) for name, text in rows]


def _in_order(operation: Operation, text: str) -> Wording:
    """Return a wording masked as questions are: the item that is named first is the first one."""
    one, two = text.find("{i}"), text.find("{j}")
    if 0 <= two < one:
        text = text.replace("{i}", "{_}").replace("{j}", "{i}").replace("{_}", "{j}")
        operation = _OTHER_WAY.get(operation, operation)
    return operation, masked(_filled(text)).text


def _follow_ups(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the turns of dialogues; what asks the same as the turn before, of something else, is SAME."""
    before: tuple[str, str] | None = None
    for dialogue, _, name, _, text in rows:
        again = before == (dialogue, name) and name not in (Operation.OTHER, Operation.PART, Operation.NEXT)
        yield (Operation.SAME if again else name), text
        before = (dialogue, name)


def plain_wordings() -> list[Wording]:
    """Return the masked questions by which frames say themselves."""
    told = plain_questions(f"「{ITEMS[0]}」", f"「{ITEMS[1]}」", WHOLE)
    told += [(Operation.AMOUNT, _filled(text)) for text in _BARE]
    return [
        (name, masked(text.replace("「福祉課」", f"「{DIVISION}」").replace("国", SOURCE)).text)
        for name, text in told
    ]


def of_a_whole(told: Sequence[Wording]) -> Iterator[Wording]:
    """Yield the wordings about one item as they are about a whole budget."""
    for operation, text in told:
        of_whole = _OF_A_WHOLE.get(operation)
        if of_whole and ITEMS[0] in text and ITEMS[1] not in text:
            yield of_whole, text.replace(ITEMS[0], f"{WHOLE}予算")


def _filled(text: str) -> str:
    text = _COUNT.sub(COUNT, _ORDER.sub(ORDER, text))
    for name, sign in _SIGN.items():
        text = text.replace(name, sign)
    return text.replace("{n}", ORDER).replace("{c}", COUNT)


def fitted(writers: Sequence[Sequence[Wording]], encoder: Encoder) -> OperationModel:
    """Return the model fitted on the wordings of writers, and on those by which frames say themselves."""
    from scipy.sparse import csr_matrix, vstack

    from eval.training.frames.operation_network import fitted_networks

    words = common_words(writers)
    told = [wording for own in writers for wording in own]
    told = [*told, *of_a_whole(told), *plain_wordings() * _PLAIN_TIMES]
    told = [(operation, plain(text, words)) for operation, text in told]
    texts = [text for _, text in told]
    runs, pairs = _common(map(runs_of, texts), _LEAST_RUNS), _common(map(pairs_of, texts), _LEAST_PAIRS)
    parts = [texts[first : first + _AT_ONCE] for first in range(0, len(texts), _AT_ONCE)]
    signs = vstack([csr_matrix(signs_of(part, runs, pairs)) for part in parts]).tocsr()
    labels, layers = fitted_networks(
        signs, meaning_of(texts, encoder), [operation.value for operation, _ in told]
    )
    return OperationModel(runs, pairs, labels, layers, words, joining_words(writers))


def _common(told: Iterable[Iterator[str]], least: int) -> dict[str, int]:
    """Return numbers for the signs that so many wordings have."""
    counted = Counter(sign for signs in told for sign in set(signs))
    common = sorted(sign for sign, n in counted.items() if n >= least)
    return {sign: number for number, sign in enumerate(common)}


def common_words(writers: Sequence[Sequence[Wording]]) -> frozenset[str]:
    """Return the words in which several writers ask for figures, or those by which frames say themselves.

    What few have is of a topic (図書館), and may name an item; so is what mostly stands where no figure is asked for.
    """
    by_writers: Counter[str] = Counter()
    uses, of_figures = Counter[str](), Counter[str]()
    for own in writers:
        told = [(asked, _words(text)) for asked, text in own]
        by_writers.update({word for _, words in told for word in words})
        uses.update(word for _, words in told for word in words)
        of_figures.update(word for asked, words in told if asked not in _OF_NO_FIGURE for word in words)
    share = {word: of_figures[word] / uses[word] for word in uses}
    common = {
        word
        for word, n in by_writers.items()
        for least, part in _COMMON
        if n >= least and share[word] >= part
    }
    return frozenset(common | {word for _, text in plain_wordings() for word in _words(text)})


def joining_words(writers: Sequence[Sequence[Wording]]) -> frozenset[str]:
    """Return the nouns that several writers join to an item without a particle between."""
    seen: Counter[str] = Counter()
    for own in writers:
        seen.update({word for _, text in own for word in _joined(text)})
    plain = {token.normalized for _, text in plain_wordings() for token in nouns_of(text)}
    return frozenset(word for word, n in seen.items() if n >= _LEAST_JOINING) | plain


def _joined(text: str) -> Iterator[str]:
    tokens = shared_tokenizer().tokens(text)
    for number, token in enumerate(tokens):
        if token.surface not in ITEMS:
            continue
        for step in (1, -1):
            place = number + step
            while 0 <= place < len(tokens) and tokens[place].pos in _NOUNS:
                yield tokens[place].normalized
                place += step


def _words(text: str) -> set[str]:
    return {token.normalized for token in shared_tokenizer().tokens(text) if not SIGNS & set(token.surface)}


def measured(model: OperationModel, told: Sequence[Wording], encoder: Encoder) -> dict[str, object]:
    """Return how often the operation is right, and what is answered at the bar."""
    right = sure = wrong = 0
    missed: Counter[str] = Counter()
    for operation, text in told:
        chances = model.chances(text, encoder)
        best = max(chances, key=lambda o: chances[o])
        right += best is operation
        if chances[best] >= SURE and best not in _NOT_COMPUTED:
            sure += 1
            wrong += best is not operation
        if best is not operation:
            missed[f"{operation.value}→{best.value}"] += 1
    return {
        "questions": len(told),
        "operation right": round(right / len(told), 3),
        "sure": round(sure / len(told), 3),
        "wrong of the sure": round(wrong / max(sure, 1), 3),
        "most often mistaken": dict(missed.most_common(25)),
    }


if __name__ == "__main__":
    main()
