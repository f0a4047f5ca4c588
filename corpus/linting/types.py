"""What is counted on a page, and what was made of a document."""

from dataclasses import dataclass

from corpus.types import Document, Problem


@dataclass(frozen=True, slots=True)
class PageSigns:
    """Figures of one page. They say nothing by themselves; `corpus.linting.damages` tells what is too much.

    `letters` are all characters but white space. `private` are private-use characters that are no bullets,
    `symbol_digits` digits of a symbol font that stand where a number does, `rare` the kanji outside of JIS X 0213 and
    `rare_kinds` how many different ones, `lost` different words that Japanese has with a dakuten only, `loose_marks` dakuten
    without their kana, `replaced` U+FFFD, `mojibake` pairs that a wrong encoding makes, `longest_run` the letters of
    the longest stretch without a sentence end, a line end or a cell's end, `copy_of` an earlier page that is the same
    or nearly so, as `likeness` tells.
    """

    page: int
    letters: int
    private: int
    symbol_digits: int
    kanji: int
    rare: int
    rare_kinds: int
    hiragana: int
    voiced_hiragana: int
    katakana: int
    voiced_katakana: int
    lost: int
    loose_marks: int
    replaced: int
    mojibake: int
    longest_run: int
    copy_of: int | None = None
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Linted:
    """What may be cited of a document (the text of a damaged page is gone, its number stays), and what was found."""

    document: Document
    problems: tuple[Problem, ...] = ()
