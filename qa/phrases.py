"""Noun phrases that can answer who, where and which: proper names, names of organisations, quoted terms."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.normalizing import normalize
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.types import Wanted

Span = tuple[int, int]

_NOUNS = ("名詞", "接頭辞", "接尾辞", "代名詞")
_JOINING = "・－ー-＆&"
_QUOTED = re.compile(r"[「『]([^」』]{2,40})[」』]")
_BRACKETED = re.compile(r"([^●○◎・《》、。\n]{2,30})《([^》]+)》")
_PERSON_OR_BODY = re.compile(
    r"(?:者|人|方|会|団|局|課|部|室|協会|団体|企業|会社|機構|大学|学校|委員会|高校生|市民|職員|生)$"
)
_PLACE_LIKE = re.compile(
    r"(?:区|市|町|村|県|国|州|所|センター|館|会場|広場|駅|港|階|施設|公園|ラウンジ|地域|窓口|課)$"
)
_WIDE = frozenset({"国", "街", "町", "都市", "地域", "場所", "所", "国々"})


def named(text: str, wanted: Wanted, head: str | None, tokenizer: SudachiTokenizer) -> Iterator[Span]:
    """Yield spans of `text` that are of the kind asked for; `head` (区, 条例 …) narrows it to phrases that end so."""
    if wanted is Wanted.NAME or head in ("題名", "名前", "名称"):
        yield from (match.span(1) for match in _QUOTED.finditer(text))
    for tokens in noun_phrases(text, tokenizer):
        start, end = tokens[0].start, tokens[-1].end
        phrase = text[start:end]
        if _fits(phrase, tokens, wanted, head):
            yield start, end
    if wanted is Wanted.WHO:
        yield from (match.span(1) for match in _QUOTED.finditer(text))


def bracketed(text: str, question: str) -> Iterator[Span]:
    """Yield what stands in 《》 after a name that the question asks about: 北館《音楽》 for 北館の担当は."""
    for match in _BRACKETED.finditer(text):
        if normalize(match[1]) in question:
            yield match.span(2)


@lru_cache(maxsize=16_384)
def noun_phrases(text: str, tokenizer: SudachiTokenizer) -> tuple[Sequence[Token], ...]:
    """Return the longest runs of nouns; ・ and hyphens join. The sentences of a corpus come up again and again."""
    return tuple(_runs(text, tokenizer))


def _runs(text: str, tokenizer: SudachiTokenizer) -> Iterator[Sequence[Token]]:
    run: list[Token] = []
    for token in tokenizer.tokens(text, "C"):
        if token.pos in _NOUNS or (run and token.surface in _JOINING):
            run.append(token)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _fits(phrase: str, tokens: Sequence[Token], wanted: Wanted, head: str | None) -> bool:
    if head and head not in _WIDE and wanted is not Wanted.WHO:
        return phrase.endswith(head) and len(phrase) > len(head)
    details = {token.detail for token in tokens}
    if wanted is Wanted.WHERE or head in _WIDE:
        return "地名" in details or (bool(_PLACE_LIKE.search(phrase)) and len(phrase) > 2)
    if wanted is Wanted.WHO:
        return "人名" in details or (bool(_PERSON_OR_BODY.search(phrase)) and len(phrase) > 2)
    return False
