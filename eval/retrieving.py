"""Retrieval on a BEIR folder: a throw-away index, every leg and their fusion, measured by query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from corpus.normalizing import normalize
from corpus.types import BlockKind, Passage
from eval.datasets.beir import RetrievalSet
from eval.describing import base_configuration
from eval.ranking import DEFAULT, by_rank, per_query, trec_qrels, trec_run
from eval.runs import Run
from eval.types import GoldQuestion, Score
from index.types import Hit

HYBRID = "hybrid"
# The leg of words is what the field calls BM25.
_LEG_NAMES: Mapping[str, str] = {"words": "bm25"}
DEPTH = 100


class Legged(Protocol):
    """A retriever whose legs can be switched off."""

    @property
    def legs(self) -> tuple[str, ...]: ...

    def search_many(
        self, queries: Sequence[str], *, k: int = 10, legs: Iterable[str] | None = None
    ) -> list[list[Hit]]: ...


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """Scores by query of one way to search, and its ranking."""

    name: str
    values: Mapping[str, Mapping[str, float]]
    run: Mapping[str, Mapping[str, float]]

    def means(self) -> dict[str, float]:
        """Return each measure's mean over the judged queries."""
        return {name: sum(by_query.values()) / len(by_query) for name, by_query in self.values.items()}


def passages(corpus: Mapping[str, tuple[str, str]]) -> list[Passage]:
    """Return one passage a document, its title searched with the text."""
    return [
        Passage(
            id=id,
            document=id,
            page=1,
            heading=(title,) if title else (),
            kind=BlockKind.PARAGRAPH,
            text=text,
            indexed_text=normalize(f"{title}\n{text}" if title else text),
            start=0,
            end=len(text),
        )
        for id, (title, text) in corpus.items()
    ]


def retrieve(
    gold: RetrievalSet,
    retriever: Legged,
    *,
    without: Sequence[str] = (),
    measures: Sequence[str] = DEFAULT,
    each_leg: bool = True,
) -> dict[str, RetrievalResult]:
    """Run the fusion without the legs named, then each leg alone; raises ValueError for an unknown leg."""
    chosen = _chosen(retriever.legs, without)
    ways = {HYBRID: chosen}
    if each_leg:
        ways |= {_LEG_NAMES.get(leg, leg): [leg] for leg in chosen}
    ids, queries = list(gold.queries), [normalize(text) for text in gold.queries.values()]
    results = {}
    for name, legs in ways.items():
        hits = retriever.search_many(queries, k=DEPTH, legs=legs)
        run = {id: by_rank(hit.passage_id for hit in found) for id, found in zip(ids, hits, strict=True)}
        results[name] = RetrievalResult(name, per_query(measures, gold.qrels, run), run)
    return results


def _chosen(legs: Sequence[str], without: Sequence[str]) -> list[str]:
    own = {_LEG_NAMES.get(leg, leg): leg for leg in legs}
    unknown = [name for name in without if name not in own and name not in legs]
    if unknown:
        raise ValueError(
            f"検索の方式「{unknown[0]}」はありません。{'・'.join(own)} のどれかを指定してください"
        )
    off = {own.get(name, name) for name in without}
    chosen = [leg for leg in legs if leg not in off]
    if not chosen:
        raise ValueError("検索の方式をすべて外すことはできません")
    return chosen


def retrieval_run(
    gold: RetrievalSet, result: RetrievalResult, *, name: str, system: Mapping[str, object]
) -> Run:
    """Return one way's result as a run that can be saved and compared."""
    return Run(
        name=name,
        form="retrieval",
        config=base_configuration(form="retrieval", name=gold.name, sha256=gold.sha256, system=system),
        questions=tuple(GoldQuestion(id, text, "retrieval") for id, text in gold.queries.items()),
        replies=(),
        scores=tuple(_score(id, result) for id in gold.queries),
        problems=gold.problems,
        qrels=trec_qrels(gold.qrels),
        ranking=trec_run(result.run, "madoguchi"),
        started=datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _score(query: str, result: RetrievalResult) -> Score:
    measures = {name: values[query] for name, values in result.values.items()}
    rank = measures.get("MRR@10", 0.0)
    found = "上位10件に正解があります。" if rank else "上位10件に正解がありません。"
    return Score(query, "found" if rank else "missed", found, measures)
