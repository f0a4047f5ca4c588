"""Questions about other documents: what no table of a writer tells."""

import json
import random
from pathlib import Path

_CITIES = Path(__file__).parents[1] / "cities"


def city_questions(count: int) -> list[str]:
    """Return so many questions of residents about the invented cities, drawn the same each time."""
    found = []
    for path in sorted(_CITIES.glob("*/questions.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        found += [row["question"] for row in rows]
    random.Random(1).shuffle(found)  # noqa: S311 - an order to learn in, no secret
    return found[:count]
