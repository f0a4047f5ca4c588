"""`GET /api/ledger`: every figure with its place, and the problems."""

from typing import Any

from fastapi import APIRouter

from qa.ledger import Ledger
from ui.ledger_cli import ledger_record
from ui.live import LiveAssistant


def ledger_router(live: LiveAssistant) -> APIRouter:
    """Return the route over the assistant that is serving."""
    router = APIRouter(tags=["予算の数字"])

    @router.get("/api/ledger", summary="予算の数字を、出典つきで返す")
    async def ledger() -> dict[str, Any]:
        live.refresh()
        book: Ledger = live.assistant.ledger
        return ledger_record(book)

    return router
