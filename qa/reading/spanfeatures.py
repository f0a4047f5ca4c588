"""What a candidate is, whatever is asked: small whole numbers, counted for all candidates of a passage at once."""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from qa.reading.candidates import Origin, Span
from qa.reading.kinds import kind_of
from qa.reading.parts import CONTENT, NOMINAL, Pos
from qa.reading.sheet import Sheet

Numbers = npt.NDArray[np.int64]

# What may stand beside a candidate: 1 + its place in this list, 0 for anything else.
_NEIGHBOURS = (
    "が を に は で と の も から まで や へ より など か って という である だ です する さ し た ない なる よっ による "
    "つい 、 。 ( ) 「 」 『 』 ・ , : ; - ~ / = % また 及び および または ため 為 以上 以下 約 第 同 各"
).split()
_NEIGHBOUR = {surface: number for number, surface in enumerate(_NEIGHBOURS, 1)}

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


def describe(sheet: Sheet, found: Mapping[Span, int]) -> npt.NDArray[np.uint8]:
    """Return one row a candidate, one column a name in `NAMES`; values above 255 are cut."""
    if not found:
        return np.empty((0, len(NAMES)), np.uint8)
    spans = np.array(list(found), np.int64)
    of = _Columns(sheet, spans[:, 0], spans[:, 1])
    origins = np.fromiter(found.values(), np.int64, len(found))
    columns = [
        *((origins & one.value > 0) for one in Origin),
        *of.size(),
        *of.edges(),
        *of.position(),
        *of.script(),
        *of.inside(),
        *of.outside(),
        *of.entity(),
        *of.dependency(),
        *of.repeats(),
        of.depth(),
        of.first_line(),
    ]
    return np.minimum(np.stack(columns, axis=1).astype(np.int64), 255).astype(np.uint8)


class _Columns:
    """The columns of all candidates, words [first, last) of a sheet that has words."""

    def __init__(self, sheet: Sheet, first: Numbers, last: Numbers) -> None:
        self._sheet, self._first, self._last = sheet, first, last
        self._surfaces = [word.surface for word in sheet.words]
        self._starts = np.array([word.start for word in sheet.words], np.int64)
        self._ends = np.array([word.end for word in sheet.words], np.int64)
        self._pos = np.array(sheet.pos, np.int64)
        self._content = _among(self._pos, CONTENT)
        self._phrase = np.array(sheet.phrase, np.int64)
        self._start, self._end = self._starts[first], self._ends[last - 1]

    def size(self) -> Sequence[Numbers]:
        first, last = self._first, self._last
        return last - first, self._end - self._start, self._phrase[last - 1] - self._phrase[first] + 1

    def edges(self) -> Sequence[Numbers]:
        first, last = self._first, self._last
        pos = np.pad(self._pos, 2, constant_values=_NO_WORD)
        beside = np.pad(
            np.array([_NEIGHBOUR.get(surface, 0) for surface in self._surfaces], np.int64),
            2,
            constant_values=255,
        )
        places = (first, last - 1, first - 1, last, first - 2, last + 1)
        return *(pos[place + 2] for place in places), beside[first + 1], beside[last + 2], beside[last + 3]

    def position(self) -> Sequence[Numbers | npt.NDArray[np.bool_]]:
        first, last = self._first, self._last
        sentence = np.array(self._sheet.sentence, np.int64)
        begins = np.searchsorted(sentence, sentence, "left")
        ends = np.searchsorted(sentence, sentence, "right")
        edge = np.append(True, (self._phrase[1:] != self._phrase[:-1]) | ~self._content[:-1])
        return (
            sentence[first],
            first - begins[first],
            np.maximum(ends[first] - last, 0),
            np.full(len(first), sentence[-1] + 1),
            edge[first],
            ~np.append(self._content, False)[last],
            np.array(self._sheet.long)[first],
            np.array(self._sheet.long_end)[last - 1],
        )

    def script(self) -> Sequence[Numbers]:
        scripts = np.array([_script_of(character) for character in self._sheet.text], np.int64)
        size = self._end - self._start
        return [100 * self._counted(scripts == n, self._start, self._end) // size for n in range(1, 6)]

    def inside(self) -> Sequence[Numbers]:
        return (
            *(self._words_like(surfaces) for surfaces in (("の",), _AND, ("・",), ("、", ","))),
            self._words(self._pos == Pos.VERB),
            self._words(_among(self._pos, _PARTICLES)),
            self._words(self._pos == Pos.OPENING),
            self._mapped(_opening)[self._first],
            self._mapped(_closing)[self._last - 1],
        )

    def outside(self) -> Sequence[Numbers | npt.NDArray[np.bool_]]:
        opening = np.append(self._mapped(_opening), 0)
        closing = np.append(self._mapped(_closing), 0)
        nominal = np.append(_among(self._pos, NOMINAL), False)
        # −1 and the number of words both meet what is appended: nothing stands there.
        before, after = self._first - 1, self._last
        return (
            (opening[before] == 1) & (closing[after] == 1),
            opening[before],
            opening[after],
            nominal[before],
            nominal[after],
        )

    def entity(self) -> Sequence[Numbers]:
        """No two entities overlap, so those that touch a span are neighbours in the list."""
        start, end = self._start, self._end
        entities = self._sheet.entities
        # One that begins and ends after all text stands for none.
        starts = np.array([*(e.start for e in entities), _FAR, _FAR], np.int64)
        ends = np.array([*(e.end for e in entities), _FAR, _FAR], np.int64)
        kinds = np.array([*(kind_of(e.label) for e in entities), 0, 0], np.int64)
        low, high = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")
        touched = high > low
        exact = (starts[low] == start) & (ends[low] == end)
        around = (starts[low] <= start) & (ends[low] >= end)
        whole = low + (starts[low] < start)
        within = (whole < high) & (ends[whole] <= end)
        fit = np.select([exact, around, within, touched], [4, 3, 2, 1], 0)
        ending = np.where(touched & (ends[high - 1] >= end), kinds[high - 1], 0)
        return np.where(touched, kinds[low], 0), fit, ending, self._unit()[self._last - 1]

    def _unit(self) -> Numbers:
        found = [
            _UNITS.get(surface, int(pos == Pos.COUNTER))
            for surface, pos in zip(self._surfaces, self._sheet.pos, strict=True)
        ]
        return np.array(found, np.int64)

    def dependency(self) -> Sequence[Numbers | npt.NDArray[np.bool_]]:
        begin, end = self._phrase[self._first], self._phrase[self._last - 1]
        heads = np.array(self._sheet.heads, np.int64)
        numbers = np.arange(len(heads))
        inside = (heads >= begin[:, None]) & (heads <= end[:, None])
        outside = (inside & (numbers < begin[:, None]) & (heads != numbers)).sum(axis=1)
        head = heads[np.minimum(end, len(heads) - 1)]
        return outside, np.minimum(np.abs(head - end), 20), head == end

    def repeats(self) -> Sequence[Numbers]:
        text = self._sheet.text
        times: list[int] = []
        new: list[bool] = []
        counts: dict[str, int] = {}
        for start, end in zip(self._start.tolist(), self._end.tolist(), strict=True):
            candidate = text[start:end]
            new.append(candidate not in counts)
            if new[-1]:
                counts[candidate] = text.count(candidate)
            times.append(counts[candidate])
        return np.array(times, np.int64), np.array(new, np.int64), self._words(self._pos == Pos.NUMBER)

    def depth(self) -> Numbers:
        depths, depth = [], 0
        for surface in self._surfaces:
            depth = max(0, depth - bool(_closing(surface)))
            depths.append(depth)
            depth += bool(_opening(surface))
        return np.array(depths, np.int64)[self._first]

    def first_line(self) -> npt.NDArray[np.bool_]:
        end = self._sheet.text.find("\n")
        return self._start <= (end if end >= 0 else len(self._sheet.text))

    def _words_like(self, surfaces: Container[str]) -> Numbers:
        return self._words(np.array([surface in surfaces for surface in self._surfaces]))

    def _words(self, marked: npt.NDArray[np.bool_]) -> Numbers:
        return self._counted(marked, self._first, self._last)

    def _counted(self, marked: npt.NDArray[np.bool_], first: Numbers, last: Numbers) -> Numbers:
        running = np.append(0, np.cumsum(marked))
        counted: Numbers = running[last] - running[first]
        return counted

    def _mapped(self, number: Callable[[str], int]) -> Numbers:
        return np.array([number(surface) for surface in self._surfaces], np.int64)


_NO_WORD = 27
_FAR = 1 << 40
_AND = frozenset({"と", "や", "及び", "および", "または"})
_PARTICLES = frozenset({Pos.CASE_PARTICLE, Pos.TOPIC_PARTICLE, Pos.PARTICLE})
_COUNTED = (
    "年 月 日 時 分 円 人 名 % 回 個 件 世紀 歳 か国 社 倍 位 km m 階 か所 カ国 年間 つ 代 種 時代"
).split()
# 1 is any other counter.
_UNITS = {unit: number for number, unit in enumerate(_COUNTED, 2)}


def _among(pos: Numbers, wanted: frozenset[Pos]) -> npt.NDArray[np.bool_]:
    is_wanted = np.zeros(len(Pos) + 1, bool)
    is_wanted[list(wanted)] = True
    found: npt.NDArray[np.bool_] = is_wanted[pos]
    return found


def _opening(surface: str) -> int:
    return 1 if surface in ("「", "『") else 2 if surface in ("(", "（", "[", "〈", "《", "【") else 0


def _closing(surface: str) -> int:
    return 1 if surface in ("」", "』") else 2 if surface in (")", "）", "]", "〉", "》", "】") else 0


@cache
def _script_of(character: str) -> int:
    if "\u4e00" <= character <= "\u9fff" or character in "々〇":
        return 1
    if "\u3040" <= character <= "\u309f":
        return 2
    if "\u30a0" <= character <= "\u30ff":
        return 3
    return 5 if character.isdigit() else 4 if character.isalpha() else 0
