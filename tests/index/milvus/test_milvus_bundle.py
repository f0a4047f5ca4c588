"""Bundles whose legs are in Milvus: built, changed, rolled back, killed, and found to be another's."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.building import build_bundle, change_bundle
from index.bundle import open_bundle, rollback
from index.dense import RememberingEncoder
from index.home import Layout
from index.manifest import Manifest
from index.milvus.checking import count
from index.milvus.clearing import home_prefix
from index.milvus.connection import connect, disconnect
from index.milvus.errors import StoreError
from index.milvus.hybrid_search import hybrid_search
from index.milvus.opening import open_search, open_terms
from index.milvus.settings import StoreKind, StoreSettings
from index.publishing import open_workshop
from index.segments.sources import GivenSource
from tests.index.conftest import LINES, document, passages_of

ROOT = Path(__file__).parents[3]
POOL = "市民プールは三か所にあります。"
QUESTIONS = [
    "旅券の申請",
    "引っ越しの届出は何日以内",
    "図書館は何時から",
    "プールはどこ",
    "消防団に入りたい",
    "手数料",
]


def _source(name: str, lines: Sequence[str] = LINES) -> GivenSource:
    given = document(name, lines)
    return GivenSource(given, tuple(passages_of(given)))


def _build(home: Path, sources: Sequence[GivenSource], uri: str | None) -> Manifest:
    store = StoreSettings(kind=StoreKind.MILVUS, uri=uri) if uri else None
    with open_workshop(home) as workshop:
        return build_bundle(workshop, sources, store=store)


def _change(home: Path, *, added: Sequence[GivenSource] = (), removed: Sequence[str] = ()) -> Manifest:
    with open_workshop(home) as workshop:
        return change_bundle(workshop, added=added, removed=removed)


def _found(home: Path) -> list[list[tuple[str, float]]]:
    retriever = open_bundle(home).retriever
    hits = retriever.search_many(QUESTIONS, k=10)
    return [[(hit.passage_id, round(hit.score, 4)) for hit in own] for own in hits]


@dataclass(frozen=True, slots=True)
class Homes:
    """A home in Milvus and its twin in files, of the same documents."""

    milvus: Path
    local: Path
    uri: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    folder = tmp_path_factory.mktemp("homes")
    uri = str(folder / "milvus" / "lite.db")
    for name, store in (("milvus", uri), ("local", None)):
        _build(
            folder / name, [_source("guide"), _source("sport", [*LINES[:3], "体育館は駅の前です。"])], store
        )
    disconnect(uri)
    return Homes(folder / "milvus", folder / "local", uri)


@pytest.fixture
def homes(built: Homes, tmp_path: Path) -> Iterator[Homes]:
    """Copies that a test may change: the folder moves with its Milvus Lite, so the manifest is told."""
    shutil.copytree(built.local, tmp_path / "local", symlinks=True)
    uri = str(tmp_path / "lite.db")
    _build(
        tmp_path / "milvus", [_source("guide"), _source("sport", [*LINES[:3], "体育館は駅の前です。"])], uri
    )
    yield Homes(tmp_path / "milvus", tmp_path / "local", uri)
    disconnect(uri)


def test_the_same_is_found_as_in_files_after_a_build_an_add_a_removal_and_a_rollback(homes: Homes) -> None:
    assert _found(homes.milvus) == _found(homes.local)
    for home in (homes.milvus, homes.local):
        _change(home, added=[_source("pool", [POOL, *LINES[2:4]])])
    assert _found(homes.milvus) == _found(homes.local)
    assert "pool-000" in {hit for hit, _ in _found(homes.milvus)[3]}
    for home in (homes.milvus, homes.local):
        _change(home, removed=["guide"])
    found = _found(homes.milvus)
    assert found == _found(homes.local)
    assert not any(hit.startswith("guide") for own in found for hit, _ in own)
    for home in (homes.milvus, homes.local):
        rollback(home)
    assert _found(homes.milvus) == _found(homes.local)
    assert any(hit.startswith("guide") for own in _found(homes.milvus) for hit, _ in own)


def test_a_bundle_in_milvus_keeps_no_vector_and_no_impact_of_its_own(homes: Homes) -> None:
    files = open_bundle(homes.milvus).manifest.files
    assert files.keys() < open_bundle(homes.local).manifest.files.keys() | {"x"}
    assert not [name for name in files if name.endswith((".store", ".vectors"))]
    sizes = {
        home: sum(f.size for n, f in open_bundle(home).manifest.files.items() if n.endswith("words.postings"))
        for home in (homes.milvus, homes.local)
    }
    assert sizes[homes.milvus] < sizes[homes.local]


def test_the_alias_leads_to_the_bundle_that_serves_and_older_collections_go_with_the_last_that_binds_them(
    homes: Homes,
) -> None:
    prefix, connection = home_prefix(homes.milvus), connect(homes.uri)
    first = open_bundle(homes.milvus).manifest.milvus
    second = _build(homes.milvus, [_source("guide")], homes.uri).milvus
    assert first
    assert second
    alias = {"timeout": 5}
    assert (
        connection.call("describe_alias", f"{prefix}_live_passages", **alias)["collection_name"]
        == second.collections.passages
    )
    assert set(connection.collections(starting=prefix)) == {*first.collections, *second.collections}
    rollback(homes.milvus)
    assert (
        connection.call("describe_alias", f"{prefix}_live_passages", **alias)["collection_name"]
        == first.collections.passages
    )
    third = _build(homes.milvus, [_source("guide")], None)
    assert third.milvus is None
    _build(homes.milvus, [_source("guide")], None)
    assert connection.collections(starting=prefix) == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_add_killed_around_its_last_rename_leaves_the_old_or_the_new_state(
    homes: Homes, moment: str
) -> None:
    before = _found(homes.milvus)
    disconnect(homes.uri)
    script = [sys.executable, "-m", "tests.index.milvus.killed_add", str(homes.milvus), moment]
    assert subprocess.run(script, cwd=ROOT).returncode == -9
    _change(homes.local, added=[_source("pool", [POOL])])
    assert _found(homes.milvus) == (before if moment == "before" else _found(homes.local))
    binding = _change(homes.milvus, removed=["sport"]).milvus
    assert binding
    rows = connect(homes.uri).call(
        "query", binding.collections.passages, timeout=5, filter="segment != 0", output_fields=["count(*)"]
    )
    assert rows[0]["count(*)"] == count(
        connect(homes.uri), binding.collections.passages, [s.number for s in binding.segments.values()]
    ), "rows that no bundle binds are gone"


def test_a_bundle_whose_collection_was_dropped_is_refused_while_the_one_before_serves(homes: Homes) -> None:
    first = open_bundle(homes.milvus).manifest
    second = _build(homes.milvus, [_source("guide", [POOL])], homes.uri)
    assert second.milvus
    connect(homes.uri).call("drop_collection", second.milvus.collections.windows, timeout=5)
    opened = open_bundle(homes.milvus)
    assert opened.manifest.id == first.id
    assert opened.warning
    assert second.milvus.collections.windows in opened.warning
    with pytest.raises(StoreError, match="madoguchi build"):
        _change(homes.milvus, added=[_source("new", [POOL])])
    assert open_bundle(homes.milvus).manifest.id == first.id


def test_a_build_that_milvus_cannot_take_leaves_what_serves(homes: Homes) -> None:
    current = Layout(homes.local).current.resolve()
    with pytest.raises(StoreError, match="つながりません"):
        _build(homes.local, [_source("guide")], "http://127.0.0.1:1")
    assert Layout(homes.local).current.resolve() == current
    assert _found(homes.local)


def test_dev_questions_find_the_same_ten_in_milvus_as_in_files(built_home: Path, homes: Homes) -> None:
    """The bundle of the built-in documents, handed over: at least .98 of the questions, in order."""
    testset = ROOT / "eval" / "testsets" / "yokohama-dev.jsonl"
    questions = [json.loads(line)["question"] for line in testset.read_text(encoding="utf-8").splitlines()][
        ::3
    ]
    local = open_bundle(built_home)
    given = [GivenSource(one, tuple(local.passages.of_document(one.id))) for one in local.documents()]
    _build(homes.milvus, given, homes.uri)
    bundle = open_bundle(homes.milvus)
    pairs = zip(*(b.retriever.search_many(questions, k=10) for b in (bundle, local)), strict=True)
    same = [[hit.passage_id for hit in a] == [hit.passage_id for hit in b] for a, b in pairs]
    assert sum(same) >= 0.98 * len(questions)
    assert bundle.manifest.milvus
    search = open_search(bundle.manifest.milvus, bundle.segments)
    terms = open_terms(search, bundle.segments, bundle.manifest.passages)
    hits = hybrid_search(
        search,
        questions[0],
        terms=terms,
        encoder=RememberingEncoder(bundle.encoder),
        weights={"words": 1.0, "dense": 2.0},
    )
    assert len(hits) == 10
