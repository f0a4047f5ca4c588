"""SQuAD-style JSON: JSQuAD, JaQuAD, nested by article or flat by question."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from eval.datasets.rows import collect
from eval.types import UNANSWERABLE, GoldQuestion, SetProblem

_SENTENCE_ENDS = re.compile(r"[。！？!?\n]")


def read_squad(text: str) -> tuple[tuple[GoldQuestion, ...], tuple[SetProblem, ...]]:
    """Return the good questions and the problems; rows are counted by question. Evidence is the answer's sentence."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        return (), (
            SetProblem(f"JSONとして読めません（{error.lineno}行目の{error.colno}文字目）", error.lineno),
        )
    articles = whole.get("data", whole) if isinstance(whole, Mapping) else whole
    if not isinstance(articles, list):
        return (), (SetProblem("SQuAD形式のJSONではありません（data の一覧がありません）"),)
    remarks: list[SetProblem] = []
    questions, problems = collect(_rows(articles, remarks))
    return questions, (*remarks, *problems)


def _rows(articles: list[Any], remarks: list[SetProblem]) -> Iterator[tuple[int, object]]:
    for place, (context, entry) in enumerate(_entries(articles), 1):
        if not isinstance(entry, Mapping):
            yield place, entry
            continue
        answers = [(text, start) for text, start in _answers(entry.get("answers")) if text]
        for text, start in answers:
            if context and start is not None and context[start : start + len(text)] != text:
                remarks.append(
                    SetProblem(
                        f"答え「{text[:20]}」が answer_start の位置にありません",
                        place,
                        "answers",
                        fatal=False,
                    )
                )
        yield (
            place,
            {
                "id": entry.get("id"),
                "question": entry.get("question"),
                "kind": UNANSWERABLE if entry.get("is_impossible") else "fact",
                "answers": [] if entry.get("is_impossible") else [text for text, _ in answers],
                "evidence": [sentence_at(context, text, start) for text, start in answers] if context else [],
                "question_type": entry.get("question_type"),
            },
        )


def _entries(articles: list[Any]) -> Iterator[tuple[str, Any]]:
    for article in articles:
        if not isinstance(article, Mapping) or "paragraphs" not in article:
            yield (
                (str(article.get("context") or ""), article)
                if isinstance(article, Mapping)
                else ("", article)
            )
            continue
        for paragraph in article["paragraphs"]:
            for entry in paragraph.get("qas", ()):
                yield str(paragraph.get("context") or ""), entry


def _answers(value: Any) -> list[tuple[str, int | None]]:
    if isinstance(value, Mapping):
        starts = value.get("answer_start") or [None] * len(value.get("text", ()))
        return list(zip(value.get("text", ()), starts, strict=False))
    if not isinstance(value, list):
        return []
    return [
        (str(answer.get("text", "")), answer.get("answer_start"))
        if isinstance(answer, Mapping)
        else (str(answer), None)
        for answer in value
    ]


def sentence_at(context: str, answer: str, start: int | None) -> str:
    """Return the sentence of `context` that holds the answer.

    >>> sentence_at("雨が降る。梅雨は雨季の一種である。", "雨季", 8)
    '梅雨は雨季の一種である。'
    """
    place = start if start is not None and context.startswith(answer, start) else context.find(answer)
    if place < 0:
        return answer
    begin = max((match.end() for match in _SENTENCE_ENDS.finditer(context, 0, place)), default=0)
    ending = _SENTENCE_ENDS.search(context, place + len(answer))
    return context[begin : ending.end() if ending else len(context)].strip()
