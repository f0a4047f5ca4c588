"""Two runs on the same questions: what got better, what broke, and whether it could be chance."""

from collections.abc import Mapping
from dataclasses import dataclass

from eval.columns import measure_column, measure_names
from eval.measures import PRIMARY
from eval.running import scores_of
from eval.runs import Run
from eval.significance import Difference, compare_columns
from eval.types import GoldQuestion, ReplyRecord, Score
from eval.verdicts import overall, sentence, verdict

IMPROVED, BROKEN, CHANGED, SAME = "improved", "broken", "changed", "same"


@dataclass(frozen=True, slots=True)
class Change:
    """One question in both runs."""

    question: GoldQuestion
    a: Score
    b: Score
    reply_a: ReplyRecord | None
    reply_b: ReplyRecord | None
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a comparison report shows. `verdicts` and `sentences` are by measure."""

    a: Run
    b: Run
    primary: str
    differences: Mapping[str, Difference]
    verdicts: Mapping[str, str]
    sentences: Mapping[str, str]
    overall: str
    changes: tuple[Change, ...]
    remarks: tuple[str, ...]

    def count(self, change: str) -> int:
        """Return how many questions changed in this way."""
        return sum(one.change == change for one in self.changes)


def compare_runs(a: Run, b: Run) -> Comparison:
    """Compare on the questions both have alike; raises ValueError if there are none."""
    if a.form != b.form:
        raise ValueError("回答の実行と検索の実行は比べられません。同じ種類の実行を二つ指定してください")
    common, remarks = _common(a, b)
    scores_a, scores_b = scores_of(a), scores_of(b)
    pairs = [(scores_a[q.id], scores_b[q.id]) for q in common]
    left, right = [x for x, _ in pairs], [y for _, y in pairs]
    names = [name for name in measure_names(left) if name in measure_names(right)]
    differences = compare_columns({n: (measure_column(left, n), measure_column(right, n)) for n in names})
    primary = PRIMARY if PRIMARY in differences else next(iter(differences), PRIMARY)
    return Comparison(
        a,
        b,
        primary,
        differences,
        {name: verdict(difference) for name, difference in differences.items()},
        {name: sentence(difference) for name, difference in differences.items()},
        overall(differences, primary),
        tuple(_changes(a, b, common, scores_a, scores_b, primary)),
        (*_titled("A", a), *_titled("B", b), *remarks),
    )


def _titled(letter: str, run: Run) -> list[str]:
    return [f"{letter}（{run.name}）：{remark}" for remark in run.remarks]


def _common(a: Run, b: Run) -> tuple[list[GoldQuestion], list[str]]:
    of_b = {question.id: question for question in b.questions}
    shared = [q for q in a.questions if q.id in of_b]
    common = [q for q in shared if _gold(q) == _gold(of_b[q.id])]
    if not common:
        raise ValueError("二つの実行に同じ質問がありません。同じ試験セットで実行したものを比べてください")
    remarks: list[str] = []
    if a.config.get("testset", {}).get("sha256") != b.config.get("testset", {}).get("sha256"):
        remarks.append("試験セットが同じファイルではありません")
    left_out = len(set(of_b) | {q.id for q in a.questions}) - len(common)
    if left_out:
        remarks.append(
            f"両方に同じ形である{len(common)}問だけを比べます（片方だけの質問や、質問・正解が違うものが{left_out}問）"
        )
    return common, remarks


def _gold(question: GoldQuestion) -> tuple[object, ...]:
    return question.question, question.kind, question.answers, question.members, question.value, question.unit


def _changes(
    a: Run,
    b: Run,
    common: list[GoldQuestion],
    scores_a: Mapping[str, Score],
    scores_b: Mapping[str, Score],
    primary: str,
) -> list[Change]:
    said_a = dict(zip((q.id for q in a.questions), a.replies, strict=False))
    said_b = dict(zip((q.id for q in b.questions), b.replies, strict=False))
    return [
        Change(
            q,
            scores_a[q.id],
            scores_b[q.id],
            said_a.get(q.id),
            said_b.get(q.id),
            _change(scores_a[q.id], scores_b[q.id], said_a.get(q.id), said_b.get(q.id), primary),
        )
        for q in common
    ]


def _change(a: Score, b: Score, said_a: ReplyRecord | None, said_b: ReplyRecord | None, primary: str) -> str:
    before, after = a.measures.get(primary) or 0.0, b.measures.get(primary) or 0.0
    if before != after:
        return IMPROVED if after > before else BROKEN
    return SAME if said_a == said_b else CHANGED
