"""Replies as HTML. Every text from outside goes through `_text`, so nothing in it can act as markup."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import islice
from typing import Any
from urllib.parse import quote

from corpus.types import Document
from qa.replies.messages import JAPANESE, say
from qa.replies.reply_record import Record
from qa.talk.talk_kinds import REASONS
from ui.surroundings import Span, merged, neighbours, surroundings
from ui.wording import amount, fiscal_year, kind, place, sureness

Documents = Mapping[str, Document]
_WITHIN_QUOTES = str.maketrans("「」", "『』")  # what is quoted within 「」
_HEADLINE = 40  # characters of a short answer that can stand as a headline
_RIGHT_TO_LEFT = ("ar",)
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
    language = record["language"]
    title = _say("source" if record["status"] == "answered" else "near_places", language)
    if not record["citations"]:
        return _aside(title, f'<p class="md-quiet">{_say("no_places", language)}</p>', language)
    cards = (_card(group, documents, language) for group in neighbours(record["citations"]))
    return _aside(title, "".join(cards), language)


def _say(message: str, language: str, **places: object) -> str:
    return _text(say(message, language, **places))


def _lang(language: str) -> str:
    """Return the attributes that tell a browser, and a screen reader, in which language its words are."""
    if language == JAPANESE:
        return ""
    return f' lang="{_text(language)}"' + (' dir="rtl"' if language in _RIGHT_TO_LEFT else "")


def _aside(title: str, body: str, language: str = JAPANESE) -> str:
    head = f"<h2{_lang(language)}>{title}</h2>"
    return f'<section class="md-sources" aria-label="{title}">{head}{body}</section>'


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
    tongue = _lang(record["language"])
    return f'{question}<article class="md-reply md-{record["status"]}"{anchor}{tongue}>{body}</article>'


def _understood(record: Record) -> str:
    """Say how a question was read, so that a wrong reading is seen at once."""
    if not record["understood"]:
        return ""
    said = _say("looked_up", record["language"], question=record["understood"].translate(_WITHIN_QUOTES))
    return f'<p class="md-understood">{said}</p>'


def _answered(record: Record) -> str:
    if record.get("table"):
        return _from_table(record)
    short, text = record["short_answer"], record["answer"]
    brief = bool(short) and not record["members"] and len(short) <= _HEADLINE
    headline = f'<p class="md-short">{_text(short)}</p>' if brief else ""
    shown = [short] if brief else record["members"]
    rest = text.removeprefix(f"{short}\n") if brief else text  # The headline says it already.
    body = "" if _said(text, shown) else f'<p class="md-text">{_text(rest)}</p>'
    return headline + _members(record["members"]) + _figures(record["figures"], record["language"]) + body


def _from_table(record: Record) -> str:
    """Return an answer out of a table: headline, rows with the asked cells marked, what was computed, the way to the table."""
    table, members = record["table"], record["members"]
    headline = f"{table['total']}件" if members else record["short_answer"]
    derived = "".join(
        f'<p class="md-derivation">{_text(figure["derivation"])}</p>'
        for figure in record["figures"]
        if figure["derivation"]
    )
    left = table["total"] - len(table["rows"])
    rest = f"ほか{left}件・" if left > 0 else ""
    link = f'<a class="md-open" href="./?table={_text(quote(table["id"]))}">{rest}「{_text(table["title"])}」の表を見る</a>'
    return f'<p class="md-short">{_text(headline)}</p>{_small_table(table)}{derived}<p class="md-quiet">{link}</p>'


def _small_table(table: Mapping[str, Any]) -> str:
    marked = set(table["marked"])

    def cell(tag: str, place: int, text: str) -> str:
        style = ' class="md-asked-cell"' if place in marked else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{style}>{_text(text)}</{tag}>"

    head = "".join(cell("th", place, title) for place, title in enumerate(table["columns"]))
    rows = "".join(
        "<tr>" + "".join(cell("td", place, text) for place, text in enumerate(row)) + "</tr>"
        for row in table["rows"]
    )
    label = _text(table["title"])
    return (
        f'<div class="md-table" role="region" tabindex="0" aria-label="{label}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


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
        f'<div class="md-options" role="group" aria-label="{_say("choose", record["language"])}">{buttons}</div>'
    )


def _declined(record: Record) -> str:
    """Return a decline; what is said to talk refuses no question and has no tag."""
    tag = f'<p class="md-tag">{_say("cannot_answer", record["language"])}</p>'
    shown = "" if record["reason"] in REASONS else tag
    return f'{shown}<p class="md-text">{_text(record["answer"])}</p>'


def _members(members: Iterable[str]) -> str:
    items = "".join(f"<li>{_text(member)}</li>" for member in members)
    return f'<ol class="md-members">{items}</ol>' if items else ""


def _figures(figures: Sequence[Mapping[str, Any]], language: str) -> str:
    if not figures:
        return ""
    rows = "".join(_figure_row(figure, language) for figure in figures)
    item, year, value = (_say(name, language) for name in ("item", "year", "value"))
    head = (
        f'<tr><th scope="col">{item}</th><th scope="col">{year}</th>'
        f'<th scope="col" class="md-num">{value}</th></tr>'
    )
    return f'<div class="md-table"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _figure_row(figure: Mapping[str, Any], language: str) -> str:
    name = _text(kind(figure["kind"], language))
    note = f'<div class="md-derivation">{_text(figure["derivation"])}</div>' if figure["derivation"] else ""
    tag = "" if figure["kind"] in ("amount", "count") else f'<span class="md-kind">{name}</span>'
    return (
        f'<tr><th scope="row">{_text(figure["label"])}{tag}{note}</th>'
        f"<td>{_text(fiscal_year(figure['fiscal_year'], language))}</td>"
        f'<td class="md-num">{_text(amount(figure["value"]))}<small>{_text(figure["unit"])}</small></td></tr>'
    )


def _footer(record: Record, turn: int) -> str:
    """Return the links to this turn's sources (the page may be showing another turn's), and how sure it is."""
    language = record["language"]
    links = "".join(
        f'<button type="button" data-turn="{turn}" data-source="{c["number"]}" '
        f'aria-label="{_say("source_shown", language, number=c["number"])}">{c["number"]}</button>'
        for c in record["citations"]
    )
    name = _say("source" if record["status"] == "answered" else "near_label", language)
    sources = f'<span class="md-refs">{name} {links}</span>' if links else ""
    sure = (
        f"<span>{_text(sureness(record['confidence'], language))}</span>"
        if record["status"] == "answered"
        else ""
    )
    return f"<footer>{sources}{sure}</footer>" if sources or sure else ""


def _card(citations: Sequence[Mapping[str, Any]], documents: Documents, language: str) -> str:
    """Return one card for quotes that stand close together."""
    first = citations[0]
    numbers = "".join(
        f'<span class="md-number" id="md-source-{c["number"]}">{c["number"]}</span>' for c in citations
    )
    return (
        f'<article class="md-card"><header><div class="md-numbers">{numbers}</div>'
        f"<div><h3>{_text(first['title'])}</h3><p>{_text(place(first['page'], first['heading'], language))}</p>"
        f"{_machine_read(citations, language)}</div></header>"
        f"<blockquote>{_passage(citations, documents)}</blockquote></article>"
    )


def _machine_read(citations: Sequence[Mapping[str, Any]], language: str) -> str:
    """Say of quotes that a machine read them from a picture."""
    read = any(citation.get("machine_read") for citation in citations)
    return f"<p>{_say('machine_read', language)}</p>" if read else ""


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
