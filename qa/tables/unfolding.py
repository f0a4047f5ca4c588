"""Rows of tables without a header: people's names closed up, names and values side by side unfolded."""

import re
from dataclasses import replace

from qa.tables.forms import piece_form
from qa.tables.joined import sub_line
from qa.tables.types import Line, Piece

_OFFICE = re.compile(r".*(?:長|員|者|任|事|授|役|代表|師|監督|官|議員|顧問)")
_PERSON = re.compile(r"[一-鿿々ぁ-ヿ]{1,4}")


def people(text: str, line: Line) -> Line:
    """会長　上野　太郎: a person's two names after an office are one cell."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        if len(pieces) >= 2 and piece.soft and not line.slots and _is_person(text, *pieces[-2:], piece):
            pieces[-1] = replace(pieces[-1], end=piece.end)
        else:
            pieces.append(piece)
    return replace(line, pieces=tuple(pieces))


def _is_person(text: str, office: Piece, *names: Piece) -> bool:
    return bool(_OFFICE.fullmatch(office.words(text))) and all(
        _PERSON.fullmatch(name.words(text)) for name in names
    )


def unfolded(text: str, line: Line) -> list[Line]:
    """総務課　000-…　施設課　000-…: names and values of one form side by side are rows of their own."""
    pieces = line.pieces
    names, values = ({piece_form(text, piece) for piece in pieces[side::2]} for side in (0, 1))
    if line.slots or len(pieces) < 4 or len(pieces) % 2 or names != {"text"}:
        return [line]
    if len(values) > 1 or values & {"text", "none"}:
        return [line]
    return [sub_line(line, pieces[at : at + 2]) for at in range(0, len(pieces), 2)]
