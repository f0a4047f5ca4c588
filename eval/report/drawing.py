"""Plots as inline SVG: no library, no font file, sharp on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

INK, SOFT, LINE, GOOD, BAD = "#1b2733", "#5c6b7a", "#d5dce3", "#1f5a94", "#c2571a"
_FONT = "font-family=\"'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif\""


@dataclass(frozen=True, slots=True)
class Frame:
    """A plotting area: x and y run over the ranges given, in pixels from left/top to width/height."""

    width: int
    height: int
    x_range: tuple[float, float] = (0.0, 1.0)
    y_range: tuple[float, float] = (0.0, 1.0)
    left: int = 62
    right: int = 18
    top: int = 16
    bottom: int = 48

    def x(self, value: float) -> float:
        """Return the pixel of a value along the x axis."""
        low, high = self.x_range
        return self.left + (value - low) / (high - low) * (self.width - self.left - self.right)

    def y(self, value: float) -> float:
        """Return the pixel of a value along the y axis."""
        low, high = self.y_range
        return (
            self.height - self.bottom - (value - low) / (high - low) * (self.height - self.top - self.bottom)
        )


def svg(width: int, height: int, parts: Iterable[str], *, title: str) -> str:
    """Return a drawing with its title for readers who do not see it."""
    body = "".join(parts)
    return (
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="xMinYMid" role="img" aria-label="{escape(title)}" {_FONT} '
        f'font-size="12" xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{body}</svg>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, color: str = LINE, width: float = 1, dash: str = ""
) -> str:
    """Return a straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" stroke-width="{width}"{dashed}/>'


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    color: str = SOFT,
    size: int = 12,
    bold: bool = False,
) -> str:
    """Return a text."""
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{color}" font-size="{size}"{weight}>{escape(words)}</text>'


def dot(x: float, y: float, radius: float, *, color: str = GOOD, hollow: bool = False) -> str:
    """Return a filled or hollow circle."""
    fill = "#fff" if hollow else color
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{color}" stroke-width="1.5"/>'


def path(points: Sequence[tuple[float, float]], *, color: str = GOOD, width: float = 2.2) -> str:
    """Return a line through points."""
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{drawn}" fill="none" stroke="{color}" stroke-width="{width}" stroke-linejoin="round"/>'


def axes(
    frame: Frame, *, x_ticks: Sequence[float], y_ticks: Sequence[float], x_label: str, y_label: str
) -> str:
    """Return grid, ticks in per cent and the axes' names."""
    right, floor = frame.width - frame.right, frame.height - frame.bottom
    parts = []
    for value in y_ticks:
        y = frame.y(value)
        parts += [
            line(frame.left, y, right, y),
            text(frame.left - 8, y + 4, f"{value * 100:g}%", anchor="end"),
        ]
    for value in x_ticks:
        x = frame.x(value)
        parts += [
            line(x, floor, x, floor + 5, color=SOFT),
            text(x, floor + 19, f"{value * 100:g}%", anchor="middle"),
        ]
    parts.append(line(frame.left, floor, right, floor, color=SOFT))
    parts.append(text((frame.left + right) / 2, frame.height - 8, x_label, anchor="middle", color=INK))
    middle = (frame.top + floor) / 2
    parts.append(
        f'<g transform="rotate(-90 14 {middle:.0f})">{text(14, middle, y_label, anchor="middle", color=INK)}</g>'
    )
    return "".join(parts)
