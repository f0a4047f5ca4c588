"""A store's report on disk, beside the store's own file."""

import json
from dataclasses import asdict, replace
from pathlib import Path

from index.vectors.types import StoreKind, StoreReport


def write_report(path: Path, report: StoreReport) -> None:
    """Write what is known of the store at `path`; the time it took is left out."""
    record = asdict(replace(report, seconds=None))
    text = json.dumps({**record, "parameters": dict(report.parameters)}, ensure_ascii=False, sort_keys=True)
    _beside(path).write_text(text + "\n", encoding="utf-8")


def read_report(path: Path) -> StoreReport:
    """Return what is known of the store at `path`; OSError or ValueError if that was never written."""
    record = json.loads(_beside(path).read_text(encoding="utf-8"))
    return StoreReport(**{**record, "kind": StoreKind(record["kind"])})


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")
