"""A child of `bench.scale`: builds an index of a corpus folder and tells how long each stage took, as JSON."""

import json
import sys
from pathlib import Path
from time import perf_counter

from qa.building.homes import build

_REST = "書き出し・検証・公開"


class StageClock:
    """Gives each stage the time up to each report of its progress."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._before = perf_counter()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear of progress."""
        now = perf_counter()
        self._seconds[stage] = self._seconds.get(stage, 0.0) + now - self._before
        self._before = now

    def seconds(self) -> dict[str, float]:
        """Return seconds by stage; what comes after the last report is the rest."""
        self(_REST, 1, 1)
        return self._seconds


def main(home: str, corpus: str) -> None:
    """Build, and print what it took."""
    clock = StageClock()
    report = build(Path(home), corpus=Path(corpus), progress=clock)
    print(
        json.dumps(
            {
                "documents": report.documents,
                "passages": report.passages,
                "figures": report.figures,
                "seconds": report.seconds,
                "stages": clock.seconds(),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
