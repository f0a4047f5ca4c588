"""The same question has the same reply in every process: sets have no order, replies have one."""

import os
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_SAYS_NEAR = """
from index.tokenizer import shared_tokenizer
from qa.ledger import Ledger, LedgerAnswerer
from ledger_sample import documents, outline
held = documents()
reply = LedgerAnswerer(Ledger(outline(held), held), shared_tokenizer()).answer(
    "「海外活力の取り込みによるオープンイノベーション・SDGsの推進【新規】」は単独でいくらついてるの？"
)
print(reply.text)
"""


def _said(seed: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", _SAYS_NEAR],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(_HERE)},
        cwd=_HERE.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def test_near_names_stand_in_one_order_whatever_the_order_of_sets() -> None:
    said = {_said(seed) for seed in ("0", "1", "2", "3", "4")}
    assert len(said) == 1
    assert "近い名前の項目" in said.pop()
