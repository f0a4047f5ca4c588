"""Names that were misspelt. Candidates come from an index, never from a scan of all items."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.tokenizer import SudachiTokenizer
from qa.deadline import check_time
from qa.ledger.folding import Folded, loose, loosened
from qa.ledger.items import Item
from qa.ledger.names import Mention, Strength, names

_CANDIDATES = 40
_COMMON = 400  # a bigram in more labels than this tells little
_SHORTEST = 4
_LIMIT = 4
# A slip of the pen does not change these: one of them in place of another is another thing.
_TELLING = re.compile(
    r"[0-9一二三四五六七八九十百東西南北上下左右大中小高低新旧前後内外国県市町村区男女幼児老初再増減第無有公私]"
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """Names a question nearly spells: sure ones as mentions; `near` may have been meant."""

    mentions: tuple[Mention, ...] = ()
    near: tuple[Item, ...] = ()


class Similar:
    """Looks names up by their characters."""

    def __init__(self, items: Sequence[Item], tokenizer: SudachiTokenizer) -> None:
        self._items = items
        self._tokenizer = tokenizer
        self._bigrams: dict[str, list[int]] = {}
        for item in items:
            text = item.key
            for i in range(len(text) - 1):
                posting = self._bigrams.setdefault(text[i : i + 2], [])
                if not posting or posting[-1] != item.number:
                    posting.append(item.number)

    def spelt(self, question: Folded, covered: Sequence[tuple[int, int]]) -> Spelling:
        """Return the items whose name stands in the question but for a slip or two."""
        wide = loosened(question)
        open_places = [
            i for i, place in enumerate(wide.places) if not any(s <= place < e for s, e in covered)
        ]
        text = "".join(wide.key[i] for i in open_places)
        best: dict[int, tuple[int, int, int, int]] = {}
        near: list[int] = []
        for number in self._candidates(text):
            check_time()
            for name, strength in names(self._items[number].label):
                slip = _slip(loose(name), text) if strength is not Strength.CORE else None
                if slip is None:
                    continue
                edits, start, end, telling = slip
                if telling or self._other_word(text[start:end], loose(name)):
                    near.append(number)
                elif number not in best or (edits, -len(name)) < best[number][:2]:
                    best[number] = (edits, -len(name), open_places[start], open_places[end - 1])
        return self._spelling(best, near, wide)

    def _candidates(self, text: str) -> list[int]:
        postings = [self._bigrams.get(text[i : i + 2], ()) for i in range(len(text) - 1)]
        postings = sorted((p for p in postings if p), key=len)
        counts: Counter[int] = Counter()
        for i, posting in enumerate(postings):
            if len(posting) > _COMMON and i >= 3:
                break
            counts.update(posting[: 4 * _COMMON])
        return [number for number, _ in counts.most_common(_CANDIDATES)]

    def _other_word(self, said: str, name: str) -> bool:
        """Return whether the difference makes other real words with other sounds: 小学校 is no slip for 中学校."""
        ours, theirs = self._tokenizer.tokens(said), self._tokenizer.tokens(name)
        if _reading(ours) == _reading(theirs):
            return False
        known = {token.surface for token in theirs}
        strange = [token for token in ours if token.surface not in known]
        return any(
            len(token.surface) > 1 and token.reading != token.surface and token.pos == "名詞"
            for token in strange
        )

    def _spelling(
        self, best: dict[int, tuple[int, int, int, int]], near: list[int], wide: Folded
    ) -> Spelling:
        if not best:
            return Spelling((), self._at(dict.fromkeys(near)))
        fewest = min(edits for edits, *_ in best.values())
        chosen = {number: found for number, found in best.items() if found[0] == fewest}
        longest = min(found[1] for found in chosen.values())
        chosen = {number: found for number, found in chosen.items() if found[1] <= longest + 1}
        spans = list(chosen.values())
        start, end = wide.places[min(s[2] for s in spans)], wide.places[max(s[3] for s in spans)] + 1
        return Spelling(
            (Mention(start, end, self._at(chosen), Strength.SHORT),), self._at(dict.fromkeys(near))
        )

    def _at(self, numbers: Iterable[int]) -> tuple[Item, ...]:
        return tuple(self._items[number] for number in list(numbers)[:_LIMIT])


def _slip(name: str, text: str) -> tuple[int, int, int, int] | None:
    """Return (edits, start, end, telling) where `text` holds `name` with few edits, or None."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import partial_ratio_alignment

    if len(name) < _SHORTEST or len(text) < len(name) - 1:
        return None
    allowed = 1 if len(name) < 9 else 2
    aligned = partial_ratio_alignment(name, text, score_cutoff=100 - 100 * (allowed + 1) // len(name))
    if aligned is None:
        return None
    best: tuple[int, int, int] | None = None
    for start in range(max(0, aligned.dest_start - 1), min(len(text), aligned.dest_start + 2)):
        for end in range(max(start + 1, aligned.dest_end - 1), min(len(text), aligned.dest_end + 1) + 1):
            edits = Levenshtein.distance(name, text[start:end], score_cutoff=allowed)
            if edits <= allowed and (best is None or edits < best[0]):
                best = edits, start, end
    if best is None:
        return None
    changed = _changed(name, text[best[1] : best[2]])
    return *best, int(bool(_TELLING.search(changed)))


def _changed(name: str, said: str) -> str:
    from rapidfuzz.distance import Levenshtein

    letters = []
    for step in Levenshtein.editops(name, said):
        if step.tag != "insert":
            letters.append(name[step.src_pos])
        if step.tag != "delete":
            letters.append(said[step.dest_pos])
    return "".join(letters)


def _reading(tokens: Sequence[object]) -> str:
    return loose("".join(getattr(token, "reading", "") for token in tokens)).translate(_PLAIN)


# Voiced sounds and small kana are mixed up in typing.
_PLAIN = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポャュョッァィゥェォ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホヤユヨツアイウエオ",
)
