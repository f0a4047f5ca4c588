"""The reports as Markdown, for a ticket or a mail."""

from collections.abc import Iterable, Mapping, Sequence

from eval.comparing import SAME, Comparison
from eval.explaining import GOOD
from eval.latency import latency
from eval.measures import measure_named
from eval.report.cards import gold_lines
from eval.report.wording import CHANGES, FIELDS, lead, outcome_word, value_word
from eval.runs import Run
from eval.summarizing import Summary
from eval.types import Interval
from eval.verdicts import p_shown, share, signed


def run_markdown(run: Run, summary: Summary, seal: str) -> str:
    """Return a run's report: figures with intervals, groups, latency, and every question that failed."""
    testset = run.config.get("testset", {}).get("name", "")
    parts = [
        f"# 評価報告書：{run.name}\n",
        f"試験セット {testset}、{summary.questions}問。記録の指紋 `{seal[:16]}`\n",
    ]
    parts += [f"- {sentence}" for sentence in lead(summary)]
    rows = [
        (measure_named(name).label, share(one.value, measure_named(name)), _range(name, one), str(one.n))
        for name, one in summary.measures.items()
    ]
    parts += ["\n## 指標\n", _table(("指標", "値", "95%信頼区間", "対象の問数"), rows)]
    for field, groups in summary.groups.items():
        lines = [_group_row(field, value, group) for value, group in groups.items() if group]
        parts += [
            f"\n## {FIELDS.get(field, field)}ごと\n",
            _table(("区分", "値", "95%信頼区間", "問数"), lines),
        ]
    if summary.operations:
        told = [(name, *map(str, counts.values())) for name, counts in summary.operations.items()]
        heads = ("尋ね方", "正しい", "聞き返した", "答えなかった", "誤り")
        parts += ["\n## 尋ね方ごと\n", _table(heads, told)]
    if timed := latency(run.latencies):
        parts.append(
            f"\n## 応答時間\n\n中央値 {timed.p50} ms、95% {timed.p95} ms、99% {timed.p99} ms、最長 {timed.longest} ms"
        )
    parts += ["\n## 正しくなかった質問\n", _failures(run)]
    return "\n".join(parts) + "\n"


def _range(name: str, one: Interval) -> str:
    return f"{share(one.low, measure_named(name))}〜{share(one.high, measure_named(name))}"


def _group_row(field: str, value: str, group: Mapping[str, Interval]) -> tuple[str, str, str, str]:
    name = "correct" if "correct" in group else next(iter(group))
    one = group[name]
    return value_word(field, value), share(one.value, measure_named(name)), _range(name, one), str(one.n)


def _failures(run: Run) -> str:
    replies = run.replies or (None,) * len(run.questions)
    rows = [
        (
            q.id,
            q.question,
            " ".join(gold_lines(q)),
            reply.short_answer if reply else "",
            outcome_word(score.outcome),
            score.reason,
        )
        for q, reply, score in zip(run.questions, replies, run.scores, strict=True)
        if score.outcome not in (*GOOD, "found")
    ]
    return _table(("番号", "質問", "正解", "短い答え", "結果", "理由"), rows) if rows else "ありません。"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "｜").split())


def comparison_markdown(found: Comparison) -> str:
    """Return a comparison's report."""
    rows = []
    for name, one in found.differences.items():
        measure = measure_named(name)
        rows.append(
            (
                measure.label,
                share(one.a, measure),
                share(one.b, measure),
                signed(one.difference, measure),
                f"{signed(one.low, measure)}〜{signed(one.high, measure)}",
                p_shown(one.p),
                p_shown(one.p_holm),
                found.verdicts[name],
            )
        )
    header = ("指標", "A", "B", "差", "95%信頼区間", "p", "補正後p", "判定")
    moved = [
        (
            one.question.id,
            one.question.question,
            CHANGES[one.change],
            outcome_word(one.a.outcome),
            outcome_word(one.b.outcome),
        )
        for one in found.changes
        if one.change != SAME
    ]
    parts = [f"# 比較報告書：A＝{found.a.name}、B＝{found.b.name}\n", f"**{found.overall}**\n"]
    parts += [f"- {remark}" for remark in found.remarks]
    parts += ["\n## 指標ごとの差\n", _table(header, rows), "\n## 変わった質問\n"]
    parts.append(_table(("番号", "質問", "変化", "A", "B"), moved) if moved else "ありません。")
    return "\n".join(parts) + "\n"
