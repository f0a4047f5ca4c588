"""Lists of a passage → drafts: those that its text marks, and all names of the kind asked for."""

from collections.abc import Iterator, Sequence

from index.tokenizer import SudachiTokenizer
from qa.drafts import Draft, Kind, Piece
from qa.gates import Gates
from qa.lists import Enumeration
from qa.pages import Page, held, held_by_sentences, sentences_around, signs_of
from qa.parallel import parallel


def lists(page: Page) -> list[tuple[Draft, Enumeration]]:
    """Return every list of a passage, with the signs that gates look at."""
    found = []
    for listed in page.layout.lists:
        start = min(listed.start, listed.intro[0]) if listed.intro else listed.start
        short = (listed.members[0][0], listed.members[-1][1])
        piece = Piece(page.item, short, (start, listed.end), listed.members)
        signs = held(*held_by_sentences(page, start, listed.end))
        found.append((Draft((piece,), Kind.LIST, {**signs, "nameless": page.signs["nameless"]}), listed))
    return found


def admitted_lists(page: Page, found: Sequence[tuple[Draft, Enumeration]], gates: Gates) -> Iterator[Draft]:
    """Yield the lists that `gates` admit, with all that the passage says of them."""
    for draft, listed in found:
        if not gates.admit(draft):
            continue
        introduced = page.near.stretch(*listed.intro) if listed.intro else (0.0, 0.0)
        signs = {
            **signs_of(page, Kind.LIST),
            **draft.signs,
            "intro": introduced[0],
            "introduced": introduced[1],
            "clarity": listed.clarity,
            # 「基本目標」 tells nobody what the 目標 are.
            "said": page.near.stretch(*draft.first.short)[1],
        }
        yield Draft(draft.pieces, Kind.LIST, signs)


def names(page: Page, tokenizer: SudachiTokenizer) -> Draft | None:
    """Return all names of the kind asked for that the passage has, if there are several."""
    head = page.question.head
    nouns = tokenizer.tokens(head, "C") if head else []
    members = parallel(page.text, nouns[-1].surface, tokenizer) if nouns else ()
    if len(members) < 2:
        return None
    quote = sentences_around(page, members[0][0], members[-1][1])
    signs = {
        **signs_of(page, Kind.LIST),
        **held(*held_by_sentences(page, *quote)),
        f"{Kind.LIST}:names": 1.0,
    }
    return Draft((Piece(page.item, (members[0][0], members[-1][1]), quote, members),), Kind.LIST, signs)
