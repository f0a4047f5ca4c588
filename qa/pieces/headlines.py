"""The stretch of a piece that answers: what stands as the headline, at most forty letters of the document's own."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpus.normalizing import normalize, squash
from qa.pieces.forms import FORMS, held
from qa.pieces.letters import pairs

Numbers = npt.NDArray[np.float32]
Span = tuple[int, int]

GLANCE, LONGEST = 40, 64
"""Letters of a headline: what is read at a glance; and of one that is a whole sentence, as of a meaning or a reason."""
_WORTH = 12  # characters of a clause from which on parts of it are looked at
_HARD = re.compile(
    r"(?<=[。、，！？!?：:；;　])|(?<=[）)」』】])(?=[^。、])|(?=[（(「『【])|(?<= ) *(?=\S)|(?=\n)|(?<=\n)"
)
_SOFT = re.compile(r"(?<=[ぁ-ん])(?=[^ぁ-んー、。，！？!?）)」』】・\s])")
_LABEL = re.compile(
    r"[ 　]*(?:(?:A|Ａ|答)[ 　]?[0-9０-９]{0,2}[ 　]?[.．：:、]|[(（][0-9０-９一二三四五六七八九十ア-ンa-z]{1,2}[)）])[ 　]*"
)
_PUNCTUATION = re.compile(r"[\s,、，。．「」『』（）()・:：]")
_PAIRS = (("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("【", "】"), ("《", "》"))
_FRONT = "、。・，：:○●◎■□◆◇▼▽※-*|#①②③④⑤⑥⑦⑧⑨⑩ 　\n"
_STOPS = "。！？!?\n"
_BETWEEN_DIGITS = "：:，,."
_BACK = "、，：:|* 　\n"


def letters(text: str) -> int:
    """Return how many letters `text` has, punctuation aside."""
    return len(_PUNCTUATION.sub("", normalize(text)))


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the marks and spaces at its ends."""
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    while start < end and text[start] in _FRONT and not _is_sign(text, start):
        start += 1
    while end > start and text[end - 1] in _BACK:
        end -= 1
    return start, end


def _is_sign(text: str, place: int) -> bool:
    """A dash before a digit belongs to the number."""
    return text[place] == "-" and text[place + 1 : place + 2].isdigit()


def _within_number(text: str, cut: int) -> bool:
    """Tell whether a cut would part a number: 10:|00, １，|３００."""
    before, after = text[:cut].rstrip(_BETWEEN_DIGITS), text[cut:].lstrip(_BETWEEN_DIGITS)
    return after[:1].isdigit() and before[-1:].isdigit()


def windows(text: str) -> list[tuple[Span, int]]:
    """Return the stretches that may be a headline, each with how many of its ends are within a clause (0–2).

    None goes over the end of a line.
    """
    found: dict[Span, int] = {}
    for begin, end in _line_spans(text):
        hard = (begin + match.start() for match in _HARD.finditer(text[begin:end]))
        cuts = sorted({begin, end, *(cut for cut in hard if not _within_number(text, cut))})
        for span in _between(cuts):
            _add(found, text, span, 0)
        for first, last in pairwise(cuts):
            if last - first > _WORTH:
                soft = sorted({first, last, *(first + m.start() for m in _SOFT.finditer(text[first:last]))})
                for a, b in _between(soft):
                    _add(found, text, (a, b), (a != first) + (b != last))
    return list(found.items())


def clauses(text: str) -> list[Span]:
    """Return the stretches between marks, and between kana and what follows them."""
    hard = (match.start() for match in _HARD.finditer(text) if not _within_number(text, match.start()))
    cuts = sorted({0, len(text), *hard, *(match.start() for match in _SOFT.finditer(text))})
    return list(pairwise(cuts))


def _line_spans(text: str) -> Iterator[Span]:
    """Yield the lines; one that a wrap cut within a sentence goes on."""
    start = 0
    for match in re.finditer(r"\n", text):
        ended = not text[start : match.start()].strip() or text[match.start() - 1] in "。！？!?"
        following = text[match.end() : match.end() + 1]
        if ended or not following.strip() or following in _FRONT or len(text[start : match.start()]) < 20:
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _between(cuts: Sequence[int]) -> Iterator[Span]:
    for number, start in enumerate(cuts):
        for end in cuts[number + 1 :]:
            if end - start > 2 * LONGEST:
                break
            yield start, end


def _add(found: dict[Span, int], text: str, span: Span, inner: int) -> None:
    start, end = trimmed(text, *span)
    longest = GLANCE if inner or text[end - 1 : end] != "。" else LONGEST
    if start < end and 0 < letters(text[start:end]) <= longest:
        found.setdefault((start, end), inner)


def window_signs(question: str, text: str, spans: Sequence[tuple[Span, int]], wants: Numbers) -> Numbers:
    """Return the signs of each window, (windows, …)."""
    form = wants[: len(FORMS)]
    parts = [text[start:end] for (start, end), _ in spans]
    own, whole = held(parts), held([text])[0]
    asked, said = pairs(question), pairs(text) & pairs(question)
    rows = []
    for ((start, end), inner), part in zip(spans, parts, strict=True):
        letters_of = pairs(part)
        rows.append(
            [
                len(letters_of & asked) / max(1, len(letters_of)), len(letters_of & said) / max(1, len(said)),
                letters(part) / GLANCE, letters(part) < 6, letters(part) > GLANCE,
                start / max(1, len(text)), end / max(1, len(text)),
                inner == 0, inner == 1, inner == 2, end >= len(text.rstrip()), start == 0,
                part.endswith("。"), np.log1p(len(text)), wants[len(FORMS)], text[end : end + 1] in "。、）)",
            ]
        )  # fmt: skip
    missed = whole - own
    return np.concatenate(
        [own * form, missed * form, own, (own @ form)[:, None], (missed @ form)[:, None], np.array(rows)],
        axis=1,
    ).astype(np.float32)


def is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins or ends within a sentence."""
    before, after = text[:start].rstrip(_FRONT.replace("。", "").replace("\n", "")), text[end:].lstrip()
    return (bool(before) and before[-1] not in _STOPS) or (bool(after) and text[end - 1] not in _STOPS)


def is_balanced(text: str) -> bool:
    """Tell whether each bracket that opens closes.

    >>> is_balanced("町章（三枚の羽根）"), is_balanced("三枚の羽根）")
    (True, False)
    """
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)


def squashed(text: str) -> str:
    """Return the letters of `text` alone, for comparing."""
    return _PUNCTUATION.sub("", squash(text))
