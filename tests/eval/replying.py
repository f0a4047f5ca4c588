"""A counter for tests: it answers what it is told to, from one small document written here."""

from collections.abc import Sequence
from decimal import Decimal

from corpus.types import BlockKind, Passage
from eval.running import System
from eval.types import GoldQuestion, GoldSet
from qa.types import Answer, Citation, Clarification, Decline, Evidence, FigureShown, Reply

TEXT = (
    "図書館の休館日は月曜日です。\n図書購入費は1,200千円（前年度900千円）です。\n"
    "分館は東分館、西分館、南分館です。\n講座は春と秋に開きます。\n"
)


def cite(quote: str, number: int = 1) -> Citation:
    """Return a verbatim citation of the document."""
    start = TEXT.index(quote)
    return Citation(number, "lib", "図書館のしおり", 1, "", quote, start, start + len(quote))


def answer(short: str, quote: str, *, confidence: float = 0.9, members: Sequence[str] = ()) -> Answer:
    """Return an answer with one citation."""
    return Answer("", quote, short, (cite(quote),), confidence, tuple(members))


def figure(value: str, unit: str, quote: str, *, confidence: float = 0.9) -> Answer:
    """Return an answer with one figure."""
    shown = FigureShown("図書購入費", 2024, "amount", value, unit, None, (1,))
    return Answer("", quote, f"{value}{unit}", (cite(quote),), confidence, figures=(shown,))


GOLD = (
    GoldQuestion(
        "f1", "休館日は何曜日？", "fact", "resident", ("月曜日", "月曜"), evidence=("休館日は月曜日",)
    ),
    GoldQuestion(
        "n1",
        "図書購入費はいくら？",
        "figure",
        "staff",
        ("1,200千円",),
        (),
        Decimal(1200),
        "千円",
        ("図書購入費は1,200千円",),
    ),
    GoldQuestion(
        "l1",
        "分館を全部",
        "list",
        "resident",
        (),
        (("東分館",), ("西分館",), ("南分館",)),
        evidence=("東分館、西分館、南分館",),
    ),
    GoldQuestion("u1", "駐車料金は？", "unanswerable", "resident"),
    GoldQuestion(
        "a1", "講座はいつ？", "fact", "resident", ("春", "秋"), evidence=("春と秋",), note="AMBIGUOUS: two"
    ),
)
RIGHT: dict[str, Reply] = {
    "休館日は何曜日？": answer("月曜日", "図書館の休館日は月曜日です。", confidence=0.99),
    "図書購入費はいくら？": figure("1200", "千円", "図書購入費は1,200千円"),
    "分館を全部": answer("", "分館は東分館、西分館、南分館です。", members=("東分館", "西分館", "南分館")),
    "駐車料金は？": Decline("", "分かりません", "資料にありません"),
    "講座はいつ？": Clarification("", "どちらですか", ("春の講座", "秋の講座")),
}
WRONG: dict[str, Reply] = {
    **RIGHT,
    "図書購入費はいくら？": figure("900", "千円", "前年度900千円", confidence=0.8),
    "分館を全部": answer("", "分館は東分館、西分館、南分館です。", members=("東分館", "西分館", "北分館")),
    "駐車料金は？": answer("月曜日", "図書館の休館日は月曜日です。", confidence=0.4),
}


class Counter:
    """Replies as it is told; fails where it is told nothing."""

    def __init__(self, replies: dict[str, Reply]) -> None:
        self._replies = replies

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Reply:
        return self._replies[question]

    def search(self, query: str, *, k: int = 10) -> list[Evidence]:
        lines = TEXT.splitlines()
        places = [TEXT.index(line) for line in lines]
        return [
            Evidence(
                Passage(f"p{i}", "lib", 1, (), BlockKind.PARAGRAPH, line, line, at, at + len(line)), i, 1 / i
            )
            for i, (line, at) in enumerate(zip(lines, places, strict=True), 1)
        ]


def system(replies: dict[str, Reply]) -> System:
    """Return the counter as a system to evaluate."""
    counter = Counter(replies)
    return System(counter, counter, {"lib": TEXT}, {"bundle": "test"})


def many(n: int, *, wrong: int = 0) -> tuple[GoldSet, dict[str, Reply]]:
    """Return a set of `n` questions of which `wrong` are answered wrongly, their sureness spread."""
    questions = tuple(
        GoldQuestion(f"q{i:05d}", f"休館日は何曜日ですか（{i}）", "fact", "resident" if i % 3 else "staff", ("月曜日",),
                     evidence=("休館日は月曜日",), fields={"難易度": "易" if i % 2 else "難"})
        for i in range(n)
    )  # fmt: skip
    replies: dict[str, Reply] = {
        question.question: answer(
            "火曜日" if i < wrong else "月曜日", "図書館の休館日は月曜日です。", confidence=0.5 + 0.49 * i / n
        )
        for i, question in enumerate(questions)
    }
    return GoldSet("many", "0" * 64, questions), replies
