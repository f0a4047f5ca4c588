"""Strings that make a backtracking pattern slow, drawn from what the pattern itself mentions."""

import re
import re._constants as sre
import re._parser as sre_parser
from collections.abc import Iterator
from itertools import permutations

_KINDS = "1１,.千一あアー漢a_ \u3000\n(（)）「」、。・-～:：%円年月第"
"""A character of each kind that documents hold: figures, kana, kanji, letters, spaces, brackets, points, dashes, units."""
_CHARS = (
    "0０9９,，.．兆億万千百円一二三四十〇あんをのはがでとやもアンー漢字市年月日時分第回人件か所階番aAzZ@_-－~～〜:：/?？!"
    "％%「」『』（）()【】[]、。・　 \t\n①※●→𠮷\ufe00"
)
_ENDS = ("☃", "円")
"""What a pattern does not expect, so that it tries everything before it fails."""
_PAIRED = 6  # kinds of character of one pattern whose pairs are tried
_OPEN = 8  # a repeat of so many is as good as an endless one

Parsed = sre_parser.SubPattern
Part = tuple[object, object]


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Yield strings of about `length` characters: runs of one kind, of two kinds, and of whatever the pattern repeats.

    There are none for a pattern without an open repeat: it takes time linear in the text.
    """
    tree = sre_parser.parse(pattern.pattern, pattern.flags)
    repeated = [(before, unit) for before, unit in _repeated(tree, "") if unit]
    if not repeated:
        return
    own = _representatives(tree)
    units = dict.fromkeys([*(("", unit) for unit in (*own, *_KINDS)), *repeated])
    for before, unit in units:
        for end in _ENDS:
            yield before + unit * (length // len(unit)) + end
    for one, other in permutations(own[:_PAIRED], 2):
        yield (one + other) * (length // 2) + _ENDS[0]
        yield one * (length // 2) + other * (length // 2) + _ENDS[0]


def _repeated(tree: Parsed, before: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each open repeat, and each text that it repeats."""
    for kind, value in tree:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, high, inner = value
            if high >= _OPEN:
                yield from ((before, text) for text in _wordings(inner))
            yield from _repeated(inner, before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch, before)
        elif kind is sre.SUBPATTERN:
            yield from _repeated(value[-1], before)
        elif kind is sre.ATOMIC_GROUP:
            yield from _repeated(value, before)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeated(value[1], before)
        before += _sampled(kind, value, 0)


def _wordings(tree: Parsed) -> list[str]:
    """Return texts that the inside of a repeat takes: one for each of its branches, and shorter and longer ones."""
    found = [_sample(tree, least) for least in (0, 1, 3)]
    for place, (kind, value) in enumerate(tree):
        inner = value[-1] if kind is sre.SUBPATTERN else value
        branches = _branches(kind, inner)
        rest = "".join(_sampled(k, v, 0) for k, v in tree[place + 1 :])
        head = "".join(_sampled(k, v, 0) for k, v in tree[:place])
        found += [head + _sample(branch, least) + rest for branch in branches for least in (0, 1)]
    return [text for text in dict.fromkeys(found) if text]


def _branches(kind: object, inner: object) -> list[Parsed]:
    if kind is sre.BRANCH:
        return list(inner[1])
    if kind is sre.SUBPATTERN and len(inner) == 1 and inner[0][0] is sre.BRANCH:
        return list(inner[0][1][1])
    return []


def _sample(tree: Parsed, least: int) -> str:
    return "".join(_sampled(kind, value, least) for kind, value in tree)


def _sampled(kind: object, value: object, least: int) -> str:
    """Return a short text that a part takes; `least` is how often an optional part stands there."""
    if kind in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY):
        return _char((kind, value))
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        low, high, inner = value
        return _sample(inner, least) * min(max(low, least), high, _OPEN)
    if kind is sre.BRANCH:
        return _sample(value[1][0], least)
    if kind is sre.SUBPATTERN:
        return _sample(value[-1], least)
    return _sample(value, least) if kind is sre.ATOMIC_GROUP else ""


def _char(part: Part) -> str:
    return next((char for char in "".join(_mentioned([part])) + _CHARS if _takes(part, char)), "")


def _representatives(tree: Parsed) -> list[str]:
    """Return one character of each kind that the pattern tells apart, first those that most of its parts take."""
    parts = list(_parts(tree))
    kinds: dict[tuple[bool, ...], str] = {}
    for char in dict.fromkeys((*_CHARS, *_mentioned(parts))):
        kinds.setdefault(tuple(_takes(part, char) for part in parts), char)
    return [char for signs, char in sorted(kinds.items(), key=lambda item: -sum(item[0])) if any(signs)]


def _parts(tree: object) -> Iterator[Part]:
    """Yield every one-character part (a literal, a class) of a parsed pattern."""
    if isinstance(tree, tuple) and len(tree) == 2 and any(tree[0] is kind for kind in _ONE):
        yield tree
    elif isinstance(tree, Parsed | list | tuple):
        for item in tree:
            yield from _parts(item)


_ONE = (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY)


def _mentioned(parts: list[Part]) -> list[str]:
    """Return the characters that the parts name, the ends of their ranges among them."""
    codes: list[int] = []
    for kind, value in parts:
        if kind is sre.LITERAL or kind is sre.NOT_LITERAL:
            codes.append(value)
        elif kind is sre.IN:
            codes += [inner for what, inner in value if what is sre.LITERAL]
            codes += [end for what, inner in value if what is sre.RANGE for end in inner]
    return [chr(code) for code in codes if not 0xD800 <= code < 0xE000]


def _takes(part: Part, char: str) -> bool:
    kind, value = part
    code = ord(char)
    if kind is sre.ANY:
        return char != "\n"
    if kind is not sre.IN:
        return (code == value) is (kind is sre.LITERAL)
    negated = any(what is sre.NEGATE for what, _ in value)
    taken = any(
        (what is sre.LITERAL and code == inner)
        or (what is sre.RANGE and inner[0] <= code <= inner[1])
        or (what is sre.CATEGORY and _in_category(str(inner), char))
        for what, inner in value
    )
    return taken is not negated


def _in_category(name: str, char: str) -> bool:
    letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[name.rsplit("_", 1)[1]]
    return bool(re.match(letter, char)) is not ("NOT" in name)
