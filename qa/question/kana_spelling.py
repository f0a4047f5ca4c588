"""A question typed in kana, spelled with the kanji of the corpus: ほいくかのでんわばんごう → 保育課の電話番号."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf, log1p

from corpus.data_rows import data_rows
from corpus.lexicon.scripts import HIRAGANA, KANA, KANJI, KATAKANA_WORD
from corpus.normalizing import hiragana
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.question.readings import Readings
from qa.question.spoken_words import LONGEST

_RUN = re.compile(r"[ぁ-ゖァ-ヺー]+(?:\s+[ぁ-ゖァ-ヺー]+)*")
_PLAIN_NOUN = re.compile(r"[おご]?[㐀-鿿々ァ-ヺーA-Z&s]+")
# か before a particle, or apart, is no question's end but a division: ほいくか の.
_DIVISION = re.compile(
    r"(?<=\S)か(?=\s*(?:の|は|が|に|を|へ|で(?!す|し)|と|って|[、。]))|(?P<apart>(?<=\s)か(?=\s+\S))"
)
_BEFORE_PARTICLE = re.compile(r"\s*(?:の|は|が|に|を|へ|で(?!す|し))")
_STEM = re.compile(r"([㐀-鿿々]+)([ぁ-ゖ]*)([ぁ-ゖ])")
_ASKS = frozenset("何誰")
_HOW_MANY = "なん"
_COUNTER = "+"
# No word begins with these.
_INSIDE = frozenset("ぁぃぅぇぉゃゅょっんー")
_SMALL = _INSIDE - frozenset("っん")
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_INFLECTED = frozenset({"動詞", "形容詞"})
_BOUND = "非自立可能"
_NAME = "固有名詞"
# What a word costs, by its length in kana: a longer word is less likely to be there by chance. An unknown kana costs
# more than any word. Chosen by hand on kana versions of the development questions.
_CORPUS_COST = {1: 2.1, 2: 2.2, 3: 1.5, 4: 1.2}
_LONG_COST = 1.0
_FREQUENT, _MOST = 0.05, 4.0
_SET_COST = 0.95
_SET_WORD_COST = {1: 1.0, 2: 1.7, 3: 1.25}
_COUNTER_COST = 0.5
_GRAMMAR_COST = 1.0
_WORD_COST = {1: 2.3, 2: 2.2, 3: 1.7}
_LONG_WORD_COST = 1.5
_SHORT_NOUN_COST = 2.7
_NAME_COST = 3.2
_UNKNOWN_COST = 2.5
_DIVISION_COST = 0.3
_JOINED_COST = 0.6  # two content words with no particle between them
_KEPT = 256
_CLEAR = 4
"""So many kana of a corpus word are no accident in a question that is otherwise written with kanji."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run of kana, how it is spelled, and what that costs.

    `corpus`: a word of the corpus; `unknown`: no word at all; `bound`: only after a noun.
    """

    start: int
    end: int
    spelling: str
    cost: float
    content: bool = False
    corpus: bool = False
    unknown: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of kana: Sudachi's tokens that lie in it, with their places moved to the run's own."""

    text: str
    tokens: Sequence[tuple[int, int, Token]]
    after_digit: bool = False


class KanaSpeller:
    """Spells kana as the corpus does. `known` tells whether a token is a word of the corpus."""

    def __init__(
        self, tokenizer: SudachiTokenizer, readings: Readings, known: Callable[[Token], bool]
    ) -> None:
        self._tokenizer = tokenizer
        self._readings = readings
        self._known = known
        # A question is read when it comes, and again when it is understood.
        self.spelled = lru_cache(maxsize=_KEPT)(self._spelled)

    def _spelled(self, text: str) -> str:
        """Return normalised `text` as it would be written with kanji.

        A question without kanji is read as a whole. In one with kanji, only a corpus word stands in for kana, and
        only where Sudachi finds words there that the corpus does not know.
        """
        if not self._readings or not KANA.search(text):
            return text
        written = bool(KANJI.search(text))
        plain = text if written or HIRAGANA.search(text) else hiragana(text)
        spell = self._mended if written else self._read
        tokens = self._tokenizer.tokens(plain)
        for match in reversed(list(_RUN.finditer(plain))):
            start, end = match.span()
            inside = [
                (t.start - start, t.end - start, t) for t in tokens if start <= t.start and t.end <= end
            ]
            new = spell(_Run(match[0], inside, plain[start - 1 : start].isdigit()))
            if new is not None:
                text = text[:start] + new + text[end:]
        return text

    def _read(self, run: _Run) -> str | None:
        """Return a whole run as spelled, or None where nothing of it is spelled otherwise."""
        spelled = "".join(piece.spelling for piece in self.pieces(run))
        return spelled if spelled != "".join(run.text.split()) else None

    def _mended(self, run: _Run) -> str | None:
        """Return a run with corpus words for what is unknown; None if there is none, or more stays unknown."""
        strange = [(a, b) for a, b, t in run.tokens if _is_content(t) and not self._known(t)]
        pieces = self.pieces(run) if strange else []
        taken = [
            piece
            for piece in pieces
            if piece.corpus
            and piece.end - piece.start >= _CLEAR
            and _PLAIN_NOUN.fullmatch(piece.spelling)
            and any(start < piece.end and piece.start < end for start, end in strange)
        ]
        if not taken or any(piece.unknown for piece in pieces):
            return None
        text = run.text
        for piece in reversed(taken):
            text = text[: piece.start] + piece.spelling + text[piece.end :]
        return text

    def pieces(self, run: _Run) -> list[Piece]:
        """Cut a run into the words that cost least; white space lies between the pieces."""
        by_end: dict[int, list[Piece]] = {}
        for piece in self._candidates(run):
            by_end.setdefault(piece.end, []).append(piece)
        # The best way to each place, by whether its last piece is a content word.
        best: list[dict[bool, tuple[float, list[Piece]]]] = [{} for _ in range(len(run.text) + 1)]
        best[0][False] = (0.0, [])
        for end in range(1, len(run.text) + 1):
            if run.text[end - 1].isspace():
                best[end][False] = min(best[end - 1].values(), key=_cost)
                continue
            for piece in by_end[end]:
                for joined, (cost, way) in best[piece.start].items():
                    whole = cost + piece.cost + _JOINED_COST * (joined and piece.content)
                    if (joined or not piece.bound) and whole < best[end].get(piece.content, (inf,))[0]:
                        best[end][piece.content] = (whole, [*way, piece])
        return min(best[-1].values(), key=_cost)[1]

    def _candidates(self, run: _Run) -> Iterator[Piece]:
        folded = hiragana(run.text)
        heard = _heard(folded)
        for place, letter in enumerate(run.text):
            yield Piece(place, place + 1, letter, _UNKNOWN_COST, unknown=True)
        for start, end, token in run.tokens:
            yield from _sudachi(start, end, token, known=self._known(token))
        yield from _divisions(folded)
        yield from _set_words(heard, after_digit=run.after_digit)
        verbs = {(start, end) for start, end, token in run.tokens if token.pos in _INFLECTED}
        found = self._readings.find(list(dict.fromkeys(heard.values())))
        for (start, end), reading in heard.items():
            word = found.get(reading)
            # Sudachi hears a whole verb better than its sound tells; one kana is a word before a particle (しの → 市の).
            if (
                word
                and (start, end) not in verbs
                and (end - start > 1 or _BEFORE_PARTICLE.match(folded, end))
            ):
                cost = _CORPUS_COST.get(end - start, _LONG_COST) - _FREQUENT * min(log1p(word.count), _MOST)
                yield Piece(start, end, word.spelling, cost, content=True, corpus=True)


def _cost(way: tuple[float, list[Piece]]) -> float:
    return way[0]


def _is_content(token: Token) -> bool:
    return token.pos in _CONTENT and token.subpos != _BOUND


def _heard(folded: str) -> dict[tuple[int, int], str]:
    """Return every part of a run that could be a word, by its place."""
    return {
        (start, end): folded[start:end]
        for start in range(len(folded))
        if folded[start] not in _INSIDE or folded.startswith(("って", "んで"), start)
        for end in range(start + 1, _reach(folded, start) + 1)
        if folded[end : end + 1] not in _SMALL
    }


def _reach(folded: str, start: int) -> int:
    """Return where the longest word from `start` can end: no word holds white space."""
    word = folded[start : start + LONGEST].split(maxsplit=1)
    return start + len(word[0]) if word and not folded[start].isspace() else start


def _sudachi(start: int, end: int, token: Token, *, known: bool) -> Iterator[Piece]:
    """Yield Sudachi's own word; one that the corpus knows, as it is usually spelled."""
    if not token.surface.strip() or hiragana(token.surface[0]) in _SMALL:
        return
    length = end - start
    named = token.subpos == _NAME
    if token.pos not in _CONTENT:
        yield Piece(start, end, token.surface, _GRAMMAR_COST)
    elif KATAKANA_WORD.fullmatch(token.surface):
        cost = _LONG_COST if length > 2 else _NAME_COST
        yield Piece(start, end, token.surface, cost, content=True)
    else:
        cost = _NAME_COST if named else _WORD_COST.get(length, _LONG_WORD_COST)
        if token.pos == "名詞" and length < 3 and not known:
            cost = max(cost, _SHORT_NOUN_COST)
        spelling = _usual(token) if known and not named else token.surface
        yield Piece(start, end, spelling, cost, content=token.subpos != _BOUND)


def _usual(token: Token) -> str:
    """Return a word in kana as it is usually spelled: やい of 焼く → 焼い, おしえ of 教える → 教え."""
    if token.pos == "名詞":
        return token.normalized if KANJI.search(token.normalized) else token.surface
    stem = _STEM.fullmatch(token.normalized)
    if not stem or token.subpos == _BOUND or len(token.surface) < 2:
        return token.surface
    kanji, inner, _ = stem.groups()
    place = token.surface.rfind(inner, 1) if inner else len(token.surface) - 1
    return kanji + token.surface[place:] if place > 0 else token.surface


def _divisions(folded: str) -> Iterator[Piece]:
    for match in _DIVISION.finditer(folded):
        yield Piece(*match.span(), "課", _DIVISION_COST, content=True, bound=match["apart"] is None)


def _set_words(heard: Mapping[tuple[int, int], str], *, after_digit: bool) -> Iterator[Piece]:
    """Yield particles, interrogatives and everyday words, and counters after なん or a digit."""
    words, counters = set_words()
    for (start, end), reading in heard.items():
        if spelling := words.get(reading):
            grammar = spelling == reading or not _ASKS.isdisjoint(spelling)
            cost = _SET_COST if grammar else _SET_WORD_COST.get(end - start, _SET_COST)
            yield Piece(start, end, spelling, cost, content=not grammar)
        if reading.startswith(_HOW_MANY) and (counter := counters.get(reading[len(_HOW_MANY) :])):
            yield Piece(start, end, f"何{counter}", _SET_COST)
        if after_digit and start == 0 and (counter := counters.get(reading)):
            yield Piece(start, end, counter, _COUNTER_COST - _FREQUENT * (end - start))


@cache
def set_words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the spellings of the table's words by their readings, and those of its counters; the first of each."""
    words: dict[str, str] = {}
    counters: dict[str, str] = {}
    for spelling, readings in data_rows("qa.question", "kana_spelling.tsv", columns=2):
        held = counters if spelling.startswith(_COUNTER) else words
        for reading in readings.split() or [spelling]:
            held.setdefault(reading, spelling.removeprefix(_COUNTER))
    return words, counters
