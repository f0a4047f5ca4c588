"""Lines of an ordinance: one article a paragraph, with its caption above it and its paragraphs and items below.

Pages of ordinances set each line in an element of its own; what belongs together is told by 第1条, ２, (1), ア.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.reading.types import APART, TextLine

_NUMBER = "[0-9０-９一二三四五六七八九十百千]{1,5}"
_ARTICLE = re.compile(rf"[ 　]*第{_NUMBER}条(?:の{_NUMBER})*(?=[ 　(（]|$)")
_CAPTION = re.compile(r"[ 　]*[(（][^()（）]{1,40}[)）]")
_ENDS = re.compile(
    rf"[ 　]*(?:#{{1,6}} |附[ 　]*則|前[ 　]*文|目[ 　]*次|別表|別記|様式|第{_NUMBER}[編章節款目](?:[ 　]|$)|備考)"
)
_LONE = re.compile(
    rf"[ 　]*(?:第{_NUMBER}条(?:の{_NUMBER})*|[(（]{_NUMBER}[)）]|[0-9０-９]{{1,2}}|[ア-ン]|[(（][ア-ンa-z][)）])[ 　]*"
)
_LEAST_ARTICLES = 2


def with_articles(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of a page, those of each article together where the page holds an ordinance.

    >>> said = ["（目的）", "第1条", "この条例は、定める。", "２　前項の者", "（定義）", "第2条　用語とする。"]
    >>> [(line.text, line.gap) for line in with_articles([TextLine(text, APART) for text in said])][1:4]
    [('第1条　この条例は、定める。', 0), ('２　前項の者', 0), ('（定義）', 2)]
    """
    if sum(bool(_ARTICLE.match(line.text)) for line in lines) < _LEAST_ARTICLES:
        return list(lines)
    lines = _with_numbers(lines)
    found: list[TextLine] = []
    within = False
    for place, line in enumerate(lines):
        article = bool(_ARTICLE.match(line.text))
        opens = article or _is_caption(lines, place)
        within = (within or opens) and not _ENDS.match(line.text) and line.kind != "heading"
        captioned = article and place > 0 and _is_caption(lines, place - 1)
        together = captioned or (within and not opens and line.kind != "row")
        found.append(replace(line, gap=0 if together else APART if opens else line.gap))
    return found


def _with_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join a number that stands alone with the line that it numbers."""
    found: list[TextLine] = []
    for line in lines:
        lone = bool(found) and found[-1].kind == "" and line.kind == "" and _LONE.fullmatch(found[-1].text)
        if lone and not _LONE.fullmatch(line.text) and not _ARTICLE.match(line.text):
            before = found.pop()
            line = replace(before, text=f"{before.text.rstrip(' 　')}　{line.text.lstrip(' 　')}")
        found.append(line)
    return found


def _is_caption(lines: Sequence[TextLine], place: int) -> bool:
    """Tell whether a line is the caption of the article below it: （目的）."""
    following = lines[place + 1].text if place + 1 < len(lines) else ""
    return bool(_CAPTION.fullmatch(lines[place].text.rstrip(" 　"))) and bool(_ARTICLE.match(following))
