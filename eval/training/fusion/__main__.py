"""`python -m eval.training.fusion --retrieval FOLDER=IMPORTANCE … --city DOCUMENTS=SET,SET … --output FILE`.

Fits the ranker that fuses the legs on retrieval sets (BEIR) and on question sets over documents, measures it on every
set, on `--measure` sets that it was not fitted on, and on each of those by cross-validation with its own queries in.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.training.fusion.examples import ExampleSet, of_beir, of_city
from eval.training.fusion.fitting import Strength, fit_ranker
from eval.training.fusion.measuring import cross_validated, measured
from index.fields import LEGS
from index.fusion.ranker import FusionRanker, written_ranker

# A city's questions are some hundred: that one set of thousands may not outweigh all cities together.
OF_A_CITY = 0.4
OF_A_SET = 2.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, write."""
    asked = _parser().parse_args(arguments)
    told = [of_beir(Path(folder), LEGS, limit=asked.limit) for folder in asked.retrieval]
    for pair in asked.city:
        documents, _, sets = pair.partition("=")
        told.append(of_city(Path(documents), [Path(path) for path in sets.split(",")], LEGS))
    importance = [OF_A_SET] * len(asked.retrieval) + [OF_A_CITY] * len(asked.city)

    def fitted(*more: ExampleSet) -> FusionRanker:
        return fit_ranker([*told, *more], importance + [OF_A_SET] * len(more), LEGS, strength=Strength())

    ranker = fitted()
    figures = {some.name: measured(ranker, some) for some in told}
    for folder in asked.measure:
        some = of_beir(Path(folder), LEGS)
        figures[f"{some.name} (not fitted on)"] = measured(ranker, some)
        figures[f"{some.name} (cross-validated)"] = cross_validated(some, fitted)
        figures |= {f"{some.name} ({leg} alone)": measured(_alone(leg, ranker), some) for leg in LEGS}
    _say(figures)
    card = {"fitted on": {some.name: len(some.examples) for some in told}, "measured": figures}
    Path(asked.output).write_text(written_ranker(ranker, card), encoding="utf-8")


def _alone(leg: str, ranker: FusionRanker) -> FusionRanker:
    """Return a ranker that hears one leg only."""
    weights = [1.0 if name == leg else 0.0 for name in ranker.legs]
    return ranker.weighed(weights)


def _say(figures: Mapping[str, Mapping[str, float]]) -> None:
    for name, means in figures.items():
        sys.stdout.write(
            json.dumps({name: {k: round(v, 3) for k, v in means.items()}}, ensure_ascii=False) + "\n"
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--retrieval", nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--city", nargs="*", default=[], metavar="DOCUMENTS=SET,SET")
    parser.add_argument("--measure", nargs="*", default=[], metavar="FOLDER")
    parser.add_argument(
        "--limit", type=int, default=2_000, help="queries of a retrieval set that are fitted on"
    )
    parser.add_argument("--output", required=True)
    return parser


if __name__ == "__main__":
    main()
