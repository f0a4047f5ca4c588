"""Retrieval sets in the BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv (Thakur 2021)."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.types import SetProblem

Qrels = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents as (title, text), queries with at least one judgement, graded judgements, and problems."""

    name: str
    sha256: str
    corpus: Mapping[str, tuple[str, str]]
    queries: Mapping[str, str]
    qrels: Qrels
    problems: tuple[SetProblem, ...] = ()


def read_beir(folder: Path, split: str = "test") -> RetrievalSet:
    """Read a folder; raises FileNotFoundError naming the missing file, ValueError if nothing is left to run."""
    paths = [folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels" / f"{split}.tsv"]
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(
                f"{path} がありません。BEIRの形（corpus.jsonl、queries.jsonl、qrels/{split}.tsv）にしてください"
            )
    problems: list[SetProblem] = []
    corpus = {
        id: (str(row.get("title") or ""), str(row.get("text") or ""))
        for id, row in _lines(paths[0], problems)
    }
    asked = {id: str(row.get("text") or "") for id, row in _lines(paths[1], problems)}
    qrels = _qrels(paths[2], corpus, asked, problems)
    queries = {id: asked[id] for id in asked if id in qrels}
    unjudged = len(asked) - len(queries)
    if unjudged:
        problems.append(
            SetProblem(
                f"{unjudged}件の質問には正解の判定がないため、除きました", column="queries.jsonl", fatal=False
            )
        )
    if not queries or not corpus:
        raise ValueError(
            f"{folder} には評価できる質問がありません（文書{len(corpus)}件、判定のある質問{len(queries)}件）"
        )
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    return RetrievalSet(folder.resolve().name, digest, corpus, queries, qrels, tuple(problems))


def _lines(path: Path, problems: list[SetProblem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    seen: set[str] = set()
    for place, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            id = str(row["_id"])
        except (json.JSONDecodeError, KeyError, TypeError):
            problems.append(
                SetProblem("_id のあるJSONとして読めません。この行を除きました", place, path.name)
            )
            continue
        if id in seen:
            problems.append(SetProblem(f"_id「{id}」が重なっています。後の行を除きました", place, path.name))
            continue
        seen.add(id)
        yield id, row


def _qrels(
    path: Path, corpus: Mapping[str, object], asked: Mapping[str, object], problems: list[SetProblem]
) -> Qrels:
    qrels: Qrels = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for place, cells in enumerate(csv.reader(file, delimiter="\t"), 1):
            if not cells or (place == 1 and cells[0] in ("query-id", "query_id", "qid")):
                continue
            try:
                query, document, grade = cells[0], cells[-2], int(cells[-1])
            except (ValueError, IndexError):
                problems.append(
                    SetProblem("判定の行を読めません（質問・文書・点数をタブで区切ります）", place, path.name)
                )
                continue
            if query not in asked:
                problems.append(SetProblem(f"質問「{query}」が queries.jsonl にありません", place, path.name))
                continue
            if document not in corpus:
                message = (
                    f"文書「{document}」が corpus.jsonl にありません（見つけられない正解として数えます）"
                )
                problems.append(SetProblem(message, place, path.name, fatal=False))
            qrels.setdefault(query, {})[document] = grade
    return {query: grades for query, grades in qrels.items() if any(grade > 0 for grade in grades.values())}
