"""Which line of an outline each printed reason for change is about."""

from corpus.budgets.highlights import Label
from corpus.budgets.outline_parts import Outline
from corpus.budgets.sections import Section
from corpus.normalizing import squash
from corpus.types import Attribute, Problem

REASON = "主な増減理由"


def outline_reasons(outline: Outline) -> tuple[list[Attribute], list[Problem]]:
    """Give each reason for change to the line whose pages alone hold most of its words."""
    if outline.summary is None:
        return [], []
    texts = _texts_of_lines(outline)
    attributes: list[Attribute] = []
    problems: list[Problem] = []
    for reason in outline.summary.reasons:
        owner = _owner(reason.text, [text for _, text in texts])
        if owner is None:
            message = f"増減理由「{reason.text}」がどの費目のものか決められません。原本を確かめてください。"
            problems.append(_reason_problem(outline, reason, message))
            continue
        attributes.append(
            Attribute(
                texts[owner][0], outline.root, REASON, reason.text,
                outline.document.id, outline.summary.page, reason.start, reason.end,
            )
        )  # fmt: skip
    return attributes, problems


def _reason_problem(outline: Outline, reason: Label, message: str) -> Problem:
    page = outline.summary.page if outline.summary else None
    return Problem(outline.document.id, message, page, reason.start, reason.end, "reason")


def _texts_of_lines(outline: Outline) -> list[tuple[str, str]]:
    return [(p.section.name.label, _squashed(p.section)) for p in outline.parts if p.section.name]


def _squashed(section: Section) -> str:
    """Return a section's text squashed, for comparing words."""
    return squash("\n".join(line.text for line in section.lines))


def _owner(reason: str, texts: list[str]) -> int | None:
    """Return the only text that holds runs of three letters of the reason that no other text holds."""
    word = squash(reason)
    pieces = [word[i : i + 3] for i in range(len(word) - 2)]
    own = [
        sum(p in text and not any(p in other for other in texts if other is not text) for p in pieces)
        for text in texts
    ]
    best = max(range(len(own)), key=lambda i: own[i], default=None)
    if best is None or own[best] < 3:
        return None
    rest = max((count for i, count in enumerate(own) if i != best), default=0)
    return best if own[best] >= 3 * rest else None
