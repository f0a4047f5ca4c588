"""Synthetic municipal documents: sentences of templates and word lists, the same for the same seed and number.

Nothing is copied from any document. Places and nicknames are composed, and drawn so that new ones keep coming: among
n words about n^.6 are distinct, as in real text (Heaps 1978).
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from string import Formatter

_Composer = Callable[[Random], str]
_FOLDER = Path(__file__).parent
_GROWTH = 0.6
_FIRST = "青赤朝浅旭東荒有泉磯岩上梅江大岡奥小柏霞勝金鎌川北木霧久倉黒桑古駒桜沢汐島下白杉砂高"
_SECOND = "浜原野田谷沢瀬崎塚坂山川池沼島浦津江井尾丘台森林松竹梅桜橋門戸里村岸岬峰根越坪淵牧"
_SYLLABLES = "アイウエオカキクコサシスソタチツテトナニノハヒフホマミムメモヤユヨラリルレロワ"
_SENTENCES, _SECTIONS = (3, 7), (12, 28)  # of a section, of a document
_HEAD = 40  # words at the head of the list that are about equally common


@dataclass(frozen=True, slots=True)
class SyntheticFile:
    """One document as the corpus folder takes it; passages come to about one a section."""

    name: str
    title: str
    text: str


def synthetic_file(number: int, *, seed: int = 1) -> SyntheticFile:
    """Return document `number`; every fifth answers questions, every tenth has a table of amounts."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - made-up text, no secret
    asked, table = number % 5 == 0, number % 10 == 3
    sections = [_section(random, asked=asked) for _ in range(random.randint(*_SECTIONS))]
    if table:
        figures = (_said(random, "figure", topic) for topic in random.sample(_words()["topic"], 10))
        sections.append("\n".join(["予算の内訳", *figures]))
    title = _said(random, "title", _drawn(random, _words()["topic"]))
    return SyntheticFile(f"synthetic-{number:07d}", title, "\n\n".join([title, *sections]) + "\n")


def write_corpus(folder: Path, passages: int, *, seed: int = 1) -> int:
    """Write files until they hold about so many passages; return how many files."""
    folder.mkdir(parents=True, exist_ok=True)
    held, number = 0, 0
    while held < passages:
        file = synthetic_file(number, seed=seed)
        (folder / f"{file.name}.txt").write_text(file.text, encoding="utf-8")
        header = f"title = {json.dumps(file.title, ensure_ascii=False)}\nfiscal_year = {2015 + number % 10}\n"
        (folder / f"{file.name}.toml").write_text(header, encoding="utf-8")
        held += file.text.count("\n\n")
        number += 1
    return number


def questions(count: int, *, seed: int = 2) -> list[str]:
    """Return distinct questions in the words of the documents."""
    random = Random(seed)  # noqa: S311 - made-up text, no secret
    found: dict[str, None] = {}
    while len(found) < count:
        found[_said(random, "question", _drawn(random, _words()["topic"]))] = None
    return list(found)


def _section(random: Random, *, asked: bool) -> str:
    topic = _drawn(random, _words()["topic"])
    body = "".join(_said(random, "sentence", topic) for _ in range(random.randint(*_SENTENCES)))
    if asked:
        return f"Q　{_said(random, 'question', topic)}\nA　{body}"
    return f"■ {_said(random, 'heading', topic)}\n{body}"


def _said(random: Random, kind: str, topic: str) -> str:
    """Draw a template and fill its slots, each but the topic by a draw of its own."""
    parts = _templates()[kind][int(random.random() * len(_templates()[kind]))]
    filled = ((literal, topic if slot == "topic" else _filled(random, slot)) for literal, slot in parts)
    return "".join(literal + word for literal, word in filled)


def _filled(random: Random, slot: str | None) -> str:
    if slot is None:
        return ""
    return _drawn(random, _words()[slot]) if slot in _words() else _COMPOSED[slot](random)


def _drawn(random: Random, words: Sequence[str]) -> str:
    """Draw a word; the first of a list comes more often than the last."""
    return words[int(len(words) * random.random() ** 1.5)]


def _place(random: Random) -> str:
    rank = _rank(random)
    name = _FIRST[rank % len(_FIRST)] + _SECOND[rank // len(_FIRST) % len(_SECOND)]
    more = rank // (len(_FIRST) * len(_SECOND))
    return name + (_SECOND[more % len(_SECOND)] + _digits(more // len(_SECOND)) if more else "")


def _nick(random: Random) -> str:
    rank, name = _rank(random) + 2_000, ""
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        name += _SYLLABLES[syllable]
    return name


def _digits(number: int) -> str:
    return "".join("一二三四五六七八九〇"[int(digit) - 1] for digit in str(number)) if number else ""


def _rank(random: Random) -> int:
    """Draw a word's number: of n drawn some n^.6 are distinct (Zipf and Mandelbrot's law)."""
    return min(int(_HEAD * ((1 - random.random()) ** (-1 / _GROWTH) - 1)), 10**9)


def _between(low: int, high: int, form: str = "{}") -> _Composer:
    return lambda random: form.format(low + int(random.random() * (high - low + 1)))


_COMPOSED: Mapping[str, _Composer] = {
    "place": _place,
    "nick": _nick,
    "hour": _between(8, 19),
    "half": _between(1, 59),
    "money": _between(1, 99_999, "{:,}"),
    "number": _between(2, 3_000, "{:,}"),
    "month": _between(1, 12),
    "day": _between(1, 28),
    "minutes": _between(2, 60),
    "percent": _between(5, 95),
    "digits3": _between(100, 999),
    "digits4": _between(1_000, 9_999),
    "era": _between(1, 7, "令和{}年度"),
}


@cache
def _words() -> Mapping[str, Sequence[str]]:
    return {slot: words for slot, *words in _rows("synthetic_words.tsv")}


@cache
def _templates() -> Mapping[str, Sequence[Sequence[tuple[str, str | None]]]]:
    found: dict[str, list[list[tuple[str, str | None]]]] = {}
    for kind, template in _rows("synthetic_templates.tsv"):
        found.setdefault(kind, []).append([(part[0], part[1]) for part in Formatter().parse(template)])
    return found


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
