"""Labelled values of guides and notices: 「休館日　毎週月曜日」, 「申込み：不要」."""

import re
from dataclasses import dataclass

Span = tuple[int, int]

# A label is short and holds no sentence; a full-width space, a colon or brackets part it from its value.
_FIELD = re.compile(
    r"^[ 　]*(?:[・●○◎◇◆■▶◯□※]|[（(]?[0-9０-９①-⑳アイウエオ]{1,2}[)）.．]?)?[ 　]*"
    r"(?:【(?P<boxed>[^】\n]{1,16})】|(?P<label>[^\s:：。、「」【】（）()]{2,14}?)(?:[ 　]*[:：]|　+|[ ]{2,}))"
    r"[ 　]*(?P<value>\S[^\n]*)$",
    re.MULTILINE,
)


# 第２条, １, 令和６年: a number or a date orders what follows, it does not say what it is.
_NUMBERING = re.compile(r"(?:第?[0-9０-９一二三四五六七八九十]+|令和|平成|昭和|目$|附$|[ァ-ン一-鿿]$)")


@dataclass(frozen=True, slots=True)
class Field:
    """A line that gives a value under a label. Spans are offsets into the text."""

    label: Span
    value: Span


def fields(text: str) -> list[Field]:
    """Return the labelled values of `text`.

    >>> text = "開館時間　午前9時から"
    >>> [(text[slice(*f.label)], text[slice(*f.value)]) for f in fields(text)]
    [('開館時間', '午前9時から')]
    """
    found = []
    for match in _FIELD.finditer(text):
        label = match.span("boxed") if match["boxed"] else match.span("label")
        if _NUMBERING.match(text, *label):
            continue
        start, end = match.span("value")
        found.append(Field(label, (start, end - len(match["value"]) + len(match["value"].rstrip("。 　")))))
    return found
