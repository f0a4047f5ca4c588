"""The bundle on disk: opened whole or refused by name, with the last good one as a net."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path

import pytest

from corpus.types import Document, Passage
from index import verifying
from index.artefacts import Artefacts
from index.bundle import open_bundle, rollback
from index.home import STALE, BuildInProgressError, Layout, build_lock
from index.manifest import FORMAT, BundleError, read_manifest
from index.publishing import DiskFullError, open_workshop
from index.segments.sources import GivenSource
from index.segments.writing import RUN
from index.verifying import verify_bundle
from tests.index.conftest import LINES, build, document, given, passages_of


@pytest.fixture
def home(built_home: Path, tmp_path: Path) -> Path:
    """A home of this test's own."""
    return Path(shutil.copytree(built_home, tmp_path / "home", symlinks=True))


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def _first(document: Document, size: int) -> GivenSource:
    """Return a document with its first passages only."""
    return GivenSource(document, tuple(passages_of(document)[:size]))


def _part(home: Path, name: str) -> Path:
    """Return a file of the current bundle's one segment."""
    [path] = Layout(home).current.resolve().glob(f"segments/*/{name}")
    return path


def test_documents_and_passages_come_back_equal(
    built_home: Path, guide: Document, guide_passages: list[Passage]
) -> None:
    bundle = open_bundle(built_home)
    assert list(bundle.documents()) == [guide]
    assert bundle.document("guide") == guide
    assert list(bundle.passages) == guide_passages
    assert bundle.passages.get(["guide-003", "guide-001"]) == [guide_passages[3], guide_passages[1]]
    assert bundle.passages.of_document("guide") == guide_passages
    assert len(bundle.passages) == len(guide_passages)


def test_an_unknown_passage_or_document_is_a_key_error(built_home: Path) -> None:
    bundle = open_bundle(built_home)
    with pytest.raises(KeyError):
        bundle.passages.get(["guide-999"])
    with pytest.raises(KeyError):
        bundle.document("nowhere")


def test_threads_share_one_bundle(built_home: Path, guide_passages: list[Passage]) -> None:
    bundle = open_bundle(built_home)
    found: list[Sequence[str]] = []

    def ask() -> None:
        hits = [hit.passage_id for _ in range(20) for hit in bundle.retriever.search("パスポートの申請", k=1)]
        found.append([bundle.passages[passage_id].text for passage_id in hits])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[guide_passages[0].text] * 20] * 8


def test_the_same_documents_give_the_same_files(
    built_home: Path, tmp_path: Path, guide: Document, guide_passages: list[Passage]
) -> None:
    again = build(tmp_path, given(guide))
    assert again.files == open_bundle(built_home).manifest.files


def test_every_damaged_file_is_refused_by_its_name(home: Path) -> None:
    folder = Layout(home).current.resolve()
    for name in read_manifest(folder).files:
        path = folder / name
        whole = path.read_bytes()
        if not whole:
            continue
        for spoil in (_damage, lambda p: p.write_bytes(p.read_bytes()[:-1]), Path.unlink):
            spoil(path)
            with pytest.raises(BundleError, match=r"madoguchi build") as refused:
                open_bundle(home)
            assert refused.value.file == name
            assert name in str(refused.value)
            path.write_bytes(whole)
    assert open_bundle(home).warning is None


def test_a_manifest_that_is_missing_broken_changed_or_of_another_format_is_refused(home: Path) -> None:
    path = Layout(home).current.resolve() / "manifest.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    broken = {
        "壊れています": "{",
        "書き換わっています": json.dumps({**whole, "passages": 9}),
        f"形式 {FORMAT + 1}": json.dumps({"format": FORMAT + 1, "shape": "of tomorrow"}),
        "Sudachi 辞書": json.dumps({**whole, "dictionary": "20010101"}),
    }
    for said, content in broken.items():
        path.write_text(content, encoding="utf-8")
        with pytest.raises(BundleError, match=said) as refused:
            open_bundle(home)
        assert refused.value.file == "manifest.json"
    path.unlink()
    with pytest.raises(BundleError, match="がありません"):
        open_bundle(home)


def test_an_empty_home_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"まだありません。.*madoguchi build"):
        open_bundle(tmp_path)


def test_the_last_good_bundle_serves_with_a_warning(home: Path, guide: Document) -> None:
    first = open_bundle(home).manifest
    build(home, [_first(guide, 3)])
    _damage(_part(home, "passages.sqlite"))
    bundle = open_bundle(home)
    assert bundle.manifest == first
    assert bundle.warning is not None
    assert "passages.sqlite" in bundle.warning
    assert "madoguchi build" in bundle.warning


def test_a_damaged_bundle_never_becomes_the_last_good_one(home: Path, guide: Document) -> None:
    build(home, [_first(guide, 3)])
    good = Layout(home).previous.resolve()
    _damage(_part(home, "words.postings"))
    build(home, [_first(guide, 4)])
    assert Layout(home).previous.resolve() == good


def test_rollback_changes_current_and_previous(home: Path, guide: Document) -> None:
    first = open_bundle(home).manifest
    second = build(home, [_first(guide, 3)])
    assert rollback(home) == first
    assert open_bundle(home).manifest == first
    assert rollback(home) == second
    assert open_bundle(home).manifest == second


def test_rollback_without_a_previous_bundle_is_refused(home: Path) -> None:
    with pytest.raises(BundleError):
        rollback(home)
    assert open_bundle(home).warning is None


def test_older_bundles_are_cleared_away_unless_they_are_open(home: Path, guide: Document) -> None:
    reader = open_bundle(home)
    for size in (3, 4, 5):
        build(home, [_first(guide, size)])
    kept = {path.name for path in Layout(home).bundles.iterdir()}
    links = {Layout(home).current.resolve().name, Layout(home).previous.resolve().name}
    assert kept == links | {reader.manifest.id}
    assert len(list(reader.passages)) == len(passages_of(guide))


def test_what_a_killed_build_published_but_never_let_serve_is_cleared_away_by_whoever_works_next(
    home: Path, guide: Document
) -> None:
    build(home, [_first(guide, 3)])
    layout = Layout(home)
    links = {layout.current.resolve().name, layout.previous.resolve().name}
    shutil.copytree(layout.current.resolve(), layout.bundles / "20260101T000000-left")
    with open_workshop(home):
        assert {path.name for path in layout.bundles.iterdir() if not path.name.startswith(STALE)} == links


def test_two_builds_do_not_run_at_once(home: Path, guide: Document) -> None:
    with build_lock(home), pytest.raises(BuildInProgressError, match="実行中"):
        build(home, given(guide))
    build(home, given(guide))


class Failing:
    """A bundle artefact whose disk is full in the middle."""

    name = "失敗"

    def write(self, folder: Path) -> None:
        (folder / "half").write_text("half", encoding="utf-8")
        raise OSError(ENOSPC, "No space left on device")


def test_a_full_disk_is_told_with_the_cure_and_leaves_nothing_behind(home: Path, guide: Document) -> None:
    before = sorted(os.listdir(Layout(home).bundles))
    with pytest.raises(DiskFullError, match=r"空きを作って"):
        build(home, given(guide), artefacts=Artefacts(bundle=(Failing(),)))
    assert sorted(os.listdir(Layout(home).bundles)) == before
    assert open_bundle(home).warning is None


@dataclass(frozen=True)
class Titles:
    """One of each kind of artefact in one: what it finds is the titles."""

    name: str = "titles"

    def values(self, document: Document, passages: Sequence[Passage]) -> list[bytes]:
        whole = f"{document.title}{document.text}"  # a run of passages comes without its document's text
        return [f"{whole} {passage.id}".encode() for passage in passages]

    def part(self, document: Document, passages: Sequence[Passage] = ()) -> str:
        return f"{document.id}:{len(passages)}"

    def write(self, folder: Path, parts: Iterable[object] = ()) -> None:
        (folder / "titles.txt").write_text(" ".join(map(str, parts)), encoding="utf-8")


@dataclass(frozen=True)
class Ends(Titles):
    """As Titles, in another file."""

    def write(self, folder: Path, parts: Iterable[object] = ()) -> None:
        (folder / "ends.txt").write_text(" ".join(map(str, parts)), encoding="utf-8")


@dataclass(frozen=True)
class Halves:
    """Finds the length of each half of a document."""

    name: str = "halves"

    def shares(self, document: Document) -> list[str]:
        middle = len(document.text) // 2
        return [document.text[:middle], document.text[middle:]]

    def part(self, share: object) -> int:
        return len(str(share))

    def write(self, folder: Path, parts: Iterable[object]) -> None:
        (folder / "halves.txt").write_text(" ".join(map(str, parts)), encoding="utf-8")


def test_work_that_documents_share_out_is_done_in_their_order_and_told_of(tmp_path: Path) -> None:
    """Of a long document no single step holds the progress up."""
    heard: list[tuple[str, int, int]] = []
    build(
        tmp_path,
        given(document("one", ["一二三"]), document("two", ["四"])),
        artefacts=Artefacts(shared=(Halves(),)),
        progress=lambda *step: heard.append(step),
    )
    [segment] = open_bundle(tmp_path).segments
    lengths = [len(document("one", ["一二三"]).text), len(document("two", ["四"]).text)]
    halves = [half for length in lengths for half in (length // 2, length - length // 2)]
    assert (segment.folder / "halves.txt").read_text() == " ".join(map(str, halves))
    assert [step for step in heard if step[0] == "halves"] == [("halves", n, 4) for n in range(1, 5)]


def test_artefacts_of_every_kind_are_hashed_and_found(tmp_path: Path, guide: Document) -> None:
    every = Artefacts(passages=(Titles(),), segments=(Titles(),), documents=(Ends(),), bundle=(Titles(),))
    long = document("long", [f"第{number}条。" for number in range(RUN + 1)])
    build(tmp_path, given(guide, long), artefacts=every)
    bundle = open_bundle(tmp_path)
    assert bundle.file("titles.txt").read_text(encoding="utf-8") == ""
    with pytest.raises(BundleError, match=r"nothing\.txt"):
        bundle.file("nothing.txt")
    [segment] = bundle.segments
    assert bundle.file(f"segments/{segment.folder.name}/ends.txt").read_text() == "guide:0 long:0"
    assert (segment.folder / "titles.txt").read_text() == f"guide:8 long:{RUN} long:1"
    assert bundle.values("titles").get("long-016").decode() == "くらしの手引き long-016"
    with pytest.raises(KeyError):
        bundle.values("titles").get("long-999")


def test_a_corpus_without_passages_is_built_and_finds_nothing(tmp_path: Path) -> None:
    build(tmp_path, [])
    assert open_bundle(tmp_path).retriever.search("パスポート", k=5) == []
    build(tmp_path, given(document("empty", [])))
    assert open_bundle(tmp_path).retriever.search("パスポート", k=5) == []


def test_ids_that_are_not_unique_are_the_callers_mistake(tmp_path: Path, guide: Document) -> None:
    first = passages_of(guide)[0]
    with pytest.raises(ValueError, match="guide-000"):
        build(tmp_path, [GivenSource(guide, (first, first))])
    with pytest.raises(ValueError, match="another document"):
        build(tmp_path, [GivenSource(document("other"), (first,))])


def test_a_second_document_of_the_same_name_is_a_problem(tmp_path: Path, guide: Document) -> None:
    manifest = build(tmp_path, given(guide, document("guide", LINES[:2])))
    assert (manifest.documents, manifest.passages) == (1, len(LINES))
    assert [problem.code for problem in open_bundle(tmp_path).problems()] == ["duplicate"]


def test_a_large_file_is_hashed_again_once_it_changed_and_always_by_the_doctor(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "LARGE", 1_000)
    open_bundle(home)
    path = _part(home, "passages.sqlite")
    status = path.stat()
    _damage(path)
    with pytest.raises(BundleError, match=r"passages\.sqlite"):
        open_bundle(home)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as if the disk itself had turned a bit
    open_bundle(home)
    with pytest.raises(BundleError, match=r"passages\.sqlite"):
        verify_bundle(Layout(home).current)


def test_a_query_from_a_cold_start_loads_no_heavy_library(built_home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from index.bundle import open_bundle;"
        "b = open_bundle(Path(sys.argv[1])); print(b.retriever.search('パスポート', k=1)[0].passage_id);"
        "heavy = {'torch', 'scipy', 'sentence_transformers', 'numba', 'jax'};"
        "print(sorted(heavy & set(sys.modules)));"
        "print(int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) // 1024)"
    )
    command = [sys.executable, "-c", program, str(built_home)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    hit, heavy, megabytes = answer.splitlines()
    assert hit == "guide-000"
    assert heavy == "[]"
    assert int(megabytes) < 250


def test_the_manifest_names_where_the_weights_come_from_and_their_licence(home: Path) -> None:
    told = read_manifest(Layout(home).current.resolve()).versions["encoder"]
    assert "universal-sentence-encoder-multilingual 3" in told
    assert "Apache-2.0" in told
