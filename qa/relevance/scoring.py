"""How well stretches of passages answer a question, by the trained network."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.keys import hash_keys
from index.tokenizer import SudachiTokenizer
from qa.relevance.layout import layout
from qa.relevance.network import Floats, Network
from qa.relevance.storing import Told, ToldStore, shipped_network
from qa.relevance.words import forms_of, tokens_of, words_of
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
    def open(cls, folder: Path, tokenizer: SudachiTokenizer) -> "Relevance":
        """Open a bundle's folder."""
        network = shipped_network()
        return cls(ToldStore(folder, network), network, tokenizer)

    def scores(
        self, question: Question, stretches: Sequence[tuple[str, Sequence[tuple[int, int]]]]
    ) -> list[tuple[Floats, Floats]]:
        """Return for each (passage id, spans) the spans' scores and the probabilities (0–1) that they answer."""
        tokens = tokens_of(question.normalized, self._tokenizer)[:_ASKED]
        if not tokens:
            return [
                (np.zeros(len(spans), np.float32), np.zeros(len(spans), np.float32)) for _, spans in stretches
            ]
        asked = self._store.see(words_of(tokens, self._store.lexicon))
        accepts = {term.text: term.accepts for term in question.terms}
        forms = [hash_keys(forms_of(t) | accepts.get(t.surface, frozenset())).tolist() for t in tokens]
        found = []
        for passage_id, spans in stretches:
            told = self._store.get(passage_id)
            laid = layout(told.starts, told.headed, spans)
            scores, logits = self._network.scores(
                asked, told.seen, told.context, _matches(forms, told), laid.words, laid.own
            )
            found.append((scores, (1 / (1 + np.exp(-logits))).astype(np.float32)))
        return found


def _matches(forms: Sequence[Sequence[int]], told: Told) -> Floats:
    match = np.zeros((len(forms), len(told.starts)), np.float32)
    for row, own in enumerate(forms):
        for form in own:
            if form in told.places:
                match[row, told.places[form]] = 1
    return match
