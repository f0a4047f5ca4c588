"""The sums an outline offers, and which printed numbers they let us believe.

A number that stands in a sum that holds is believed: one wrong digit cannot make a sum hold. Where a sum fails,
one of its numbers is wrong, and it is one that no other sum confirms; if all are confirmed elsewhere, all are
in doubt. A number in doubt is never served.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.budgets.pieces import Number
from corpus.types import Basis, Document, Problem


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` added up should be `right` added up; `about` says it in Japanese."""

    about: str
    left: tuple[Number, ...]
    right: tuple[Number, ...]
    page: int

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return _total(self.left) == _total(self.right)

    @property
    def starts(self) -> frozenset[int]:
        """Where its numbers stand."""
        return frozenset(n.start for n in (*self.left, *self.right) if n.value is not None)


@dataclass(frozen=True, slots=True)
class Proof:
    """Which numbers, by their start, sums confirm and which are in doubt."""

    confirmed: frozenset[int]
    doubtful: frozenset[int]
    problems: tuple[Problem, ...] = field(default=())

    def basis(self, number: Number, *, beside: bool) -> Basis:
        """Return why a number is believed; `beside` tells that it is printed beside its name."""
        if number.start in self.doubtful:
            return Basis.ORDER
        if beside:
            return Basis.PRINTED
        return Basis.PROVEN if number.start in self.confirmed else Basis.ORDER


def prove(document: Document, equations: Sequence[Equation]) -> Proof:
    """Weigh all equations of a document together."""
    confirmed = frozenset(start for e in equations if e.holds for start in e.starts)
    doubtful: set[int] = set()
    problems = []
    for equation in equations:
        if equation.holds:
            continue
        suspects = equation.starts - confirmed or equation.starts
        doubtful |= suspects
        problems.append(_problem(document, equation, suspects))
    return Proof(confirmed, frozenset(doubtful), tuple(problems))


def _problem(document: Document, equation: Equation, suspects: frozenset[int]) -> Problem:
    numbers = [n for n in (*equation.left, *equation.right) if n.start in suspects]
    shown = "、".join(document.text[n.start : n.end] for n in numbers)
    message = (
        f"計算が合いません：{equation.about}（{_total(equation.left):,} と {_total(equation.right):,}）。"
        f"次の数字のどれかが正しくないので答えに使いません：{shown}。原本を確かめてください。"
    )
    return Problem(document.id, message, equation.page, numbers[0].start, numbers[0].end, "arithmetic")


def _total(numbers: Sequence[Number]) -> Decimal:
    return sum((n.value for n in numbers if n.value is not None), Decimal(0))
