"""Asks the counter a world's near misses and twins, and counts what it made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.columns import column
from eval.judging import is_correct, is_correct_leniently
from eval.near_misses.types import Case, World
from eval.near_misses.worlds import write_world
from eval.normalizing import squash
from eval.replies import record
from eval.resampling import interval
from eval.types import Answering, ReplyRecord


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case. A near miss is `right` if it was not answered; a twin, if its own value is told.

    `strays` if a value is told that only another thing has; `is_brief` if the short answer itself is right.
    """

    case: Case
    reply: ReplyRecord
    answered: bool
    right: bool
    is_brief: bool
    strays: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the 95 % interval of their share."""

    count: int
    of: int
    low: float
    high: float

    def __str__(self) -> str:
        """Return `3/300 (.003–.029)`."""
        if not self.of:
            return "–"
        return f"{self.count}/{self.of} ({self.low:.3f}–{self.high:.3f})".replace("0.", ".")


Counts = Mapping[str, Share]


def measured(made: World) -> list[Result]:
    """Build an index of a world in a temporary home, and ask all its questions."""
    from qa.assistant import Assistant
    from qa.building.homes import build

    with TemporaryDirectory() as folder:
        home, source = Path(folder, "home"), Path(folder, "source")
        write_world(source, made)
        build(home, corpus=source / "documents")
        return results(Assistant.open(home), made)


def results(answering: Answering, made: World) -> list[Result]:
    """Ask all questions of a world."""
    return [_result(case, record(answering.ask(case.gold.question))) for case in made.cases]


def _result(case: Case, reply: ReplyRecord) -> Result:
    said = squash(f"{reply.short_answer} {reply.answer}") if reply.answered else ""
    own = [squash(answer) for answer in case.gold.answers]
    told = any(squash(other) in said for other in case.others)
    return Result(
        case,
        reply,
        reply.answered,
        is_correct_leniently(case.gold, reply),
        is_correct(case.gold, reply),
        told and not any(answer in said for answer in own),
    )


def counts(found: Sequence[Result]) -> Counts:
    """Return every count by its name."""
    misses = [result for result in found if result.case.is_near_miss]
    twins = [result for result in found if not result.case.is_near_miss]
    return {
        "misses_answered": _share([one.answered for one in misses]),
        "misses_with_a_neighbours_value": _share([one.answered and one.strays for one in misses]),
        "misses_with_something_else": _share([one.answered and not one.strays for one in misses]),
        "twins_answered": _share([one.answered for one in twins]),
        "twins_right": _share([one.right for one in twins]),
        "twins_right_briefly": _share([one.is_brief for one in twins]),
        "twins_with_a_neighbours_value": _share([one.answered and one.strays for one in twins]),
    }


def grouped(found: Sequence[Result], by: str) -> dict[str, Counts]:
    """Return the counts by `fact` or `layout`, in the order of their names."""
    groups: dict[str, list[Result]] = {}
    for result in found:
        groups.setdefault(getattr(result.case, by), []).append(result)
    return {name: counts(groups[name]) for name in sorted(groups)}


def to_json(found: Sequence[Result]) -> dict[str, Any]:
    """Return all counts and every case."""
    return {
        "all": _plain(counts(found)),
        **{f"by_{by}": {name: _plain(own) for name, own in grouped(found, by).items()} for by in ("fact", "layout")},
        "cases": list(_cases(found)),
    }  # fmt: skip


def _plain(own: Counts) -> dict[str, Any]:
    return {name: asdict(share) for name, share in own.items()}


def _cases(found: Sequence[Result]) -> Iterator[dict[str, Any]]:
    for result in found:
        gold, reply = result.case.gold, result.reply
        yield {
            "id": gold.id, "question": gold.question, "kind": gold.kind, "answers": gold.answers,
            "fact": result.case.fact, "layout": result.case.layout, "status": reply.status,
            "short_answer": reply.short_answer, "answer": reply.answer, "confidence": reply.confidence,
            "right": result.right, "right_briefly": result.is_brief, "neighbours_value": result.strays,
        }  # fmt: skip


def _share(values: Sequence[bool]) -> Share:
    found = interval(column(map(float, values)), name="near misses")
    return Share(sum(values), len(values), found.low, found.high) if found else Share(0, 0, 0.0, 1.0)
