"""What an enumeration is."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Members, in order, as spans of the passage's text; `start:end` holds them all, with what introduces them.

    `clarity` in 0–1 says how plainly the text marks them as a list: marked lines, then A、B、Cなど, then AやBなど;
    a number stated in the text (３つの) raises it when it is theirs. `intro` is the heading or the words before
    them that say what they are. `form` is how they stand: lines, words, column, clauses or titles.
    """

    start: int
    end: int
    members: tuple[Span, ...]
    clarity: float
    intro: Span | None = None
    form: str = "words"
