"""Which piece answers a question, and how surely: networks over signs, fitted on questions about other cities."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from qa.cross.judging import PairJudge, Text
from qa.learned.linear_models import LinearModel, load_linear
from qa.learned.networks import Networks, load_networks
from qa.pieces.cutting import Piece, Size
from qa.pieces.forms import FORMS, is_name, names_wanted
from qa.pieces.signs import SIGNS, Asked, Found
from qa.types import Evidence

Numbers = npt.NDArray[np.float32]
_LITTLE, _FAINT = 1e-6, 1e-4  # what is added before a logarithm is taken
_LARGE = [SIGNS.index("is_items"), SIGNS.index("is_section")]
_BARE = SIGNS.index("bare")
_NEXT = 4  # further pieces whose shares of the choice are looked at
_LISTS = (Size.ITEMS, Size.SECTION)
_NEAR_BEST = 1.5  # a score that is this much below another is nearly as good
READ = 8
"""So many choices are read together with the question."""


@dataclass(frozen=True)
class Choice:
    """A piece that may answer; `share` is its part (0–1) of all that may, `mass` that of it and what overlaps it.

    Once it was read together with the question, `mass` is how likely it answers, by the cross-encoder alone.
    """

    piece: Piece
    evidence: Evidence
    row: int
    share: float
    mass: float


@dataclass(frozen=True)
class Chosen:
    """The pieces that answer best, the best first, none within another; `probability` is that of the first, 0–1.

    `wants` holds the chance of each of FORMS, then that of a list; `picked` is what the signs alone chose.
    """

    choices: tuple[Choice, ...]
    probability: float
    wants: Numbers
    picked: "Picked"


@dataclass(frozen=True)
class Models:
    """What is learned (`python -m eval.training.pieces`)."""

    wants: LinearModel
    choice: Networks
    sure: Networks
    headline: Networks

    def chosen(
        self, asked: Asked, found: Found, judge: PairJudge, titles: Mapping[str, str]
    ) -> Chosen | None:
        """Return what answers best of the pieces found; None where none were found.

        `titles` holds each document's title: the likeliest choices are read by `judge` behind it.
        """
        if not found.pieces:
            return None
        wants = self.wants.each(asked.wanting[None])[0]
        picked = pick(found, wants, self.choice)
        shares = judge.shares(asked.asking, asked.before, texts_of(picked.choices, titles), picked.signs_read)
        sure = self.sure.scores(sure_signs(asked, found, picked, shares)[None])[0]
        order = np.argsort(-shares[:-1], kind="stable")
        choices = tuple(replace(picked.choices[n], mass=float(shares[n])) for n in order)
        return Chosen(choices, float(1 / (1 + np.exp(-np.clip(sure, -30, 30)))), wants, picked)


@dataclass(frozen=True)
class Picked:
    """What the signs alone chose: `choices` (at most READ) the best first, with `signs` and `scores` of every piece."""

    choices: tuple[Choice, ...]
    signs: Numbers
    scores: Numbers
    wants: Numbers

    @property
    def signs_read(self) -> Numbers:
        """Return what each choice was chosen by, as the cross-encoder is told it: (choices, …)."""
        return self.signs_of(self.choices)

    def signs_of(self, choices: Sequence[Choice]) -> Numbers:
        """Return the same of other pieces of those found."""
        shares = np.array([choice.share for choice in choices], np.float32)
        rows = [choice.row for choice in choices]
        own = np.stack([shares, np.log(shares + _LITTLE), self.scores[rows]], axis=1)
        return np.concatenate([self.signs[rows], own], axis=1).astype(np.float32)


def pick(found: Found, wants: Numbers, choice: Networks) -> Picked:
    """Return what the signs choose of the pieces found."""
    signs = choice_signs(found, wants)
    scores = choice.scores(signs)
    choices = tuple(_with_its_title(one, found, scores, wants) for one in ranked(found, scores))
    return Picked(choices, signs, scores, wants)


def _with_its_title(choice: Choice, found: Found, scores: Numbers, wants: Numbers) -> Choice:
    """Return, where the name of a desk or person is wanted, the item under such a title for the list it stands in."""
    if choice.piece.size not in _LISTS or not names_wanted(wants):
        return choice
    rows = [
        row
        for row in np.flatnonzero(scores >= scores[choice.row] - _NEAR_BEST).tolist()
        if found.pieces[row].size is Size.TITLED
        and overlap(found.pieces[row], choice.piece)
        and found.evidence[row].passage.document == choice.evidence.passage.document
        and is_name(found.pieces[row].text.partition("\n")[0], wants)
    ]
    if not rows:
        return choice
    best = max(rows, key=lambda row: float(scores[row]))
    return replace(choice, piece=found.pieces[best], evidence=found.evidence[best], row=best)


def choices_of(rows: Sequence[int], found: Found, scores: Numbers) -> list[Choice]:
    """Return pieces by their rows, for reading; their shares are those beside the best of all."""
    best = float(scores.max())
    return [
        Choice(found.pieces[row], found.evidence[row], row, float(np.exp(scores[row] - best)), 0.0)
        for row in rows
    ]


def texts_of(choices: Sequence[Choice], titles: Mapping[str, str]) -> list[Text]:
    """Return choices as they are read together with a question."""
    return [
        (titles.get(one.evidence.passage.document, ""), one.piece.path, one.piece.text) for one in choices
    ]


def choice_signs(found: Found, wants: Numbers) -> Numbers:
    """Return the signs of each piece beside what the question wants, (pieces, …)."""
    form, listed = wants[: len(FORMS)], wants[len(FORMS)]
    large = found.signs[:, _LARGE].sum(axis=1, keepdims=True)
    has = (found.forms @ form)[:, None]
    return np.concatenate(
        [
            found.signs, found.forms * form, (1 - found.forms) * form, found.forms,
            has, ((1 - found.forms) @ form)[:, None], has * found.signs[:, _BARE : _BARE + 1],
            listed * large, listed * (1 - large), np.full((len(found.pieces), 1), listed),
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip


def ranked(found: Found, scores: Numbers) -> tuple[Choice, ...]:
    """Return the pieces by their scores; of those that overlap only the best."""
    raised = np.exp(scores - scores.max())
    share = _with_titles(found, raised / raised.sum())
    documents = [item.passage.document for item in found.evidence]
    kept: list[Choice] = []
    for row in np.argsort(-share, kind="stable")[: 10 * READ].tolist():
        piece = found.pieces[row]
        if any(documents[row] == documents[one.row] and overlap(piece, one.piece) for one in kept):
            continue
        mass = sum(
            float(share[other])
            for other, rival in enumerate(found.pieces)
            if documents[other] == documents[row] and overlap(rival, piece)
        )
        kept.append(Choice(piece, found.evidence[row], row, float(share[row]), mass))
        if len(kept) == READ:
            break
    return tuple(kept)


def _with_titles(found: Found, share: Numbers) -> Numbers:
    """Give the share of a title that stands alone to what best stands with it: the line tells why it is the answer."""
    moved = share.copy()
    titles = {piece.spans[0]: row for row, piece in enumerate(found.pieces) if piece.size is Size.SENTENCE}
    best: dict[int, int] = {}
    for row, piece in enumerate(found.pieces):
        title = titles.get(piece.spans[0]) if piece.size is Size.TITLED else None
        same = (
            title is not None
            and found.evidence[title].passage.document == found.evidence[row].passage.document
        )
        if title is not None and same and share[row] >= share[best.get(title, row)]:
            best[title] = row
    for title, row in best.items():
        moved[row] += moved[title]
        moved[title] = 0
    return moved


def overlap(one: Piece, other: Piece) -> bool:
    """Tell whether two pieces of one document share any of their text."""
    return one.start < other.end and other.start < one.end


def sure_signs(asked: Asked, found: Found, picked: Picked, shares: Numbers) -> Numbers:
    """Return what tells whether the choice that reads best is right: its signs, and how far it stands out.

    `shares` (choices + 1) are the cross-encoder's, the last that of nothing.
    """
    best = int(np.argmax(shares[:-1]))
    first, choices, wants = picked.choices[best], picked.choices, picked.wants
    masses = [choice.mass for choice in choices[: _NEXT + 1]] + [0.0] * (_NEXT + 1 - len(choices))
    order = np.sort(picked.scores)[::-1]
    lead = float(order[0] - picked.scores[choices[1].row]) if len(choices) > 1 else 6.0
    nearest = found.signs.max(axis=0)
    form = float(wants[: len(FORMS)].max())
    read = np.sort(shares[:-1])[::-1]
    told = [
        choices[0].share, *masses, 1 - sum(masses), min(lead, 6.0), float(order[0]), form,
        float(asked.words.weights.max(initial=0.0)), float(len(asked.text)) / 50, float(asked.follows),
        float(found.evidence[first.row].rank == 1), float(first.piece.size is Size.ITEMS),
        *(float(nearest[SIGNS.index(name)]) for name in ("bare", "told", "alike_under", "pairs_under", "kanji_under")),
        float(read[0]), float(np.log(read[0] + _FAINT)), float(shares[-1]), float(np.log(shares[-1] + _FAINT)),
        float(read[0] - (read[1] if len(read) > 1 else 0.0)), float(best == 0),
        first.share, float(np.log(first.share + _LITTLE)), float(len(choices)),
    ]  # fmt: skip
    return np.concatenate([picked.signs[first.row], wants, np.array(told, np.float32)]).astype(np.float32)


@cache
def shipped_models() -> Models:
    """Return the models that the project ships."""
    with as_file(files("qa.pieces") / "model") as folder:
        return Models(
            load_linear(folder / "wants.npz"),
            *(load_networks(folder / f"{name}.npz") for name in ("choice", "sure", "headline")),
        )


@cache
def shipped_thresholds() -> Mapping[str, float]:
    """Return from which probability on an answer is shown, by the certainty that the settings ask for."""
    return dict(
        json.loads(files("qa.pieces").joinpath("model", "thresholds.json").read_text(encoding="utf-8"))
    )
