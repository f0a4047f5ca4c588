"""The whole site: the API, and Gradio's page at `/`. Set the two variables below before Gradio is imported."""

import os
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr
from fastapi import FastAPI

from ui.api import create_api
from ui.chat import conversation
from ui.examples import example_questions
from ui.language import Japanese
from ui.live import LiveAssistant
from ui.rendering import foot_html, head_html

_FONTS = [
    "system-ui",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Yu Gothic UI",
    "Meiryo",
    "sans-serif",
]
# Modules that bring a tab of their own: each has TITLE and `tab(live)`, called in an open Gradio context. One that is
# not always there has `shown(live)`; one that a link may open, ELEMENT (its id) and OPEN_LINKED (a script).
_TABS = ("ui.ledger_tab", "ui.table_tab", "ui.eval_tab")


def create_app(live: LiveAssistant) -> FastAPI:
    """Return the server over one assistant."""
    app = create_api(live)
    gr.mount_gradio_app(
        app,
        _page(live, app),
        path="/",
        theme=_theme(),
        css=files("ui").joinpath("static/page.css").read_text("utf-8"),
        favicon_path=str(files("ui").joinpath("static/icon.svg")),
        footer_links=[],
        allowed_paths=[],
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        run_history=False,
    )
    app.add_middleware(Japanese)
    return app


def _page(live: LiveAssistant, app: FastAPI) -> Any:
    with gr.Blocks(title="窓口 — 出典つきで答える市の案内", analytics_enabled=False) as page:
        gr.HTML(head_html(), elem_id="md-head", js_on_load=None)
        tabs = [import_module(name) for name in _TABS if find_spec(name)]
        if not tabs:
            conversation(live, app.state.metrics, example_questions(live.assistant))
        else:
            with gr.Tabs():
                with gr.Tab("質問する"):
                    conversation(live, app.state.metrics, example_questions(live.assistant))
                for module in tabs:
                    _tab(page, live, module)
        gr.HTML(foot_html(live.documents.values()), elem_id="md-foot", js_on_load=None)
    return page


def _tab(page: Any, live: LiveAssistant, module: Any) -> None:
    """Draw a tab; whether it is shown is told anew for each visitor: the bundle may have changed."""
    shown = getattr(module, "shown", None)
    with gr.Tab(
        module.TITLE,
        visible=shown(live) if shown else True,
        elem_id=getattr(module, "ELEMENT", None),
    ) as drawn:
        module.tab(live)
    if shown:
        quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        told = page.load(lambda: gr.Tab(visible=shown(live)), None, drawn, **quiet)
        told.then(None, js=module.OPEN_LINKED, api_visibility="private")


def _theme() -> Any:
    """Return a plain theme over fonts that the machine already has: none is fetched."""
    return gr.themes.Base(font=_FONTS, font_mono=["ui-monospace", "Noto Sans Mono CJK JP", "monospace"])
