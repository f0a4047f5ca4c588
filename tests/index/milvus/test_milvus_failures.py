"""A Milvus that is down, slow, full, locked, or not what the bundle wrote is refused by name, with the cure, in time."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from index.milvus.binding import Binding
from index.milvus.checking import check
from index.milvus.connection import CONNECT_SECONDS, SEARCH_SECONDS, Connection, connect, disconnect
from index.milvus.errors import StoreError
from index.milvus.names import named
from index.milvus.searching import opened
from index.milvus.segment_rows import passage_rows
from index.milvus.settings import StoreChoiceError, StoreKind, chosen_store
from index.milvus.writing import Writer, bind, new_generation
from tests.index.milvus.conftest import segment


def _written(connection: Connection, folder: Path, prefix: str) -> Binding:
    writer = new_generation(connection, prefix, dimension=16, expected=10)
    writer.write(segment(folder / "a", 20, seed=1).rows)
    writer.finish()
    return bind(writer, {})


def test_a_server_that_is_down_is_named_at_once() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        uri = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(StoreError, match=rf"{uri}）につながりません。サーバーが動いているか"):
        connect(uri)


def test_a_server_that_never_answers_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = monotonic()
        with pytest.raises(StoreError, match="3 秒待っても応えません"):
            connect(f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert monotonic() - started < CONNECT_SECONDS + 1


class _Server:
    """Milvus Lite behind a real port, whose inserts and searches can be made to fail as a full or slow server's do."""

    def __init__(self, folder: Path) -> None:
        from concurrent.futures import ThreadPoolExecutor

        import grpc
        from milvus_lite.adapter.grpc.servicer import MilvusServicer
        from milvus_lite.db import MilvusLite
        from pymilvus.grpc_gen import common_pb2, milvus_pb2, milvus_pb2_grpc

        outer = self

        class Servicer(MilvusServicer):  # type: ignore[misc]
            def Insert(self, request: object, context: object) -> object:  # noqa: N802
                if outer.full:
                    reason = "quota exceeded[reason=disk quota exceeded]"
                    return milvus_pb2.MutationResult(status=common_pb2.Status(code=9, reason=reason))
                return super().Insert(request, context)

            def Search(self, request: object, context: object) -> object:  # noqa: N802
                outer.waiting.wait(outer.delay)
                return super().Search(request, context)

        from threading import Event

        self.full, self.delay, self.waiting = False, 0.0, Event()
        self._db = MilvusLite(str(folder))
        self._server = grpc.server(ThreadPoolExecutor(4))
        milvus_pb2_grpc.add_MilvusServiceServicer_to_server(Servicer(self._db), self._server)
        self.uri = f"http://127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def stop(self) -> None:
        self.waiting.set()
        self._server.stop(0).wait()
        self._db.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[_Server]:
    running = _Server(tmp_path / "server.db")
    yield running
    disconnect(running.uri)
    running.stop()


def test_a_full_server_is_named_and_what_serves_stays(server: _Server, tmp_path: Path) -> None:
    connection = connect(server.uri)
    binding = _written(connection, tmp_path, "madoguchi_full")
    server.full = True
    with pytest.raises(StoreError, match=r"空きがありません.*要らないコレクションを消して"):
        Writer(connection, binding.prefix).write(segment(tmp_path / "b", 5, seed=2).rows)
    check(connection, binding)


def test_a_search_that_takes_too_long_or_meets_a_dead_server_ends_in_time(
    server: _Server, tmp_path: Path
) -> None:
    connection = connect(server.uri)
    binding = _written(connection, tmp_path, "madoguchi_slow")
    search = opened(connection, binding, {}, {})
    query = {"data": [{5: 1.0}], "field": "terms", "limit": 3, "where": search.live}
    assert search.run(binding.collections.passages, **query)
    server.delay = 30.0
    started = monotonic()
    with pytest.raises(StoreError, match="2 秒待っても応えません"):
        search.run(binding.collections.passages, **query)
    assert monotonic() - started < SEARCH_SECONDS + 1
    server.stop()
    started = monotonic()
    with pytest.raises(StoreError, match=r"つながりません|応えません"):
        search.run(binding.collections.passages, **query)
    assert monotonic() - started < SEARCH_SECONDS + 1


def test_a_dropped_collection_is_named(lite: Connection, tmp_path: Path) -> None:
    binding = _written(lite, tmp_path, "madoguchi_dropped")
    check(lite, binding)
    lite.call("drop_collection", binding.collections.titles, timeout=10)
    with pytest.raises(StoreError, match=f"「{binding.collections.titles}」が.*ありません.*madoguchi build"):
        check(lite, binding)


def test_a_collection_filled_by_someone_else_is_refused_even_with_the_same_passages(
    lite: Connection, tmp_path: Path
) -> None:
    binding = _written(lite, tmp_path, "madoguchi_refilled")
    for name in binding.collections:
        lite.call("drop_collection", name, timeout=10)
    other = _written(lite, tmp_path, "madoguchi_other")
    for mine, theirs in zip(binding.collections, other.collections, strict=True):
        lite.call("rename_collection", theirs, mine, timeout=10)
    with pytest.raises(StoreError, match=r"目印がないか、違います.*書き換えたおそれ.*madoguchi build"):
        check(lite, binding)


def test_rows_added_or_taken_by_someone_else_are_noticed(lite: Connection, tmp_path: Path) -> None:
    binding = _written(lite, tmp_path, "madoguchi_more")
    number = binding.segments["a"].number
    row = next(iter(passage_rows(segment(tmp_path / "x", 5, seed=3).rows, number)))
    lite.call("insert", binding.collections.passages, [{**row, "key": row["key"] + 999}], timeout=10)
    with pytest.raises(StoreError, match="20 行のはずが 21 行あります"):
        check(lite, binding)


def test_the_file_of_milvus_lite_opened_elsewhere_is_named(lite: Connection, tmp_path: Path) -> None:
    code = "import sys; from index.milvus.connection import connect; connect(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, lite.uri], capture_output=True, text=True)
    assert "別のプロセスが開いています" in done.stderr


def test_a_path_that_is_no_milvus_lite_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("ただのメモ", encoding="utf-8")
    with pytest.raises(StoreError, match=r"notes\.db」を開けません"):
        connect(str(tmp_path / "notes.db"))


@pytest.mark.parametrize(
    ("kind", "uri", "said"),
    [
        ("milvus", None, "--uri が要ります"),
        ("milvus", "index.sqlite", r"「\.db」で終わらせて"),
        ("milvus", "ftp://host", "http://ホスト名:19530"),
        ("milvus", "http://root:secret@host:19530", "MADOGUCHI_MILVUS_TOKEN に入れて"),
        ("local", "x.db", "--store milvus と一緒に"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_with_the_right_form(
    kind: str, uri: str | None, said: str
) -> None:
    with pytest.raises(StoreChoiceError, match=said):
        chosen_store(StoreKind(kind), uri)


def test_names_of_a_generation_tell_their_rows() -> None:
    assert list(named("madoguchi_1_2")) == [
        "madoguchi_1_2_passages",
        "madoguchi_1_2_windows",
        "madoguchi_1_2_titles",
    ]
