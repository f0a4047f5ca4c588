"""Noun phrases by what stands after them: by what means (〜を用いて), what is done (〜を), what changes (〜から〜に)."""

import re
from collections.abc import Iterator, Sequence

from qa.phrases import NounPhrase

Span = tuple[int, int]

_JOINING = re.compile(r"(?:等|など)?(?:の|や|と|及び|並びに|・)")
_LONGEST = 40
_HOLLOW = frozenset("こと もの とも ため ところ とき 方 場合 取組".split())
_MEANS = re.compile(
    r"(?:等|など)?(?:を(?:用い|使|活用|通じ|通し|利用し)|により|による|によって|で(?:通報|申|受け付|予約|対応|連絡|お知らせ|まかな|決|実施))"
)
_ASKED_CASE = re.compile(r"(?:何|なに)([をにでがと]|から)(?![かもあ])")
_MODIFIED = re.compile("[るたういぬすくつむぶ]$")
_OPENED = re.compile("[、。はで]|[ 　・：]")
_ASKS_THING = re.compile("(?:何|なに)か(?:もら|借り|買|くれ|出)")
_ASKS_NEEDED = re.compile(
    "(?:必要|[要い]る|足りない)(?:な)?(?:もの|物|書類)|持ち物|何が(?:必要|[要い]る|[要い]り)|何を(?:持|用意|添え)"
)
_NEEDED = re.compile("が(?:必要|[要い]り)|を(?:持参|お持ち|添え|添付|提出|提示|用意|お見せ)")
_CHANGE = re.compile(
    r"[^、。]{1,30}?(?:から|より|だった(?:もの|の)を)[^、。]{1,25}?(?:に|へ)(?:も)?(?:[一-鿿]{1,4}(?:[ぁ-ん]{0,4}ます)?)?"
)
_ASKS_CHANGE = re.compile(r"変わ|変更|違い|変化|新しくなっ")


def chains(text: str, phrases: Sequence[NounPhrase]) -> Iterator[Span]:
    """Yield noun phrases, and those that の, や or と joins to the one before also with it."""
    begun: Span | None = None
    for phrase in phrases:
        start, end = phrase.start, phrase.end
        yield start, end
        joined = begun and _JOINING.fullmatch(text, begun[1], start)
        if begun and joined and end - begun[0] <= _LONGEST:
            begun = (begun[0], end)
            yield begun
        else:
            begun = (start, end)


def means(text: str, phrases: Sequence[NounPhrase]) -> Iterator[Span]:
    """Yield that by which something is done: タブレット of タブレットを用いた通訳."""
    for start, end in chains(text, phrases):
        if end - start > 1 and _MEANS.match(text, end) and text[start:end] not in _HOLLOW:
            yield start, end


def in_case(text: str, question: str, phrases: Sequence[NounPhrase]) -> Iterator[tuple[Span, float]]:
    """Yield what stands in the case that is asked for: 何を進める → デジタル化 of デジタル化を進める.

    The longest phrase is the surest; where a verb stands before it, what the verb says belongs to it.
    """
    following = _following(question)
    if not following:
        return
    longest: dict[int, int] = {}
    for start, end in chains(text, phrases):
        if end - start > 1 and following.match(text, end) and text[start:end] not in _HOLLOW:
            longest[end] = min(start, longest.get(end, start))
            yield (start, end), 0.4
    for end, start in longest.items():
        if _MODIFIED.search(text, 0, start):
            opened = max((m.end() for m in _OPENED.finditer(text, 0, start)), default=0)
            yield (opened, end), 0.5
        else:
            yield (start, end), 0.5


def _following(question: str) -> re.Pattern[str] | None:
    """Return what stands after what is asked for."""
    if _ASKS_NEEDED.search(question):
        return _NEEDED
    case = _ASKED_CASE.search(question)
    particle = case[1] if case else "を" if _ASKS_THING.search(question) else None
    return re.compile(f"(?:など|等)?{particle}") if particle else None


def changes(text: str, question: str) -> Iterator[Span]:
    """Yield what became of what (〜から〜に), where the question asks what has changed."""
    if _ASKS_CHANGE.search(question):
        yield from (match.span() for match in _CHANGE.finditer(text))
