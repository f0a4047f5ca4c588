"""Long work tells how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage (Japanese), how much is done and how much there is."""


def counter(progress: Progress | None, stage: str, total: int) -> Callable[[int], None]:
    """Return what is called with how much more of a stage is done."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        tell(progress, stage, done, total)

    return count


def tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    """Tell whoever listens."""
    if progress:
        progress(stage, done, total)
