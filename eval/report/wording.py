"""Japanese words for what the records name in English, and the sentences that sum a run up."""

from collections.abc import Mapping

from eval.explaining import OUTCOMES
from eval.summarizing import Summary

KINDS: Mapping[str, str] = {
    "fact": "事実",
    "figure": "数値",
    "list": "一覧",
    "compute": "計算",
    "compare": "比較",
    "unanswerable": "資料に答えなし",
    "retrieval": "検索",
}
USERS: Mapping[str, str] = {"resident": "住民", "staff": "職員", "evaluator": "評価者"}
FIELDS: Mapping[str, str] = {
    "kind": "種別",
    "user": "利用者",
    "paraphrase": "言い換え",
    "difficulty": "難易度",
}
STATUSES: Mapping[str, str] = {
    "answered": "回答",
    "clarify": "聞き返し",
    "declined": "断り",
    "error": "処理の失敗",
}
METHODS: Mapping[str, str] = {"bca": "BCaブートストラップ", "exact": "二項（正確）"}
CHANGES: Mapping[str, str] = {
    "improved": "良くなった",
    "broken": "悪くなった",
    "changed": "正誤は同じで回答が変わった",
    "same": "同じ",
}
# The bar at which a city in Japan stopped its project.
BAR = 0.99


def value_word(field: str, value: str) -> str:
    """Return a grouping's value as shown."""
    return {"kind": KINDS, "user": USERS}.get(field, {}).get(value, value)


def outcome_word(outcome: str) -> str:
    """Return an outcome as shown."""
    return {**OUTCOMES, "found": "見つかった", "missed": "見つからない"}.get(outcome, outcome)


def percent(value: float) -> str:
    """Return a share as a percentage with one decimal.

    >>> percent(0.8425)
    '84.2%'
    """
    return f"{value * 100:.1f}%"


def lead(summary: Summary) -> list[str]:
    """Return the sentences a reader in a hurry needs."""
    correct, answers = summary.measures.get("correct"), summary.measures.get("precision_of_answers")
    if not correct:
        return []
    right = round(correct.value * correct.n)
    said = [
        f"{correct.n}問のうち{right}問で正しく応対しました（正しく答えたか、資料に答えのない問いを正しく断りました）。"
        f"割合は{percent(correct.value)}、95%信頼区間は{percent(correct.low)}〜{percent(correct.high)}です。"
    ]
    if answers:
        said.append(_answers_sentence(answers.n, answers.n - round(answers.value * answers.n)))
    said.append(_numbers_sentence(summary))
    return [sentence for sentence in said if sentence]


def _answers_sentence(n: int, wrong: int) -> str:
    # One-sided 95 % bound of Clopper and Pearson: what can be claimed of the answers not yet seen.
    from scipy.stats import beta

    worst = 1.0 if wrong == n else float(beta.ppf(0.95, wrong + 1, n - wrong))
    claim = f"この結果から言えるのは、誤りの割合が95%の確かさで{percent(worst)}以下だということです。"
    bar = f"「{BAR * 100:g}%正しい」と言うには{'足ります' if worst <= 1 - BAR else 'まだ足りません'}。"
    return f"回答した{n}問のうち、誤りは{wrong}問です。{claim}{bar}"


def _numbers_sentence(summary: Summary) -> str:
    one = summary.measures.get("wrong_number")
    if not one:
        return ""
    wrong = summary.counts.get("wrong_numbers", 0)
    return f"数値の問い{one.n}問のうち、誤った数値を答えたのは{wrong}問です。"
