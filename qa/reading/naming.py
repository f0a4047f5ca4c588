"""Named entities from Sudachi's parts of speech: people, places, organisations by their last word, numbers by unit.

Labels are a few of Sekine's extended hierarchy, as `spanfeatures` numbers them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.types import Token
from qa.reading.parts import NOMINAL, Pos


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity; labels are those of Sekine's extended hierarchy, such as Province or Date."""

    start: int
    end: int
    label: str


def names_of(words: Sequence[Token], pos: Sequence[Pos], breaks: Sequence[bool]) -> list[Entity]:
    """Return the names and numbers of a text's short words, in order; none overlaps another."""
    found: list[Entity] = []
    i = 0
    while i < len(words):
        span = _number(words, pos, breaks, i) or _name(words, pos, breaks, i)
        if span:
            last, label = span
            found.append(Entity(words[i].start, words[last - 1].end, label))
            i = last
        else:
            i += 1
    return found


_Span = tuple[int, str]
"""The word after the last, and the label."""

_DATES = frozenset("年 月 日 世紀 年度 年代".split())
_UNITS: Mapping[str, str] = {
    **dict.fromkeys("円 ドル ユーロ 銭 ウォン ポンド".split(), "Money"),
    **dict.fromkeys("% パーセント 割 割合".split(), "Percent"),
    **dict.fromkeys("人 名 世帯".split(), "N_Person"),
    **dict.fromkeys("歳 才".split(), "Age"),
    **dict.fromkeys("位 番 番目 等 級 号 期 代目 代 条 次".split(), "Rank"),
    **dict.fromkeys("時 分 秒 時半".split(), "Time"),
    **dict.fromkeys("時間 年間 日間 か月 カ月 ヶ月 週間 か月間 分間 秒間 世代".split(), "Period"),
    **dict.fromkeys(
        "メートル m km キロ キロメートル センチ センチメートル ミリ cm mm 平方メートル 平方キロメートル ヘクタール "
        "グラム キログラム kg g トン リットル 坪 里 海里 度 ℃ ha km2 m2".split(),
        "Physical_Extent",
    ),
    **dict.fromkeys("回 度目 回目".split(), "Frequency"),
    "倍": "Multiplication",
}
_ERAS = frozenset(
    "明治 大正 昭和 平成 令和 慶応 西暦 紀元前 文政 天保 嘉永 安政 文久 元治 享保 寛永 元禄 慶長".split()
)
_BETWEEN = frozenset(", . ・ - ~ 〜 / :".split())
_LONGEST = 14


def _number(words: Sequence[Token], pos: Sequence[Pos], breaks: Sequence[bool], i: int) -> _Span | None:
    """A number with its unit, a date with all its parts: 1921年6月3日, 約3万人, 第5回."""
    at = i
    if words[at].surface in _ERAS or words[at].surface in ("第", "約"):
        at += 1
    if at >= len(words) or pos[at] != Pos.NUMBER:
        return None
    label = ""
    end = at
    while end < min(len(words), i + _LONGEST) and not (end > i and breaks[end]):
        if pos[end] == Pos.NUMBER or (
            words[end].surface in _BETWEEN and end + 1 < len(words) and pos[end + 1] == Pos.NUMBER
        ):
            end += 1
        elif pos[end] in (Pos.COUNTER, Pos.NOUN, Pos.NOUN_SUFFIX, Pos.SYMBOL) and not label:
            label = _label(words[end].surface, pos[end])
            if not label:
                break
            end += 1
            if label != "Date":
                break
        elif label == "Date" and words[end].surface in _DATES:
            end += 1
        else:
            break
    while end > at and words[end - 1].surface in _BETWEEN:
        end -= 1
    if end > at and words[i].surface == "第" and label in ("", "N_"):
        label = "Ordinal"
    return end, label or "Numex"


def _label(unit: str, pos: Pos) -> str:
    if unit in _DATES:
        return "Date"
    return _UNITS.get(unit, "N_" if pos == Pos.COUNTER else "")


_LAST: Mapping[str, str] = {
    **dict.fromkeys("都 府 県 道 州 省".split(), "Province"),
    **dict.fromkeys("市 区 町 村".split(), "City"),
    "郡": "County",
    **dict.fromkeys("国 王国 帝国 共和国 連邦 合衆国".split(), "Country"),
    **dict.fromkeys("会社 社 銀行 産業 製作 工業 商会 グループ".split(), "Company"),
    **dict.fromkeys("党 派".split(), "Political_Party"),
    **dict.fromkeys("庁 局 課 部 室 署 政府 内閣 議会 裁判所 委員会 院".split(), "Government"),
    **dict.fromkeys("軍 隊 艦隊 師団".split(), "Military"),
    **dict.fromkeys(
        "協会 連盟 連合 組合 機構 財団 団体 会 団 学会 センター 教会 事務所".split(), "Organization"
    ),
    **dict.fromkeys("家 氏族 族 民族".split(), "Family"),
    **dict.fromkeys("人 語".split(), "Nationality"),
    **dict.fromkeys("大学 高校 学校 小学校 中学校 高等学校 学院 大学院 学園 大".split(), "School"),
    **dict.fromkeys(
        "館 図書館 美術館 博物館 公園 城 寺 神社 宮殿 ビル タワー ホール 劇場 病院 会館 園 塔 橋 墓 宮 殿 工場 空港 港".split(),
        "Facility",
    ),
    "駅": "Station",
    **dict.fromkeys("線 鉄道 道路 高速 街道 通り".split(), "Line"),
    **dict.fromkeys("山 川 河 島 諸島 半島 海 湖 湾 平野 盆地 山脈 大陸 洋 岬 谷 池 沢".split(), "Island"),
    **dict.fromkeys("地方 地域 地区".split(), "Region"),
    **dict.fromkeys(
        "戦争 戦 の乱 事件 祭 大会 革命 会議 選手権 オリンピック カップ 博覧会 フェスティバル".split(),
        "Event",
    ),
    **dict.fromkeys("法 条約 憲法 条例 協定 令 法律".split(), "Law"),
    **dict.fromkeys("教 主義 学 説 宗".split(), "Doctrine"),
    **dict.fromkeys("賞 勲章".split(), "Award"),
    **dict.fromkeys("時代 朝".split(), "Era"),
    **dict.fromkeys("病 症 炎".split(), "Disease"),
    **dict.fromkeys("新聞 雑誌 放送 テレビ".split(), "Newspaper"),
    **dict.fromkeys(
        "大臣 長官 大統領 首相 総理 知事 市長 教授 監督 社長 会長 王 皇帝 天皇 将軍 長 官".split(), "Position"
    ),
}
_NAMES: Mapping[Pos, str] = {Pos.PERSON: "Person", Pos.PLACE: "City", Pos.NAME: "Name_Other"}
_JOINT = frozenset("・ = ＝ -".split())


def _name(words: Sequence[Token], pos: Sequence[Pos], breaks: Sequence[bool], i: int) -> _Span | None:
    """A run of nouns with a name in it, called by its last word; a person's name ends before what follows it."""
    if pos[i] not in NOMINAL and pos[i] != Pos.PREFIX:
        return None
    if pos[i] == Pos.PERSON:
        return _person(words, pos, breaks, i)
    end, named = i, False
    while end < len(words) and not (end > i and breaks[end]):
        if pos[end] not in NOMINAL and pos[end] not in (Pos.PREFIX, Pos.SUFFIX):
            break
        if pos[end] in (Pos.NUMBER, Pos.PERSON):
            break
        named = named or pos[end] in _NAMES
        end += 1
    if end == i:
        return None
    last = words[end - 1].surface
    label = _LAST.get(last, "")
    if label and (named or end - i > 1):
        return end, label
    if named:
        return _bare_name(words, pos, i, end)
    return None


def _person(words: Sequence[Token], pos: Sequence[Pos], breaks: Sequence[bool], i: int) -> _Span:
    end = i + 1
    while end < len(words) and not breaks[end]:
        if (
            pos[end] in (Pos.PERSON, Pos.NAME)
            or (
                words[end].surface in _JOINT
                and end + 1 < len(words)
                and pos[end + 1] in (Pos.PERSON, Pos.NAME, Pos.NOUN)
            )
            or (words[end - 1].surface in _JOINT and pos[end] in NOMINAL)
        ):
            end += 1
        else:
            break
    return end, "Person"


def _bare_name(words: Sequence[Token], pos: Sequence[Pos], i: int, end: int) -> _Span | None:
    """The names at the run's beginning, without what they are put before."""
    if pos[i] not in _NAMES:
        return None
    last = i + 1
    while last < end and pos[last] == pos[i]:
        last += 1
    label = "Country" if words[i].fine == "国" else _NAMES[pos[i]]
    return last, label
