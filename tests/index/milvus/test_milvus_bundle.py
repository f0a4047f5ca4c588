"""Bundles whose legs are in Milvus: built, changed, rolled back, killed, and found to be another's."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.bundle import open_bundle, rollback
from index.fields import SATURATIONS
from index.home import Layout
from index.milvus.checking import count
from index.milvus.clearing import home_prefix
from index.milvus.connection import connect, disconnect
from index.milvus.errors import StoreError
from index.milvus.settings import StoreKind, StoreSettings
from index.milvus.settling import bindings
from tests.index.conftest import LINES, build, change, document, given

ROOT = Path(__file__).parents[3]
QUESTIONS = [
    "旅券の申請",
    "引っ越しの届出は何日以内",
    "図書館は何時から",
    "プールはどこ",
    "消防団に入りたい",
    "手数料",
]
SPORT = document("sport", [*LINES[:3], "体育館は駅の前です。"])
POOL = document("pool", ["市民プールは三か所にあります。", *LINES[2:4]])


def _found(home: Path) -> list[list[tuple[str, float]]]:
    hits = open_bundle(home).retriever.search_many(QUESTIONS, k=10)
    return [[(hit.passage_id, round(hit.score, 4)) for hit in own] for own in hits]


@dataclass(frozen=True, slots=True)
class Homes:
    """A home in Milvus, built twice, and one in files, of the same documents."""

    milvus: Path
    local: Path

    @property
    def uri(self) -> str:
        """Return where the first one's Milvus Lite is: in it, so that it is copied with it."""
        return str(self.milvus / "lite.db")

    def in_milvus(self) -> StoreSettings:
        """Return the choice of it."""
        return StoreSettings(kind=StoreKind.MILVUS, uri=self.uri)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Homes:
    folder = tmp_path_factory.mktemp("homes")
    homes = Homes(folder / "milvus", folder / "local")
    for home in (homes.milvus, homes.local):
        shutil.copytree(
            built_home, home, symlinks=True
        )  # with the encoder's files, which take seconds to make
    build(homes.local, given(document(), SPORT))
    for _ in range(2):
        build(homes.milvus, given(document(), SPORT), store=homes.in_milvus())
    disconnect(homes.uri)
    shutil.copytree(folder, folder.with_name("untouched"), symlinks=True)
    return homes


@pytest.fixture
def homes(built: Homes) -> Iterator[Homes]:
    """The homes as they were built; a test may change them. They keep their place, which their manifests name."""
    shutil.rmtree(built.milvus.parent)
    shutil.copytree(built.milvus.parent.with_name("untouched"), built.milvus.parent, symlinks=True)
    yield built
    disconnect(built.uri)


def test_the_same_is_found_as_in_files_after_a_build_an_add_a_removal_and_a_rollback(homes: Homes) -> None:
    assert _found(homes.milvus) == _found(homes.local)
    for home in (homes.milvus, homes.local):
        change(home, added=given(POOL))
    assert _found(homes.milvus) == _found(homes.local)
    assert "pool-000" in {hit for hit, _ in _found(homes.milvus)[3]}
    for home in (homes.milvus, homes.local):
        change(home, removed=["guide"])
    found = _found(homes.milvus)
    assert found == _found(homes.local)
    assert not any(hit.startswith("guide") for own in found for hit, _ in own)
    for home in (homes.milvus, homes.local):
        rollback(home)
    assert _found(homes.milvus) == _found(homes.local)
    assert any(hit.startswith("guide") for own in _found(homes.milvus) for hit, _ in own)


def test_a_bundle_in_milvus_keeps_no_vector_and_no_impact_of_its_own(homes: Homes) -> None:
    own, twin = (open_bundle(home).manifest.files for home in (homes.milvus, homes.local))
    assert {Path(name).name for name in twin} - {Path(name).name for name in own} == {
        *("dense.store", "dense.store.json", "dense-title.store", "dense-title.store.json"),
    }
    postings = [name for name in own if name.endswith(".postings")]
    assert len(postings) == len(SATURATIONS)
    assert all(own[name].size < twin[name].size for name in postings)


def test_the_alias_leads_to_what_serves_and_collections_go_with_the_last_bundle_that_binds_them(
    homes: Homes,
) -> None:
    prefix, connection = home_prefix(homes.milvus), connect(homes.uri)
    first = open_bundle(homes.milvus).manifest.milvus
    second = rollback(homes.milvus).milvus
    assert first
    assert second
    alias = connection.call("describe_alias", f"{prefix}_live_passages", timeout=5)
    assert alias["collection_name"] == second.collections.passages
    assert set(connection.collections(starting=prefix)) == {*first.collections, *second.collections}
    change(homes.milvus, added=given(POOL))
    assert set(connection.collections(starting=prefix)) == {*second.collections}


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_add_killed_around_its_last_rename_leaves_the_old_or_the_new_state(
    homes: Homes, moment: str
) -> None:
    before = _found(homes.milvus)
    disconnect(homes.uri)
    script = [sys.executable, "-m", "tests.index.milvus.killed_add", str(homes.milvus), moment]
    assert subprocess.run(script, cwd=ROOT).returncode == -9
    change(homes.local, added=given(POOL))
    assert _found(homes.milvus) == (before if moment == "before" else _found(homes.local))
    binding = change(homes.milvus, removed=["sport"]).milvus
    assert binding
    connection, passages = connect(homes.uri), binding.collections.passages
    rows = connection.call("query", passages, timeout=5, filter="segment != 0", output_fields=["count(*)"])
    kept = [own for own in bindings(Layout(homes.milvus)) if own.prefix == binding.prefix]
    numbers = {segment.number for own in kept for segment in own.segments.values()}
    assert rows[0]["count(*)"] == count(connection, passages, list(numbers)), (
        "rows that nobody binds are gone"
    )


def test_a_bundle_whose_collection_was_dropped_is_refused_while_the_one_before_serves(homes: Homes) -> None:
    before = _found(homes.milvus)
    second = open_bundle(homes.milvus).manifest
    assert second.milvus
    connect(homes.uri).call("drop_collection", second.milvus.collections.windows, timeout=5)
    opened = open_bundle(homes.milvus)
    assert opened.manifest.id != second.id
    assert opened.warning
    assert second.milvus.collections.windows in opened.warning
    assert _found(homes.milvus) == before
    with pytest.raises(StoreError, match="madoguchi build"):
        change(homes.milvus, added=given(POOL))
    assert _found(homes.milvus) == before


def test_a_build_that_milvus_cannot_take_ends_at_once_and_leaves_what_serves(homes: Homes) -> None:
    current = Layout(homes.local).current.resolve()
    with pytest.raises(StoreError, match="つながりません"):
        build(
            homes.local,
            given(POOL),
            store=StoreSettings(kind=StoreKind.MILVUS, uri="http://127.0.0.1:1"),
        )
    assert Layout(homes.local).current.resolve() == current
    assert _found(homes.local)
