"""Budget outlines of invented bureaus, cut into pieces as PDF extraction cuts them. Nothing of a real city.

`outline(seed)` gives the text and every true figure. The pieces of a page keep what extraction keeps (a column
stays top to bottom) and lose what it loses: amounts stand apart from their names, some beside them, this year's
apart from last year's, in another order for each seed. `shuffled=True` destroys that order as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
AREAS = """森林 水道 子育て 図書館 防災拠点 観光案内 農業体験
港湾施設 文化財 歩道橋 児童公園 商店街 介護予防 環境学習 学校給食
動物園 消防団 空き家 統計調査 斎場 路面電車 河川敷
地下街 市民農園 郷土資料 就労相談 駐輪場 救急医療 電子申請窓口 盆踊り 温水プール
避難所 移動販売 合併浄化槽 里山 漁港 街路樹 音楽祭 手話通訳 献血""".split()
ENDINGS = "推進事業 整備事業 支援事業 運営事業 活用事業 管理費 対策費 補助金".split()
LINES = "生活基盤 産業振興 文化創造 健康福祉 安全対策".split()
BUREAUS = "みどり局 くらし局 まちづくり部 みなと局 文化市民局".split()
FILLERS = [
    "地域の皆様とともに取組を進めます。",
    "計画にもとづき取り組みます。",
    "関係機関と連絡を取りながら行います。",
]

Key = tuple[str, int, str, str | None, int, str]


@dataclass
class Project:
    """One project as it truly is. `form` says what of its amounts stands beside its name."""

    number: int
    area: str
    name: str
    this: int
    last: int | None
    mark: str
    form: str = "whole"  # whole, this, last, pair (apart, together), apart (both apart)


@dataclass
class Line:
    """One expense line with its projects and its funding."""

    number: int
    name: str
    projects: list[Project]
    sources: dict[str, int]

    @property
    def this(self) -> int:
        """This year's amount."""
        return sum(p.this for p in self.projects)

    @property
    def last(self) -> int:
        """Last year's amount."""
        return sum(p.last or 0 for p in self.projects)


@dataclass
class Made:
    """An outline: its text, its title and year, and its true figures."""

    text: str
    title: str
    year: int
    truth: set[Key]
    required: set[Key]
    highlights: list[tuple[str, list[Project]]] = field(default_factory=list)


def outline(seed: int, *, shuffled: bool = False) -> Made:
    """Return the outline of one seed."""
    rng = Random(seed)  # noqa: S311 - test data
    year = rng.choice([2020, 2021, 2022, 2023, 2024, 2025])
    bureau = rng.choice(BUREAUS)
    lines = _lines(rng)
    highlights = _highlights(rng, lines)
    title = f"{_era(year)}{bureau}予算の概要"
    pages = [_contents_page(title, lines), _summary_page(rng, year, bureau, lines, highlights)]
    pages += [_section_page(rng, year, line, highlights) for line in lines]
    pages.append(_overview_page(rng, year, lines))
    if shuffled:
        pages = [pages[0], *[rng.sample(page, len(page)) for page in pages[1:]]]
    text = "\f".join("\n\n".join(block for block in page) + "\n" for page in pages)
    truth, required = _truth(year, bureau, lines, highlights)
    return Made(text, title, year, truth, required, highlights)


def _era(year: int) -> str:
    number = year - 2018
    return f"令和{str(number).translate(WIDE)}年度"


def _lines(rng: Random) -> list[Line]:
    areas = rng.sample(AREAS, len(AREAS))
    lines = []
    for number, name in enumerate(rng.sample(LINES, rng.randint(2, 4)), 1):
        count = rng.choice([2, 3, 3, 4, 6, 7, 7, 8])
        projects = [_project(rng, i + 1, areas.pop()) for i in range(count)]
        _set_forms(rng, projects)
        this = sum(p.this for p in projects)
        shares = sorted(rng.sample(range(1, this), 2))
        sources = {"国": shares[0], rng.choice(["県", "都"]): 0, "その他": shares[1] - shares[0]}
        lines.append(Line(number, f"{name}費", projects, {**sources, "一般財源": this - shares[1]}))
    return lines


def _project(rng: Random, number: int, area: str) -> Project:
    this = rng.randint(1_200, 899_999)
    last = max(1_100, this + rng.randint(-this // 3, this // 3))
    mark = rng.choice(["", "", "", "【拡充】"])
    return Project(number, area, area + rng.choice(ENDINGS), this, last, mark)


def _set_forms(rng: Random, projects: list[Project]) -> None:
    """Take amounts away from names, as far as the rest of the outline still tells whose they are."""
    count = len(projects)
    if rng.random() < 0.4:
        new = rng.choice(projects)
        new.last, new.mark, new.form = None, "【新規】", "last"
    plain = [p for p in projects if p.last is not None]
    if count >= 6:
        # With six projects two may be open, with seven or more four: then their order is no chance.
        forms = ("this", "apart", "last", "this")[: 4 if count == 6 else 3]
        anchors = rng.sample(plain, len(forms))
        for project, form in zip(anchors, forms, strict=True):
            project.form = form
        for project in [p for p in plain if p not in anchors][: 2 if count == 6 else 4]:
            project.form = "pair"
    else:
        for project, form in zip(
            plain,
            rng.choice([["pair", "this"], ["last", "whole"], ["apart", "whole"], ["pair"]]),
            strict=False,
        ):
            project.form = form


def _highlights(rng: Random, lines: list[Line]) -> list[tuple[str, list[Project]]]:
    """Every project whose two amounts stand apart from each other is a highlight or a part of one."""
    found: list[tuple[str, list[Project]]] = []
    for line in lines:
        for project in line.projects:
            if project.form == "apart" or (project.form in ("this", "last") and project.last is not None):
                found.append((project.name, [project]))
            elif project.form == "last":
                others = [
                    p
                    for p in line.projects
                    if p.form in ("last",) and p is not project and p.last is not None
                ]
                found += [(f"{project.area}と{other.area}", [project, other]) for other in others[:1]]
    rng.shuffle(found)
    return found


def _contents_page(title: str, lines: list[Line]) -> list[str]:
    entries = [f"({line.number}) {line.name}" for line in lines]
    return ["目次", title, "１　総括表", "【事業別内訳】", *entries, "参考資料"]


def _summary_page(
    rng: Random, year: int, bureau: str, lines: list[Line], highlights: list[tuple[str, list[Project]]]
) -> list[str]:
    this, last = sum(x.this for x in lines), sum(x.last for x in lines)
    total = f"合計 {this:,} {last:,} {_signed(this - last)}"
    rows = [f"{x.this:,} {x.last:,} {_signed(x.this - x.last)}" for x in lines]
    names = [x.name for x in lines]
    heads = [
        f"１　{_era(year)}{bureau}予算の概要", f"(1) {_era(year)}{bureau}予算総括表", "（単位：千円）",
        f"区　分 {_era(year)} {_era(year - 1)} 増△減 主な増減理由", total,
        f"(2) {_era(year)}{bureau}予算のポイント",
    ]  # fmt: skip
    points = [_point(rng, year, name, projects) for name, projects in highlights]
    return _interleaved(rng, [rng.sample(rows, len(rows)), names, heads, rng.sample(points, len(points))])


def _point(rng: Random, year: int, name: str, projects: list[Project]) -> str:
    this, last = sum(p.this for p in projects), sum(p.last or 0 for p in projects)
    amounts = (
        f"（{CIRCLED[year - 2019]}{this:,}千円 {CIRCLED[year - 2020]}{last:,}千円）" if year > 2019 else ""
    )
    return f"{name}{amounts}" if rng.random() < 0.6 else f"3 {name}\n {amounts}"


def _signed(value: int) -> str:
    return f"△{-value:,}" if value < 0 else f"{value:,}"


def _section_page(
    rng: Random, year: int, line: Line, highlights: list[tuple[str, list[Project]]]
) -> list[str]:
    bare = [_name(p) for p in line.projects if p.form in ("pair", "apart")]
    # Names that stand together come out together, in their order, as a column does.
    names = ["\n\n".join(bare)] if bare else []
    inline = [_inline(p) for p in line.projects if p.form not in ("pair", "apart")]
    heads = [f"２　事業別内訳\n※（　）内は{_era(year - 1)}予算額", f"（{line.number}） {line.name}"]
    budget = [
        f"本　年　度\n予　算　額 {line.this:,}\n\n千円",
        f"前　年　度\n予　算　額 {line.last:,}\n\n千円",
    ]
    difference = _signed(line.this - line.last)
    gap = [f"差　　　引 {difference}\n千円"] if rng.random() < 0.5 else ["差　　　引\n千円", difference]
    return _interleaved(
        rng,
        [names, rng.sample(inline, len(inline)), heads, budget, gap, _funding(rng, line), _stream(rng, line)],
    )


def _name(project: Project) -> str:
    return f"{str(project.number).translate(WIDE)}　{project.name}{project.mark}"


def _inline(project: Project) -> str:
    amounts = {
        "whole": f"{project.this:,}千円 ({project.last or 0:,}千円)",
        "this": f"{project.this:,}千円",
        "last": "（―）" if project.last is None else f"（{project.last:,}千円）",
    }
    return f"{_name(project)} {amounts[project.form]}"


def _funding(rng: Random, line: Line) -> list[str]:
    blocks = []
    apart = rng.choice([None, *line.sources])
    for source, value in line.sources.items():
        if source == apart:
            blocks += [source, f"{value:,}"]
        else:
            blocks.append(f"{source} {value:,}\n千円")
    return rng.sample(blocks, len(blocks))


def _stream(rng: Random, line: Line) -> list[str]:
    """The loose amounts: blocks from the bottom of the page to the top (or the other way), columns top to bottom."""
    groups: list[list[Project]] = []
    # Columns are kept only where the names of the page show, often enough, that columns are in order.
    columns = sum(p.form in ("pair", "apart") for p in line.projects) >= 5
    for project in line.projects:
        joins = columns and groups and groups[-1][-1].form == project.form == "pair" and rng.random() < 0.7
        # One column a page: with two, which of them a project stands in could not be told.
        joins = joins and all(len(group) == 1 or group is groups[-1] for group in groups)
        if joins:
            groups[-1].append(project)
        else:
            groups.append([project])
    blocks = []
    for group in groups if rng.random() < 0.5 else groups[::-1]:
        blocks += list(_loose(rng, line, group))
    return blocks


def _loose(rng: Random, line: Line, group: list[Project]) -> Iterator[str]:
    first = group[0]
    if first.form == "pair":
        column = "\n\n".join(f"{p.this:,}千円 ({p.last:,}千円)" for p in group)
        yield f"{column}\n\n　　{first.area}に関する取組です。{first.name}により{rng.choice(FILLERS)}"
    elif first.form == "apart":
        yield f"({first.last:,}千円)"
        yield f"{first.this:,}千円"
    elif first.form == "this":
        yield f"({first.last or 0:,}千円)"
    elif first.form == "last":
        yield f"{first.this:,}千円"


def _overview_page(rng: Random, year: int, lines: list[Line]) -> list[str]:
    projects = [p for line in lines for p in line.projects]
    shown = rng.sample(projects, max(2, len(projects) // 2))
    lost = rng.choice(shown)
    amounts = [f"{(p.this + 500) // 1000:,}" for p in shown if p is not lost]
    heads = [
        "（単位：百万円）",
        f"(2) 主な関連事業の{_era(year)}予算の概要",
        "事業・取組",
        f"局名{_era(year)}",
    ]
    return _interleaved(rng, [heads, [f"　{p.name}" for p in shown], rng.sample(amounts, len(amounts))])


def _interleaved(rng: Random, streams: list[list[str]]) -> list[str]:
    """Mix streams of blocks, each keeping its own order."""
    order = [i for i, stream in enumerate(streams) for _ in stream]
    rng.shuffle(order)
    rest = [list(stream) for stream in streams]
    return [rest[i].pop(0) for i in order]


def _truth(
    year: int, bureau: str, lines: list[Line], highlights: list[tuple[str, list[Project]]]
) -> tuple[set[Key], set[Key]]:
    this, last = sum(x.this for x in lines), sum(x.last for x in lines)
    needed = set(_amounts(f"{bureau}予算", year, this, last))
    for line in lines:
        needed |= set(_amounts(line.name, year, line.this, line.last))
        needed |= {(line.name, year, "funding", s, v, "千円") for s, v in line.sources.items()}
        for p in line.projects:
            needed |= {k for k in _amounts(p.name, year, p.this, p.last) if k[2] == "amount"}
    for name, projects in highlights:
        sums = sum(p.this for p in projects), sum(p.last or 0 for p in projects)
        needed |= {k for k in _amounts(name, year, *sums) if k[2] == "amount"}
    rounded = {
        (p.name, year, "amount", None, (p.this + 500) // 1000, "百万円") for x in lines for p in x.projects
    }
    return needed | rounded, needed


def _amounts(name: str, year: int, this: int, last: int | None) -> Iterator[Key]:
    yield name, year, "amount", None, this, "千円"
    if last is not None:
        yield name, year - 1, "amount", None, last, "千円"
        yield name, year, "difference", None, this - last, "千円"
