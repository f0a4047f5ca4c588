"""How a question is read before it is understood: kana in kanji, and mistyped words for what they can stand for."""

import re
from collections.abc import Sequence

from corpus.normalizing import normalize
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.question.analysis import stopwords
from qa.question.kana_spelling import KanaSpeller
from qa.question.mistyping import Mistyped
from qa.question.readings import Readings
from qa.question.vocabulary import Vocabulary

# The input method's other なんじ; a question may count characters only where the documents do.
_HOUR = re.compile(r"何字(?!か国|以|数)")
_LONGEST = 400  # no question is longer; what is longer is no question, and takes long


class CorpusSpelling:
    """Reads questions by the words of a corpus. Holds nothing between two questions."""

    def __init__(self, tokenizer: SudachiTokenizer, readings: Readings, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._kana = KanaSpeller(tokenizer, readings, self._knows)
        self._mistyped = Mistyped(tokenizer, readings, self._knows)

    def spelled(self, text: str) -> str:
        """Return `text` as it is if it reads well, else normalised and spelled as the corpus spells it."""
        normalized = normalize(text).strip()
        if len(normalized) > _LONGEST:
            return text
        spelled = self._kana.spelled(normalized)
        if not self._vocabulary.knows(["字"]):
            spelled = _HOUR.sub("何時", spelled)
        return text if spelled == normalized else spelled

    def meant(self, normalized: str) -> Sequence[tuple[int, int, tuple[str, ...]]]:
        """Return (start, end, (corpus word,)) of each mistyped word."""
        return self._mistyped.meant(normalized) if len(normalized) <= _LONGEST else ()

    def _knows(self, token: Token) -> bool:
        return token.normalized in stopwords() or self._vocabulary.knows(token.forms)
