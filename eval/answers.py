"""Measures of a reply's words against the gold answers."""

from collections import Counter
from collections.abc import Sequence

from eval.normalizing import squash
from eval.types import GoldQuestion, ReplyRecord


def exact_match(said: str, gold: Sequence[str]) -> float:
    """Return 1 if `said` equals any gold answer after `squash` (SQuAD: Rajpurkar 2016)."""
    return float(squash(said) in {squash(answer) for answer in gold})


def char_f1(said: str, gold: Sequence[str]) -> float:
    """Return the best F1 of shared characters over the gold answers, as JSQuAD counts it (Kurihara 2022).

    >>> char_f1("横浜市国際交流協会", ["国際交流協会"])
    0.8
    """
    return max((_char_f1(squash(said), squash(answer)) for answer in gold), default=0.0)


def _char_f1(said: str, gold: str) -> float:
    if not said or not gold:
        return float(said == gold)
    shared = (Counter(said) & Counter(gold)).total()
    return 2 * shared / (len(said) + len(gold))


def brief(reply: ReplyRecord, gold: GoldQuestion) -> str:
    """Return the short answer squashed, or nothing if it is no short answer but a passage."""
    short = squash(reply.short_answer)
    longest = max((len(squash(answer)) for answer in gold.answers), default=0)
    return short if len(short) <= max(2 * longest + 10, 40) else ""


def says_any(said: str, gold: Sequence[str]) -> bool:
    """True if a gold answer is part of `said`, which is already squashed."""
    return bool(said) and any(squash(answer) in said for answer in gold)


def found_members(said: Sequence[str], members: Sequence[Sequence[str]]) -> list[bool]:
    """Return for each gold member whether a variant of it is said."""
    whole = squash(" ".join(said))
    return [any(squash(variant) in whole for variant in member) for member in members]


def spurious_members(said: Sequence[str], members: Sequence[Sequence[str]]) -> list[str]:
    """Return what is said as a member and holds no variant of any gold member, nor is part of one."""
    gold = [squash(variant) for member in members for variant in member]
    return [text for text in said if not _is_member(squash(text), gold)]


def _is_member(said: str, gold: Sequence[str]) -> bool:
    return bool(said) and any(variant in said or said in variant for variant in gold)


def said_members(reply: ReplyRecord) -> tuple[str, ...]:
    """Return the members a reply lists, or its short answer as the only one."""
    return reply.members or ((reply.short_answer,) if reply.short_answer else ())
