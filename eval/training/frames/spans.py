"""Fits which words of a question refer to an item: sentences drawn from wordings and ledgers, tagged, and a CRF."""

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pycrfsuite

from eval.training.frames.drawing import Drawn, Row, Wording, drawn, is_held
from index.tokenizer import shared_tokenizer
from qa.frames.meant.described_items import Forms, is_content
from qa.frames.meant.span_tagger import BEGIN, INSIDE, OUTSIDE, SpanTagger, Word, features, words_of
from qa.ledger.folding import fold

_PLACE = re.compile(r"\{[a-z]\}")
_TIMES = 4  # each wording with items of so many ledgers
_NAMED = 0.25  # of the items in training sentences
BARE = 0.3  # of the questions are on ledgers without descriptions
_LEAST_WRITERS = 3  # who have a word that is seen as it is
_SEED = 20261129
_SETTINGS = {
    "c1": 0.5, "c2": 0.1, "max_iterations": 80, "feature.minfreq": 3, "feature.possible_transitions": True,
}  # fmt: skip


@dataclass(frozen=True)
class FittedTagger:
    """A CRFsuite model and the words that it sees as they are."""

    model: bytes
    known: frozenset[str]

    def tagger(self) -> SpanTagger:
        """Return it, ready to tag."""
        return SpanTagger(self.model, self.known)

    def save(self, folder: Path) -> None:
        """Write what `shipped_tagger` reads."""
        (folder / "spans.crfsuite").write_bytes(self.model)
        (folder / "span-words.txt").write_text("\n".join(sorted(self.known)), encoding="utf-8")


def fitted_tagger(wordings: Sequence[Wording], ledgers: Mapping[str, Sequence[Row]]) -> FittedTagger:
    """Return a tagger fitted on wordings, each with items drawn from some ledgers."""
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    known = _common_words(wordings)
    vocabularies = {name: vocabulary_of(rows) for name, rows in ledgers.items()}
    names = sorted(ledgers)
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for wording in wordings:
        for _ in range(_TIMES):
            name = chance.choice(names)
            asked = drawn(wording.text, ledgers[name], chance, named=_NAMED)
            if asked is not None:
                words = words_of(asked.text, asked.marks, shared_tokenizer())
                of_names, of_texts = vocabularies[name]
                held = (of_names, Forms()) if chance.random() < BARE else (of_names, of_texts)
                trainer.append(features(words, known, held), tags_of(words, asked))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "spans.crfsuite"
        trainer.train(str(path))
        return FittedTagger(path.read_bytes(), known)


def vocabulary_of(rows: Sequence[Row]) -> tuple[Forms, Forms]:
    """Return the forms of the words in the names and in the descriptions of the items of a ledger."""
    held = [row for row in rows if is_held(row)]
    return _forms([row.name for row in held]), _forms([row.description for row in held])


def _forms(texts: Sequence[str]) -> Forms:
    tokens = (token for text in texts for token in shared_tokenizer().tokens(fold(text)))
    return frozenset(form for token in tokens if is_content(token) for form in token.forms)


def tags_of(words: Sequence[Word], asked: Drawn) -> list[str]:
    """Return whether each word begins a reference, is inside of one, or outside."""
    tags, before = [], None
    for word in words:
        own = next(
            (place for place in asked.references if word.start < place[1] and place[0] < word.end), None
        )
        tags.append(OUTSIDE if own is None else INSIDE if own == before else BEGIN)
        before = own
    return tags


def _common_words(wordings: Sequence[Wording]) -> frozenset[str]:
    """Return the words, items aside, that several writers have."""
    writers = defaultdict(set)
    for wording in wordings:
        for token in shared_tokenizer().tokens(fold(_PLACE.sub("、", wording.text))):
            writers[token.surface].add(wording.writer)
    return frozenset(word for word, own in writers.items() if len(own) >= _LEAST_WRITERS)
