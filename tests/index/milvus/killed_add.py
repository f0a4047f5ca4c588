"""What a killed `add` runs, in a process of its own: it dies at the moment that it is told."""

import os
import signal
import sys
from pathlib import Path

import index.building
from index.building import change_bundle
from index.publishing import open_workshop
from index.segments.sources import GivenSource
from tests.index.conftest import document, passages_of


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(home: Path, moment: str) -> None:
    """Add a document and die: `before` the new bundle serves, or `after`, when Milvus is still to be tidied."""
    if moment == "after":
        index.building.settle = _die
    new = document("pool", ["市民プールは三か所にあります。"])
    with open_workshop(home) as workshop:
        change_bundle(
            workshop,
            added=[GivenSource(new, tuple(passages_of(new)))],
            prepared=_die if moment == "before" else None,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
