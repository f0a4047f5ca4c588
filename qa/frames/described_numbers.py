"""Numbers that the description of an item tells: how many, and what one of them costs.

A counter is whatever follows 何 in a question and a number in the description: 何台 and 「端末9,800台を更新する」.
"""

import re
from collections.abc import Iterator

from corpus.budgets.amounts import decimal_of
from corpus.types import Attribute, Basis, Figure, Measure, Stage
from qa.ledger.folding import fold
from qa.ledger.items import Item

_ASKED = re.compile(r"何(?P<counter>[^\s、。?？ぁ-ん]{1,4}|か所|ヶ所)")
_PER = re.compile(
    r"(?:1|一|ひと)?(?P<counter>[a-z]{1,3}|[ァ-ヶー]{2,6}|か所|[^\s、。ぁ-ん0-9]{1,3}?)(?:あたり|当たり|当り)(?!前)"
)
_NO_COUNTER = re.compile(
    r"(?:[千万億百]*円|パーセント|%|年|月|日|時|分|番|位|割|倍|度|費|課|係|室|部|局|款|項|目|事業|曜|歳|才|才児|歳児)"
)
_ALIKE = {
    "箇所": "か所",
    "カ所": "か所",
    "ヶ所": "か所",
    "ヵ所": "か所",
    "ヵ月": "か月",
    "キロ": "km",
    "キロメートル": "km",
}
_LIMIT = re.compile(
    r"上限|限度|最高|最大|補助|助成|支払|支給|給付|手当|報酬|賃金|謝|単価|料金|手数料|いくらまで"
)
_SPENT = re.compile(r"予算|事業費|経費|費用|かけ[てる]|かか[るっ]|割る|割り|計算|換算")
_NUMBER = r"(?<![0-9.,])(?P<number>[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++(?:\.[0-9]++)?)[ 　]?"


def counter_asked(text: str) -> str | None:
    """Return of what a folded text asks how many: 台 of 「端末は何台」."""
    match = _ASKED.search(text)
    return _counter(match["counter"]) if match else None


def counter_of_one(text: str) -> str | None:
    """Return of what a folded text asks the cost of one: 社 of 「1社あたりいくら」; None where a limit or a fee is meant."""
    match = _PER.search(text)
    spent = _SPENT.search(text) and not _LIMIT.search(text)
    return _counter(match["counter"]) if match and spent else None


def counted(item: Item, counter: str) -> Figure | None:
    """Return the number with a counter that an item's description tells; None where it tells none, or several."""
    found = [figure for cell in item.descriptions for figure in _counts(cell, counter)]
    return found[0] if len(found) == 1 else None


def _counter(said: str) -> str | None:
    return None if _NO_COUNTER.match(said) else said


def _counts(cell: Attribute, counter: str) -> Iterator[Figure]:
    text = fold(cell.text)
    if len(text) != len(cell.text):
        return  # places would not be those of the document
    for word, plain in _ALIKE.items():
        counter = plain if counter.startswith(word) else counter
        text = text.replace(word, plain.ljust(len(word))) if len(plain) <= len(word) else text
    for length in range(len(counter), 0, -1):
        matches = list(re.finditer(_NUMBER + re.escape(counter[:length]) + r"(?![a-z])", text))
        if matches:
            yield from (_figure(cell, match) for match in matches)
            return


def _figure(cell: Attribute, match: re.Match[str]) -> Figure:
    return Figure(
        label=cell.label,
        parents=cell.parents,
        fiscal_year=None,
        stage=Stage.INITIAL,
        measure=Measure.COUNT,
        value=decimal_of(match["number"]),
        unit=cell.text[match.end("number") : match.end()].strip(),
        document=cell.document,
        page=cell.page,
        start=cell.start + match.start("number"),
        end=cell.start + match.end(),
        basis=Basis.PRINTED,
        name_start=cell.start,
        name_end=cell.start,
    )
