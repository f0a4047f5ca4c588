"""What of a document may be suggested: its title, its headings, the questions that it answers, told by their form."""

import re
from collections.abc import Iterator

from corpus.normalizing import normalize
from corpus.types import BlockKind, Document
from index.suggesting.compared_forms import sound
from index.suggesting.types import Suggestion, SuggestionKind

# 「Q1　…」「Q. …」「問２：…」「【質問】…」「Q1-2 …」, after NFKC. What 問 or Q begins a word of (問合せ, QR) is no label.
_QUESTION_LABEL = re.compile(
    r"[\[【(<《]?\s*+(?:Q|問|質問)\s*+(?:[0-9]++(?:-[0-9]++)*+)?\s*+(?:[\]】)>》.:、]\s*+|(?<=[\s0-9]))"
)
# 「■」「・」「(1)」「1.」「第2章」「【」: marks that nobody types.
_MARK = re.compile(
    r"(?:[^\w\s「『]+|\s+|\(?[0-9]{1,2}(?:[.)、:]+|\s)|第[0-9一二三四五六七八九十]+[章編節款項]\s*|\([一二三四五六七八九十]+\))"
)
_CLOSING = {"】": "【", "》": "《", ">": "<", "〉": "〈", "]": "["}
_TRAILING = ":、。 "
_ENDS = ("ですか", "ますか", "ませんか", "でしょうか", "ましょうか", "たいのですが")
_HAS_WORD = re.compile(r"[ぁ-ヿ㐀-鿿A-Za-z]{2}")
_JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿]")
_SHORTEST, _LONGEST = 2, 80  # characters
_LONGEST_LINE = 300  # characters: what is longer, marks and all, is a paragraph
_GAPS_OF_A_ROW = 2  # 名称 所在地 電話: the head of a table that lost its lines, not a heading


def suggestions_of(document: Document) -> list[Suggestion]:
    """Return what of the document may be suggested, in its order; what its form does not show is left out."""
    found = [_made(document, document.title, SuggestionKind.TITLE, 0)]
    found += [_made(document, text, kind, place) for text, kind, place in _lines(document)]
    return list(dict.fromkeys(suggestion for suggestion in found if suggestion is not None))


def _lines(document: Document) -> Iterator[tuple[str, SuggestionKind, int]]:
    """Yield headings and questions with their places."""
    label = None
    for block in document.blocks:
        if block.end - block.start > _LONGEST_LINE:
            label = None
            continue
        line = normalize(document.text[block.start : block.end]).strip()
        labelled = _QUESTION_LABEL.match(line)
        if labelled and labelled.end() == len(line):
            label = block.start  # alone on its line: the question is the next
        elif labelled or label is not None:
            text = line[labelled.end() :] if labelled else line
            yield text, SuggestionKind.QUESTION, block.start if label is None else label
            label = None
        elif block.kind is BlockKind.HEADING:
            yield line, SuggestionKind.QUESTION if asks(line) else SuggestionKind.HEADING, block.start


def asks(line: str) -> bool:
    """Return whether a line is a question by its form.

    >>> asks("引っ越したら何をすればよいですか。"), asks("まちなか")
    (True, False)
    """
    end = line.rstrip("。」』 ")
    return end.endswith(("?", "？")) or end.endswith(_ENDS)


def bare(line: str) -> str:
    """Return a line without the marks and numbers before it.

    >>> bare("(1) 【入学・転校】")
    '入学・転校'
    """
    text = normalize(line).strip()
    while (mark := _MARK.match(text)) and mark.end():
        text = text[mark.end() :]
    while text and (text[-1] in _TRAILING or (text[-1] in _CLOSING and _CLOSING[text[-1]] not in text)):
        text = text[:-1]
    return text


def _made(document: Document, line: str, kind: SuggestionKind, place: int) -> Suggestion | None:
    text = sound(normalize(line).strip() if kind is SuggestionKind.TITLE else bare(line))
    if not _SHORTEST <= len(text) <= _LONGEST or not _HAS_WORD.search(text):
        return None
    if kind is SuggestionKind.HEADING and _JAPANESE.search(text) and text.count(" ") >= _GAPS_OF_A_ROW:
        return None
    page = document.page_at(place) if document.pages else 1
    return Suggestion(text, kind, document.id, page)
