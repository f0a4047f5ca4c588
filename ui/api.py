"""The HTTP API. Handlers run on the event loop: a reply takes milliseconds, a thread would cost more."""

from dataclasses import asdict
from importlib.resources import files
from logging import getLogger
from time import perf_counter
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from index.milvus.errors import StoreError
from qa.replies.reply_record import stamped
from ui.documents import document_list, document_record
from ui.guarding import Guard
from ui.hits import hit_record
from ui.ledger_api import ledger_router
from ui.live import OUT_OF_SERVICE, LiveAssistant
from ui.metrics import Metrics
from ui.own_files import own_files_router
from ui.questions import before, cleaned, objection
from ui.schemas import (
    AskSchema,
    DocumentTextSchema,
    HealthSchema,
    ListedDocumentSchema,
    ReplySchema,
    SearchSchema,
    SuggestionSchema,
)
from ui.table_api import table_router

_MOST_SUGGESTED = 50
_REFUSED: dict[int | str, dict[str, Any]] = {422: {"description": "質問が空、長すぎる、または形が違う"}}


def create_api(live: LiveAssistant) -> FastAPI:
    """Return the API over one assistant; `state.live` and `state.metrics` are for the page beside it."""
    app = FastAPI(
        title="窓口 Madoguchi",
        description="市の文書にもとづいて、出典つきで答える。",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.live, app.state.metrics = live, Metrics()
    app.include_router(_asking(live, app.state.metrics))
    app.include_router(_documents(live))
    app.include_router(ledger_router(live))
    app.include_router(table_router(live))
    app.include_router(own_files_router())
    app.include_router(_keeping(live, app.state.metrics))
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(StoreError, _out_of_service)
    app.add_middleware(Guard)
    return app


def _asking(live: LiveAssistant, metrics: Metrics) -> APIRouter:
    router = APIRouter(tags=["質問"])

    @router.post("/api/ask", response_model=ReplySchema, responses=_REFUSED, summary="質問に答える")
    async def ask(call: AskSchema) -> Response:
        started = perf_counter()
        question = _allowed(call.question, metrics)
        record = live.ask(question, before(call.history))
        seconds = perf_counter() - started
        metrics.replied("api", record["status"], seconds, record["reason"])
        return _json(stamped(record, id=call.id, total_ms=seconds * 1_000))

    @router.get("/api/search", response_model=SearchSchema, responses=_REFUSED, summary="近い箇所を探す")
    async def search(q: str, k: Annotated[int, Query(ge=1, le=1_000)] = 10) -> Response:
        query = _allowed(q, metrics)
        hits = live.search(query, k=k)
        titles = {document.id: document.title for document in live.documents.values()}
        return _json(
            {"query": query, "hits": [hit_record(h, title=titles[h.passage.document]) for h in hits]}
        )

    @router.get(
        "/api/suggest",
        response_model=list[SuggestionSchema],
        responses=_REFUSED,
        summary="入力の途中で候補を出す",
    )
    async def suggest(q: str, k: Annotated[int, Query(ge=1, le=_MOST_SUGGESTED)] = 8) -> Response:
        return _json([asdict(found) for found in live.suggest(_allowed(q, metrics), k=k)])

    return router


def _documents(live: LiveAssistant) -> APIRouter:
    router = APIRouter(tags=["文書"])

    @router.get("/api/documents", response_model=list[ListedDocumentSchema], summary="収めた文書の一覧")
    async def documents() -> Response:
        live.refresh()
        return _json(document_list(live.home, live.assistant.segments, live.documents.values()))

    @router.get("/api/documents/{id}", response_model=DocumentTextSchema, summary="文書の全文")
    async def document(id: str) -> Response:
        live.refresh()
        found = live.documents.get(id)
        if found is None:
            raise HTTPException(404, f"文書「{cleaned(id)}」はありません。/api/documents に一覧があります。")
        return _json({**document_record(found), "text": found.text})

    return router


def _keeping(live: LiveAssistant, metrics: Metrics) -> APIRouter:
    router = APIRouter(tags=["運用"])

    @router.get("/healthz", response_model=HealthSchema, summary="動いているか")
    async def health() -> Response:
        live.refresh()
        warning = live.warning or live.trouble
        status = "degraded" if warning else "ok"
        bundle = live.assistant.manifest.id
        record = {
            "status": status,
            "bundle": bundle,
            "documents": len(live.documents),
            "warning": warning,
        }
        return _json(record)

    @router.get("/metrics", summary="Prometheus 形式の計測値", response_class=Response)
    async def measured() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    @router.get("/api/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(files("ui").joinpath("static/docs.html").read_text("utf-8"))

    return router


def _allowed(typed: str, metrics: Metrics) -> str:
    question = cleaned(typed)
    why = objection(question)
    if why:
        metrics.refused()
        raise HTTPException(422, why)
    return question


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")


async def _out_of_service(request: Request, error: Exception) -> JSONResponse:
    getLogger(__name__).error("%s", error)
    return JSONResponse({"detail": OUT_OF_SERVICE}, status_code=503)


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    request.app.state.metrics.refused()
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    places = "、".join(
        sorted({".".join(str(step) for step in fault["loc"][1:]) or "本文" for fault in faults})
    )
    message = f"呼び出しの形が違います（{places}）。/api/docs に例があります。"
    return JSONResponse({"detail": message}, status_code=422)
