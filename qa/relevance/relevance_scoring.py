"""How well stretches of passages answer a question, by the trained network."""

from collections.abc import Sequence

import numpy as np

from index.keys import hash_keys
from index.segments.values import Values
from index.tokenizer import SudachiTokenizer
from qa.relevance.network_words import tokens_of, words_of
from qa.relevance.relevance_network import Floats, Network
from qa.relevance.relevance_words import Told, ToldStore, end_to_end, shipped_network
from qa.relevance.stretch_layout import compact, joined, layout
from qa.relevance.word_vectors import LikenessVectors
from qa.types import Question

_ASKED = 36
"""So many words of a question are read."""


class Relevance:
    """Scores stretches of passages for questions; safe to share between threads."""

    def __init__(self, store: ToldStore, network: Network, tokenizer: SudachiTokenizer) -> None:
        self._store = store
        self._network = network
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, values: Values, vectors: LikenessVectors, tokenizer: SudachiTokenizer) -> "Relevance":
        """Open what `RelevanceWords` gave of a bundle's passages."""
        network = shipped_network()
        return cls(ToldStore(values, vectors, network), network, tokenizer)

    def scores(
        self, question: Question, stretches: Sequence[tuple[str, Sequence[tuple[int, int]]]]
    ) -> list[tuple[Floats, Floats]]:
        """Return for each (passage id, spans) the spans' scores and the probabilities (0–1) that they answer.

        Of all passages at once only the words are read that stand in a stretch, laid end to end.
        """
        tokens = tokens_of(question.normalized, self._tokenizer)[:_ASKED]
        if not tokens or not stretches:
            return [
                (np.zeros(len(spans), np.float32), np.zeros(len(spans), np.float32)) for _, spans in stretches
            ]
        asked = self._store.see(words_of(tokens, self._store.lexicon))
        accepts = {term.text: term.accepts for term in question.terms}
        forms = [hash_keys(t.forms | accepts.get(t.surface, frozenset())).tolist() for t in tokens]
        told = [self._store.get(passage_id) for passage_id, _ in stretches]
        laid, words = zip(
            *(
                compact(layout(one.starts, one.headed, spans))
                for one, (_, spans) in zip(told, stretches, strict=True)
            ),
            strict=True,
        )
        together = joined(laid, list(map(len, words)))
        seen, context = end_to_end(told, words)
        matches = np.hstack([_matches(forms, one)[:, own] for one, own in zip(told, words, strict=True)])
        scores, logits = self._network.scores(asked, seen, context, matches, together.words, together.own)
        chances = (1 / (1 + np.exp(-logits))).astype(np.float32)
        ends = np.cumsum([len(spans) for _, spans in stretches])[:-1]
        return list(zip(np.split(scores, ends), np.split(chances, ends), strict=True))


def _matches(forms: Sequence[Sequence[int]], told: Told) -> Floats:
    match = np.zeros((len(forms), len(told.starts)), np.float32)
    for row, own in enumerate(forms):
        for form in own:
            if form in told.places:
                match[row, told.places[form]] = 1
    return match
