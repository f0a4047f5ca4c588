"""What a killed `add` runs, in a process of its own: it dies at the moment that it is told."""

import os
import signal
import sys
from pathlib import Path

import index.building
from tests.index.conftest import change, given
from tests.index.milvus.test_milvus_bundle import POOL


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(home: Path, moment: str) -> None:
    """Add a document and die: `before` the new bundle serves, or `after`, when Milvus is still to be tidied."""
    if moment == "after":
        index.building.settle = _die
    change(home, added=given(POOL), prepared=_die if moment == "before" else None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
