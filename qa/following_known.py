"""What the documents and the replies can tell about a turn: seams that a follow-up is completed with."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.following_phrases import Parts

_NAMED = re.compile(
    r"(?:誰|だれ|どなた)|(?:どの|どんな|何という|なんという)[一-龥々ァ-ヶー]{1,6}|(?:課|部|局|係|室|部署|窓口|担当|会社|団体|[先者])(?:は|って)、?(?:どこ|どちら)"
    r"|(?:どこ|どちら)(?:で|に|へ|が|を)(?!す|あ[りる]|位置|所在|い[るま]|な[いり])|どこで(?!す)"
)
# The office that is asked for, in which the answer must end.
_UNIT = re.compile(r"(?P<a>課|部|局|係|室)(?:は|って)、?(?:どこ|どちら|何)|どの(?P<b>課|部|局|係|室|区|市)")
_SHORT = 30
_NO_NAME = re.compile(r"[\n。、:：]|[0-9〇]|丁目|番地|(?:する|した|こと|ます|です|から|まで)$")


@dataclass(frozen=True, slots=True)
class Known:
    """`attested` tells whether the documents hold a phrase, `answered` the short answer of a whole question,
    `others` the name of a kind that a text holds, with the other names of that kind.
    """

    attested: Callable[[str], bool] = lambda phrase: False
    answered: Callable[[str], str | None] = lambda question: None
    others: Callable[[str, str], tuple[str, tuple[str, ...]] | None] = lambda text, noun: None


def named(earlier: Parts, known: Known) -> str | None:
    """Return the name that the turn before was answered with, where it asked for one: どの課が担当？ → 総務課."""
    if not _NAMED.search(earlier.text):
        return None
    answer = (known.answered(earlier.text) or "").strip()
    unit = _UNIT.search(earlier.text)
    if unit and not answer.endswith(unit["a"] or unit["b"]):
        return None
    return answer if 0 < len(answer) <= _SHORT and not _NO_NAME.search(answer) else None
