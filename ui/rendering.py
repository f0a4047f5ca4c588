"""Replies as HTML. Every text from outside goes through `_text`, so nothing in it can act as markup."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import islice
from typing import Any

from corpus.types import Document
from qa.replying import Record
from ui.surroundings import Span, merged, neighbours, surroundings
from ui.wording import KINDS, amount, fiscal_year, place, sureness

Documents = Mapping[str, Document]
_HEADLINE = 40  # characters of a short answer that can stand as a headline
_BREAK = '\n<span class="md-gap"></span>'


def _text(value: object) -> str:
    """Escape for HTML, and for the two template languages that Gradio runs over its HTML."""
    quoted = escape(str(value))
    return quoted.replace("{", "&#123;").replace("}", "&#125;").replace("$", "&#36;").replace("`", "&#96;")


def chat_html(turns: Sequence[Record], examples: Sequence[str] = ()) -> str:
    """Return the conversation; before the first question, the examples to start from."""
    if not turns:
        return _welcome(examples)
    last = len(turns) - 1
    body = "".join(_turn(record, i, latest=i == last) for i, record in enumerate(turns))
    return f'<div class="md-log" role="log" aria-live="polite" aria-label="質問と回答">{body}</div>'


def citations_html(record: Record | None, documents: Documents) -> str:
    """Return the cited passages, each quote marked inside the text around it."""
    if record is None:
        return _aside(
            "出典", '<p class="md-quiet">質問すると、回答のもとになった文書の箇所をここに表示します。</p>'
        )
    title = "出典" if record["status"] == "answered" else "近い内容の箇所"
    if not record["citations"]:
        return _aside(title, '<p class="md-quiet">表示できる箇所はありません。</p>')
    return _aside(title, "".join(_card(group, documents) for group in neighbours(record["citations"])))


def _aside(title: str, body: str) -> str:
    return f'<section class="md-sources" aria-label="{title}"><h2>{title}</h2>{body}</section>'


def _welcome(examples: Sequence[str]) -> str:
    buttons = "".join(_ask_button(example, "md-example") for example in examples)
    return (
        '<div class="md-welcome"><p class="md-hello">ご用件をどうぞ。</p>'
        "<p>収録された文書に書かれていることだけを、根拠の文章とともにお答えします。"
        "文書に書かれていないことは「わかりません」とお答えします。</p>"
        f'<p class="md-label" id="md-examples">質問の例</p><div class="md-examples" role="group" '
        f'aria-labelledby="md-examples">{buttons}</div></div>'
    )


def _ask_button(question: str, style: str) -> str:
    return f'<button type="button" class="{style}" data-ask="{_text(question)}">{_text(question)}</button>'


def _turn(record: Record, number: int, *, latest: bool) -> str:
    question = f'<div class="md-asked"><span class="md-sr">質問：</span>{_text(record["typed"])}</div>'
    inner = {"answered": _answered, "clarify": _clarify, "declined": _declined}[record["status"]](record)
    anchor = ' id="md-latest"' if latest else ""
    body = _understood(record) + inner + _footer(record, number)
    return f'{question}<article class="md-reply md-{record["status"]}"{anchor}>{body}</article>'


def _understood(record: Record) -> str:
    """Say how a follow-up was completed, so that a wrong reading is seen at once."""
    if not record["understood"]:
        return ""
    return f'<p class="md-understood">「{_text(record["understood"])}」についてお調べしました。</p>'


def _answered(record: Record) -> str:
    short, text = record["short_answer"], record["answer"]
    brief = bool(short) and not record["members"] and len(short) <= _HEADLINE
    headline = f'<p class="md-short">{_text(short)}</p>' if brief else ""
    shown = [short] if brief else record["members"]
    rest = text.removeprefix(f"{short}\n") if brief else text  # The headline says it already.
    body = "" if _said(text, shown) else f'<p class="md-text">{_text(rest)}</p>'
    return headline + _members(record["members"]) + _figures(record["figures"]) + body


def _said(text: str, parts: Iterable[str]) -> bool:
    """Return whether `text` says no more than `parts`, which the page shows already."""
    rest = text
    for part in sorted(parts, key=len, reverse=True):
        rest = rest.replace(part, "")
    return not rest.strip(" \n・。、")


def _clarify(record: Record) -> str:
    buttons = "".join(_ask_button(option, "md-option") for option in record["options"])
    return (
        f'<p class="md-text">{_text(record["answer"])}</p>'
        f'<div class="md-options" role="group" aria-label="どちらについての質問か選ぶ">{buttons}</div>'
    )


def _declined(record: Record) -> str:
    return f'<p class="md-tag">お答えできません</p><p class="md-text">{_text(record["answer"])}</p>'


def _members(members: Iterable[str]) -> str:
    items = "".join(f"<li>{_text(member)}</li>" for member in members)
    return f'<ol class="md-members">{items}</ol>' if items else ""


def _figures(figures: Sequence[Mapping[str, Any]]) -> str:
    if not figures:
        return ""
    rows = "".join(_figure_row(figure) for figure in figures)
    head = '<tr><th scope="col">項目</th><th scope="col">年度</th><th scope="col" class="md-num">値</th></tr>'
    return f'<div class="md-table"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _figure_row(figure: Mapping[str, Any]) -> str:
    kind = KINDS[figure["kind"]]
    note = f'<div class="md-derivation">{_text(figure["derivation"])}</div>' if figure["derivation"] else ""
    tag = "" if figure["kind"] in ("amount", "count") else f'<span class="md-kind">{kind}</span>'
    return (
        f'<tr><th scope="row">{_text(figure["label"])}{tag}{note}</th>'
        f"<td>{fiscal_year(figure['fiscal_year'])}</td>"
        f'<td class="md-num">{_text(amount(figure["value"]))}<small>{_text(figure["unit"])}</small></td></tr>'
    )


def _footer(record: Record, turn: int) -> str:
    """Return the links to this turn's sources (the page may be showing another turn's), and how sure it is."""
    links = "".join(
        f'<button type="button" data-turn="{turn}" data-source="{c["number"]}" '
        f'aria-label="出典{c["number"]}を見る">{c["number"]}</button>'
        for c in record["citations"]
    )
    name = "出典" if record["status"] == "answered" else "近い箇所"
    sources = f'<span class="md-refs">{name} {links}</span>' if links else ""
    sure = (
        f"<span>確からしさ：{sureness(record['confidence'])}</span>" if record["status"] == "answered" else ""
    )
    return f"<footer>{sources}{sure}</footer>" if sources or sure else ""


def _card(citations: Sequence[Mapping[str, Any]], documents: Documents) -> str:
    """Return one card for quotes that stand close together."""
    first = citations[0]
    numbers = "".join(
        f'<span class="md-number" id="md-source-{c["number"]}">{c["number"]}</span>' for c in citations
    )
    return (
        f'<article class="md-card"><header><div class="md-numbers">{numbers}</div>'
        f"<div><h3>{_text(first['title'])}</h3><p>{_text(place(first['page'], first['heading']))}</p></div></header>"
        f"<blockquote>{_passage(citations, documents)}</blockquote></article>"
    )


def _passage(citations: Sequence[Mapping[str, Any]], documents: Documents) -> str:
    document = documents.get(citations[0]["document"])
    if document is None:
        return _BREAK.join(_marked(citation["quote"]) for citation in citations)
    spans = merged((citation["start"], citation["end"]) for citation in citations)
    around = surroundings(document.text, spans[0][0], spans[-1][1])
    return _calm(around.before) + _marked_spans(document.text, spans) + _calm(around.after)


def _marked_spans(text: str, spans: Sequence[Span]) -> str:
    """Mark each span; what stands between two of them is shown plain."""
    shown, done = "", spans[0][0]
    for start, end in spans:
        shown += _calm(text[done:start]) + _marked(text[start:end])
        done = end
    return shown


def _marked(quote: str) -> str:
    """Mark line by line: an empty line needs no colour."""
    lines = (f"<mark>{_text(line)}</mark>" if line.strip() else "" for line in quote.split("\n"))
    return _closed_up("\n".join(lines))


def _calm(text: str) -> str:
    return _closed_up(_text(text))


def _closed_up(html: str) -> str:
    """Show an empty line as a small gap: the text is the same, a card holds more of it."""
    return re.sub(r"\n[ \t\u3000]*(?=\n)", _BREAK, html).replace(f"{_BREAK}\n", _BREAK)


def head_html() -> str:
    """Return the page's heading."""
    icon = (
        files("ui").joinpath("static/icon.svg").read_text("utf-8").replace("<svg", '<svg aria-hidden="true"')
    )
    words = "<h1>窓口</h1><p>市の文書に書かれていることを、出典つきでお答えします。</p>"
    return f'<div class="md-brand">{icon}<div>{words}</div></div>'


def foot_html(documents: Collection[Document]) -> str:
    """Return what the answers are drawn from."""
    titles = "、".join(f"「{_text(d.title)}」" for d in islice(documents, 4))
    more = f"ほか{len(documents) - 4}件" if len(documents) > 4 else ""
    return f'<p>収録文書：{titles}{more}　<a href="api/docs">API の説明</a></p>'
