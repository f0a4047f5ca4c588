"""Our measures and the project's own scoring script say the same, question by question."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from eval.datasets.reading import read_set
from eval.judging import judge
from eval.replies import from_json
from eval.types import GoldQuestion

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SCRIPT, DEV = SHARED / "tools" / "score.py", SHARED / "gold" / "dev.jsonl"
SOURCES = list((SHARED / "corpus").glob("*.txt")) if SHARED.is_dir() else []
SAME = {"ok": "correct", "lenient": "answerable_lenient", "wrong_number": "wrong_number"}

pytestmark = pytest.mark.skipif(
    not (SCRIPT.exists() and DEV.exists() and SOURCES), reason="../shared is not there"
)


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("score_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made_up_reply(rng: random.Random, gold: dict, others: list[dict], source: str) -> dict:
    """Return a reply near the truth: right, another question's, cut, rounded, in another unit, or none."""
    near = gold if rng.random() < 0.65 else rng.choice(others)
    answers = near.get("answers") or ["ありません"]
    start = rng.randrange(len(source) - 60)
    evidence = near.get("evidence") or [source[start : start + 40]]
    members = [rng.choice(variants) for variants in near.get("members") or [] if rng.random() < 0.9]
    value, unit = near.get("value"), near.get("unit")
    if value is not None and rng.random() < 0.4:
        value, unit = rng.choice(
            [
                (value * 1000, "円"),
                (round(value / 10), "万円"),
                (-value, unit),
                (value + 1, unit),
                (value, "%"),
                (value, None),
            ]
        )
    return {
        "status": rng.choices(["answered", "declined", "clarify"], [8, 1, 1])[0],
        "short_answer": rng.choice(
            [rng.choice(answers), f"{rng.choice(answers)}です。", source[start : start + 50], None]
        ),
        "answer": rng.choice([rng.choice(answers), source[start : start + 200], "、".join(members)]),
        "members": members if rng.random() < 0.8 else None,
        "figures": []
        if value is None
        else [{"label": "x", "kind": "amount", "value": str(value), "unit": unit}],
        "citations": [
            {"quote": rng.choice([rng.choice(evidence), source[start : start + 30]])}
            for _ in range(rng.randrange(3))
        ],
        "confidence": rng.choice([None, 0.5, 0.9]),
    }


def only_nearly_equal(gold: GoldQuestion, reply: dict) -> bool:
    """The one known difference: the script forgives one part in a million of an amount, we forgive nothing."""
    if gold.value is None or not reply["figures"]:
        return False
    return reply["figures"][0]["value"] == str(int(gold.value) + 1) and gold.value > 1_000_000


def test_every_question_is_scored_as_the_script_scores_it(script):
    gold_rows = [json.loads(line) for line in DEV.read_text("utf-8").splitlines() if line.strip()]
    source = SOURCES[0].read_text("utf-8")
    gold = read_set(DEV).questions
    assert [one.id for one in gold] == [row["id"] for row in gold_rows]
    rng = random.Random(7)  # noqa: S311
    seen = {"ok": set(), "lenient": set(), "wrong_number": set(), "touch": set()}
    for _ in range(40):
        replies = [made_up_reply(rng, row, gold_rows, source) for row in gold_rows]
        theirs = script.score(gold_rows, replies, script.squash(source))
        for one, reply, row in zip(gold, replies, theirs, strict=True):
            ours = judge(one, from_json(reply), texts={}, evidence_ranks=None).measures
            for key, name in SAME.items():
                if ours[name] is not None and not only_nearly_equal(one, reply):
                    assert bool(ours[name]) == row[key], (one.id, name, reply)
                    seen[key].add(row[key])
            if ours["citations_on_evidence"] is not None:
                assert bool(ours["citations_on_evidence"]) == row["touch"], (one.id, reply)
                seen["touch"].add(row["touch"])
    assert all(both == {True, False} for both in seen.values())  # else the replies would have proven nothing


def test_the_bundled_set_is_the_development_set():
    assert read_set(Path("yokohama-dev")).questions == read_set(DEV).questions
