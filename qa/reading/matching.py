"""How well each candidate stands where the question's gap is: counted for all candidates at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.keys import find, hash_keys
from qa.reading.asking import ROLES, Asked
from qa.reading.records import Floats, Ints, Spread

FAR = 48


@dataclass(frozen=True, slots=True)
class Near:
    """Distances in words from each question word to each candidate, (q, c): 1 is next to it, `FAR` is the most."""

    left: Ints
    right: Ints
    inside: npt.NDArray[np.bool_]
    in_sentence: npt.NDArray[np.bool_]


def occurrences(asked: Asked, spread: Spread) -> Ints:
    """Return for each word of the passages the number of the question word it is, −1 for none."""
    hashes = hash_keys(asked.keys)
    order = np.argsort(hashes)
    found = find(hashes[order], spread.columns.keys)
    return np.where(found >= 0, order[np.maximum(found, 0)] if len(order) else -1, -1).astype(np.int32)


def nearness(asked: Asked, spread: Spread, word_of: Ints) -> Near:
    """Return the distances of every question word to every candidate."""
    columns, place = spread.columns, spread.place
    many, width = len(asked.keys), len(place)
    present = word_of[None, :] == np.arange(many, dtype=np.int32)[:, None]
    far = np.int32(10_000_000)
    before = np.full((many, width + 1), -far, np.int32)
    before[:, 1:] = np.maximum.accumulate(np.where(present, place, -far), axis=1)
    after = np.full((many, width + 1), far, np.int32)
    after[:, :-1] = np.minimum.accumulate(np.where(present, place, far)[:, ::-1], axis=1)[:, ::-1]
    first, last = columns.first, columns.last
    at_left, at_right = before[:, first], after[:, last]
    begin, end = place[first], place[last - 1]
    sentence_begin, sentence_end = _sentence_bounds(spread)
    of_first, of_last = columns.sentence[first], columns.sentence[last - 1]
    return Near(
        left=np.minimum(begin - at_left, FAR).astype(np.int32),
        right=np.minimum(at_right - end, FAR).astype(np.int32),
        inside=before[:, last] > before[:, first],
        in_sentence=(at_left >= sentence_begin[of_first]) | (at_right <= sentence_end[of_last]),
    )


def _sentence_bounds(spread: Spread) -> tuple[Ints, Ints]:
    sentence, place = spread.columns.sentence, spread.place
    starts = np.flatnonzero(np.diff(sentence, prepend=-1))
    ends = np.append(starts[1:], len(sentence)) - 1
    bounds = np.zeros((2, int(sentence[-1]) + 1), np.int32)
    bounds[0, sentence[starts]] = place[starts]
    bounds[1, sentence[starts]] = place[ends]
    return bounds[0], bounds[1]


def match(asked: Asked, spread: Spread, weights: Floats, word_of: Ints) -> dict[str, Floats]:
    """Return one column a feature. `weights` (one a question word) add up to 1, or are empty.

    `word_of` is what `occurrences` returns.
    """
    near = nearness(asked, spread, word_of)
    columns: dict[str, Floats] = {}
    columns.update(_coverage(spread, near, weights, word_of))
    columns.update(_windows(near, weights))
    columns.update(_sides(asked, near, weights))
    columns.update(_roles(asked, near))
    columns.update(_own_words(asked, spread, weights, word_of))
    columns.update(_dependency(asked, spread, weights, word_of))
    columns.update(_alignment(asked, spread))
    return columns


def _coverage(spread: Spread, near: Near, weights: Floats, word_of: Ints) -> dict[str, Floats]:
    columns = spread.columns
    outside = weights @ near.in_sentence
    sentences = int(columns.sentence[-1]) + 1
    present = np.zeros((len(weights), sentences), bool)
    matched = word_of >= 0
    present[word_of[matched], columns.sentence[matched]] = True
    before = np.zeros_like(present)
    before[:, 1:] = present[:, :-1]
    following = np.zeros_like(present)
    following[:, :-1] = present[:, 1:]
    own = weights @ present
    sentence = columns.sentence[columns.first]
    best = own.max() if sentences else 0.0
    return {
        "cover_outside": outside,
        "cover_sentence": own[sentence],
        "cover_with_previous": (weights @ (present | before))[sentence],
        "cover_with_next": (weights @ (present | following))[sentence],
        "cover_below_best": best - own[sentence],
        "cover_rank": (own[None, :] > own[:, None]).sum(1)[sentence],
        "cover_passages": np.full(len(sentence), weights @ present.any(1) if sentences else 0.0),
        "outside_below_best": (outside.max() if len(outside) else 0.0) - outside,
    }


def _windows(near: Near, weights: Floats) -> dict[str, Floats]:
    closest = np.minimum(near.left, near.right)
    return {
        **{f"within_{n}": weights @ (closest <= n).astype(np.float32) for n in (2, 4, 8, 16)},
        "decay_left": weights @ _decay(near.left, 4),
        "decay_right": weights @ _decay(near.right, 4),
        "decay_left_far": weights @ _decay(near.left, 12),
        "decay_right_far": weights @ _decay(near.right, 12),
        "decay": weights @ _decay(closest, 8),
    }


def _decay(distance: Ints, scale: float) -> Floats:
    table = np.exp(-(np.arange(FAR + 1, dtype=np.float32) - 1) / np.float32(scale))
    table[FAR] = 0
    return np.asarray(table[distance], np.float32)


def _sides(asked: Asked, near: Near, weights: Floats) -> dict[str, Floats]:
    """Words before the gap should stand before the answer, words after it after: the gap is aligned."""
    side = np.array(asked.side, np.int32)
    close = weights * np.exp(-(np.array(asked.distance, np.float32) - 1) / 3).astype(np.float32)
    total = max(float(close.sum()), 1e-6)
    left, right = np.where(side < 0, close, 0) / total, np.where(side > 0, close, 0) / total
    near_left, near_right = _decay(near.left, 5), _decay(near.right, 5)
    return {
        "gap_left_left": left @ near_left,
        "gap_right_right": right @ near_right,
        "gap_left_right": left @ near_right,
        "gap_right_left": right @ near_left,
        "gap_near": (close / total) @ _decay(np.minimum(near.left, near.right), 6),
        "order_kept": np.where(side < 0, weights, 0) @ (near.left < near.right)
        + np.where(side > 0, weights, 0) @ (near.right < near.left),
    }


def _roles(asked: Asked, near: Near) -> dict[str, Floats]:
    many = near.left.shape[1]
    columns: dict[str, Floats] = {}
    for name, number in zip(ROLES, asked.roles, strict=True):
        for side, distances in (("left", near.left), ("right", near.right)):
            columns[f"{name}_at_{side}"] = distances[number] if number >= 0 else np.full(many, FAR + 1)
    return columns


def _own_words(asked: Asked, spread: Spread, weights: Floats, word_of: Ints) -> dict[str, Floats]:
    columns = spread.columns
    first, last = columns.first, columns.last
    matched = (word_of >= 0).astype(np.float32)
    padded = np.append(weights, 0).astype(np.float32)
    content = _sums(columns.content.astype(np.float32), first, last)
    hits = _sums(matched, first, last)
    return {
        "own_matched": np.asarray(hits / np.maximum(content, 1), np.float32),
        "own_weight": _sums(padded[word_of], first, last),
        "own_first": matched[first],
        "own_last": matched[last - 1],
        "own_new": content - hits,
    }


def _sums(values: Floats, first: Ints, last: Ints) -> Floats:
    running = np.concatenate([[0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(running[last] - running[first], np.float32)


def _dependency(asked: Asked, spread: Spread, weights: Floats, word_of: Ints) -> dict[str, Floats]:
    columns = spread.columns
    heads, phrase = columns.heads, columns.phrase
    many = len(heads)
    padded = np.append(weights, 0)
    of_word = padded[word_of]
    own = np.bincount(phrase, of_word, many)
    is_root = heads == np.arange(many)
    children = np.bincount(heads, np.where(is_root, 0, own), many)
    predicate = asked.roles[ROLES.index("predicate")]
    has_predicate = (
        np.bincount(phrase, word_of == predicate, many) > 0 if predicate >= 0 else np.zeros(many, bool)
    )
    begin, end = phrase[columns.first], phrase[columns.last - 1]
    running = np.concatenate([[0], np.cumsum(own)])
    inside = np.asarray(_sums(of_word.astype(np.float32), columns.first, columns.last), np.float64)
    head = heads[end]
    grand = heads[head]
    return {
        "phrase_rest": running[end + 1] - running[begin] - inside,
        "head_weight": np.where(head == end, 0, own[head]),
        "grand_weight": np.where(grand == head, 0, own[grand]),
        "children_weight": children[begin],
        "children_last_weight": children[end],
        "sibling_weight": np.where(head == end, 0, children[head] - own[end]),
        "grand_children_weight": np.where(grand == head, 0, children[grand] - own[head]),
        "head_is_predicate": has_predicate[head],
        "grand_is_predicate": has_predicate[grand],
        "before_weight": own[np.maximum(begin - 1, 0)],
        "after_weight": own[np.minimum(end + 1, many - 1)],
    }


_REACH = 10
_SPAN = 16


def _alignment(asked: Asked, spread: Spread) -> dict[str, Floats]:
    """How many characters around the gap stand around the candidate too."""
    characters = spread.characters
    columns = spread.columns
    shifted_start, shifted_end = columns.starts[columns.first], columns.ends[columns.last - 1]
    right = asked.text[asked.end :]
    left = asked.text[: asked.start]
    return {
        "same_right": _same(characters, shifted_end, right[:_REACH], 1),
        "same_left": _same(characters, shifted_start - 1, left[::-1][:_REACH], -1),
        "same_right_skipping": _same(characters, shifted_end + 1, right[:_REACH], 1),
        **_bigrams(characters, shifted_start, shifted_end, left, right, asked.text),
        "unit_at_end": _ends_with(characters, shifted_end, asked.unit),
        "unit_after": _begins_with(characters, shifted_end, asked.unit),
        "focus_at_end": _ends_with(characters, shifted_end, asked.focus_surface),
        "focus_after": _begins_with(characters, shifted_end, asked.focus_surface),
        "focus_last_character": _ends_with(characters, shifted_end, asked.focus_surface[-1:]),
    }


def _same(characters: npt.NDArray[np.uint32], places: Ints, wanted: str, step: int) -> Floats:
    length = np.zeros(len(places), np.float32)
    alive = np.ones(len(places), bool)
    for n, code in enumerate(map(ord, wanted)):
        alive &= characters[places + step * n] == code
        length += alive
        if not alive.any():
            break
    return length


def _bigrams(
    characters: npt.NDArray[np.uint32], starts: Ints, ends: Ints, left: str, right: str, whole: str
) -> dict[str, Floats]:
    pairs = characters[:-1].astype(np.uint64) << np.uint64(21) | characters[1:].astype(np.uint64)
    limit = len(pairs)
    low, high = np.maximum(starts - _SPAN, 0), np.minimum(ends + _SPAN, limit)
    columns: dict[str, Floats] = {}
    for name, text in (("left", left[-_SPAN:]), ("right", right[:_SPAN]), ("whole", whole)):
        is_asked = find(np.unique(_pairs(text)), pairs) >= 0
        found = is_asked.astype(np.float32) / np.float32(max(1, min(len(text) - 1, _SPAN)))
        before = _sums(found, low, np.maximum(starts - 1, low))
        after = _sums(found, np.minimum(ends, high), high)
        columns[f"pairs_{name}_before"] = before
        columns[f"pairs_{name}_after"] = after
        if name == "whole":
            columns["pairs_whole_inside"] = _sums(found, starts, np.maximum(ends - 1, starts))
    return columns


def _pairs(text: str) -> npt.NDArray[np.uint64]:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    return codes[:-1] << np.uint64(21) | codes[1:]


def _ends_with(characters: npt.NDArray[np.uint32], ends: Ints, wanted: str) -> Floats:
    return np.asarray(_same(characters, ends - 1, wanted[::-1], -1) == max(1, len(wanted)), np.float32)


def _begins_with(characters: npt.NDArray[np.uint32], ends: Ints, wanted: str) -> Floats:
    return np.asarray(_same(characters, ends, wanted, 1) == max(1, len(wanted)), np.float32)
