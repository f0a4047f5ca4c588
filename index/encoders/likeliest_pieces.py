"""Cuts a text into the pieces whose scores sum up highest: the Viterbi algorithm of a unigram model."""

from array import array

import numpy as np
import numpy.typing as npt

from index.encoders.piece_table import (
    CHARACTER_BITS,
    CHARACTER_FACTOR,
    FREE,
    NO_PIECE,
    NODE_FACTOR,
    ROOT,
    PieceTable,
)

UNKNOWN = 0
_UNKNOWN_PENALTY = 10.0  # sentencepiece, unigram_model.cc: kUnkPenalty
_UNREACHED = -float("inf")


class LikeliestPieces:
    """The algorithm over one model; safe to share between threads."""

    def __init__(self, table: PieceTable, scores: npt.NDArray[np.float32]) -> None:
        # A memoryview gives plain numbers three times as fast as an array.
        self._edges, self._pieces = memoryview(table.edges.data), memoryview(table.pieces.data)
        self._mask = len(table.edges) - 1
        self._scores = memoryview(scores.data)
        # Control pieces have no score of their own (0), so the least is a normal piece's.
        self._unknown_score = float(scores.min()) - _UNKNOWN_PENALTY

    def cut(self, text: str) -> list[int]:
        """Return piece numbers, UNKNOWN for each character that no piece begins with."""
        return [piece for piece, _, _ in self.placed(text)]

    def placed(self, text: str) -> list[tuple[int, int, int]]:
        """Return piece numbers, each with where it begins and ends.

        As in the library, sums are single precision (an array of "f" rounds what it is given) and of two equal
        sums the one whose last piece begins earlier stays. The walk down the trie is written out here: a call
        a character would double the time.
        """
        codes = [ord(character) for character in text]
        size = len(codes)
        best = array("f", [_UNREACHED]) * (size + 2)  # the last place only rounds
        best[0] = 0.0
        start, piece = [0] * (size + 1), [UNKNOWN] * (size + 1)
        edges, pieces, scores, mask = self._edges, self._pieces, self._scores, self._mask
        for place in range(size):
            here, node, stop, single = best[place], ROOT, place, False
            while stop < size:
                code = codes[stop]
                edge = node << CHARACTER_BITS | code
                slot = (node * NODE_FACTOR ^ code * CHARACTER_FACTOR) & mask
                while (found := edges[slot]) != edge and found != FREE:
                    slot = (slot + 1) & mask
                if found == FREE:
                    break
                node = slot + 1
                stop += 1
                number = pieces[slot]
                if number != NO_PIECE:
                    single = single or stop == place + 1
                    best[-1] = here + scores[number]
                    if best[-1] > best[stop]:
                        best[stop], start[stop], piece[stop] = best[-1], place, number
            if not single:
                best[-1] = here + self._unknown_score
                if best[-1] > best[place + 1]:
                    best[place + 1], start[place + 1], piece[place + 1] = best[-1], place, UNKNOWN
        return _traced(start, piece)


def _traced(start: list[int], piece: list[int]) -> list[tuple[int, int, int]]:
    """Follow the starts back from the end."""
    found: list[tuple[int, int, int]] = []
    place = len(start) - 1
    while place > 0:
        found.append((piece[place], start[place], place))
        place = start[place]
    found.reverse()
    return found
