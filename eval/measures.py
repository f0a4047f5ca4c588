"""The measures by name: what each means in Japanese, which way is better, and where it applies."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of single questions; its aggregate is the mean over the questions to which it applies.

    `conditional` ones apply according to the reply (only to answers, say), not to the question alone.
    """

    name: str
    label: str
    meaning: str
    higher_is_better: bool = True
    binary: bool = True
    conditional: bool = False


_ALL = (
    Measure("correct", "正しい応対", "全問のうち、正しく答えたか、答えがない問いを正しく断ったもの"),
    Measure(
        "answerable_strict", "正答率", "資料に答えのある問いのうち、短い答え・数値・一覧で正しく答えたもの"
    ),
    Measure(
        "answerable_lenient",
        "正答率（本文を含む）",
        "正答率に、回答の本文（先頭500字）に答えがあるものを加えたもの",
    ),
    Measure("precision_of_answers", "回答の正しさ", "答えた問いのうち、正しかったもの", conditional=True),
    Measure("refusal_recall", "断るべき問いを断った率", "資料に答えのない問いのうち、答えなかったもの"),
    Measure(
        "refusal_precision",
        "断った判断の正しさ",
        "断った問いのうち、本当に資料に答えがないもの",
        conditional=True,
    ),
    Measure("refused_wrong", "断りすぎ", "資料に答えのある問いのうち、断ったもの", higher_is_better=False),
    Measure(
        "wrong_number", "誤った数値", "数値の問いのうち、答えたが正しくなかったもの", higher_is_better=False
    ),
    Measure("figure_accuracy", "数値の一致", "数値の問いのうち、先頭の数値の値と単位が一致したもの"),
    Measure("exact_match", "完全一致", "短い答えが正解のどれかと（正規化のうえ）等しいもの"),
    Measure("char_f1", "文字F1", "短い答えと正解の文字の重なり（F1）", binary=False),
    Measure(
        "list_precision", "一覧の適合率", "挙げた項目のうち、正解にあるもの", binary=False, conditional=True
    ),
    Measure("list_recall", "一覧の再現率", "正解の項目のうち、挙げたもの", binary=False),
    Measure("list_f1", "一覧のF1", "一覧の適合率と再現率の調和平均", binary=False),
    Measure(
        "citations_verbatim",
        "引用が原文どおり",
        "答えた問いのうち、すべての引用が資料の原文と一字一句同じもの",
        conditional=True,
    ),
    Measure(
        "citations_on_evidence",
        "引用が根拠に当たる",
        "答えた問いのうち、引用が正解の根拠に重なるもの",
        conditional=True,
    ),
    Measure(
        "citation_precision",
        "引用の適合率",
        "引用のうち、正解の根拠に重なるものの割合",
        binary=False,
        conditional=True,
    ),
    Measure(
        "citation_recall",
        "引用の再現率",
        "正解の根拠のうち、引用で示したものの割合",
        binary=False,
        conditional=True,
    ),
    Measure(
        "evidence_recall@10",
        "根拠の再現率（検索10件）",
        "正解の根拠のうち、検索の上位10件にあるもの",
        binary=False,
    ),
    Measure(
        "evidence_rr@10",
        "根拠の順位の逆数",
        "正解の根拠を含む最初の検索結果の順位の逆数（10件まで）",
        binary=False,
    ),
)
MEASURES: Mapping[str, Measure] = MappingProxyType({measure.name: measure for measure in _ALL})
ALIASES: Mapping[str, str] = MappingProxyType(
    {"refused_right": "refusal_recall", "accuracy": "correct", "list": "list_f1"}
)
PRIMARY = "correct"
# What the first page of a report shows.
HEADLINE = (
    "correct",
    "precision_of_answers",
    "answerable_strict",
    "refusal_recall",
    "wrong_number",
    "citations_on_evidence",
)


def measure_named(name: str) -> Measure:
    """Return the measure; one of retrieval (nDCG@10 …) is made up on the spot: higher is better, graded."""
    known = MEASURES.get(ALIASES.get(name, name))
    return known or Measure(name, name, f"検索の指標 {name}（ir-measures）", binary=False)
