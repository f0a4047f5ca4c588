"""Replies, hits and documents on a terminal. Rich is imported where it is used: `ask` must start at once."""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.types import Document
from qa.replies.messages import JAPANESE
from qa.replies.messages import say as message
from qa.replies.reply_record import Record
from ui.surroundings import surroundings
from ui.wording import amount, fiscal_year, freshness, moment, place, sureness

_WIDE = 200  # columns of a list that is not printed on a terminal
_OPENING = 100  # characters of a hit that are shown
_BOLD, _DIM, _MARK, _PLAIN = "\033[1m", "\033[2m", "\033[30;43m", "\033[0m"


def reply_text(record: Record, documents: Mapping[str, Document], *, colour: bool | None = None) -> str:
    """Return a reply to read: the answer, its figures, then each quote marked in the text around it."""
    paint = _Paint(_colourful() if colour is None else colour)
    language = record["language"]
    lines = [paint.bold(record["answer"])]
    if language != JAPANESE and record["understood"]:
        lines.insert(0, paint.dim(message("looked_up", language, question=record["understood"])))
    lines += [f"  ・{member}" for member in record["members"] if member not in record["answer"]]
    lines += [f"  → {option}" for option in record["options"]]
    lines += [_figure_line(figure, language) for figure in record["figures"]]
    lines += _sources(record, documents, paint)
    if record["status"] == "answered":
        lines += ["", paint.dim(sureness(record["confidence"], language))]
    return "\n".join(lines)


def print_hits(query: str, hits: Sequence[Record]) -> None:
    """Print hits, best first, with the rank each leg gave."""
    console = _console()
    if not hits:
        console.print(f"「{query}」に近い箇所は見つかりませんでした。", markup=False)
    for hit in hits:
        legs = " ".join(f"{leg}:{rank}" for leg, rank in sorted(hit["legs"].items()))
        where = f"{hit['title']} {place(hit['page'], hit['heading'])}"
        console.print(f"{hit['rank']:>2}. {where}", style="bold", markup=False, highlight=False)
        console.print(f"    {_opening(hit['text'])}", markup=False, highlight=False)
        console.print(f"    {hit['score']:.4f}  {legs}", style="dim", markup=False, highlight=False)


def print_documents(documents: Iterable[Record]) -> None:
    """Print the documents as a table; a page of it is as wide as it needs to be where nobody's terminal bounds it."""
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("ID", "題名", "発行", "いつのもの"):
        table.add_column(name, no_wrap=name == "ID")
    for name in ("ページ", "文字数", "箇所", "確認"):
        table.add_column(name, justify="right")
    table.add_column("加えた日時", no_wrap=True)
    for d in documents:
        sizes = (f"{d[name]:,}" for name in ("pages", "characters", "passages", "problems"))
        cells = (d["id"], d["title"], d["publisher"], freshness(d), *sizes, moment(d["added"]))
        table.add_row(*map(_verbatim, cells))
    _console(wide=_WIDE).print(table)


def print_checks(checks: Iterable[tuple[str, str, str]]) -> None:
    """Print what `doctor` found: ○ good, △ to be looked at, × to be mended; what was looked at; what was seen."""
    console = _console()
    colours = {"○": "green", "△": "yellow", "×": "red"}
    for mark, name, seen in checks:
        console.print(
            f"[{colours[mark]}]{mark}[/]", _verbatim(name), _verbatim(seen), soft_wrap=True, highlight=False
        )


def complain(message: str) -> None:
    """Print a failure on stderr."""
    print(message, file=sys.stderr)  # noqa: T201 - this is the command line's own voice


def say(text: str) -> None:
    """Print a line on stdout at once, so that a reader at the other end of a pipe can go on."""
    print(text, flush=True)  # noqa: T201 - this is the command line's own voice


def _console(wide: int = 120) -> Any:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else wide)


def _verbatim(text: str) -> Any:
    from rich.text import Text

    return Text(text)


def _colourful() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


class _Paint:
    def __init__(self, on: bool) -> None:
        self.on = on

    def bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_PLAIN}" if self.on else text

    def dim(self, text: str) -> str:
        return f"{_DIM}{text}{_PLAIN}" if self.on else text

    def mark(self, text: str) -> str:
        return f"{_MARK}{text}{_PLAIN}" if self.on else f"【{text}】"


def _figure_line(figure: Mapping[str, Any], language: str) -> str:
    year = fiscal_year(figure["fiscal_year"], language)
    name = f"{figure['label']}（{year}）" if year else figure["label"]
    derived = f"  {figure['derivation']}" if figure["derivation"] else ""
    return f"  {name} {amount(figure['value'])}{figure['unit']}{derived}"


def _sources(record: Record, documents: Mapping[str, Document], paint: _Paint) -> list[str]:
    if not record["citations"]:
        return []
    language = record["language"]
    lines = ["", message("source" if record["status"] == "answered" else "near_places", language)]
    for citation in record["citations"]:
        where = place(citation["page"], citation["heading"], language)
        note = f" {message('machine_read', language)}" if citation.get("machine_read") else ""
        lines.append(f"[{citation['number']}] {citation['title']} {where}{note}")
        lines.append(f"    {_quoted(citation, documents, paint).strip()}")
    return lines


def _quoted(citation: Mapping[str, Any], documents: Mapping[str, Document], paint: _Paint) -> str:
    document = documents.get(citation["document"])
    if document is None:
        return paint.mark(_one_line(citation["quote"]))
    around = surroundings(document.text, citation["start"], citation["end"], reach=30)
    return _one_line(around.before) + paint.mark(_one_line(around.quote)) + _one_line(around.after)


def _opening(text: str) -> str:
    line = _one_line(text).strip()
    return line if len(line) <= _OPENING else f"{line[:_OPENING]}…"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
