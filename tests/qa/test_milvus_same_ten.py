"""The acceptance of Milvus: the development questions find in it what they find in files."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.array_file import map_array_file
from index.bm25 import load_bm25
from index.bundle import Bundle, open_bundle
from index.dense import STOOD_FOR, RememberingEncoder, load_dense
from index.fields import DENSE, SATURATIONS, TITLE
from index.hybrid import HybridRetriever
from index.milvus.binding import Binding
from index.milvus.connection import connect, disconnect
from index.milvus.hybrid_search import hybrid_search
from index.milvus.opening import open_legs, open_search, open_terms
from index.milvus.segment_rows import SegmentRows
from index.milvus.writing import bind, new_generation
from index.segments.segment import RowIds, Segment
from index.vectors.exact_store import ExactStore

TESTSET = Path(__file__).parents[2] / "eval" / "testsets" / "yokohama-dev.jsonl"
QUESTIONS = [json.loads(line)["question"] for line in TESTSET.read_text(encoding="utf-8").splitlines()][::3]


@pytest.fixture(scope="module")
def files(built_home: Path) -> Bundle:
    """The built-in documents, ranked by their segment's files."""
    return open_bundle(built_home)


@pytest.fixture(scope="module")
def binding(files: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Binding]:
    """The same segments, handed over to a Milvus Lite."""
    uri = str(tmp_path_factory.mktemp("milvus") / "lite.db")
    writer = new_generation(connect(uri), "madoguchi_same", dimension=files.encoder.dimension, expected=1)
    for segment in files.segments:
        writer.write(_rows(segment))
    writer.finish()
    yield bind(writer, {})
    disconnect(uri)


def _rows(segment: Segment) -> SegmentRows:
    windows, titles = (load_dense(segment.folder, leg, base=0).store for leg in (DENSE, f"{DENSE}{TITLE}"))
    assert isinstance(windows, ExactStore)
    assert isinstance(titles, ExactStore)
    return SegmentRows(
        name=segment.folder.name,
        passages=segment.passages.ids(),
        documents=segment.passages.owners(),
        terms={leg: load_bm25(segment.folder, leg, base=0, size=segment.size) for leg in SATURATIONS},
        windows=windows.vectors,
        owners=map_array_file(segment.folder / f"{DENSE}{STOOD_FOR}")["rows"],
        titles=titles.vectors,
    )


def test_the_first_ten_are_the_same_for_at_least_98_of_100_questions(files: Bundle, binding: Binding) -> None:
    encoder = RememberingEncoder(files.encoder)
    legs = open_legs(binding, files.segments, encoder, files.manifest.passages)
    milvus = HybridRetriever(RowIds(files.segments), legs, encoder=encoder)
    found = [retriever.search_many(QUESTIONS, k=10) for retriever in (milvus, files.retriever)]
    same = [[h.passage_id for h in a] == [h.passage_id for h in b] for a, b in zip(*found, strict=True)]
    assert sum(same) >= 0.98 * len(QUESTIONS)


def test_milvus_own_hybrid_search_mostly_finds_what_is_first_here(files: Bundle, binding: Binding) -> None:
    search = open_search(binding, files.segments)
    terms = open_terms(search, files.segments, files.manifest.passages)
    encoder = RememberingEncoder(files.encoder)
    weights = {"words": 1.0, "bigrams": 1.0, "synonyms": 0.5, "dense": 1.0}
    there = 0
    for question in QUESTIONS:
        hits = hybrid_search(search, question, terms=terms, encoder=encoder, weights=weights)
        there += files.retriever.search(question, k=1)[0].passage_id in [hit.passage_id for hit in hits]
    assert there >= 0.8 * len(QUESTIONS)
