"""The words of a label or a question, in Sudachi's normalised form with their synonym groups."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.ledger.vocabulary import NEUTRAL

# A prefix tells 小学校 from 中学校.
_NOUN = frozenset({"名詞", "形状詞", "接頭辞"})
_POLITE = frozenset("御お各約全総両毎同当本貴諸ご今昨来再第何数計")
_EMPTY = frozenset({"数詞", "助動詞語幹"})


@dataclass(frozen=True, slots=True)
class Word:
    """A content word at `text[start:end]`; `forms` are all the forms that count as the same word."""

    surface: str
    forms: frozenset[str]
    start: int
    end: int
    proper: bool = False


def nouns(tokenizer: SudachiTokenizer, text: str, covered: Collection[tuple[int, int]] = ()) -> list[Word]:
    """Return the nouns of a folded text that say what is meant; those inside a covered span are left out."""
    return [
        _word(token)
        for token in tokenizer.tokens(text)
        if token.pos in _NOUN
        and token.subpos not in _EMPTY
        and not _is_neutral(token)
        and not any(start < token.end and token.start < end for start, end in covered)
    ]


def forms(tokenizer: SudachiTokenizer, texts: Iterable[str]) -> frozenset[str]:
    """Return every form of every word of some texts: surfaces, normalised forms, synonym groups."""
    return frozenset(
        form for text in texts for token in tokenizer.tokens(text) for form in _word(token).forms
    )


def _word(token: Token) -> Word:
    same = {token.surface.casefold(), token.normalized.casefold(), *(f"#{group}" for group in token.synonyms)}
    return Word(token.surface, frozenset(same), token.start, token.end, token.subpos == "固有名詞")


def _is_neutral(token: Token) -> bool:
    if token.pos == "接頭辞":
        return token.surface in _POLITE
    return (
        token.normalized.casefold() in NEUTRAL
        or token.surface in NEUTRAL
        or (len(token.surface) == 1 and not "一" <= token.surface <= "龠")
    )
