"""Which piece of the passages found answers a question, and how surely: two small models over signs of nearness."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from qa.foreign.forms import FORMS
from qa.foreign.linear import LinearModel, load_linear
from qa.foreign.passage_signs import ReadPassage
from qa.foreign.pieces import Piece, Size

Numbers = npt.NDArray[np.float32]

READ = 10
"""Passages whose pieces are weighed: the evidence lies in them in .96."""
SIGNS = (
    "bare", "told", "passage", "heading", "bare_gap", "told_gap", "passage_gap",
    "form_held", "form_missing", "list_large", "is_block", "is_whole", "is_title",
    "length", "ends", "has_form", "list_sentence", "form_near",
)  # fmt: skip
SURE_SIGNS = (
    "probability", "lead", "bare", "told", "passage", "heading", "bare_gap",
    "form_held", "form_missing", "form_wanted", "list_wanted", "is_block", "is_whole", "length",
    "form_agrees", "first_three", "best_bare", "mean_bare",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """The piece that answers best; `probability` that it is right, 0–1; `wants` the chance of each form, a list last."""

    piece: Piece
    probability: float
    wants: Numbers


@dataclass(frozen=True)
class Models:
    """What is learnt (`python -m eval.training.foreign`): forms wanted, the choice of a piece, how sure it is."""

    wants: LinearModel
    choice: LinearModel
    sure: LinearModel

    def chosen(self, question: Numbers, passages: Sequence[ReadPassage]) -> Choice | None:
        """Return the best piece of the passages (nearest first) for a question's vector."""
        wants = self.wants.each(question[None])[0]
        pieces, signs = measured(question, passages[:READ], wants)
        if not pieces:
            return None
        scores = self.choice.logits(signs)[:, 0]
        sure = self.sure.each(sure_signs(signs, scores, wants)[None])[0, 0]
        return Choice(pieces[int(np.argmax(scores))], float(sure), wants)


def measured(
    question: Numbers, passages: Sequence[ReadPassage], wants: Numbers
) -> tuple[list[Piece], Numbers]:
    """Return the pieces of the passages with their SIGNS, of shape (pieces, signs)."""
    pieces = [piece for read in passages for piece in read.pieces]
    if not pieces:
        return [], np.zeros((0, len(SIGNS)), np.float32)
    counts = [len(read.pieces) for read in passages]
    bare = np.concatenate([read.bare for read in passages]) @ question
    told = np.concatenate([read.told for read in passages]) @ question
    whole = np.repeat([float(read.whole @ question) for read in passages], counts)
    heading = np.repeat([float(read.heading @ question) for read in passages], counts)
    forms = np.concatenate([read.forms for read in passages])
    form, listed = wants[: len(FORMS)], float(wants[-1])
    large = np.array([piece.size is not Size.SENTENCE for piece in pieces])
    columns = [
        bare, told, whole, heading, bare - bare.max(), told - told.max(), whole - whole.max(),
        forms @ form, (1 - forms) @ form, listed * large,
        [piece.size is Size.BLOCK for piece in pieces], [piece.size is Size.WHOLE for piece in pieces],
        [piece.title for piece in pieces], np.log([len(piece.text) for piece in pieces]),
        [piece.text.endswith("。") for piece in pieces], forms.any(axis=1), listed * ~large,
        (forms @ form) * bare,
    ]  # fmt: skip
    return pieces, np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def sure_signs(signs: Numbers, scores: Numbers, wants: Numbers) -> Numbers:
    """Return the SURE_SIGNS of the piece of the highest score."""
    best = signs[int(np.argmax(scores))]
    raised = np.exp(scores - scores.max())
    share = raised / raised.sum()
    ordered = np.sort(share)[::-1]
    one = dict(zip(SIGNS, best.tolist(), strict=True))
    form = float(wants[: len(FORMS)].max())
    agrees = form * one["form_held"] / (one["form_held"] + one["form_missing"] + 0.05)
    lead = float(np.sort(scores)[-1] - np.sort(scores)[-2]) if len(scores) > 1 else 3.0
    values = [
        float(ordered[0]), lead, one["bare"], one["told"], one["passage"], one["heading"], one["bare_gap"],
        one["form_held"], one["form_missing"], form, float(wants[-1]), one["is_block"], one["is_whole"],
        one["length"], agrees, float(ordered[:3].sum()), float(signs[:, 0].max()), float(share @ signs[:, 0]),
    ]  # fmt: skip
    return np.array(values, np.float32)


def shipped_models() -> Models:
    """Return the models that the project ships."""
    with as_file(files("qa.foreign") / "model") as folder:
        return Models(*(load_linear(folder / f"{name}.npz") for name in ("wants", "choice", "sure")))
