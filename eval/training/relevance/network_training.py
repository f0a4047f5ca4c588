"""Trains the network: `python -m eval.training.relevance.network_training --data FOLDER --output FOLDER`.

The same data give the same bytes.

For each question the sentences of its passage that hold an answer are told from its others and from those of a
passage that the index would find too (list-wise softmax; Cao et al. 2007).
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.sentences import sentence_spans
from eval.training.relevance.first_values import initial
from eval.training.relevance.reading_sets import ReadingQuestion, read_set
from index.bm25 import Bm25Leg, fit_bm25
from index.fields import SATURATIONS
from index.tokenizer import shared_tokenizer
from index.types import Token
from qa.relevance.network_words import Lexicon, tag_of, tokens_of, words_of
from qa.relevance.relevance_words import NETWORK, WORDS
from qa.relevance.stretch_layout import HEADING, layout
from qa.relevance.word_vectors import likeness_vectors

if TYPE_CHECKING:
    import torch

EPOCHS = 2
BATCH = 16
RATE = 1.5e-3
SEED = 20_221
_THREADS = 1
_COMMON = 400
_SENTENCES = 16
_FOUND = 6
_DROPPED = 0.15
_ANSWERS_AT_ALL = 0.3
_CONTENT = ("名詞", "動詞", "形容詞", "形状詞")

Tensors = dict[str, "torch.Tensor"]


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as words: those of its heading first (`headed` of them), then its own; and its sentences."""

    text: str
    tokens: list[Token]
    headed: int
    sentences: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its passage, those that are found beside it, and where its answers stand."""

    tokens: list[Token]
    passage: str
    beside: tuple[str, ...]
    answers: tuple[str, ...]


def read_text(heading: str, text: str) -> Text:
    """Cut a passage into words and sentences."""
    tokenizer = shared_tokenizer()
    above = tokens_of(heading, tokenizer)[:HEADING]
    return Text(text, [*above, *tokens_of(text, tokenizer)], len(above), list(sentence_spans(text)))


def lexicon_of(texts: Sequence[Text], questions: Sequence[Example]) -> Lexicon:
    """Number the words of the training data."""
    words: Counter[str] = Counter()
    tags: set[str] = set()
    for tokens, times in [*((t.tokens, 1) for t in texts), *((q.tokens, 3) for q in questions)]:
        for token in tokens:
            words[token.key] += times
            tags.add(tag_of(token))
    often = sorted(words, key=lambda word: (-words[word], word))[:_COMMON]
    return Lexicon(
        likeness_vectors(),
        {word: n for n, word in enumerate(often, 1)},
        {tag: n for n, tag in enumerate(sorted(tags), 1)},
    )


def examples(folder: Path) -> tuple[dict[str, Text], list[Example]]:
    """Read a set, and find beside each question's passage those that share its words (BM25)."""
    found = read_set(folder)
    texts = {id: read_text(p.heading[-1], p.text.partition("\n")[2]) for id, p in found.passages.items()}
    tokenizer = shared_tokenizer()
    ids = list(texts)
    saturation = SATURATIONS["words"]
    words = fit_bm25([_content(text.tokens) for text in texts.values()], saturation)
    index = Bm25Leg([words], str.split, len(texts), impact=saturation.most)
    asked = [(question, tokens_of(question.text, tokenizer)) for question in found.questions]
    return texts, [
        _example(
            question,
            tokens,
            [ids[row] for row in index.rank_terms(_content(tokens), depth=_FOUND).rows.tolist()],
        )
        for question, tokens in asked
    ]


def _example(question: ReadingQuestion, tokens: list[Token], found: Sequence[str]) -> Example:
    beside = tuple(id for id in found if id != question.passage_id)
    return Example(tokens, question.passage_id, beside, question.answers)


def _content(tokens: Sequence[Token]) -> list[str]:
    return [token.key for token in tokens if token.pos in _CONTENT]


class Trainer:
    """Holds the parameters and learns from batches."""

    def __init__(self, lexicon: Lexicon, texts: dict[str, Text], *, steps: int) -> None:
        import torch

        torch.manual_seed(SEED)
        torch.set_num_threads(_THREADS)
        torch.use_deterministic_algorithms(True)
        self._random = random.Random(SEED)  # noqa: S311 - draws examples, hides nothing
        self._lexicon = lexicon
        self._texts = texts
        first = initial(len(lexicon.common), len(lexicon.tags), seed=SEED)
        self.parameters: Tensors = {
            name: torch.nn.Parameter(torch.from_numpy(array)) for name, array in first.items()
        }
        self._optimizer = torch.optim.AdamW(self.parameters.values(), lr=RATE, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, RATE, total_steps=steps + 1, pct_start=0.1
        )

    def learn(self, batch: Sequence[Example]) -> float:
        """Take one step; return the mean loss."""
        import torch

        losses = [loss for example in batch if (loss := self._loss(example)) is not None]
        if not losses:
            return 0.0
        total = torch.stack(losses).mean()
        self._optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call] # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(self.parameters.values(), 2.0)
        self._optimizer.step()
        self._schedule.step()
        return float(total.detach())

    def _loss(self, example: Example) -> "torch.Tensor | None":
        import torch

        told = [self._texts[example.passage]]
        if example.beside:
            told.append(self._texts[self._random.choice(example.beside)])
        rows = [(text, span, n == 0) for n, text in enumerate(told) for span in text.sentences]
        right = [
            first and any(answer in text.text[slice(*span)] for answer in example.answers)
            for text, span, first in rows
        ]
        if not any(right) or all(right):
            return None
        kept = self._kept(right)
        scores, logits = self.scores(
            example.tokens, [(text, [rows[n][1] for n in kept if rows[n][0] is text]) for text in told]
        )
        truth = torch.tensor([right[n] for n in kept])
        chosen = torch.logsumexp(scores, 0) - torch.logsumexp(scores[truth], 0)
        answers = torch.nn.functional.binary_cross_entropy_with_logits(logits, truth.float())
        return chosen + _ANSWERS_AT_ALL * answers

    def _kept(self, right: Sequence[bool]) -> list[int]:
        """All right sentences, and a draw of the others."""
        wrong = [n for n, one in enumerate(right) if not one]
        drawn = self._random.sample(wrong, min(len(wrong), _SENTENCES))
        return sorted([*drawn, *(n for n, one in enumerate(right) if one)])

    def scores(
        self, asked: Sequence[Token], told: Sequence[tuple[Text, Sequence[tuple[int, int]]]]
    ) -> "tuple[torch.Tensor, torch.Tensor]":
        """Return the scores of all spans, text by text."""
        import torch

        from eval.training.relevance.torch_network import context, scores, see

        pairs = []
        question = see(self.parameters, *_inputs(asked, self._lexicon), dropped=_DROPPED)
        asked_forms = [token.forms for token in asked]
        for text, spans in told:
            if not spans:
                continue
            seen = see(self.parameters, *_inputs(text.tokens, self._lexicon), dropped=_DROPPED)
            starts = np.array([token.start for token in text.tokens], np.int32)
            laid = layout(starts, text.headed, spans)
            match = torch.from_numpy(matches(asked_forms, [token.forms for token in text.tokens]))
            pairs.append(
                scores(
                    self.parameters,
                    question,
                    seen,
                    context(self.parameters, seen, "text"),
                    match,
                    torch.from_numpy(laid.words.astype(np.int64)),
                    torch.from_numpy(laid.own),
                )
            )
        return torch.cat([score for score, _ in pairs]), torch.cat([logit for _, logit in pairs])

    def weights(self) -> dict[str, npt.NDArray[np.float16]]:
        """Return the parameters in half precision."""
        return {name: p.detach().numpy().astype(np.float16) for name, p in sorted(self.parameters.items())}


def matches(asked: Sequence[frozenset[str]], told: Sequence[frozenset[str]]) -> npt.NDArray[np.float32]:
    """Return 1 where word i of the question and word j of the text share a form, (question, text)."""
    places: dict[str, list[int]] = {}
    for number, forms in enumerate(told):
        for form in forms:
            places.setdefault(form, []).append(number)
    found = np.zeros((len(asked), len(told)), np.float32)
    for row, forms in enumerate(asked):
        for form in forms:
            found[row, places.get(form, [])] = 1
    return found


def _inputs(tokens: Sequence[Token], lexicon: Lexicon) -> "tuple[torch.Tensor, ...]":
    import torch

    words = words_of(tokens, lexicon)
    arrays = (words.vectors, words.ranks, words.common.astype(np.int64), words.tags.astype(np.int64))
    return tuple(map(torch.from_numpy, arrays))


def train(folder: Path, *, epochs: int = EPOCHS, limit: int | None = None) -> tuple[Lexicon, Trainer]:
    """Train on a reading set; with `limit`, on its first questions only."""
    texts, asked = examples(folder)
    asked = asked[:limit]
    lexicon = lexicon_of(list(texts.values()), asked)
    trainer = Trainer(lexicon, texts, steps=epochs * (len(asked) // BATCH))
    order = random.Random(SEED)  # noqa: S311 - draws examples, hides nothing
    for epoch in range(epochs):
        drawn = order.sample(asked, len(asked))
        for number, loss in enumerate(_losses(trainer, drawn), 1):
            if number % 100 == 0:
                sys.stderr.write(f"\r{epoch + 1}/{epochs} {number * BATCH}/{len(drawn)} {loss:.4f}")
                sys.stderr.flush()
        sys.stderr.write("\n")
    return lexicon, trainer


def _losses(trainer: Trainer, asked: Sequence[Example]) -> Iterator[float]:
    mean = 0.0
    for start in range(0, len(asked) - BATCH + 1, BATCH):
        loss = trainer.learn(asked[start : start + BATCH])
        mean = loss if not mean else 0.99 * mean + 0.01 * loss
        yield mean


def save(folder: Path, lexicon: Lexicon, trainer: Trainer) -> None:
    """Write NETWORK and WORDS; the same parameters give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NETWORK).open("wb") as file:
        np.savez(file, **trainer.weights())  # type: ignore[arg-type] # names are not `allow_pickle`
    numbered = {"common": list(lexicon.common), "tags": list(lexicon.tags)}
    (folder / WORDS).write_text(json.dumps(numbered, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a reading set in the BEIR layout")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="train on so many questions only")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    chosen = parser.parse_args(arguments)
    save(chosen.output, *train(chosen.data, epochs=chosen.epochs, limit=chosen.limit))


if __name__ == "__main__":
    main()
