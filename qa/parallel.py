"""Parallel names: all things of one kind that a passage names, such as 上海事務所, 米州事務所 for 事務所."""

import re
from collections.abc import Iterator, Sequence

from index.tokenizer import SudachiTokenizer
from index.types import Token

Span = tuple[int, int]

_NAMING = frozenset({"名詞", "接頭辞", "接尾辞", "記号"})
_GENERAL = re.compile(
    "(?:各|同|当|本|他|両|全|新|旧|主|現地|海外|国内|市内|県内|区内|町内|村内|地域|地元|既存|既設|常設|主要|民間|公立|市立|県立"
    "|私立|公営|市営|指定|関係|関連|対象|実施|専門|複数|一部|数|[0-9０-９])+"
)
"""What says where or how many, and names nothing."""
_OPEN, _CLOSE = "（(", "）)"
_KATAKANA = re.compile("[ァ-ヶー]+")
_TITLE = re.compile(r"[ 　]*(?:[・･●○◎◇◆■□▶]|[（(]?[0-9０-９]{1,2}[)）　 ]|[①-⑳])?[ 　]*")
_PROSE = re.compile("[、。はが「」（）()《》【】●○◎◇◆■□▶]")
_FORMER = re.compile("[現旧元]|[ 　]")


def parallel(text: str, head: str, tokenizer: SudachiTokenizer) -> tuple[Span, ...]:
    """Return the names in `text` that end in the noun `head`, in order, each once.

    A name within another, its short form (パスポートセンター beside 横浜市パスポートセンター), the other name that brackets
    give right after one, and general words (海外事務所) beside names are left out.
    """
    names: list[Span] = []
    aliases: set[str] = set()
    for span in _phrases(text, head, tokenizer):
        if names and names[-1][1] <= span[0] and _in_bracket_after(text, names[-1], span):
            aliases.add(_key(text, span))
        else:
            names.append(span)
    once = {_key(text, span): span for span in reversed(names)}
    specific = {key: span for key, span in once.items() if not _is_general(key, head)} or once
    kept = [
        span
        for key, span in specific.items()
        if key not in aliases and not any(key != other and other.endswith(key) for other in specific)
    ]
    return tuple(sorted(kept))


def _phrases(text: str, head: str, tokenizer: SudachiTokenizer) -> Iterator[Span]:
    for line in re.finditer(r"[^\n。]+", text):
        if head not in line[0]:
            continue
        for start, end in _ending_in(line[0], head, tokenizer.tokens(line[0])):
            broken = end == len(head) and re.search(r"[^\n。]+\n$", text[: line.start()])
            if broken and broken[0].rstrip().endswith(head):
                broken = None  # That name is whole.
            if broken:  # The page's width has cut a name: 国際企画・多文化共生⏎推進費.
                words = tokenizer.tokens(broken[0].rstrip() + head)
                first = next((n for n, word in enumerate(words) if word.end > len(broken[0]) - 1), 0)
                yield broken.start() + _begin(broken[0], head, words, first), line.start() + end
            else:
                yield line.start() + start, line.start() + end


def _ending_in(line: str, head: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Noun phrases whose last word is `head`: not 事務所長."""
    ends = {token.end: n for n, token in enumerate(tokens)}
    starts = {token.start: n for n, token in enumerate(tokens)}
    floor = 0
    for match in re.finditer(re.escape(head), line):
        last = ends.get(match.end())
        if last is None:
            continue
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        if after and after.pos in ("名詞", "接尾辞") and after.surface not in ("等", "間", "内", "ごと"):
            continue
        first = starts.get(match.start())
        begin = _begin(line, head, tokens, first) if first is not None else match.start()
        begin = max(floor, _title(line, head, begin, match.end()))
        floor = match.end()
        yield begin, floor


def _title(line: str, head: str, begin: int, end: int) -> int:
    """The whole of a marked or indented line that is a title: ４　世界を目指す若者応援事業."""
    mark = _TITLE.match(line)
    start = mark.end() if mark else 0
    is_title = 0 < start < begin and (end == len(line) or line[end] in "【（( 　《")
    before = line[start:begin]
    return begin if not is_title or head in before or _PROSE.search(before) else start


def _begin(line: str, head: str, tokens: Sequence[Token], first: int) -> int:
    """Walk back over nouns, （仮称） and ・, up to the name before."""
    begin = tokens[first].start
    while first:
        token = tokens[first - 1]
        if token.surface in _CLOSE:
            opened = max(line.rfind(mark, 0, token.start) for mark in _OPEN)
            if opened < 0 or head in line[opened : token.start] or line[:opened].endswith(head):
                break
            first = next((n for n, t in enumerate(tokens) if t.start >= opened), 0)
            begin = opened
        elif _names(line, head, tokens, first - 1):
            first -= 1
            begin = token.start
        else:
            break
    return begin


def _names(line: str, head: str, tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word may stand inside a name: a noun, and ・ or - between two that are not both of the kind."""
    token = tokens[at]
    if token.surface in "・･-－‐":
        return at > 0 and _is_noun(tokens[at - 1]) and not line[: token.start].endswith(head)
    return _is_noun(token)


def _is_noun(token: Token) -> bool:
    return (token.pos in _NAMING and token.surface.isalnum() and token.surface != "等") or bool(
        _KATAKANA.fullmatch(token.surface)
    )


def _in_bracket_after(text: str, name: Span, span: Span) -> bool:
    """米州事務所（ニューヨーク事務所）: the second is another name of the first."""
    between = text[name[1] : span[0]]
    return bool(between) and between[0] in _OPEN and not re.search(f"[{_CLOSE}、，]", between)


def _key(text: str, span: Span) -> str:
    return _FORMER.sub("", re.sub("[（(][^）)]*[）)]", "", text[slice(*span)]), count=1)


def _is_general(key: str, head: str) -> bool:
    modifier = key.removesuffix(head)
    return not modifier or bool(_GENERAL.fullmatch(modifier))
