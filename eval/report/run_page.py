"""The report of one run as one self-contained page."""

from collections.abc import Mapping, Sequence

from eval.explaining import OUTCOMES
from eval.latency import latency
from eval.measures import HEADLINE, measure_named
from eval.report.cards import Card, cards
from eval.report.pages import drawn, fill
from eval.report.plots import bar, calibration_plot, interval_plot, risk_coverage_plot
from eval.report.wording import FIELDS, METHODS, lead, percent, value_word
from eval.runs import Run
from eval.selective import Point
from eval.summarizing import ASSUMED_CHANGING, Summary
from eval.types import Interval
from eval.verdicts import share

_GROUP_COLUMNS = (
    "correct",
    "precision_of_answers",
    "char_f1",
    "list_f1",
    "figure_accuracy",
    "citations_on_evidence",
)


def run_page(run: Run, summary: Summary, seal: str) -> str:
    """Return the page. `seal` is the fingerprint of the run's files."""
    shown = cards(run)
    return fill(
        "run.html.j2",
        **_pictures(summary),
        run=run,
        seal=seal,
        reach=[_reach_row(target, point) for target, point in summary.reach.items()],
        measures=[_measure_row(name, one) for name, one in summary.measures.items()],
        latency=latency(run.latencies),
        cards=shown,
        outcomes=_outcomes(shown),
        kinds=_distinct(card.kind for card in shown),
        users=_distinct(card.user for card in shown),
        detectable=f"{summary.detectable * 100:.1f}",
        assumed=f"{ASSUMED_CHANGING * 100:g}%",
        config=_flat(run.config),
    )


def summary_fragment(summary: Summary) -> str:
    """Return the summary and the plots, to be shown inside another page."""
    return fill("summary.html.j2", **_pictures(summary))


def _pictures(summary: Summary) -> dict[str, object]:
    return {
        "summary": summary,
        "lead": lead(summary),
        "tiles": [_tile(name, summary.measures[name]) for name in HEADLINE if name in summary.measures],
        "curve": drawn(risk_coverage_plot(summary.curve, summary.reach)) if summary.curve else None,
        "calibration": drawn(calibration_plot(summary.calibration)) if summary.calibration else None,
        "operations": [(name, list(counts.values())) for name, counts in summary.operations.items()],
        "groups": [_group(field, groups, summary) for field, groups in summary.groups.items()],
    }


def _reach_row(target: str, point: Point | None) -> tuple[str, str, int, str]:
    if point is None:
        return target, "0.0%", 0, ""
    return target, percent(point.coverage), point.answered, f"{point.threshold:.3f}"


def _tile(name: str, one: Interval) -> dict[str, object]:
    measure = measure_named(name)
    right = round(one.value * one.n)
    return {
        "label": measure.label,
        "value": percent(one.value),
        "count": f"{right}／{one.n}問",
        "range": f"{percent(one.low)}〜{percent(one.high)}",
        "meaning": measure.meaning,
        "bar": drawn(bar(one, good=measure.higher_is_better)),
        "good": measure.higher_is_better,
    }


def _measure_row(name: str, one: Interval) -> dict[str, object]:
    measure = measure_named(name)
    return {
        "name": name,
        "label": measure.label,
        "meaning": measure.meaning + ("" if measure.higher_is_better else "（少ないほど良い）"),
        "value": share(one.value, measure),
        "range": f"{share(one.low, measure)}〜{share(one.high, measure)}",
        "percentile": f"{share(one.percentile[0], measure)}〜{share(one.percentile[1], measure)}",
        "method": METHODS.get(one.method, one.method),
        "n": one.n,
    }


def _group(field: str, groups: Mapping[str, Mapping[str, Interval]], summary: Summary) -> dict[str, object]:
    names = [name for name in _GROUP_COLUMNS if any(name in group for group in groups.values())]
    primary = "correct" if "correct" in summary.measures else next(iter(summary.measures), "")
    rows = [(value_word(field, value), group[primary]) for value, group in groups.items() if primary in group]
    return {
        "label": FIELDS.get(field, field),
        "columns": [measure_named(name).label for name in names],
        "rows": [
            (
                value_word(field, value),
                max((one.n for one in group.values()), default=0),
                [_cell(name, group.get(name)) for name in names],
            )
            for value, group in groups.items()
        ],
        "plot": drawn(interval_plot(rows, overall=summary.measures.get(primary))),
    }


def _cell(name: str, one: Interval | None) -> tuple[str, str]:
    if one is None:
        return "―", ""
    measure = measure_named(name)
    return share(one.value, measure), f"{share(one.low, measure)}〜{share(one.high, measure)}"


def _outcomes(shown: Sequence[Card]) -> list[tuple[str, str, int]]:
    order = [*OUTCOMES, "missed", "found"]
    counted = {card.outcome: card.outcome_word for card in shown}
    return [
        (outcome, counted[outcome], sum(card.outcome == outcome for card in shown))
        for outcome in sorted(counted, key=lambda one: order.index(one) if one in order else 99)
    ]


def _distinct(words: object) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]  # type: ignore[call-overload]


def _flat(config: Mapping[str, object], before: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in config.items():
        name = f"{before}{key}"
        rows += (
            _flat(value, f"{name}.")
            if isinstance(value, Mapping)
            else [(name, "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value))]
        )
    return rows
