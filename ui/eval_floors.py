"""Floors of `eval run --fail-under`."""

from eval.measures import measure_named
from eval.summarizing import Summary, figure_named

_FEWER_IS_BETTER = ("wrong_numbers", "error", "outcome:wrong", "outcome:wrong_number")


def read_floors(texts: list[str]) -> dict[str, float]:
    """Read measure=value texts; raises ValueError naming the bad one."""
    floors: dict[str, float] = {}
    for text in texts:
        name, found, value = text.partition("=")
        try:
            floors[name.strip()] = float(value)
        except ValueError:
            found = ""
        if not found or not name.strip():
            raise ValueError(f"--fail-under {text} を読めません。例: --fail-under correct=0.9")
    return floors


def below(floors: dict[str, float], summary: Summary) -> list[str]:
    """Return a line for each floor not held; of what should be small (wrong_numbers) the value is a ceiling."""
    failures = []
    for name, floor in floors.items():
        value = figure_named(summary, name)
        fewer = name in _FEWER_IS_BETTER or not measure_named(name).higher_is_better
        if value is None:
            failures.append(f"指標「{name}」はこの実行にありません（{'・'.join(summary.measures)} など）")
        elif (value > floor) if fewer else (value < floor):
            failures.append(
                f"「{name}」が {value:.4g} で、定めた {floor:.4g} を{'上' if fewer else '下'}回りました"
            )
    return failures
