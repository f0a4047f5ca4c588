"""The conversation on the page: questions and replies on the left, the cited passages beside them."""

from collections.abc import Sequence
from logging import getLogger
from time import perf_counter
from typing import Any

import gradio as gr

from index.milvus.errors import StoreError
from qa.replies.reply_record import Record, reply_record, stamped
from ui.live import OUT_OF_SERVICE, LiveAssistant
from ui.metrics import Metrics
from ui.questions import cleaned, declined, objection
from ui.rendering import chat_html, citations_html

_REMEMBERED = 30  # turns a session keeps
# One listener for all buttons inside the HTML: examples, options of a question back, numbers of sources.
_ON_CLICK = """
element.addEventListener('click', (event) => {
  const { ask, turn, source } = event.target.closest('button')?.dataset ?? {};
  if (ask) trigger('click', { question: ask });
  if (source) { window.madoguchiSource = source; trigger('select', { turn: Number(turn) }); }
});
"""
_SHOW_SOURCE = """() => setTimeout(() => {
  const number = document.getElementById(`md-source-${window.madoguchiSource}`);
  number?.closest('.md-card').scrollIntoView({ block: 'nearest' });
}, 50)"""
_SHOW_LATEST = "() => { document.getElementById('md-latest')?.scrollIntoView({ block: 'nearest' }); }"

Turns = list[Record]


def conversation(live: LiveAssistant, metrics: Metrics, examples: Sequence[str]) -> None:
    """Lay out the conversation in the Gradio context that is open."""
    turns = gr.State([])
    with gr.Row(elem_id="md-columns"):
        with gr.Column(scale=7, elem_id="md-left", min_width=340):
            log = gr.HTML(chat_html([], examples), elem_id="md-chat", js_on_load=_ON_CLICK)
            box = _composer()
            again = gr.Button("はじめからやり直す", elem_id="md-again", size="sm", visible=False)
        with gr.Column(scale=5, elem_id="md-right", min_width=300):
            sources = gr.HTML(citations_html(None, {}), elem_id="md-evidence", js_on_load=None)

    async def typed(question: str, before: Turns) -> tuple[object, ...]:
        return _shown(live, [*before, _turn(live, metrics, question, before)][-_REMEMBERED:])

    async def picked(before: Turns, event: gr.EventData) -> tuple[object, ...]:
        question = event._data.get("question", "")
        return _shown(live, [*before, _turn(live, metrics, str(question), before)][-_REMEMBERED:])

    async def looked_up(before: Turns, event: gr.EventData) -> str:
        number = event._data.get("turn")
        known = isinstance(number, int) and 0 <= number < len(before)
        return citations_html(before[number] if known else None, live.documents)

    async def restart() -> tuple[object, ...]:
        return "", [], chat_html([], examples), citations_html(None, {}), gr.update(visible=False)

    shown = [box, turns, log, sources, again]
    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    box.submit(typed, [box, turns], shown, **quiet).then(None, js=_SHOW_LATEST, api_visibility="private")
    log.click(picked, [turns], shown, **quiet).then(None, js=_SHOW_LATEST, api_visibility="private")
    log.select(looked_up, [turns], [sources], **quiet).then(None, js=_SHOW_SOURCE, api_visibility="private")
    again.click(restart, None, shown, **quiet)


def _composer() -> gr.Textbox:
    with gr.Column(elem_id="md-composer"):
        return gr.Textbox(
            label="質問",
            show_label=False,
            placeholder="質問を入力してください",
            submit_btn="質問する",
            lines=1,
            max_lines=5,
            elem_id="md-ask",
            container=False,
            autofocus=False,
        )


def _turn(live: LiveAssistant, metrics: Metrics, typed: str, before: Turns) -> Record:
    started = perf_counter()
    question = cleaned(typed)
    why = objection(question)
    try:
        record = _refused(question, why) if why else live.ask(question, [turn["question"] for turn in before])
    except StoreError as error:
        getLogger(__name__).error("%s", error)
        record = _refused(question, OUT_OF_SERVICE)
    seconds = perf_counter() - started
    metrics.replied("page", record["status"], seconds, record["reason"])
    return {**stamped(record, id=None, total_ms=seconds * 1_000), "typed": question}


def _refused(question: str, why: str) -> Record:
    return reply_record(declined(question, why))


def _shown(live: LiveAssistant, turns: Turns) -> tuple[object, ...]:
    return "", turns, chat_html(turns), citations_html(turns[-1], live.documents), gr.update(visible=True)
