"""The training and held-out questions are what they say: distinct, and true to their documents."""

import json
from pathlib import Path

import pytest

from eval.datasets.beir import read_beir
from eval.datasets.reading import read_set
from eval.normalizing import squash

_ROOT = Path(__file__).parents[2]
_TRAINING, _DATA = _ROOT / "eval" / "training", _ROOT / "tests" / "data"
_CITIES = {
    **{f"foreign-{city}": _TRAINING / city for city in ("harbour", "hoshimi", "kayano", "oose", "mitsuse")},
    "othercity": _DATA / "othercity" / "documents",
    "yokohama-residents": _ROOT / "corpus" / "documents",
    "yokohama-second": _ROOT / "corpus" / "documents",
}
_SETS = {
    **{path: _CITIES.get(path.stem, path.with_suffix("")) for path in sorted(_TRAINING.glob("*.jsonl"))},
    _DATA / "hiyodori" / "questions.jsonl": _DATA / "hiyodori" / "documents",
}


@pytest.mark.parametrize("path", _SETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_set_loads_and_its_evidence_stands_in_its_documents(path: Path) -> None:
    told = "\n".join(squash(file.read_text("utf-8")) for file in sorted(_SETS[path].glob("*.txt")))
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert read_set(path).problems == ()
    assert len({row["id"] for row in rows}) == len(rows) > 0
    assert [row["id"] for row in rows if any(squash(quote) not in told for quote in row["evidence"])] == []
    assert [row["id"] for row in rows if (row["kind"] == "unanswerable") == bool(row["evidence"])] == []


@pytest.mark.parametrize(
    "folder", [_TRAINING / "mizuhodai-faq", _DATA / "aomine-faq"], ids=lambda path: path.name
)
def test_a_retrieval_set_can_be_read_without_a_problem_and_each_query_has_an_answer(folder: Path) -> None:
    gold = read_beir(folder)
    assert not gold.problems
    assert all(2 in grades.values() for grades in gold.qrels.values())
    titles = [title for title, _ in gold.corpus.values()]
    assert len(set(titles)) == len(titles)
