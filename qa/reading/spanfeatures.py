"""What a candidate is, whatever is asked: small whole numbers, computed when the index is built."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from qa.reading.candidates import Origin, Span
from qa.reading.sheet import CONTENT, NOMINAL, Pos, Sheet

# What may stand beside a candidate: 1 + its place in this list, 0 for anything else.
_NEIGHBOURS = (
    "が を に は で と の も から まで や へ より など か って という である だ です する さ し た ない なる よっ による "
    "つい 、 。 ( ) 「 」 『 』 ・ , : ; - ~ / = % また 及び および または ため 為 以上 以下 約 第 同 各"
).split()
_NEIGHBOUR = {surface: number for number, surface in enumerate(_NEIGHBOURS, 1)}

# Sekine's extended named entities by what an interrogative asks for; the first prefix that fits counts.
_KINDS: tuple[tuple[str, int], ...] = (
    ("Person", 1),
    ("Title", 2),
    ("Position", 2),
    ("Name_Other", 2),
    ("Country", 3),
    ("Province", 4),
    ("City", 5),
    ("County", 5),
    ("GPE", 5),
    ("Date_Period", 8),
    ("Date", 7),
    ("Time", 9),
    ("Timex", 9),
    ("Period", 8),
    ("Year_Period", 8),
    ("Month_Period", 8),
    ("Week_Period", 8),
    ("Era", 10),
    ("Day_Of_Week", 7),
    ("Money", 11),
    ("Percent", 12),
    ("N_Person", 13),
    ("N_", 14),
    ("Count", 14),
    ("Ordinal", 15),
    ("Rank", 15),
    ("Age", 16),
    ("School_Age", 16),
    ("Physical_Extent", 17),
    ("Space", 17),
    ("Volume", 17),
    ("Weight", 17),
    ("Speed", 17),
    ("Measurement", 17),
    ("Temperature", 17),
    ("Calorie", 17),
    ("Frequency", 18),
    ("Multiplication", 18),
    ("Numex", 14),
    ("Point", 14),
    ("Latitude", 14),
    ("Company", 20),
    ("Corporation", 20),
    ("Political", 21),
    ("Government", 21),
    ("Cabinet", 21),
    ("Military", 21),
    ("International_Organization", 21),
    ("Show_Organization", 22),
    ("Sports", 22),
    ("Organization", 22),
    ("Family", 23),
    ("Ethnic", 23),
    ("Nationality", 23),
    ("Facility", 24),
    ("School", 24),
    ("Museum", 24),
    ("Station", 24),
    ("Airport", 24),
    ("Port", 24),
    ("Railroad", 25),
    ("Road", 25),
    ("Line", 25),
    ("Bridge", 25),
    ("Island", 26),
    ("Mountain", 26),
    ("River", 26),
    ("Sea", 26),
    ("Lake", 26),
    ("Continental", 27),
    ("Domestic", 27),
    ("Region", 27),
    ("Geological", 27),
    ("Location", 27),
    ("Event", 28),
    ("Occasion", 28),
    ("War", 28),
    ("Conference", 28),
    ("Incident", 28),
    ("Natural_Disaster", 28),
    ("Law", 29),
    ("Rule", 29),
    ("Treaty", 29),
    ("Doctrine", 30),
    ("Academic", 30),
    ("Movement", 30),
    ("Religion", 30),
    ("Language", 31),
    ("National_Language", 31),
    ("Movie", 32),
    ("Book", 32),
    ("Music", 32),
    ("Art", 32),
    ("Printing", 32),
    ("Magazine", 32),
    ("Newspaper", 32),
    ("Broadcast", 32),
    ("Show", 32),
    ("Picture", 32),
    ("Product", 33),
    ("Award", 34),
    ("Animal", 35),
    ("Mammal", 35),
    ("Bird", 35),
    ("Fish", 35),
    ("Insect", 35),
    ("Flora", 35),
    ("Living", 35),
    ("Dish", 36),
    ("Food", 36),
    ("Disease", 37),
)
_OTHER_KIND = 40

NAMES: tuple[str, ...] = (
    *(f"from_{origin.name}".lower() for origin in Origin),
    "words",
    "characters",
    "phrases",
    "pos_first",
    "pos_last",
    "pos_before",
    "pos_after",
    "pos_before_2",
    "pos_after_2",
    "before",
    "after",
    "after_2",
    "sentence",
    "place_in_sentence",
    "words_left_in_sentence",
    "sentences",
    "starts_phrase",
    "ends_core",
    "starts_long",
    "ends_long",
    "kanji",
    "hiragana",
    "katakana",
    "latin",
    "digits",
    "has_no",
    "has_and",
    "has_dot",
    "has_comma",
    "has_verb",
    "has_particle",
    "has_bracket",
    "begins_bracket",
    "ends_bracket",
    "quoted",
    "bracket_before",
    "bracket_after",
    "noun_before",
    "noun_after",
    "entity",
    "entity_fit",
    "entity_last",
    "unit",
    "modified_from_outside",
    "head_distance",
    "is_root",
    "times_in_passage",
    "is_first_time",
    "numbers",
    "depth",
    "first_line",
)


def describe(sheet: Sheet, found: Mapping[Span, Origin]) -> npt.NDArray[np.uint8]:
    """Return one row a candidate, one column a name in `NAMES`; values above 255 are cut."""
    context = _Context(sheet, found)
    rows = [context.row(span, origin) for span, origin in found.items()]
    return np.minimum(np.array(rows, np.int64).reshape(len(rows), len(NAMES)), 255).astype(np.uint8)


def attributes(sheet: Sheet, span: Span) -> tuple[str, str, str]:
    """Return what kind of thing a span is, three ways: its entity, its last word, its shape."""
    first, last = span
    start, end = sheet.words[first].start, sheet.words[last - 1].end
    label = next((e.label for e in sheet.entities if e.start == start and e.end == end), None)
    inner = next((e.label for e in sheet.entities if start <= e.start and e.end == end), "-")
    final = sheet.words[last - 1]
    digit = "#" if sheet.pos[first] == Pos.NUMBER else ""
    shape = f"S:{sheet.pos[first].value}.{sheet.pos[last - 1].value}.{min(last - first, 4)}"
    return f"E:{label or '+' + inner}", f"W:{digit}{final.normalized}", shape


class _Context:
    """The sheet's own tables, made once for all candidates."""

    def __init__(self, sheet: Sheet, found: Mapping[Span, Origin]) -> None:
        self._sheet = sheet
        self._texts = {span: _text(sheet, span) for span in found}
        self._counts = Counter[str]()
        self._seen: set[str] = set()
        text = sheet.text
        for candidate in set(self._texts.values()):
            self._counts[candidate] = text.count(candidate)
        self._bounds = _sentence_bounds(sheet)
        self._depths = _bracket_depths(sheet)
        self._dependents = _dependents(sheet)

    def row(self, span: Span, origin: Origin) -> list[int]:
        first, last = span
        return [
            *(int(bool(origin & one)) for one in Origin),
            *self._size(first, last),
            *self._edges(first, last),
            *self._position(first, last),
            *self._script(span),
            *self._inside(first, last),
            *self._outside(first, last),
            *self._entity(first, last),
            *self._dependency(first, last),
            *self._repeats(span),
            self._depths[first],
            int("\n" not in self._sheet.text[: self._sheet.words[first].start]),
        ]

    def _size(self, first: int, last: int) -> list[int]:
        sheet = self._sheet
        return [
            last - first,
            sheet.words[last - 1].end - sheet.words[first].start,
            sheet.phrase[last - 1] - sheet.phrase[first] + 1,
        ]

    def _edges(self, first: int, last: int) -> list[int]:
        sheet = self._sheet
        places = (first, last - 1, first - 1, last, first - 2, last + 1)
        return [
            *(_pos_at(sheet, i) for i in places),
            _neighbour(sheet, first - 1),
            _neighbour(sheet, last),
            _neighbour(sheet, last + 1),
        ]

    def _position(self, first: int, last: int) -> list[int]:
        sheet = self._sheet
        start, end = self._bounds[sheet.sentence[first]]
        return [
            sheet.sentence[first],
            first - start,
            max(0, end - last),
            sheet.sentence[-1] + 1,
            int(
                first == 0
                or sheet.phrase[first - 1] != sheet.phrase[first]
                or sheet.pos[first - 1] not in CONTENT
            ),
            int(last == len(sheet.words) or sheet.pos[last] not in CONTENT),
            int(sheet.long[first]),
            int(sheet.long_end[last - 1]),
        ]

    def _script(self, span: Span) -> list[int]:
        counts = Counter(map(_script_of, self._texts[span]))
        return [100 * counts[n] // max(1, len(self._texts[span])) for n in range(1, 6)]

    def _inside(self, first: int, last: int) -> list[int]:
        sheet = self._sheet
        surfaces = [w.surface for w in sheet.words[first:last]]
        pos = sheet.pos[first:last]
        return [
            surfaces.count("の"),
            sum(surfaces.count(s) for s in ("と", "や", "及び", "および", "または")),
            surfaces.count("・"),
            surfaces.count("、") + surfaces.count(","),
            pos.count(Pos.VERB),
            sum(p in (Pos.CASE_PARTICLE, Pos.TOPIC_PARTICLE, Pos.PARTICLE) for p in pos),
            pos.count(Pos.OPENING),
            _opening(surfaces[0]),
            _closing(surfaces[-1]),
        ]

    def _outside(self, first: int, last: int) -> list[int]:
        sheet = self._sheet
        before = sheet.words[first - 1].surface if first else ""
        after = sheet.words[last].surface if last < len(sheet.words) else ""
        return [
            int(before in ("「", "『") and after in ("」", "』")),
            _opening(before),
            _opening(after),
            int(bool(first) and sheet.pos[first - 1] in NOMINAL),
            int(last < len(sheet.words) and sheet.pos[last] in NOMINAL),
        ]

    def _entity(self, first: int, last: int) -> list[int]:
        sheet = self._sheet
        start, end = sheet.words[first].start, sheet.words[last - 1].end
        over = [e for e in sheet.entities if e.start < end and start < e.end]
        exact = next((e for e in over if (e.start, e.end) == (start, end)), None)
        final = next((e for e in over if e.start < end <= e.end), None)
        around = any(e.start <= start and end <= e.end for e in over)
        within = any(start <= e.start and e.end <= end for e in over)
        fit = 4 if exact else 3 if around else 2 if within else 1 if over else 0
        return [
            _kind((exact or over[0]).label) if over else 0,
            fit,
            _kind(final.label) if final else 0,
            self._unit(last),
        ]

    def _unit(self, last: int) -> int:
        word = self._sheet.words[last - 1].surface
        return _UNITS.get(word, 1 if self._sheet.pos[last - 1] == Pos.COUNTER else 0)

    def _dependency(self, first: int, last: int) -> list[int]:
        sheet = self._sheet
        begin, end = sheet.phrase[first], sheet.phrase[last - 1]
        outside = sum(p < begin for q in range(begin, end + 1) for p in self._dependents.get(q, ()))
        head = sheet.heads[min(end, len(sheet.heads) - 1)]
        return [outside, min(abs(head - end), 20), int(head == end)]

    def _repeats(self, span: Span) -> list[int]:
        text = self._texts[span]
        new = text not in self._seen
        self._seen.add(text)
        digits = sum(p == Pos.NUMBER for p in self._sheet.pos[span[0] : span[1]])
        return [self._counts[text], int(new), digits]


_COUNTED = (
    "年 月 日 時 分 円 人 名 % 回 個 件 世紀 歳 か国 社 倍 位 km m 階 か所 カ国 年間 つ 代 種 時代"
).split()
# 1 is any other counter.
_UNITS = {unit: number for number, unit in enumerate(_COUNTED, 2)}


def _text(sheet: Sheet, span: Span) -> str:
    return sheet.text[sheet.words[span[0]].start : sheet.words[span[1] - 1].end]


def _pos_at(sheet: Sheet, i: int) -> int:
    return int(sheet.pos[i]) if 0 <= i < len(sheet.pos) else 27


def _neighbour(sheet: Sheet, i: int) -> int:
    return _NEIGHBOUR.get(sheet.words[i].surface, 0) if 0 <= i < len(sheet.words) else 255


def _opening(surface: str) -> int:
    return 1 if surface in ("「", "『") else 2 if surface in ("(", "（", "[", "〈", "《", "【") else 0


def _closing(surface: str) -> int:
    return 1 if surface in ("」", "』") else 2 if surface in (")", "）", "]", "〉", "》", "】") else 0


@cache
def _kind(label: str) -> int:
    return next((number for prefix, number in _KINDS if label.startswith(prefix)), _OTHER_KIND)


@cache
def _script_of(character: str) -> int:
    if "\u4e00" <= character <= "\u9fff" or character in "々〇":
        return 1
    if "\u3040" <= character <= "\u309f":
        return 2
    if "\u30a0" <= character <= "\u30ff":
        return 3
    return 5 if character.isdigit() else 4 if character.isalpha() else 0


def _sentence_bounds(sheet: Sheet) -> dict[int, tuple[int, int]]:
    bounds: dict[int, tuple[int, int]] = {}
    for i, sentence in enumerate(sheet.sentence):
        bounds[sentence] = (bounds.get(sentence, (i, i))[0], i + 1)
    return bounds


def _bracket_depths(sheet: Sheet) -> list[int]:
    depths, depth = [], 0
    for word in sheet.words:
        depth = max(0, depth - bool(_closing(word.surface)))
        depths.append(depth)
        depth += bool(_opening(word.surface))
    return depths


def _dependents(sheet: Sheet) -> dict[int, list[int]]:
    dependents: dict[int, list[int]] = {}
    for phrase, head in enumerate(sheet.heads):
        if head != phrase:
            dependents.setdefault(head, []).append(phrase)
    return dependents


def column(names: Iterable[str]) -> list[int]:
    """Return the columns of the named features."""
    return [NAMES.index(name) for name in names]
