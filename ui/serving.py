"""`madoguchi serve`: the page and the API in one process, nothing asked of any other host."""

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ui.printing import complain, say

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ui.live import LiveAssistant


def run_server(home: Path, *, host: str, port: int) -> None:
    """Serve until interrupted. The bundle is opened first: without one there is nothing to serve."""
    from ui.live import LiveAssistant

    live = LiveAssistant(home)
    if live.warning:
        complain(live.warning)
    listener = _listen(host, port)
    app = _app(live)
    import uvicorn

    address = f"http://{_shown(host)}:{listener.getsockname()[1]}"
    say(f"窓口を開きました。\n  ページ  {address}/\n  API     {address}/api/ask （説明 {address}/api/docs）")
    say("止めるには Ctrl+C を押してください。")
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=3)
    uvicorn.Server(config).run(sockets=[listener])


def _app(live: "LiveAssistant") -> "FastAPI":
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    from ui.app import create_app

    return create_app(live)


def _listen(host: str, port: int) -> socket.socket:
    """Bind before the slow imports, so that a taken port is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio would leave Nagle's delay on: 40 ms for every reply.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, UnicodeError) as error:
        listener.close()
        complain(f"{host}:{port} で待ち受けられません（{error}）。--port か --host を変えてください。")
        raise typer.Exit(1) from None
    listener.listen(2_048)
    return listener


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared with, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
