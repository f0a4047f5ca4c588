"""A changed index is the one that would have been built; what is removed is never seen again."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Document, Passage
from index import compacting
from index.artefacts import Artefacts
from index.bundle import Bundle, open_bundle
from index.home import BuildInProgressError, Layout, build_lock
from index.keys import hash_keys
from index.manifest import BundleError, SegmentRecord
from index.publishing import open_workshop
from index.segments import workers
from index.segments.making import UnreadableSourceError
from index.segments.sources import FileSource
from index.segments.tallies import SegmentTally, Tallied, tallied, write_tally
from index.windows import windows
from tests.index.conftest import LINES, build, change, document, given

CITY = (
    document("guide"),
    document("ward", [f"{line}区役所の案内です。" for line in LINES]),
    document("pool", ["市民プールは三か所あります。", "回数券は窓口で売ります。旅券はここでは扱いません。"]),
)
QUERIES = (
    "旅券の申請",
    "パスポートの窓口",
    "図書館は何時まで",
    "区役所",
    "プール",
    "くらしの手続き",
    "手数料",
)


def _scores(bundle: Bundle, query: str, leg: str) -> dict[str, float]:
    return {hit.passage_id: hit.score for hit in bundle.retriever.search(query, k=999, legs=[leg])}


def _same(one: Bundle, other: Bundle) -> None:
    """Every leg scores every passage alike, though rows lie elsewhere."""
    assert one.manifest.documents == other.manifest.documents
    assert {p.id for p in one.passages} == {p.id for p in other.passages}
    for query in QUERIES:
        for leg in one.retriever.legs:
            assert _scores(one, query, leg) == pytest.approx(_scores(other, query, leg), abs=1e-6), (
                query,
                leg,
            )


@pytest.fixture
def rebuilt(tmp_path: Path) -> Bundle:
    """The whole city, built at once."""
    build(tmp_path / "rebuilt", given(*CITY))
    return open_bundle(tmp_path / "rebuilt")


def test_adding_gives_what_building_anew_gives(tmp_path: Path, rebuilt: Bundle) -> None:
    build(tmp_path, given(CITY[0]))
    for one in CITY[1:]:
        change(tmp_path, added=given(one))
    added = open_bundle(tmp_path)
    assert len(added.segments) == 3
    _same(added, rebuilt)
    assert [one.id for one in added.documents()] == ["guide", "ward", "pool"]


def test_removing_and_replacing_give_what_building_anew_gives(tmp_path: Path, rebuilt: Bundle) -> None:
    build(tmp_path, given(CITY[0], document("pool", LINES), CITY[1], document("old", LINES[:4])))
    change(tmp_path, removed=["pool", "old"], added=given(CITY[2]))
    changed = open_bundle(tmp_path)
    _same(changed, rebuilt)
    assert changed.passages["pool-001"].text == CITY[2].text.split("\n")[1]


@pytest.mark.parametrize("together", [["guide", "ward", "pool"], ["guide", "pool"]])
def test_a_removed_document_is_never_seen_again(tmp_path: Path, together: Sequence[str]) -> None:
    build(tmp_path, given(*(one for one in CITY if one.id in together)), artefacts=COUNTED)
    if len(together) == 2:
        change(tmp_path, added=given(CITY[1]), artefacts=COUNTED)
    files = set(open_bundle(tmp_path).manifest.files)
    manifest = change(tmp_path, removed=["pool"])
    assert (manifest.documents, manifest.passages) == (2, 16)
    assert set(manifest.files) <= files, "nothing is written"
    bundle = open_bundle(tmp_path)
    assert "pool" not in {one.id for one in bundle.documents()} | {p.document for p in bundle.passages}
    assert len(bundle.passages) == len(list(bundle.passages)) == 16
    for query in QUERIES:
        for leg in bundle.retriever.legs:
            hits = bundle.retriever.search(query, k=999, legs=[leg])
            assert not [hit for hit in hits if hit.passage_id.startswith("pool")], leg
    for ask in (bundle.document, bundle.passages.__getitem__, bundle.values("letters").get):
        with pytest.raises(KeyError):
            ask("pool" if ask == bundle.document else "pool-000")
    assert bundle.passages.of_document("pool") == []
    assert [bundle.tallies("letters").count(letter) for letter in "プ案"] == [0, 8]
    with pytest.raises(KeyError, match="pool"):
        change(tmp_path, removed=["pool"])


class Letters:
    """Counts in how many passages each letter stands, and keeps each passage's length."""

    name = "letters"

    def values(self, given: Document, passages: Sequence[Passage]) -> list[bytes]:
        return [str(len(passage.text)).encode() for passage in passages]

    def part(self, given: Document, passages: Sequence[Passage]) -> Tallied:
        return tallied(given.id, [passage.text for passage in passages])

    def write(self, folder: Path, parts: object) -> None:
        write_tally(folder, self.name, parts)  # type: ignore[arg-type]


COUNTED = Artefacts(passages=(Letters(),), segments=(Letters(),))


def test_what_did_not_change_is_the_same_file(tmp_path: Path) -> None:
    build(tmp_path, given(*CITY[:2]))
    before = Layout(tmp_path).current.resolve()
    change(tmp_path, added=given(CITY[2]))
    after = Layout(tmp_path).current.resolve()
    kept = [name for name in open_bundle(tmp_path).manifest.files if (before / name).exists()]
    assert len(kept) > 20
    assert all(os.path.samefile(before / name, after / name) for name in kept)


def test_a_document_that_is_there_already_is_not_added_twice(tmp_path: Path) -> None:
    build(tmp_path, given(*CITY[:2]))
    before = open_bundle(tmp_path).manifest
    with pytest.raises(ValueError, match="guide"):
        change(tmp_path, added=given(document("guide", LINES[:1])))
    assert open_bundle(tmp_path).manifest == before


def test_a_file_that_cannot_be_read_is_not_added(tmp_path: Path) -> None:
    build(tmp_path / "home", given(CITY[0]))
    bad = tmp_path / "bad.txt"
    bad.write_bytes("市民".encode("utf-16")[:3])
    with pytest.raises(UnreadableSourceError, match="bad"):
        change(tmp_path / "home", added=[FileSource(bad)])
    assert open_bundle(tmp_path / "home").manifest.documents == 1


def test_many_small_segments_become_one(tmp_path: Path) -> None:
    small = [
        document(f"note{n}", [f"お知らせ第{n}号。{LINES[n % 8]}"]) for n in range(compacting.TOGETHER + 1)
    ]
    build(tmp_path, given(small[0]))
    for one in small[1:-1]:
        change(tmp_path, added=given(one))
    assert len(open_bundle(tmp_path).segments) == 1
    change(tmp_path, added=given(small[-1]))
    compacted = open_bundle(tmp_path)
    assert [segment.size for segment in compacted.segments] == [8, 1]
    build(tmp_path / "rebuilt", given(*small))
    _same(compacted, open_bundle(tmp_path / "rebuilt"))


def test_a_worn_segment_is_built_anew(tmp_path: Path) -> None:
    build(tmp_path, given(*CITY))
    change(tmp_path, removed=["ward"])
    [segment] = open_bundle(tmp_path).segments
    assert (segment.size, segment.removed) == (10, ())


def test_large_segments_are_left_alone() -> None:
    large = [SegmentRecord(name=str(n), documents=9, passages=3_000, removed_passages=900) for n in range(3)]
    assert compacting.to_rebuild(large, adding=True) == []
    small = [SegmentRecord(name=f"s{n}", documents=1, passages=1) for n in range(compacting.TOGETHER - 1)]
    assert compacting.to_rebuild([*large[:1], *small], adding=True) == [*large[:1], *small]
    assert compacting.to_rebuild(small, adding=False) == []


def test_all_cores_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = build(tmp_path / "alone", given(*CITY)).files
    monkeypatch.setattr(workers, "WORTH_PROCESSES", 0)
    assert build(tmp_path / "many", given(*CITY)).files == alone


def test_progress_is_told_of_every_stage(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(tmp_path, given(*CITY), progress=lambda *step: told.append(step))
    assert told[-1] == ("箇所", 18, 18)
    assert ("文書", 3, 3) in told


def test_a_change_waits_for_another_one_and_is_then_told(tmp_path: Path) -> None:
    with (
        build_lock(tmp_path),
        pytest.raises(BuildInProgressError, match="終わってから"),
        open_workshop(tmp_path, wait=0.2),
    ):
        pass


def test_there_is_nothing_to_change_in_an_empty_home(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="madoguchi build"):
        change(tmp_path, added=given(CITY[0]))


def test_runs_of_one_document_are_counted_together(tmp_path: Path) -> None:
    parts = [tallied("a", ["あい", "あ"]), tallied("a", ["いい"]), tallied("b", ["あ"])]
    keys = write_tally(tmp_path, "letters", parts)
    assert keys.tolist() == sorted(hash_keys("あい").tolist())
    for removed, expected in (((), [3, 2]), (("a",), [1, 0]), (("b",), [2, 2])):
        tally = SegmentTally(tmp_path, "letters", removed)
        counts = dict(zip(tally.keys.tolist(), tally.totals.tolist(), strict=True))
        assert [counts[key] for key in hash_keys("あい").tolist()] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("短い。", ["短い。"]),
        ("一文目です。二文目です。三文目です。", ["一文目です。二文目です。", "三文目です。"]),
        ("切れ目のない長い長い一文", ["切れ目のない長い長い一文"]),
        (" \n" * 20, [" \n" * 20]),
    ],
)  # fmt: skip
def test_a_long_text_is_cut_into_windows_of_whole_sentences(text: str, expected: list[str]) -> None:
    assert windows(text, longest=12) == expected


def test_a_passage_is_found_by_its_best_window(tmp_path: Path) -> None:
    long = "".join(f"{line}これは案内の第{n}項です。" for n, line in enumerate(LINES))
    build(tmp_path, given(document("long", [long, *LINES[1:]])))
    bundle = open_bundle(tmp_path)
    query = bundle.encoder.encode_queries(["消防団の団員は、十八歳以上の市民から募集します。"])
    best = max((bundle.encoder.encode_passages(windows(long)) @ query[0]).tolist())
    assert _scores(bundle, "消防団の団員は、十八歳以上の市民から募集します。", "dense")[
        "long-000"
    ] == pytest.approx(best, abs=1e-5)
    assert np.isfinite(best)
