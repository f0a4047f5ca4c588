"""What the form of a phrase says for it or against it: how it opens, how it ends, what follows it."""

import re
from collections.abc import Mapping

from qa.drafts import Kind, Span

_CLOSING = dict(zip("（(「『【《〈［", "）)」』】》〉］", strict=True))
_BRACKET = re.compile(f"[{re.escape(''.join(_CLOSING) + ''.join(_CLOSING.values()))}]")
_OPENING = re.compile(r"(?:また|さらに|更に|なお|そして|これ|その|この|こうした|特に|一方|加えて)")
_ADVERBIAL = re.compile(r"(?:は|に|で|も|へ|から|まで|し|り|み|て|には|では|として|とともに|ほか|等を|など)$")
_FINITE = re.compile(r"(?:ます|した|です|する|いる|ある|ない|れる)$")
# What stands after a date or a place, where the question says the same: いつから, どこまで.
_RELATIONS = (
    (re.compile(r"(?:から|より)"), re.compile(r"[ 　]?(?:（[^）]*）)?(?:から|より|に開始|開始)")),
    (re.compile(r"(?:まで|期限|締切|締め切り)"), re.compile(r"[ 　]?(?:（[^）]*）)?(?:まで|末|を期限)")),
)
_ASKING_RELATION = re.compile(r"(?:いつ|どこ|何[年月日時]+)(?:に?)(から|より|まで)|(期限|締切|締め切り)")


def is_whole(phrase: str) -> bool:
    """Tell whether every bracket of `phrase` is opened and closed in it.

    >>> is_whole("受付（平日）"), is_whole("受付（平日")
    (True, False)
    """
    if not _BRACKET.search(phrase):
        return True
    depth: list[str] = []
    for character in phrase:
        if character in _CLOSING:
            depth.append(_CLOSING[character])
        elif character in _CLOSING.values() and (not depth or depth.pop() != character):
            return False
    return not depth


def shape(question: str, text: str, span: Span, kind: Kind) -> Mapping[str, float]:
    """Return the signs that the form of `text[span]` gives, each 0 or 1."""
    phrase = text[slice(*span)]
    clause = kind is Kind.CLAUSE
    return {
        "opens": float(clause and bool(_OPENING.match(phrase))),
        "adverbial": float(clause and bool(_ADVERBIAL.search(phrase))),
        "finite": float(clause and bool(_FINITE.search(phrase))),
        "related": float(kind is not Kind.SENTENCE and _related(question, text[span[1] : span[1] + 12])),
        "tiny": float(len(phrase) < 3),
    }


def _related(question: str, after: str) -> bool:
    asked = _ASKING_RELATION.search(question)
    if not asked:
        return False
    said = next(group for group in asked.groups() if group)
    return any(of_question.match(said) and of_text.match(after) for of_question, of_text in _RELATIONS)
