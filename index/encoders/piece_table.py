"""The pieces of a SentencePiece model as a trie in mapped arrays: opened in no time, walked character by character."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays

ROOT = 0
FREE = -1
NO_PIECE = -1
CHARACTER_BITS = 21  # a code point is below 2 ** 21
# Odd multipliers of Knuth's and Murmur's hashes; any that scatter do.
NODE_FACTOR, CHARACTER_FACTOR = 0x9E3779B1, 0x85EBCA6B
_FILLED = 0.5  # of the slots at most: more would make the search for a free one long


@dataclass(frozen=True, slots=True)
class PieceTable:
    """A trie as a hash table with open addressing.

    The edge from a node by a character lies in the first slot, from
    `(node * NODE_FACTOR ^ character * CHARACTER_FACTOR) % size` on, that holds it; the node it leads to is that
    slot's number + 1.
    `edges[slot]` is the node and the character in one number, -1 where the slot is free; `pieces[slot]` is the
    number of the piece that ends there, -1 where none does.
    """

    edges: npt.NDArray[np.int64]
    pieces: npt.NDArray[np.int32]

    def save(self, folder: Path, name: str) -> None:
        """Write the arrays under this name."""
        save_arrays(folder, name, {"edges": self.edges, "pieces": self.pieces})


def load_piece_table(folder: Path, name: str) -> PieceTable:
    """Map the saved arrays."""
    return PieceTable(load_array(folder, name, "edges"), load_array(folder, name, "pieces"))


def build_piece_table(pieces: Sequence[tuple[str, int]]) -> PieceTable:
    """Return the trie of (piece, number) pairs, filled a character of all pieces at a time."""
    prefixes = {piece[:length] for piece, _ in pieces for length in range(1, len(piece) + 1)}
    size = 1 << int(len(prefixes) / _FILLED).bit_length()
    table = PieceTable(np.full(size, FREE, np.int64), np.full(size, NO_PIECE, np.int32))
    nodes = {"": ROOT}
    levels: dict[int, list[str]] = {}
    for prefix in prefixes:
        levels.setdefault(len(prefix), []).append(prefix)
    for _, level in sorted(levels.items()):
        level.sort()  # so that the same pieces always give the same files
        parents = np.array([nodes[prefix[:-1]] for prefix in level], np.int64)
        slots = _insert(table.edges, parents, np.array([ord(prefix[-1]) for prefix in level], np.int64))
        nodes.update(zip(level, (slots + 1).tolist(), strict=True))
    for piece, number in pieces:
        table.pieces[nodes[piece] - 1] = number
    return table


def _insert(
    edges: npt.NDArray[np.int64], parents: npt.NDArray[np.int64], codes: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Put each edge into the first free slot from its own on; return the slots."""
    mask = len(edges) - 1
    wanted = parents << CHARACTER_BITS | codes
    slots = (parents * NODE_FACTOR ^ codes * CHARACTER_FACTOR) & mask
    waiting = np.arange(len(wanted))
    while len(waiting):
        free = waiting[edges[slots[waiting]] == FREE]
        edges[slots[free][::-1]] = wanted[free][::-1]  # of two that want one slot, the first gets it
        waiting = waiting[edges[slots[waiting]] != wanted[waiting]]
        slots[waiting] = (slots[waiting] + 1) & mask
    return slots
