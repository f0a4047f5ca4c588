"""Budgets of invented bureaus as running text that prints every amount beside its name, in many shapes.

`printed_budget(seed)` draws the shape as well as the figures: numbering, order and labels of the years, brackets,
one line or several, units, a summary table, funding, departments, prose and fees between them.
"""

from dataclasses import dataclass
from random import Random

WIDE = str.maketrans("0123456789,()", "０１２３４５６７８９，（）")
BUREAUS = "教育委員会 消防局 水道局 福祉保健局 道路局 病院局 環境局 文化局 警察本部 会計課".split()
SUBJECTS = """救急体制 通学路 保育所 介護予防 図書館 下水道管 橋りょう ごみ収集 里山 市民農園 歩道 予防接種 奨学金 市民相談
防犯灯 文化財 学校給食 消防団 看護師確保 配水管 駐輪場 生活困窮者 障害者就労 街路樹 公園遊具 河川 統計調査 災害備蓄""".split()
ENDINGS = "整備事業 推進事業 支援事業 運営費 対策費 補助金 の充実 の強化".split()
MARKS = ("【新規】", "〈拡充〉", "＜継続＞", "[拡充]")
NUMBERINGS = (
    ("{n}　", "({n}) "),
    ("{n}. ", "・"),
    ("{c} ", "○ "),
    ("({n}) ", "{k} "),
    ("■ ", "{c}"),
)
PROSE = (
    "　市民の皆様が安心して暮らせるよう、関係機関と連携して取り組みます。",
    "　利用料は１回300円、上限は50万円です。",
    "　令和５年度から始まり、延べ1,200人が参加しました。",
    "　対象　市内に住む人　助成　上限20万円",
)
DEPARTMENTS = "総務課 施設整備課 保健予防室 事業推進課".split()
SOURCES = "国庫補助金 県支出金 企業債 料金収入等 市債 一般財源".split()

Key = tuple[str, int, str, str | None, int]
"""A label, a fiscal year, a measure, a funding source and a value."""


@dataclass(frozen=True)
class PrintedBudget:
    """A text and every figure in it, in one unit."""

    text: str
    title: str
    year: int
    unit: str
    figures: frozenset[Key]


class _Writer:
    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311
        self.year = self.rng.randint(2020, 2030)
        self.unit = self.rng.choice(["千円", "千円", "千円", "百万円"])
        self.wide = self.rng.random() < 0.3
        self.form = self.rng.randrange(6)
        self.upper, self.lower = self.rng.choice(NUMBERINGS)
        self.lines: list[str] = []
        self.figures: set[Key] = set()

    def number(self, value: int) -> str:
        text = f"{'△' if value < 0 else ''}{abs(value):,}"
        return text.translate(WIDE) if self.wide else text

    def amounts(self, this: int, last: int | None) -> list[str]:
        """Return what stands behind the name, or on the lines below it."""
        unit, era = self.unit, self.year - 2018
        one, two = self.number(this) + unit, "―" if last is None else self.number(last) + unit
        if self.form == 0:
            return [f"　{one}（{two}）"]
        if self.form == 1:
            return [f" …… {one} (前年度 {two})" if last is not None else f" …… {one}"]
        if self.form == 2:
            return ["", f"　　{one}", f"　　({two})"]
        if self.form == 3:
            change = f" 差引 {self.number(this - last)}{unit}" if last is not None else ""
            return ["", f"  本年度予算額 {one} 前年度予算額 {two if last is not None else '皆増'}{change}"]
        if self.form == 4:
            return [f"　[R{era}] {one}　[R{era - 1}] {two}" if last is not None else f"　[R{era}] {one}"]
        return [f"　{one}（R{era - 1}：{two}）" if last is not None else f"　{one}"]

    def know(self, name: str, this: int, last: int | None, *, change: bool) -> None:
        self.figures.add((name, self.year, "amount", None, this))
        if last is not None:
            self.figures.add((name, self.year - 1, "amount", None, last))
            if change:
                self.figures.add((name, self.year, "difference", None, this - last))

    def item(self, numbering: str, number: int, name: str, this: int, last: int | None) -> None:
        sign = numbering.format(n=number, c="①②③④⑤⑥⑦⑧⑨"[number - 1], k="アイウエオカキクケ"[number - 1])
        sign = sign.translate(WIDE) if self.wide else sign
        mark = self.rng.choice(MARKS) if self.rng.random() < 0.4 else ""
        printed = f"{mark}{name}" if self.rng.random() < 0.5 else f"{name}{mark}"
        first, *below = self.amounts(this, last)
        self.lines += [f"{sign}{printed}{first}", *below]
        self.know(name, this, last, change=self.form == 3)
        if self.rng.random() < 0.3:
            self.lines.append(f"　　　担当：{self.rng.choice(DEPARTMENTS)}")
        if self.rng.random() < 0.3:
            self.fund(name, this)
        self.lines += [self.rng.choice(PROSE) for _ in range(self.rng.randrange(3))]

    def fund(self, name: str, this: int) -> None:
        parts = self.rng.sample(SOURCES, 2)
        first = self.rng.randrange(this)
        shares = (first, this - first)
        said = "、".join(f"{p} {self.number(v)}{self.unit}" for p, v in zip(parts, shares, strict=True))
        self.lines.append(f"　財源：{said}")
        self.figures |= {(name, self.year, "funding", p, v) for p, v in zip(parts, shares, strict=True)}


def printed_budget(seed: int) -> PrintedBudget:
    """Return the budget drawn from a seed."""
    writer = _Writer(seed)
    rng = writer.rng
    bureau, era = rng.choice(BUREAUS), writer.year - 2018
    title = f"令和{era}年度 {bureau}予算の概要"
    names = [s + e for s, e in zip(rng.sample(SUBJECTS, 12), rng.choices(ENDINGS, k=12), strict=True)]
    writer.lines += [title, "", *rng.sample(PROSE, 1), ""]
    heads = []
    for place in range(rng.randint(1, 3)):
        own = [
            (names.pop(), rng.randint(1, 90_000), None if rng.random() < 0.2 else rng.randint(1, 90_000))
            for _ in range(rng.randint(1, 3))
        ]
        head = (names.pop(), sum(t for _, t, _ in own), sum(x or 0 for _, _, x in own))
        heads.append((place + 1, head, own))
    rows = [head for _, head, _ in heads]
    if rng.random() < 0.6:
        writer.lines += [
            f"予算総括表（単位：{writer.unit}）",
            f"区　分　令和{era}年度　令和{era - 1}年度　増減",
        ]
        total = ("合　計", sum(t for _, t, _ in rows), sum(x for _, _, x in rows))
        for name, this, last in [*rows, total]:
            cells = "　".join(writer.number(n) for n in (this, last, this - last))
            writer.lines.append(f"{name}　{cells}")
            writer.know(f"{bureau}予算" if name == "合　計" else name, this, last, change=True)
        writer.lines.append("")
    for place, head, own in heads:
        writer.item(writer.upper, place, *head)
        for number, project in enumerate(own, 1):
            writer.item(writer.lower, number, *project)
        writer.lines.append("")
    return PrintedBudget("\n".join(writer.lines), title, writer.year, writer.unit, frozenset(writer.figures))
