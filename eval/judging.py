"""One reply against one gold question: every measure, and why it counts as right or wrong."""

from collections.abc import Mapping, Sequence

from eval.answers import (
    brief,
    char_f1,
    exact_match,
    found_members,
    said_members,
    says_any,
    spurious_members,
)
from eval.citations import citation_precision, citation_recall, verbatim
from eval.explaining import explain
from eval.figures import figure_accuracy, leading_figure_right
from eval.normalizing import squash
from eval.types import GoldQuestion, ReplyRecord, Score

_LENIENT_LENGTH = 500


def is_correct(gold: GoldQuestion, reply: ReplyRecord) -> bool:
    """True if the reply is right where it is said briefly: short answer, members or leading figure."""
    if reply.status == "error":
        return False
    if not gold.answerable:
        return not reply.answered
    if reply.status == "clarify":
        return gold.ambiguous
    return reply.answered and _says_it(gold, reply)


def _says_it(gold: GoldQuestion, reply: ReplyRecord) -> bool:
    if leading_figure_right(gold, reply):
        return True
    if gold.members:
        return all(found_members(said_members(reply), gold.members))
    return says_any(brief(reply, gold), gold.answers)


def is_correct_leniently(gold: GoldQuestion, reply: ReplyRecord) -> bool:
    """True if the reply is right, or says it somewhere in the first 500 characters of its text."""
    if is_correct(gold, reply):
        return True
    if not gold.answerable or not reply.answered:
        return False
    said = squash(reply.answer)[:_LENIENT_LENGTH]
    if gold.members:
        return all(found_members([said], gold.members))
    return says_any(said, gold.answers)


def judge(
    gold: GoldQuestion,
    reply: ReplyRecord,
    *,
    texts: Mapping[str, str],
    evidence_ranks: Sequence[int | None] | None,
) -> Score:
    """Score one reply. `evidence_ranks` has the rank at which search found each gold evidence, None if not."""
    right = is_correct(gold, reply)
    measures: dict[str, float | None] = {
        "correct": float(right),
        "answerable_strict": float(right) if gold.answerable else None,
        "answerable_lenient": float(is_correct_leniently(gold, reply)) if gold.answerable else None,
        "precision_of_answers": float(right) if reply.answered else None,
        **_refusals(gold, reply),
        **_figures(gold, reply, right),
        **_words(gold, reply),
        **_members(gold, reply),
        **_citations(gold, reply, texts),
        **_search(gold, evidence_ranks),
    }
    outcome, reason = explain(gold, reply, right, measures, evidence_ranks)
    return Score(gold.id, outcome, reason, measures)


def _refusals(gold: GoldQuestion, reply: ReplyRecord) -> dict[str, float | None]:
    declined = reply.status == "declined"
    withheld = reply.status in ("declined", "clarify")
    return {
        "refusal_recall": None if gold.answerable else float(withheld),
        "refusal_precision": float(not gold.answerable) if declined else None,
        "refused_wrong": float(declined) if gold.answerable else None,
    }


def _figures(gold: GoldQuestion, reply: ReplyRecord, right: bool) -> dict[str, float | None]:
    if gold.value is None:
        return {"wrong_number": None, "figure_accuracy": None}
    return {
        "wrong_number": float(reply.answered and not right),
        "figure_accuracy": figure_accuracy(gold, reply),
    }


def _words(gold: GoldQuestion, reply: ReplyRecord) -> dict[str, float | None]:
    if not gold.answerable or not gold.answers:
        return {"exact_match": None, "char_f1": None}
    said = reply.short_answer if reply.answered else ""
    return {"exact_match": exact_match(said, gold.answers), "char_f1": char_f1(said, gold.answers)}


def _members(gold: GoldQuestion, reply: ReplyRecord) -> dict[str, float | None]:
    if not gold.members:
        return {"list_precision": None, "list_recall": None, "list_f1": None}
    said = said_members(reply) if reply.answered else ()
    recall = sum(found_members(said, gold.members)) / len(gold.members)
    if not said:
        return {"list_precision": None, "list_recall": recall, "list_f1": 0.0}
    precision = 1 - len(spurious_members(said, gold.members)) / len(said)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"list_precision": precision, "list_recall": recall, "list_f1": f1}


def _citations(gold: GoldQuestion, reply: ReplyRecord, texts: Mapping[str, str]) -> dict[str, float | None]:
    checked = verbatim(reply, texts) if reply.answered else None
    measures: dict[str, float | None] = {
        "citations_verbatim": None if checked is None else float(checked),
        "citations_on_evidence": None,
        "citation_precision": None,
        "citation_recall": None,
    }
    if reply.answered and gold.answerable and gold.evidence:
        measures["citation_precision"] = citation_precision(reply.citations, gold.evidence)
        measures["citation_recall"] = recall = citation_recall(reply.citations, gold.evidence)
        measures["citations_on_evidence"] = float(recall > 0)
    return measures


def _search(gold: GoldQuestion, ranks: Sequence[int | None] | None) -> dict[str, float | None]:
    if ranks is None or not gold.answerable or not gold.evidence:
        return {"evidence_recall@10": None, "evidence_rr@10": None}
    found = [rank for rank in ranks if rank is not None]
    return {
        "evidence_recall@10": len(found) / len(ranks),
        "evidence_rr@10": 1 / min(found) if found else 0.0,
    }
