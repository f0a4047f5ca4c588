"""The plots of a report."""

from collections.abc import Mapping, Sequence

from eval.measures import measure_named
from eval.report.drawing import BAD, GOOD, INK, LINE, SOFT, Frame, axes, dot, line, path, svg, text
from eval.selective import Calibration, Point
from eval.significance import Difference
from eval.types import Interval
from eval.verdicts import SAME, share, verdict

_QUARTERS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_TARGET_COLORS: Mapping[str, str] = {"99": "#7a2f8f", "95": "#2e7d4f", "90": "#8a6d1f"}


def risk_coverage_plot(curve: Sequence[Point], reach: Mapping[str, Point | None]) -> str:
    """Return correctness against the share answered, with the reach of each target."""
    low = min((point.precision for point in curve), default=0.8)
    floor = max(0.0, min(0.85, (low * 20) // 1 / 20 - 0.05))
    top = max(1.0, max((point.coverage for point in curve), default=1.0))
    frame = Frame(520, 330, x_range=(0.0, top), y_range=(floor, 1.0), right=48)
    step = 0.05 if floor >= 0.7 else 0.1 if floor >= 0.4 else 0.2
    ticks = [round(1 - step * i, 2) for i in range(int((1 - floor) / step + 1e-9) + 1)]
    parts = [
        axes(
            frame,
            x_ticks=_QUARTERS,
            y_ticks=ticks,
            x_label="答える割合（資料に答えのある問いに対して）",
            y_label="答えの正しさ",
        )
    ]
    drawn = [(frame.x(point.coverage), frame.y(point.precision)) for point in curve]
    parts.append(path([(frame.x(0), drawn[0][1]), *drawn]))
    parts += [dot(x, y, 2, color=GOOD) for x, y in (drawn if len(drawn) <= 60 else [])]
    for target, point in reach.items():
        parts.append(_target(frame, target, point))
    return svg(frame.width, frame.height, parts, title="答える割合と答えの正しさ")


def _target(frame: Frame, target: str, point: Point | None) -> str:
    height, color = float(target) / 100, _TARGET_COLORS.get(target, SOFT)
    if height < frame.y_range[0]:
        return ""
    y = frame.y(height)
    drawn = line(frame.left, y, frame.width - frame.right, y, color=color, dash="5 4")
    drawn += text(frame.width - frame.right + 6, y + 4, f"{target}%", color=color, bold=True)
    if point:
        drawn += dot(frame.x(point.coverage), frame.y(point.precision), 5, color=color, hollow=True)
    return drawn


def calibration_plot(found: Calibration) -> str:
    """Return how often answers of like confidence were right; the dot's area is their number."""
    frame = Frame(360, 330)
    most = max(one.n for one in found.bins)
    parts = [
        axes(
            frame,
            x_ticks=_QUARTERS,
            y_ticks=_QUARTERS,
            x_label="窓口が付けた確信度",
            y_label="実際に正しかった割合",
        )
    ]
    parts.append(line(frame.x(0), frame.y(0), frame.x(1), frame.y(1), color=SOFT, dash="5 4"))
    places = [(frame.x(one.confidence), frame.y(one.correct)) for one in found.bins]
    parts.append(path(places, width=1.2))
    parts += [
        dot(x, y, 3 + 5 * (one.n / most) ** 0.5) for (x, y), one in zip(places, found.bins, strict=True)
    ]
    return svg(frame.width, frame.height, parts, title="確信度と実際の正しさ")


def interval_plot(rows: Sequence[tuple[str, Interval]], *, overall: Interval | None = None) -> str:
    """Return a value with its interval a row, and the overall value as a line."""
    height = 40 + 30 * len(rows)
    frame = Frame(680, height, left=190, right=150, top=10, bottom=30)
    parts = [line(frame.x(v), frame.top, frame.x(v), height - 30) for v in _QUARTERS]
    parts += [text(frame.x(v), height - 12, f"{v * 100:g}%", anchor="middle") for v in _QUARTERS]
    if overall:
        x = frame.x(overall.value)
        parts.append(line(x, frame.top, x, height - 30, color=SOFT, dash="4 3"))
    for i, (label, one) in enumerate(rows):
        parts.append(_interval_row(frame, frame.top + 18 + 30 * i, label, one))
    return svg(frame.width, height, parts, title="区分ごとの値と95%信頼区間")


def _interval_row(frame: Frame, y: float, label: str, one: Interval) -> str:
    shown = f"{one.value * 100:.0f}%（{one.low * 100:.0f}〜{one.high * 100:.0f}%）"
    return (
        text(frame.left - 14, y + 4, f"{label}（{one.n}問）", anchor="end", color=INK, size=13)
        + line(frame.x(one.low), y, frame.x(one.high), y, color=GOOD, width=5)
        + dot(frame.x(one.value), y, 6, color=GOOD)
        + text(frame.width - frame.right + 14, y + 4, shown, color=INK, size=13)
    )


def bar(one: Interval, *, good: bool = True) -> str:
    """Return one interval as a thin band from 0 to 100 %."""
    width, height, edge = 220, 16, 4

    def x(value: float) -> float:
        return edge + value * (width - 2 * edge)

    color = GOOD if good else BAD
    parts = [
        line(x(0), 8, x(1), 8, color=LINE, width=4),
        line(x(one.low), 8, x(one.high), 8, color=color, width=4),
        dot(x(one.value), 8, 5, color=color),
    ]
    return svg(
        width, height, parts, title=f"{one.value * 100:.1f}%（{one.low * 100:.1f}〜{one.high * 100:.1f}%）"
    )


def difference_plot(differences: Sequence[Difference]) -> str:
    """Return B minus A with its interval a row; right of the middle is better for B."""
    turned = [(one, *_towards_better(one)) for one in differences]
    reach = max(0.05, *(max(abs(low), abs(high)) for _, _, low, high in turned)) * 1.1
    height = 46 + 28 * len(turned)
    frame = Frame(760, height, x_range=(-reach, reach), left=210, right=120, top=14, bottom=32)
    middle = frame.x(0)
    parts = [
        line(middle, frame.top, middle, height - 32, color=SOFT),
        text(frame.x(-reach), height - 12, "← Bの方が悪い"),
        text(frame.x(reach), height - 12, "Bの方が良い →", anchor="end"),
        text(middle, height - 12, "差なし", anchor="middle"),
    ]
    parts += [_difference_row(frame, frame.top + 14 + 28 * i, row) for i, row in enumerate(turned)]
    return svg(frame.width, height, parts, title="指標ごとの差と95%信頼区間")


def _towards_better(one: Difference) -> tuple[float, float, float]:
    if measure_named(one.name).higher_is_better:
        return one.difference, one.low, one.high
    return -one.difference, -one.high, -one.low


def _difference_row(frame: Frame, y: float, row: tuple[Difference, float, float, float]) -> str:
    one, value, low, high = row
    color = SOFT if verdict(one) == SAME else GOOD if value > 0 else BAD
    measure = measure_named(one.name)
    return (
        text(frame.left - 14, y + 4, measure.label, anchor="end", color=INK, size=13)
        + line(frame.x(low), y, frame.x(high), y, color=color, width=4)
        + dot(frame.x(value), y, 5, color=color)
        + text(
            frame.width - frame.right + 12,
            y + 4,
            f"{share(one.a, measure)}→{share(one.b, measure)}",
            color=INK,
        )
    )
