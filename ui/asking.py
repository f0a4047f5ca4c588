"""`madoguchi ask` and `madoguchi search`: what a cold shell must answer in about a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from time import perf_counter

import typer

from qa.assistant import Assistant
from qa.replies.reply_record import Record, reply_record
from ui.batch import replies
from ui.hits import hit_record
from ui.printing import complain, print_hits, reply_text, say
from ui.questions import cleaned, declined, objection


def ask_one(home: Path, typed: str, *, as_json: bool) -> None:
    """Answer one question on stdout."""
    assistant = opened(home)
    started = perf_counter()
    question = cleaned(typed)
    why = objection(question)
    reply = declined(question, why) if why else assistant.ask(question)
    record = reply_record(reply, total_ms=(perf_counter() - started) * 1_000)
    if as_json:
        say(_json(record))
    else:
        say(reply_text(record, {document.id: document for document in assistant.documents}))


def ask_batch(home: Path, source: str) -> None:
    """Answer one question a line, from a file or from stdin (`-`), one JSON reply a line."""
    with _lines(source) as lines:
        for record in replies(opened(home), lines):
            say(_json(record))


def search_one(home: Path, typed: str, *, k: int, as_json: bool) -> None:
    """Print the k best hits."""
    query = cleaned(typed)
    why = objection(query)
    if why:
        complain(why)
        raise typer.Exit(2)
    assistant = opened(home)
    titles = {document.id: document.title for document in assistant.documents}
    hits = [hit_record(hit, title=titles[hit.passage.document]) for hit in assistant.search(query, k=k)]
    if as_json:
        say(_json({"query": query, "hits": hits}))
    else:
        print_hits(query, hits)


def opened(home: Path) -> Assistant:
    """Open the assistant, saying on stderr where it is not the newest bundle that answers."""
    assistant = Assistant.open(home)
    if assistant.warning:
        complain(assistant.warning)
    return assistant


def _json(record: Record) -> str:
    return dumps(record, ensure_ascii=False)


@contextmanager
def _lines(source: str) -> Iterator[Iterator[str]]:
    if source == "-":
        yield (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
        return
    path = Path(source)
    if not path.is_file():
        complain(f"質問のファイル「{source}」がありません。場所を確かめてください（標準入力なら「-」）。")
        raise typer.Exit(2)
    with path.open(encoding="utf-8", errors="replace") as file:
        yield iter(file)
