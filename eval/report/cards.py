"""One question as a report shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.explaining import GOOD
from eval.figures import number
from eval.report.highlighting import Piece, pieces
from eval.report.wording import KINDS, STATUSES, USERS, outcome_word
from eval.runs import Run
from eval.types import GoldQuestion, ReplyRecord, Score
from qa.types import Citation

_MOST_CITATIONS = 4
_LONGEST_ANSWER = 700
# A page with more than this opens slowly; the rest is in scores.jsonl and report.json.
MOST_CARDS = 2_000


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation with its place and its words, marked."""

    number: int
    place: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A reply as shown."""

    status: str
    short: str
    answer: str
    members: tuple[str, ...]
    figures: tuple[str, ...]
    options: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more_quotes: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Card:
    """A question with its gold, the reply and why it counts as it does."""

    id: str
    question: str
    history: tuple[str, ...]
    kind: str
    user: str
    good: bool
    outcome: str
    outcome_word: str
    reason: str
    gold: tuple[str, ...]
    evidence: tuple[str, ...]
    note: str
    said: Said | None
    measures: tuple[tuple[str, str], ...]
    search: str


def cards(run: Run) -> list[Card]:
    """Return the questions' cards in the order of the set; of a great many, the failures first."""
    replies: Sequence[ReplyRecord | None] = run.replies or [None] * len(run.questions)
    rows = list(zip(run.questions, replies, run.scores, strict=True))
    if len(rows) > MOST_CARDS:
        rows = sorted(rows, key=lambda row: row[2].outcome in (*GOOD, "found"))[:MOST_CARDS]
    return [card(question, reply, score) for question, reply, score in rows]


def card(question: GoldQuestion, reply: ReplyRecord | None, score: Score) -> Card:
    """Return one question's card."""
    gold = gold_lines(question)
    said = shown(question, reply) if reply else None
    return Card(
        id=question.id,
        question=question.question,
        history=question.history,
        kind=KINDS.get(question.kind, question.kind),
        user=USERS.get(question.user, question.user),
        good=score.outcome in (*GOOD, "found"),
        outcome=score.outcome,
        outcome_word=outcome_word(score.outcome),
        reason=score.reason,
        gold=gold,
        evidence=question.evidence[:3],
        note=question.note,
        said=said,
        measures=() if reply else tuple((n, f"{v:.3f}") for n, v in score.measures.items() if v is not None),
        search=" ".join((question.id, question.question, *gold, said.short if said else "")).lower(),
    )


def gold_lines(question: GoldQuestion) -> tuple[str, ...]:
    """Return what counts as right, one line each."""
    if not question.answerable:
        return ("（資料に答えなし。断るのが正しい）",)
    if question.members:
        return tuple(f"・{member[0]}" for member in question.members)
    if question.answers:
        return (" ／ ".join(question.answers[:4]) + (" …" if len(question.answers) > 4 else ""),)
    return (f"{question.value:,}{question.unit}",) if question.value is not None else ()


def shown(question: GoldQuestion, reply: ReplyRecord) -> Said:
    """Return a reply as shown, its citations marked with gold and said words."""
    # The bare number comes last: in a table its unit stands elsewhere.
    value = [f"{question.value:,}"] if question.value is not None else []
    gold = [*question.answers, *(variant for member in question.members for variant in member), *value]
    said = [reply.short_answer, *reply.members, *(figure.value for figure in reply.figures)]
    return Said(
        status=STATUSES.get(reply.status, reply.status),
        short=reply.short_answer,
        answer=_cut(reply.answer or reply.reason),
        members=reply.members,
        figures=tuple(_figure(f.label, f.value, f.unit, f.derivation) for f in reply.figures[:6]),
        options=reply.options,
        quotes=tuple(
            _quote(citation, gold, question.evidence, said) for citation in reply.citations[:_MOST_CITATIONS]
        ),
        more_quotes=max(0, len(reply.citations) - _MOST_CITATIONS),
        confidence="" if reply.confidence is None or not reply.answered else f"{reply.confidence:.2f}",
    )


def _quote(citation: Citation, answers: Sequence[str], evidence: Sequence[str], said: Sequence[str]) -> Quote:
    place = "　".join(
        part
        for part in (
            citation.title or citation.document,
            f"{citation.page}ページ" if citation.page else "",
            citation.heading,
        )
        if part
    )
    return Quote(
        citation.number, place, tuple(pieces(citation.quote, answers=answers, evidence=evidence, said=said))
    )


def _figure(label: str, value: str, unit: str, derivation: str | None) -> str:
    read = number(value)
    return f"{label} {value if read is None else format(read, ',f')}{unit}" + (
        f"（{derivation}）" if derivation else ""
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_ANSWER else text[:_LONGEST_ANSWER] + "…"
