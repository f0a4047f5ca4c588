"""`GET /api/tables…`: the tables of the documents, their rows filtered, searched, sorted and paged, one row, CSV."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import quote

import orjson
from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from qa.tables.browsing.table_views import LONGEST_PAGE, Asked, TableView
from qa.tables.store.table_catalogue import TableEntry, UnknownTableError
from ui.live import LiveAssistant
from ui.questions import cleaned
from ui.schemas import TableRowSchema, TableRowsSchema, TableSchema
from ui.table_csv import csv_parts
from ui.table_records import asked_of, page_record, row_record, table_record

_ABSENT: dict[int | str, dict[str, Any]] = {404: {"description": "その表か、その行がない"}}
_REFUSED: dict[int | str, dict[str, Any]] = {
    **_ABSENT,
    422: {"description": "条件が読めない、その列がない、値が列に合わない"},
}
Where = Annotated[
    list[str],
    Query(
        default_factory=list,
        description="条件。列名・比べ方（= != contains >= <= > < filled empty）・値。いくつでも書けて、すべてに合う行を返す。",
        examples=["定員>=50", "地区=北部"],
    ),
]
Search = Annotated[str, Query(description="どれかの列にあることば。空白で区切ると、すべてを含む行を返す。")]
Sort = Annotated[str, Query(description="並べる列の名前。なければ文書の順。", examples=["定員"])]
Descending = Annotated[bool, Query(description="大きいものから並べる。")]
Limit = Annotated[int, Query(json_schema_extra={"minimum": 1, "maximum": LONGEST_PAGE})]
Offset = Annotated[int, Query(json_schema_extra={"minimum": 0})]


def table_router(live: LiveAssistant) -> APIRouter:
    """Return the routes over the assistant that is serving."""
    router = APIRouter(tags=["表"])

    @router.get("/api/tables", response_model=list[TableSchema], summary="文書にある表の一覧")
    async def tables() -> Response:
        live.refresh()
        return _json([table_record(entry) for entry in live.assistant.tables.entries.values()])

    @router.get(
        "/api/tables/{id}.csv", response_class=Response, responses=_REFUSED, summary="表の行を CSV で"
    )
    async def table_csv(
        id: str,
        where: Where,
        q: Search = "",
        sort: Sort = "",
        desc: Descending = False,
    ) -> Response:
        with _told():
            entry, view = await _opened(live, id)
            asked = asked_of(entry, where=where, q=q, sort=sort, desc=desc)
            rows = await run_in_threadpool(view.rows, asked)
        name = f"attachment; filename*=UTF-8''{quote(entry.id, safe='')}.csv"
        parts = csv_parts(view, rows.tolist())
        return StreamingResponse(
            parts, media_type="text/csv; charset=utf-8", headers={"content-disposition": name}
        )

    @router.get(
        "/api/tables/{id}", response_model=TableRowsSchema, responses=_REFUSED, summary="表の行を探す"
    )
    async def table_rows(
        id: str,
        where: Where,
        q: Search = "",
        sort: Sort = "",
        desc: Descending = False,
        offset: Offset = 0,
        limit: Limit = 50,
    ) -> Response:
        with _told():
            entry, view = await _opened(live, id)
            asked = asked_of(entry, where=where, q=q, sort=sort, desc=desc, offset=offset, limit=limit)
            return _json(await run_in_threadpool(_page, entry, view, asked))

    @router.get(
        "/api/tables/{id}/rows/{number}",
        response_model=TableRowSchema,
        responses=_ABSENT,
        summary="表の一行を、一つ一つの欄の位置つきで",
    )
    async def table_row(id: str, number: int) -> Response:
        with _told():
            entry, view = await _opened(live, id)
            return _json(row_record(entry, view, live.assistant.tables.row(entry.id, number)))

    return router


def _page(entry: TableEntry, view: TableView, asked: Asked) -> dict[str, Any]:
    return page_record(entry, view, asked, view.page(asked))


async def _opened(live: LiveAssistant, id: str) -> tuple[TableEntry, TableView]:
    """Return a table; a large one is read beside the event loop, which goes on answering."""
    live.refresh()
    catalogue = live.assistant.tables
    try:
        entry = catalogue.entry(id)
    except UnknownTableError:
        raise UnknownTableError(f"表「{cleaned(id)}」はありません。/api/tables に一覧があります。") from None
    year = live.documents[entry.document].fiscal_year
    return entry, await run_in_threadpool(catalogue.view, entry.id, year)


@contextmanager
def _told() -> Iterator[None]:
    """Tell a caller what is wrong with the call: 404 where there is no such thing, 422 where it cannot be read."""
    try:
        yield
    except UnknownTableError as error:
        raise HTTPException(404, str(error)) from None
    except ValueError as error:
        raise HTTPException(422, str(error)) from None


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
