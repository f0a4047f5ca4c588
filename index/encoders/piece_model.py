"""Reads a SentencePiece model file (protocol buffers) without its library: pieces, scores, types, character map."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# sentencepiece_model.proto: ModelProto.pieces, .normalizer_spec; SentencePiece.piece, .score, .type;
# NormalizerSpec.precompiled_charsmap; the type of a piece that texts are cut into.
_PIECES, _NORMALIZER = 1, 3
_PIECE, _SCORE, _TYPE = 1, 2, 3
_CHARACTER_MAP = 2
NORMAL = 1


@dataclass(frozen=True, slots=True)
class PieceModel:
    """A unigram model. Piece number i is `pieces[i]`; `types[i]` is NORMAL where texts may be cut into it.

    `character_map` is SentencePiece's compiled normaliser: a double array over UTF-8, then what stands instead.
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    types: tuple[int, ...]
    character_map: bytes


def read_piece_model(path: Path) -> PieceModel:
    """Return the model in the file; ValueError if it is not one."""
    pieces, scores, types, character_map = [], [], [], b""
    for field, value in _fields(path.read_bytes()):
        if field == _PIECES:
            piece = dict(_fields(_bytes(value)))
            pieces.append(_bytes(piece[_PIECE]).decode())
            scores.append(struct.unpack("<f", _bytes(piece.get(_SCORE, b"\0\0\0\0")))[0])
            types.append(_number(piece.get(_TYPE, NORMAL)))
        elif field == _NORMALIZER:
            character_map = _bytes(dict(_fields(_bytes(value))).get(_CHARACTER_MAP, b""))
    return PieceModel(tuple(pieces), tuple(scores), tuple(types), character_map)


def _bytes(value: bytes | int) -> bytes:
    if isinstance(value, int):
        raise ValueError("a number where bytes belong: this is not a SentencePiece model")
    return value


def _number(value: bytes | int) -> int:
    if isinstance(value, bytes):
        raise ValueError("bytes where a number belongs: this is not a SentencePiece model")
    return value


def _fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """Yield number and value of each field of a message."""
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        field, wire = tag >> 3, tag & 7
        if wire == 0:
            number, place = _varint(data, place)
            yield field, number
            continue
        if wire == 2:
            length, place = _varint(data, place)
        elif wire in (1, 5):
            length = 8 if wire == 1 else 4
        else:
            raise ValueError(f"unknown wire type {wire}: this is not a SentencePiece model")
        yield field, data[place : place + length]
        place += length


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(data):
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, place
    raise ValueError("the file ends within a number: this is not a whole SentencePiece model")
