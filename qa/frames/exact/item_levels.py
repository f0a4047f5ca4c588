"""The level that a question tells of an item it names: 目「文書費」, 文書費という事業, 文書費(款全体)."""

import re

_LEVEL = r"(?:費目|科目|(?<![一-龠々])[款項目])"
_PROJECT = r"(?<![一-龠々ァ-ヶー])細?事業"
_NO_LEVEL = r"(?![一-龠々]|標|的|指|を目|に見)"
_IN_BRACKETS = re.compile(r"(?:費目|科目|細?事業|[款項目])(?=全体|の|計|合計|小計|$)")
_BEFORE = re.compile(rf"{_LEVEL}(?:である|の|としての|[:=「])$|{_PROJECT}「$")
_BEHIND = re.compile(
    rf"(?:の|という|は)?(?:小計|費目計|[款項目]計|費目|科目|[款項目]{_NO_LEVEL})(?=[、,。の全]|$)(?!の(?:中|なか|うち|内))"
    r"|\([^()]{0,4}(?:費目|[款項目])[^()]{0,3}\)"
)
_PROJECT_BEFORE = re.compile(rf"{_PROJECT}(?:である|の|としての|[:=])?「?$")
_PROJECT_BEHIND = re.compile(
    r"」?(?:という細?事業|\(細?事業\)|の細?事業(?=費?(?:の?(?:予算|金?額|費用|経費)|[はにで]?(?:いくら|なんぼ|どれ|幾ら))))"
)
"""A project that is meant by its name, and not the projects below what is named: 「総務費の事業は」."""
_TOLD = re.compile(r"細?事業|[款項]|(?<![費科])目")


def with_level(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a name's place with the level that is said in apposition: 費目の〇〇費, 〇〇費の款, 〇〇費(款全体)."""
    before, after = _BEFORE.search(text, 0, start), _BEHIND.match(text, end)
    return before.start() if before else start, after.end() if after else end


def begins_with_level(text: str) -> bool:
    """Tell whether a text in brackets behind a name says its level: 款, 款全体, 項の合計."""
    return bool(_IN_BRACKETS.match(text))


def level_told(text: str, start: int, end: int) -> str | None:
    """Return the level told of the item that `text[start:end]` names, None where it is not told.

    >>> level_told("目「文書費」の予算額", 2, 5), level_told("文書費という事業はいくら", 0, 3)
    ('目', '事業')
    >>> level_told("総務費の事業は何がありますか", 0, 3)
    """
    found = [
        *(form.search(text, 0, start) for form in (_BEFORE, _PROJECT_BEFORE)),
        *(form.match(text, end) for form in (_BEHIND, _PROJECT_BEHIND)),
    ]
    told = [level[0] for match in found if match and (level := _TOLD.search(match[0]))]
    return told[0] if told else None
