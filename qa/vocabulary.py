"""How often each word stands in the corpus: what a question's words are worth, and which are not there at all."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path

from corpus.normalizing import normalize
from corpus.types import Document, Passage
from index.tokenizer import shared_tokenizer
from qa.analysis import word_forms
from qa.kanji import kanji_of

VOCABULARY_FILE = "vocabulary.json"
_LEAST = 0.2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Document frequencies over passages, of words and of single kanji."""

    passages: int
    frequency: dict[str, int]
    kanji: dict[str, int] = field(default_factory=dict)

    def weight(self, forms: Iterable[str]) -> float:
        """Return the inverse document frequency of the most frequent of `forms`; the highest for an unknown word."""
        most = max((self.frequency.get(form, 0) for form in forms), default=0)
        return log(1 + (self.passages - most + 0.5) / (most + 0.5))

    def kanji_weight(self, character: str) -> float:
        """Return the inverse document frequency of one kanji, at least a little."""
        return max(_LEAST, log((self.passages + 1) / (self.kanji.get(character, 0) + 0.5)))

    def knows(self, forms: Iterable[str]) -> bool:
        """Tell whether any of `forms` stands anywhere in the corpus."""
        return any(form in self.frequency for form in forms)


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """Counts the words of the passages at build time."""

    name: str = "語の頻度"

    def write(self, folder: Path, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Write VOCABULARY_FILE."""
        tokenizer = shared_tokenizer()
        counts: Counter[str] = Counter()
        kanji: Counter[str] = Counter()
        for passage in passages:
            words = word_forms(normalize(passage.indexed_text), tokenizer)
            counts.update({form for _, forms in words for form in forms})
            kanji.update(kanji_of(passage.indexed_text))
        data = {
            "passages": len(passages),
            "frequency": dict(sorted(counts.items())),
            "kanji": dict(sorted(kanji.items())),
        }
        (folder / VOCABULARY_FILE).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def read_vocabulary(path: Path) -> Vocabulary:
    """Read what VocabularyFile wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Vocabulary(data["passages"], data["frequency"], data["kanji"])
