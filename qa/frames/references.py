"""Which item a question means that it does not name: by its words and its meaning, with a probability for each item.

A logistic model over signs of one item each, fitted on how people refer to the items of invented budgets
(eval/training/frames/ledgers), measured on those of ledgers left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from math import log
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from index.tokenizer import SudachiTokenizer
from index.types import Encoder, Token, Vectors
from qa.foreign.linear import LinearModel, load_linear
from qa.ledger.folding import fold, key

NEARNESS = (
    "name", "text", "asked", "words of the name", "words of the text", "pairs of letters", "pairs of the name",
    "pairs of kana", "longest run", "short form",
)  # fmt: skip
LARGEST = 2_000
"""Of a ledger of more items than this none is meant unless named: reading them all would take seconds."""
_CONTENT = frozenset(("名詞", "動詞", "形容詞", "形状詞", "副詞"))
_NOUNS = frozenset(("名詞", "形状詞", "接頭辞", "接尾辞"))
_EMPTY = frozenset(("数詞", "非自立可能", "助動詞語幹"))
_BREAKS = frozenset((*"。、,，.!?！？\n 「」", "うち"))
_ASKED = "{}の予算額はいくらですか"
_PROPER = "固有名詞"
_SHORT = re.compile(r"[一-龠]{2,4}")
_LONGEST_WORDS = 14  # letters of what two to four stand for
_JOINS = frozenset(("の", "への", "を", "に", "する", "な"))
_LONGEST_CLAUSE = 9
"""Words between what names an item and the noun that it describes: 看護師〈のいる保育施設を増やす〉やつ."""
_MOST_PIECES = 5
_TOPIC = frozenset(("は", "って", "も", "なら"))
_SIDES = frozenset(("と", "+", "&", "vs", "×", "対"))
_SIDE_WORDS = frozenset(("助詞", "補助記号", "記号", "名詞", "接尾辞"))
Numbers = npt.NDArray[np.float32]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch `start:end` of a folded question that may refer to an item."""

    start: int
    end: int
    text: str
    forms: tuple[frozenset[str], ...]
    sound: str
    names: tuple[frozenset[str], ...] = ()
    """The forms of its proper nouns: an item that lacks one is another thing."""
    is_name: bool = False
    """Whether it is nouns alone: the name of something, not a description."""
    nouns: tuple[frozenset[str], ...] = ()
    """The forms of all its nouns, those of budget questions too."""
    is_compound: bool = False
    """Whether it is nouns without の between them."""
    is_formal: bool = False
    """Whether it ends as names of items do: 〇〇補助金 that lacks a word of the item's is another one."""
    clause: tuple[int, int] | None = None
    """Where the whole phrase stands, with the noun that it describes: 看護師のいる保育施設を増やすやつ."""
    is_of_cost: bool = False
    """Whether that noun is of costs: the phrase may mean an item, or a part of one."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Which item (its number among those described) a piece means, with what probability (0–1)."""

    number: int
    probability: float
    piece: Piece
    is_explained: bool = True
    """Whether the item has all proper nouns of the piece; its name a word of a piece that is a name itself."""


def pieces(
    text: str, known: frozenset[str], tokenizer: SudachiTokenizer, endings: frozenset[str] = frozenset()
) -> list[Piece]:
    """Return the stretches of a folded question with words that budget questions do not have, the richest first.

    Each runs from the first such word to the last one between two stops, nouns on either side taken along, and the
    `endings` of items' names: 「太陽光と蓄電池の補助金」. What と joins may be one thing or two: both are returned.
    """
    found: list[Piece | None] = []
    for run in _split(tokenizer.tokens(text), lambda token: token.surface in _BREAKS):
        sides = _split(run, lambda token: token.surface in _SIDES and token.pos in _SIDE_WORDS)
        found += [
            _piece(part, text, known, endings, run) for part in ([run, *sides] if len(sides) > 1 else [run])
        ]
    kept = {(piece.start, piece.end): piece for piece in found if piece is not None}
    return sorted(kept.values(), key=lambda piece: -len(piece.forms))[:_MOST_PIECES]


def _split(tokens: Sequence[Token], parts: Callable[[Token], bool]) -> list[list[Token]]:
    """Return the runs of tokens between those that part them."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if parts(token):
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def _piece(
    run: Sequence[Token],
    text: str,
    known: frozenset[str],
    endings: frozenset[str],
    whole: Sequence[Token],
) -> Piece | None:
    strange = [i for i, token in enumerate(run) if _is_content(token) and token.normalized not in known]
    if not strange:
        return None
    first, last = strange[0], strange[-1]
    while first > 0 and run[first - 1].pos in _NOUNS:
        first -= 1
    while last + 1 < len(run) and run[last + 1].pos in _NOUNS:
        last += 1
    while last + 2 < len(run) and run[last + 1].surface in _JOINS and run[last + 2].surface in endings:
        last += 2
    own = run[first : last + 1]
    start, end = own[0].start, own[-1].end
    forms = tuple(_forms(token) for token in own if _is_content(token) and token.normalized not in known)
    names = tuple(_forms(token) for token in own if token.subpos == _PROPER)
    is_name = all(token.pos in _NOUNS or token.surface == "の" for token in own)
    is_compound = is_name and all(token.pos in _NOUNS for token in own)
    skipped = next(number for number, token in enumerate(whole) if token is run[0])
    clause = _clause(whole, skipped + first, skipped + last, endings)
    return Piece(
        start,
        end,
        text[start:end],
        forms,
        "".join(token.reading for token in own),
        names,
        is_name,
        tuple(_forms(token) for token in own if _is_content(token)),
        is_compound,
        own[-1].surface in endings and is_compound,
        clause,
        clause is not None and any(text[: clause[1]].endswith(noun) for noun in noun_phrases()["cost"]),
    )


def _clause(run: Sequence[Token], first: int, last: int, endings: frozenset[str]) -> tuple[int, int] | None:
    """Return where a phrase begins and ends that has `run[first : last + 1]` in it and a noun that it describes.

    None where that is all of it already, or words of amounts stand between: 「〇〇の予算が増えた事業」 is a list.
    """
    nouns = _heads()

    def stops(number: int) -> bool:
        token = run[number]
        parts = token.surface in _SIDES and number > 0 and run[number - 1].surface in endings
        return (
            parts
            or token.surface in _TOPIC
            or bool({token.normalized, token.surface} & noun_phrases()["stop"])
        )

    begin, end = first, last
    while begin > 0 and not stops(begin - 1) and not _names(run[begin - 1]):
        begin -= 1
    for number in range(last, min(last + _LONGEST_CLAUSE, len(run))):
        if number > last and stops(number):
            break
        if run[number].surface in nouns:
            end = number
            while end + 1 < len(run) and run[end + 1].pos in _NOUNS and not stops(end + 1):
                end += 1
    return None if (begin, end) == (first, last) else (run[begin].start, run[end].end)


def _heads() -> frozenset[str]:
    return noun_phrases()["head"] | noun_phrases()["cost"]


def _is_short_for(forms: frozenset[str], name: str) -> bool:
    """Tell whether a noun is made of letters of a name, in their order: 特養 of 特別養護老人ホーム."""
    return any(_in_order(form, name) for form in forms if not form.startswith("#"))


def _is_abbreviated(short: str, name: str) -> bool:
    """Tell whether a noun is letters of a name from a word's first one on, but no part of it: 児相 of 児童相談所."""
    if short in name:
        return False
    starts = [match.start() for match in re.finditer(rf"(?<![一-龠]){short[0]}|^{short[0]}", name)]
    return any(_in_order(short, name[start : start + _LONGEST_WORDS]) for start in starts)


def _in_order(short: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in short)


def _names(token: Token) -> bool:
    return token.pos in _NOUNS and token.subpos not in _EMPTY and token.pos != "接尾辞"


@cache
def noun_phrases() -> Mapping[str, frozenset[str]]:
    """Return the nouns that a phrase on an item ends in (`head`, `cost`), and the words that such a phrase lacks (`stop`)."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in (files("qa.frames") / "noun_phrases.tsv").read_text("utf-8").splitlines():
        kind, word, _ = line.split("\t")
        found[kind].add(word)
    return {kind: frozenset(words) for kind, words in found.items()}


class Described:
    """The items of a ledger as they are described: names, texts, vectors, words; in the order given."""

    def __init__(
        self, names: Sequence[str], texts: Sequence[str], encoder: Encoder, tokenizer: SudachiTokenizer
    ) -> None:
        self.names = names
        self._texts = texts
        self._encoder = encoder
        self._tokenizer = tokenizer

    @cached_property
    def vectors(self) -> tuple[Vectors, Vectors, Vectors]:
        """Return the vectors of the names, of the texts, and of the plain questions; some 8 ms an item."""
        told = [text or name for name, text in zip(self.names, self._texts, strict=True)]
        asked = [_ASKED.format(name) for name in self.names]
        return (
            self._encoder.encode_queries(list(self.names)),
            self._encoder.encode_passages(told),
            self._encoder.encode_queries(asked),
        )

    @cached_property
    def words(self) -> tuple[list[frozenset[str]], list[frozenset[str]], Mapping[str, float]]:
        """Return the forms of the words of each name and of each text, and the weight of each form."""
        of_names = [self._words(name) for name in self.names]
        of_texts = [name | self._words(text) for name, text in zip(of_names, self._texts, strict=True)]
        counted = Counter(form for forms in of_texts for form in forms)
        weights = {form: log(1 + len(of_texts) / n) for form, n in counted.items()}
        return of_names, of_texts, weights

    @cached_property
    def keys(self) -> list[str]:
        """Return the names without what does not tell them apart."""
        return [key(name) for name in self.names]

    @cached_property
    def runs(self) -> list[frozenset[str]]:
        """Return the pairs of letters of each name."""
        return [_pairs(key(name)) for name in self.names]

    @cached_property
    def sounds(self) -> list[frozenset[str]]:
        """Return the pairs of kana of how each name is read."""
        return [
            _pairs("".join(token.reading for token in self._tokenizer.tokens(fold(name))))
            for name in self.names
        ]

    @cached_property
    def endings(self) -> frozenset[str]:
        """Return the nouns that the names end in."""
        last = [tokens[-1].surface for name in self.names if (tokens := self._tokenizer.tokens(fold(name)))]
        return frozenset(last) | _heads()

    def _words(self, text: str) -> frozenset[str]:
        tokens = self._tokenizer.tokens(fold(text))
        return frozenset(form for token in tokens if _is_content(token) for form in _forms(token))

    def nearness(self, question: str, piece: Piece) -> Numbers:
        """Return how near each item is to a piece of a folded question, of shape (items, NEARNESS), each 0-1 or so."""
        names, texts, asked = self.vectors
        said, whole = self._encoder.encode_queries([piece.text, question])
        of_names, of_texts, weights = self.words
        rarest = log(1 + len(self.names))

        def weight(forms: frozenset[str]) -> float:
            return max((weights.get(form, rarest) for form in forms), default=0.0)

        every = sum(map(weight, piece.forms)) or 1.0
        by_name = _column(of_names, lambda own: sum(weight(f) for f in piece.forms if f & own) / every)
        by_text = _column(of_texts, lambda own: sum(weight(f) for f in piece.forms if f & own) / every)
        letters, kana = _pairs(key(piece.text)), _pairs(piece.sound)
        by_runs = _column(self.runs, lambda own: len(own & letters) / max(len(letters), 1))
        name_runs = _column(self.runs, lambda own: len(own & letters) / max(len(own), 1))
        by_sound = _column(self.sounds, lambda own: len(own & kana) / max(len(kana), 1))
        said_key = key(piece.text)
        short = [form for forms in piece.nouns for form in forms if _SHORT.fullmatch(form)]
        longest = _column(self.keys, lambda own: _longest(own, said_key))
        near = [
            names @ said,
            texts @ said,
            asked @ whole,
            by_name,
            by_text,
            by_runs,
            name_runs,
            by_sound,
            longest,
            _column(self.keys, lambda own: float(any(_is_abbreviated(noun, own) for noun in short))),
        ]
        return np.asarray(np.stack(near, axis=1), np.float32)

    def _explains(self, number: int, piece: Piece) -> bool:
        named, told = self.words[0][number], self.words[1][number]
        as_name = not piece.is_name or (
            all(named & forms for forms in piece.nouns)
            if piece.is_formal
            else any(named & forms for forms in piece.forms)
            if piece.is_compound
            else all(
                told & forms or forms & _heads() or _is_short_for(forms, self.keys[number])
                for forms in piece.nouns
            )
        )
        return as_name and all(told & forms for forms in piece.names)

    def meant(self, question: str, found: Sequence[Piece], model: LinearModel) -> list[Meant]:
        """Return the items that a folded question may mean, likeliest first."""
        if not self.names or len(self.names) > LARGEST:
            return []
        best: dict[int, Meant] = {}
        for piece in found:
            chances = model.each(signs_of(self.nearness(question, piece)))[:, 0]
            for number, chance in enumerate(chances.tolist()):
                if number not in best or chance > best[number].probability:
                    best[number] = Meant(number, chance, piece, self._explains(number, piece))
        return sorted(best.values(), key=lambda meant: -meant.probability)


@cache
def shipped_references() -> LinearModel:
    """Return the model that the project ships."""
    with as_file(files("qa.frames") / "model" / "references.npz") as path:
        return load_linear(path)


def _is_content(token: Token) -> bool:
    return token.pos in _CONTENT and token.subpos not in _EMPTY


def _forms(token: Token) -> frozenset[str]:
    return frozenset({token.normalized.casefold(), *(f"#{group}" for group in token.synonyms)})


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _longest(one: str, other: str) -> float:
    """Return the longest run of letters that both have, as a part of the shorter one."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best / max(min(len(one), len(other)), 1)


def _column(own: Sequence[T], measure: Callable[[T], float]) -> Numbers:
    return np.array([measure(each) for each in own], np.float32)


def signs_of(near: Numbers) -> Numbers:
    """Return the signs of each item: how near it is, how far before the nearest other one, and the products of both."""
    leads = np.stack([_lead(column) for column in near.T], axis=1)
    plain = np.concatenate([near, leads], axis=1)
    one, other = np.triu_indices(plain.shape[1])
    return np.asarray(np.concatenate([plain, plain[:, one] * plain[:, other]], axis=1), np.float32)


def _lead(values: Numbers) -> Numbers:
    """Return how far each value is above the greatest of the others (below: negative)."""
    if len(values) < 2:
        return np.full(len(values), 0.1, np.float32)
    second, first = np.sort(values)[-2:]
    return np.asarray(np.where(values == first, first - second, values - first), np.float32)
