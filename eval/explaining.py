"""Why a reply counts as right or wrong, in plain Japanese."""

from collections.abc import Mapping, Sequence

from eval.answers import brief, found_members, said_members, says_any, spurious_members
from eval.figures import same_unit, same_value
from eval.normalizing import squash
from eval.types import GoldQuestion, ReplyRecord

# The outcomes a report can be filtered by, the gravest first.
OUTCOMES: Mapping[str, str] = {
    "wrong_number": "誤った数値",
    "wrong": "誤答",
    "answered_unanswerable": "答えがないのに回答",
    "incomplete": "一覧に不足",
    "not_brief": "本文にのみ答え",
    "refused": "断りすぎ",
    "asked_back": "聞き返し",
    "error": "処理の失敗",
    "right": "正答",
    "refused_rightly": "正しく断った",
}
GOOD = ("right", "refused_rightly")


def explain(
    gold: GoldQuestion,
    reply: ReplyRecord,
    right: bool,
    measures: Mapping[str, float | None],
    ranks: Sequence[int | None] | None,
) -> tuple[str, str]:
    """Return the outcome's name and the reason in one or two sentences."""
    if reply.status == "error":
        return "error", f"処理が失敗しました（{reply.reason}）。"
    if right:
        return _good(gold, reply, measures)
    if not gold.answerable:
        return "answered_unanswerable", "資料に答えのない問いですが、回答しました。断るべき問いです。"
    if reply.status == "clarify":
        return "asked_back", "答えられる問いですが、聞き返しました。" + _search_says(ranks)
    if not reply.answered:
        return "refused", "資料に答えがありますが、断りました。" + _search_says(ranks)
    outcome, reason = _wrong(gold, reply, measures)
    return outcome, reason + _citations_say(measures)


def _good(gold: GoldQuestion, reply: ReplyRecord, measures: Mapping[str, float | None]) -> tuple[str, str]:
    if not gold.answerable:
        return "refused_rightly", "資料に答えのない問いを、断りました。"
    if reply.status == "clarify":
        return "right", "二通りに読める問いを、聞き返しました。"
    remark = (
        "ただし、引用が正解の根拠に当たっていません。" if measures.get("citations_on_evidence") == 0 else ""
    )
    if gold.members and (extra := spurious_members(said_members(reply), gold.members)):
        remark += f"正解にない項目も挙げました：{_joined(extra)}。"
    return "right", "正解と一致しました。" + remark


def _wrong(gold: GoldQuestion, reply: ReplyRecord, measures: Mapping[str, float | None]) -> tuple[str, str]:
    if gold.value is not None:
        return "wrong_number", _figure_says(gold, reply)
    if gold.members:
        return _list_says(gold, reply)
    if measures.get("answerable_lenient"):
        long = (
            "短い答えが長すぎて、答えを言い切っていません。"
            if _too_long(gold, reply)
            else "短い答えにはありません。"
        )
        return "not_brief", f"回答の本文に正解がありますが、{long}"
    return "wrong", f"短い答え「{_cut(reply.short_answer) or '（なし）'}」に、正解がありません。"


def _too_long(gold: GoldQuestion, reply: ReplyRecord) -> bool:
    return not brief(reply, gold) and says_any(squash(reply.short_answer), gold.answers)


def _figure_says(gold: GoldQuestion, reply: ReplyRecord) -> str:
    wanted = f"{gold.value:,}{gold.unit}"
    if not reply.figures:
        said = _cut(reply.short_answer) or "（なし）"
        return f"正解は{wanted}ですが、数値が示されず、短い答えは「{said}」です。"
    first = reply.figures[0]
    said = f"{first.value}{first.unit}"
    others = (
        any(same_value(gold.value, gold.unit, f.value, f.unit) for f in reply.figures[1:])
        if gold.value
        else False
    )
    if others:
        return (
            f"正解は{wanted}ですが、先頭に{said}（{first.label}）を示しました。正しい数値は後ろにあります。"
        )
    same_digits = gold.value is not None and same_value(gold.value, "", first.value, "")
    if same_digits and not same_unit(gold.unit, first.unit):
        return f"数字は合っていますが、単位が違います（正解は{gold.unit}、回答は{first.unit or 'なし'}）。"
    return f"正解は{wanted}ですが、{said}（{first.label}）と答えました。"


def _list_says(gold: GoldQuestion, reply: ReplyRecord) -> tuple[str, str]:
    found = found_members(said_members(reply), gold.members)
    missing = [member[0] for member, hit in zip(gold.members, found, strict=True) if not hit]
    if not any(found):
        return "wrong", f"正解の{len(found)}項目を一つも挙げていません。"
    reason = f"正解の{len(found)}項目のうち{sum(found)}項目です。不足：{_joined(missing)}。"
    return "incomplete", reason


def _citations_say(measures: Mapping[str, float | None]) -> str:
    touched = measures.get("citations_on_evidence")
    if touched is None:
        return ""
    return "引用は根拠に当たっており、読み取りの誤りです。" if touched else "引用も根拠に当たっていません。"


def _search_says(ranks: Sequence[int | None] | None) -> str:
    if not ranks:
        return ""
    found = [rank for rank in ranks if rank is not None]
    return (
        f"根拠は検索の{min(found)}位にありました。" if found else "根拠は検索の上位10件にありませんでした。"
    )


def _joined(texts: Sequence[str], limit: int = 5) -> str:
    shown = "、".join(_cut(text) for text in texts[:limit])
    return shown if len(texts) <= limit else f"{shown} ほか{len(texts) - limit}件"


def _cut(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
