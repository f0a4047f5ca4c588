"""Whether a question names a division: in its full name, in kana, or without 課."""

import re
from functools import lru_cache

from corpus.normalizing import normalize
from index.tokenizer import shared_tokenizer
from qa.types import Question

_SUFFIX = re.compile("(?:課|室|係|部|局|センター|事務所|担当)$")
_DOING = re.compile(
    "仕事|しごと|業務|事務|担当|分掌|何を?(?:し[てま]|する|やっ|やる)|なにを?(?:し[てま]|する|やっ)|受け持"
)
_LEAD = re.compile(r"^(?:[（(]?[0-9０-９]{1,2}[)）.．]?|[・■●○◆□])?[ 　]*")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_WORD = "一-鿿々ァ-ヶーa-zA-Z"
_SHORTEST, _SHORTEST_KANA = 3, 5


def is_named(question: Question, division: str) -> bool:
    """Tell whether the question names the division; other forms than its name count where it asks what is done."""
    name = normalize(_LEAD.sub("", division)).strip()
    if not name:
        return False
    if name in question.normalized:
        return True
    return bool(_DOING.search(question.normalized)) and (
        _without_suffix(question.normalized, name) or _in_kana(question.normalized, name)
    )


def _without_suffix(asked: str, name: str) -> bool:
    """国際連携って何してるところ names 国際連携課; 国際連携室 and 海外国際連携 do not."""
    stem = _SUFFIX.sub("", name)
    if stem == name or len(stem) < _SHORTEST or stem not in asked:
        return False
    return bool(re.search(rf"(?<![{_WORD}]){re.escape(stem)}(?![{_WORD}])", asked))


def _in_kana(asked: str, name: str) -> bool:
    """こくさいれんけいか names 国際連携課, at the start of a word and before a particle."""
    reading = _reading(name)
    if len(reading) < _SHORTEST_KANA:
        return False
    pattern = rf"(?:^|[^ぁ-んー]|[のはもがを]){re.escape(reading)}(?:$|[^ぁ-んー]|は|って|の|で|が|に|を|も)"
    return bool(re.search(pattern, _reading(asked)))


@lru_cache(maxsize=512)
def _reading(text: str) -> str:
    """The text in hiragana; marks and blanks stay."""
    tokens = shared_tokenizer().tokens(text)
    said = (
        token.surface if token.pos in ("補助記号", "空白", "記号") else token.reading or token.surface
        for token in tokens
    )
    return "".join(said).translate(_HIRAGANA)
