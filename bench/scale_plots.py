"""Plots of how costs grow: both axes logarithmic, so that a straight line is a power of the size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

from eval.report.drawing import BAD, GOOD, INK, SOFT, Frame, dot, line, path, svg, text

_WIDTH, _HEIGHT = 460, 320
_COLORS = (GOOD, BAD, "#2e7d4f", "#7a2f8f", "#8a6d1f")


@dataclass(frozen=True, slots=True)
class Curve:
    """One cost: its name and how it is read from a result (None where the result lacks it)."""

    name: str
    read: Callable[[dict[str, Any]], float | None]


@dataclass(frozen=True, slots=True)
class Plot:
    """Costs of one unit over the number of passages."""

    file: str
    title: str
    unit: str
    curves: Sequence[Curve]


def _at(*steps: str) -> Callable[[dict[str, Any]], float | None]:
    def read(result: dict[str, Any]) -> float | None:
        found: Any = result
        for step in steps:
            found = found.get(step) if found else None
        return found or None

    return read


PLOTS = (
    Plot(
        "scale-seconds.svg",
        "作る・加える・除くのにかかる時間",
        "秒",
        (
            Curve("索引を作る", _at("seconds")),
            Curve("一つ加える", _at("add_s")),
            Curve("一つ除く", _at("remove_s")),
        ),
    ),
    Plot(
        "scale-latency.svg",
        "1問にかかる時間（1スレッド）",
        "ms",
        (
            Curve("探す p50", _at("retrieval", "p50_ms")),
            Curve("探す p99", _at("retrieval", "p99_ms")),
            Curve("答える p50", _at("answer", "p50_ms")),
            Curve("候補 p50", _at("suggest", "p50_ms")),
        ),
    ),
    Plot(
        "scale-space.svg",
        "ディスクとメモリー",
        "MB",
        (
            Curve("索引の大きさ", _at("disk_mb")),
            Curve("作るときの最大", lambda r: r.get("building_peak_mb")),
            Curve("答えるプロセス", _at("resident_mb")),
        ),
    ),
)


def write_plots(results: Sequence[dict[str, Any]], folder: Path) -> list[Path]:
    """Write every plot that has points; results over drawn vectors are hollow."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for plot in PLOTS:
        points = [[(r, value) for r in results if (value := curve.read(r))] for curve in plot.curves]
        if any(points):
            target = folder / plot.file
            target.write_text(_drawn(plot, points) + "\n", encoding="utf-8")
            written.append(target)
    return written


def _drawn(plot: Plot, points: Sequence[Sequence[tuple[dict[str, Any], float]]]) -> str:
    sizes = [log10(result["passages"]) for own in points for result, _ in own]
    values = [log10(value) for own in points for _, value in own]
    frame = Frame(_WIDTH, _HEIGHT, x_range=_decades(sizes), y_range=_decades(values), right=110, top=34)
    parts = [text(frame.left, 18, plot.title, color=INK, bold=True), *_axes(frame, plot.unit)]
    for number, (curve, own) in enumerate(zip(plot.curves, points, strict=True)):
        color = _COLORS[number]
        places = [(frame.x(log10(r["passages"])), frame.y(log10(v)), r["kind"] == "drawn") for r, v in own]
        parts.append(path([(x, y) for x, y, _ in places], color=color))
        parts += [dot(x, y, 3.5, color=color, hollow=hollow) for x, y, hollow in places]
        parts.append(text(_WIDTH - 104, frame.top + 14 + 18 * number, curve.name, color=color, bold=True))
    return svg(_WIDTH, _HEIGHT, parts, title=plot.title)


def _decades(logarithms: Sequence[float]) -> tuple[float, float]:
    low, high = floor(min(logarithms)), ceil(max(logarithms))
    return low, max(high, low + 1)


def _axes(frame: Frame, unit: str) -> list[str]:
    right, bottom = frame.width - frame.right, frame.height - frame.bottom
    parts = []
    for power in range(int(frame.y_range[0]), int(frame.y_range[1]) + 1):
        y = frame.y(power)
        parts += [
            line(frame.left, y, right, y),
            text(frame.left - 6, y + 4, f"{10.0**power:,g}", anchor="end"),
        ]
    for power in range(int(frame.x_range[0]), int(frame.x_range[1]) + 1):
        x = frame.x(power)
        parts += [
            line(x, bottom, x, bottom + 5, color=SOFT),
            text(x, bottom + 19, f"{10**power:,}", anchor="middle"),
        ]
    parts.append(text((frame.left + right) / 2, frame.height - 8, "箇所の数", anchor="middle", color=INK))
    parts.append(text(frame.left - 6, frame.top - 4, unit, anchor="end", color=INK))
    return parts
