"""Fits all models of `qa.tables`: `python -m eval.training.tables WORK [OUT]`; WORK holds what is found on the way."""

import sys
from pathlib import Path

_SHIPPED = Path("qa/tables/model")


def main() -> None:
    """Fit the models and write them."""
    from eval.training.tables.fitting_all import fit_all

    fit_all(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else _SHIPPED)


if __name__ == "__main__":
    main()
