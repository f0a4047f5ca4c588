"""From scores to a summary: every measure with its interval, by kind, by user, by any other field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from eval.columns import measure_column, measure_names
from eval.resampling import RESAMPLES, interval
from eval.selective import TARGETS, Calibration, Point, calibration, coverage_at, risk_coverage
from eval.significance import detectable_share
from eval.types import KINDS, GoldQuestion, Interval, ReplyRecord, Score

# A field with more values than this is a text, not a grouping.
_MOST_GROUPS = 12
_OPERATION = "operation"
CAME_OF_IT = ("right", "asked back", "declined", "wrong")
_WITHHELD = {"clarify": "asked back", "declined": "declined"}
_GROUP_RESAMPLES = 4_000
# For the smallest detectable difference of a set, before there is a second run to look at.
ASSUMED_CHANGING = 0.10


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one run. `groups` is field → value → measure → interval; `reach` is target → point.

    `operations` is what a question asks of the figures (the set's field `operation`) → what came of it → how many.
    """

    questions: int
    counts: Mapping[str, int]
    measures: Mapping[str, Interval]
    groups: Mapping[str, Mapping[str, Mapping[str, Interval]]]
    curve: tuple[Point, ...]
    reach: Mapping[str, Point | None]
    calibration: Calibration | None
    detectable: float
    operations: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def summarize(
    questions: Sequence[GoldQuestion], replies: Sequence[ReplyRecord], scores: Sequence[Score]
) -> Summary:
    """Return the figures of a run; `replies` is empty for one of retrieval."""
    curve = _curve(questions, replies, scores)
    return Summary(
        questions=len(scores),
        counts=_counts(replies, scores),
        measures=_intervals(scores, resamples=RESAMPLES),
        groups={
            name: {
                value: _intervals([scores[i] for i in members], resamples=_GROUP_RESAMPLES)
                for value, members in groups.items()
            }
            for name, groups in _groupings(questions).items()
        },
        curve=curve,
        reach={f"{target * 100:g}": coverage_at(curve, target) for target in TARGETS},
        calibration=_calibration(replies, scores),
        detectable=detectable_share(max(len(scores), 1), changing=ASSUMED_CHANGING),
        operations=_operations(questions, replies, scores),
    )


def _operations(
    questions: Sequence[GoldQuestion], replies: Sequence[ReplyRecord], scores: Sequence[Score]
) -> dict[str, dict[str, int]]:
    """Return, for each operation of the set, how many were right, asked back, declined and wrong: the weakest first."""
    found: dict[str, dict[str, int]] = {}
    for question, reply, score in zip(questions, replies, scores, strict=False):
        name = question.fields.get(_OPERATION, "")
        if not name:
            continue
        counts = found.setdefault(name, dict.fromkeys(CAME_OF_IT, 0))
        right = score.measures.get("correct") == 1
        counts["right" if right else _WITHHELD.get(reply.status, "wrong")] += 1
    return dict(sorted(found.items(), key=lambda pair: (pair[1]["right"] / sum(pair[1].values()), pair[0])))


def _intervals(scores: Sequence[Score], *, resamples: int) -> dict[str, Interval]:
    found = {
        name: interval(measure_column(scores, name), name=name, resamples=resamples)
        for name in measure_names(scores)
    }
    return {name: one for name, one in found.items() if one is not None}


def _counts(replies: Sequence[ReplyRecord], scores: Sequence[Score]) -> dict[str, int]:
    statuses = ("answered", "clarify", "declined", "error")
    outcomes = dict.fromkeys(score.outcome for score in scores)
    return {
        **(
            {status: sum(reply.status == status for reply in replies) for status in statuses}
            if replies
            else {}
        ),
        **{f"outcome:{name}": sum(score.outcome == name for score in scores) for name in sorted(outcomes)},
        "wrong_numbers": sum(score.measures.get("wrong_number") == 1 for score in scores),
    }


def _groupings(questions: Sequence[GoldQuestion]) -> dict[str, dict[str, list[int]]]:
    extra = sorted({name for question in questions for name in question.fields})
    asked: dict[str, Callable[[GoldQuestion], str]] = {
        "kind": lambda question: question.kind,
        "user": lambda question: question.user,
        **{name: _field(name) for name in extra},
    }
    found = {name: _grouped(questions, value) for name, value in asked.items()}
    return {name: groups for name, groups in found.items() if 2 <= len(groups) <= _MOST_GROUPS}


def _field(name: str) -> Callable[[GoldQuestion], str]:
    return lambda question: question.fields.get(name, "")


def _grouped(questions: Sequence[GoldQuestion], value: Callable[[GoldQuestion], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for i, question in enumerate(questions):
        if name := value(question):
            groups.setdefault(name, []).append(i)
    return dict(
        sorted(
            groups.items(), key=lambda item: (KINDS.index(item[0]) if item[0] in KINDS else len(KINDS), item)
        )
    )


def _sure(replies: Sequence[ReplyRecord], scores: Sequence[Score]) -> tuple[list[float], list[bool]]:
    answers = [
        (reply.confidence, score.measures["correct"] == 1)
        for reply, score in zip(replies, scores, strict=False)
        if reply.answered and reply.confidence is not None
    ]
    return [sure for sure, _ in answers], [right for _, right in answers]


def _curve(
    questions: Sequence[GoldQuestion], replies: Sequence[ReplyRecord], scores: Sequence[Score]
) -> tuple[Point, ...]:
    sure, right = _sure(replies, scores)
    return risk_coverage(sure, right, sum(question.answerable for question in questions))


def _calibration(replies: Sequence[ReplyRecord], scores: Sequence[Score]) -> Calibration | None:
    return calibration(*_sure(replies, scores))


def to_json(summary: Summary) -> dict[str, object]:
    """Return the summary as JSON values, rounded so that the last bit of a sum cannot show."""
    rounded: dict[str, object] = _rounded(asdict(summary))  # type: ignore[assignment]
    return rounded


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, Mapping):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value


def figure_named(summary: Summary, name: str) -> float | None:
    """Return a figure of the summary by name: a measure, a count, or coverage_at_99; None if there is none."""
    from eval.measures import ALIASES

    known = ALIASES.get(name, name)
    if known in summary.measures:
        return summary.measures[known].value
    if known.startswith("coverage_at_") and known.removeprefix("coverage_at_") in summary.reach:
        point = summary.reach[known.removeprefix("coverage_at_")]
        return point.coverage if point else 0.0
    return float(summary.counts[known]) if known in summary.counts else None
