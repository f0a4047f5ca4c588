"""A test set from a file, whatever its form."""

import hashlib
from pathlib import Path

from eval.datasets.decoding import decode
from eval.datasets.jsonl import read_jsonl
from eval.datasets.squad import read_squad
from eval.datasets.tables import read_csv
from eval.datasets.workbook import read_workbook
from eval.types import GoldQuestion, GoldSet, SetProblem

BUNDLED = Path(__file__).resolve().parent.parent / "testsets"
_READERS = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_squad,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_jsonl,
}


def read_set(path: Path) -> GoldSet:
    """Read a test set; raises ValueError where no question could be read, FileNotFoundError where none is."""
    source = _found(path)
    data = source.read_bytes()
    questions, problems = _read(source.suffix.lower(), data)
    if not questions and not problems:
        problems = (SetProblem("質問が一つもありません"),)
    return GoldSet(source.stem, hashlib.sha256(data).hexdigest(), questions, problems)


def _found(path: Path) -> Path:
    bundled = BUNDLED / f"{path.name}.jsonl"
    if not path.exists() and len(path.parts) == 1 and bundled.exists():
        return bundled
    if path.is_dir():
        raise ValueError(f"{path} はフォルダです。検索の評価は madoguchi eval retrieval {path} で行えます")
    if not path.exists():
        names = "・".join(sorted(file.stem for file in BUNDLED.glob("*.jsonl")))
        raise FileNotFoundError(f"試験セット {path} がありません。同梱のものは {names} です")
    return path


def _read(suffix: str, data: bytes) -> tuple[tuple[GoldQuestion, ...], tuple[SetProblem, ...]]:
    if suffix in (".xlsx", ".xlsm"):
        return read_workbook(data)
    if suffix not in _READERS:
        forms = ".jsonl・.csv・.tsv・.xlsx・.json（SQuAD形式）"
        raise ValueError(f"拡張子「{suffix}」の試験セットは読めません。使えるのは {forms} です")
    text, remarks = decode(data)
    reader = read_jsonl if suffix == ".json" and _is_lines(text) else _READERS[suffix]
    questions, problems = reader(text)
    return questions, (*remarks, *problems)


def _is_lines(text: str) -> bool:
    first = text.lstrip().split("\n", 1)[0].strip()
    return (
        first.startswith("{")
        and first.endswith("}")
        and '"question"' in first
        and '"paragraphs"' not in first
    )
