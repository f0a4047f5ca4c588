"""Long work tells how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage (Japanese), how much is done and how much there is."""


def tell(progress: Progress | None, stage: str, done: int, total: int) -> None:
    """Tell whoever listens."""
    if progress:
        progress(stage, done, total)
