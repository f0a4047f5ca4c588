"""Teaches a cross-encoder to read: `python -m eval.training.cross JAQUAD --output FILE`; the cities come after it.

JaQuAD (31,748 questions on Japanese Wikipedia) is not part of the project: the folder has it in the BEIR layout.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from eval.training.cross.wikipedia import wikipedia_trials
from index.encoders.use_encoder import fresh_use
from qa.cross.reading import PairReader


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and save the weights."""
    import torch

    from eval.training.cross.fitting import Course
    from eval.training.cross.trained import fitted_on

    course = Course(epochs=1.6, batch=32, rate=1.2e-3, decay=0.02, dropped=0.1)
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    reader = PairReader(fresh_use())
    trials = wikipedia_trials(given.folder, reader, signs=1)
    trained = fitted_on(trials, reader, None, course)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    torch.save(trained.network.state_dict(), given.output)


if __name__ == "__main__":
    main()
