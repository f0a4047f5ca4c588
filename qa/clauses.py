"""Clauses of a sentence: the shortest stretches that still say something."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_OPEN, _CLOSE = "「『（(【《〈［[", "」』）)】》〉］]"
# Bullets, note marks and the A of questions and answers.
_LEAD = re.compile(r"(?:[\s・●○◎◇◆■▶□◯]|※[0-9０-９]{0,2}|[AＡ](?=[ 　])|[（(][0-9０-９]{1,2}[)）])*")
_SHORTEST, _LONGEST = 4, 45
_MOST = 3
_OPENING = re.compile(
    r"(?:また|さらに|更に|なお|そして|ただし|特に|一方|加えて|このため|そのため|しかし)[、 　]*"
)
# What points back says nothing alone: それを支えた人がいたから.
_BACK = re.compile("[そこ](?:れ|の|うし)")
_MOMENT = re.compile(r"[年月日時度](?:から|により)$")
_REASON = re.compile(
    r"ため(?:に|の)?(?!池)|(?:[うくすつぬむるだいん]|[しっいん]た|こと)(?:から|ので)|により(?!ます)|によって|による(?=もの|です|。|$)"
    r"|に伴[いうっ](?:て)?|を(?:踏まえ|受け)(?:て)?|を鑑み(?:て)?|ことで|影響で|を?目的(?:に|とし(?:て)?)|(?<=[るいうくすむなの])よう(?:に)?(?=、|$)"
)


def clauses(text: str) -> Iterator[Span]:
    """Yield runs of up to three neighbouring clauses of at most 45 characters, as spans of the sentence `text`.

    >>> text = "雨のため、中止します。"
    >>> [text[start:end] for start, end in clauses(text)]
    ['雨のため', '雨のため、中止します', '中止します']
    """
    found = list(_parts(text.rstrip("。 　\n")))
    for first in range(len(found)):
        for last in range(first, min(first + _MOST, len(found))):
            start, end = found[first][0], found[last][1]
            if _SHORTEST <= end - start <= _LONGEST:
                yield start, end


def reasons(text: str) -> Iterator[tuple[Span, float]]:
    """Yield the stretches that give a reason (〜ため, 〜により, 〜ので), with how surely they are one (0–1).

    A reason ends with the word that marks it, and what the sentence is about (〜は) is no part of it.

    >>> text = "雨のため中止します。"
    >>> [text[start:end] for (start, end), _ in reasons(text)]
    ['雨のため']
    """
    before: Span | None = None
    for start, end in parts(text):
        marks = [m for m in _REASON.finditer(text, start, end) if not _MOMENT.search(text[start : m.end()])]
        if marks:
            close = marks[-1].end()
            topic = text.rfind("は", start, close)
            whole = bool(before) and bool(_BACK.match(text, start))
            yield (start, close), 0.7 if whole else 1.0
            if start < topic < close - _SHORTEST:
                yield (topic + 1, close), 0.9
            if before and close - before[0] <= _LONGEST:
                yield (before[0], close), 1.0 if whole else 0.7
        before = (start, end)


def parts(text: str) -> Iterator[Span]:
    """Yield the single clauses of a sentence, without the word that links it to the one before (また)."""
    for start, end in _parts(text.rstrip("。 　\n")):
        opening = _OPENING.match(text, start, end)
        start = opening.end() if opening else start
        if start < end:
            yield start, end


def _parts(text: str) -> Iterator[Span]:
    """Split at commas outside brackets."""
    start = depth = 0
    for place, character in enumerate(text):
        depth += (character in _OPEN) - (character in _CLOSE)
        if character in "、，" and depth <= 0:
            yield from _trimmed(text, start, place)
            start, depth = place + 1, 0
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    if start < end:
        yield start, end
