"""Noun phrases that can answer who, where and which: proper names, names of organisations, quoted terms."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.normalizing import normalize
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.types import Question, Wanted
from qa.wordings import conditions, is_doer, legal_names, nicknames, persons, towns_of_countries

Span = tuple[int, int]

_NOUNS = ("名詞", "接頭辞", "接尾辞", "代名詞")
_JOINING = "・－ー-＆&"
_QUOTED = re.compile(r"[「『]([^」』]{2,40})[」』]")
_BRACKETED = re.compile(r"([^●○◎・《》、。\n]{2,30})《([^》]+)》")
_PERSON_OR_BODY = re.compile(
    r"(?:者|人|方|会|団|局|課|部|室|協会|団体|企業|会社|機構|大学|学校|委員会|高校生|市民|職員|生|財団|組合|会議|センター|法人|公社|工房"
    r"|高校|士|師|員|長|家|さん|たち|カウンセラー|スタッフ|ボランティア|世帯|家庭|住民|銀行|省|庁|署|社|館|所|園)$"
)
_PLACE_LIKE = re.compile(
    r"(?:区|市|町|村|県|国|州|所|センター|館|会場|広場|駅|港|階|施設|公園|ラウンジ|地域|地区|窓口|課|室|校|舎|園|院|局|組合|工房|アリーナ"
    r"|ホール|ビル|クリニック|ギャラリー|サテライト|コーナー|団地|倉庫|体育館|先|店|ストア|スーパー|中庭)$"
)
# What is of such a class seldom says so in its name.
_CLASSES = {
    **dict.fromkeys(("団体", "組織", "機関", "主体"), _PERSON_OR_BODY),
    **dict.fromkeys(("会社", "企業", "事業者"), re.compile(r"会社|企業|銀行|工業|法人|社$")),
    **dict.fromkeys(("法律", "法令", "決まり", "ルール"), re.compile(r"法|条例|規則|要綱|憲章$")),
    **dict.fromkeys(("施設", "場所", "会場", "所"), _PLACE_LIKE),
    "建物": re.compile(r"舎|館|校|ビル|センター|庁|棟|会場|ホール|プラザ"),
    "病院": re.compile(r"病院|クリニック|医院|診療所"),
    "法人": re.compile(r"法人|財団|会$|社$|協会|機構"),
    "国際機関": _PERSON_OR_BODY,
    **dict.fromkeys(
        ("担当", "部署", "窓口"),
        re.compile(
            r"課|(?<!関)係$|室|センター|(?<![一全内外上下大])部$|(?<![薬便送結])局$|支所$|事務所$|署$"
        ),
    ),
}
_ASKS_CALLED = re.compile("愛称|通称|略称|呼び名|ニックネーム")
_TOGETHER = re.compile("と|及び|や|、|並びに")
_TAKES = re.compile("[でにへ]|から|を?(?:会場|受け)")
_NO_PLACE = re.compile("^(?:こと|とも|ため|もの|とき|これ|それ|方|中)$|[的性化等]$|[年月日回人件時]$")
_NO_PLACES = frozenset({"サ変可能", "副詞可能", "形状詞可能", "助数詞可能"})
_TOWARDS, _GONE = re.compile("どこ[にへ]?(?:移|引っ越|行|変わ)"), re.compile("[にへ](?:移|引っ越|変わ)")
_MAYBE_BODY = re.compile(
    "のは(?:どこ|どちら)|どこ(?:が|から|の(?:団体|会社|法人|機関))|どこ(?:に|へ)(?:頼|委託|任)"
)
_FOREIGN = re.compile(r"[ァ-ヶー・]{3,}")
_UNKNOWN_TOWN = re.compile(r"(?<!本)(?<!各)(?<!都)(?<!同)[市町村]$")
_DIVISION = re.compile(r"(?:課|(?<!関)係|室|センター|(?<![一全内外上下大])部|(?<![薬便送結])局|支所|署)$")
# Things whose titles do not end in what they are: a song, a booklet.
_TITLED_THINGS = frozenset(
    "曲 歌 本 冊子 ガイド 案内 講座 番組 映画 アプリ イベント 事業 プログラム コーナー 部屋 施設".split()
)
# What is worded: a motto, a theme.
_WORDED = frozenset(
    "テーマ 合言葉 スローガン 標語 題名 タイトル 理念 基本理念 称号 言葉 文言 キャッチコピー キャッチフレーズ".split()
)
_ASKS_PERSON = re.compile(
    r"(?:何という|なんという|なんていう|何ていう)(?:方|人)|(?:は|って)(?:誰|だれ)(?:[??。]|で(?:す|しょ)|だ|な|か|$)|どなた(?!でも|が対象)|氏名|人は[??。]?$|(?:長|者|員|氏)の(?:お?名前|氏名)"
)
_TITLED = re.compile(
    r"([一-鿿]{0,6}(?:長|委員|教授|議員|大使|監督|代表|理事))(?:[（(][^）)]*[）)])?(?:の(?:お?名前|氏名)|は(?:誰|だれ|どなた))"
)
_TITLE = re.compile(r"(?:長|委員|教授|議員|大使|監督)$")
WIDE = frozenset({"国", "街", "町", "都市", "地域", "国々"})
_PLACED = re.compile(r"(?:にて|において)")
# Where an authority or a body is meant: どこがやる, どこからもらう.
_BY_WHOM = re.compile(r"どこ(?:が|から|に(?:頼|委託|任))")
_AUTHORITIES = frozenset("国 県 市 都 府 町 村 国連".split())
_BEING = re.compile(r"[」』]?(?:である|として|に(?:選ばれ|認定|指定|登録)|と(?:呼|名付|いい|いう))")
_SAID_TO_BE = 0.7
_MANY = re.compile(r"(?:各[国地市区県都]|諸国|各都市|各地域)$")
_ANY = "各両全同当本諸他"
_TOWNS = frozenset({"街", "町", "都市"})
_TOWN = re.compile(r"(?:区|市|町|村|都)$")
_AREA = re.compile(r"(?:区|市|町|村|県|国|州|都|府|地域|地方)$")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A run of nouns: `text[start:end]`, with the kind of name (人名, 地名 …) that each of its words is."""

    start: int
    end: int
    details: tuple[str, ...]


def named(text: str, question: Question, phrases: Sequence[NounPhrase]) -> Iterator[tuple[Span, float]]:
    """Yield spans of `text`, with its noun phrases, that are of the kind asked for, and how surely (0–1)."""
    person = asks_person(question)
    yield from _quoted(text, question, person=person)
    yield from _by_wording(text, question, person=person)
    whole = [*legal_names(text), *(match.span() for match in _QUOTED.finditer(text))]
    held: tuple[Span, float] | None = None
    before: Span | None = None
    for phrase in phrases:
        owner, before = before, (phrase.start, phrase.end)
        span = before
        if any(start <= span[0] and span[1] <= end for start, end in whole):
            continue  # A part of a name is no name.
        fits = _fits(text[slice(*span)], phrase.details, question.wanted, question.head, person=person)
        fits = max(fits, _placed(text, span, phrase.details, question), _is_what(text, span, question))
        if not fits:
            held = None
            continue
        yield span, fits
        # 現地の商工団体: whose it is belongs to it.
        if owner and fits >= 0.7 and question.head is None and text[owner[1] : span[0]] == "の":
            yield (owner[0], span[1]), fits - 0.1
        # 港公民館と北公民館: both are meant.
        if held and held[1] == fits and _TOGETHER.fullmatch(text, held[0][1], span[0]):
            span = held[0][0], span[1]
            yield span, fits
        held = span, fits


def _is_what(text: str, span: Span, question: Question) -> float:
    """称号を授与されたピースメッセンジャー都市である: what something is said to be, where it is asked what it is called."""
    if question.wanted is not Wanted.NAME or question.head:
        return 0.0
    return _SAID_TO_BE if span[1] - span[0] > 2 and _BEING.match(text, span[1]) else 0.0


def _quoted(text: str, question: Question, *, person: bool) -> Iterator[tuple[Span, float]]:
    wanted, head = question.wanted, question.head
    if _ASKS_CALLED.search(question.normalized):
        yield from ((span, 1.0) for span in nicknames(text))
    named = wanted in (Wanted.NAME, Wanted.WHO) or head in ("題名", "名前", "名称", "愛称")
    if not named and wanted not in (Wanted.OTHER, Wanted.WHERE):
        return
    by_whom = wanted is Wanted.WHO or bool(_MAYBE_BODY.search(question.normalized))
    quoted = [*_QUOTED.finditer(text)]
    # Where several things are quoted, one of them is no answer to an open question.
    if wanted is Wanted.OTHER and question.head in _WORDED:
        named = True
    limit = 0.4 if person else 1.0 if named else 0.6 if len(quoted) == 1 or wanted is Wanted.WHERE else 0.3
    for match in quoted:
        fits = _quoted_fits(match[1], head, named=wanted is not Wanted.WHERE)
        # 加工所「めぐみ工房」 names the place.
        places = wanted is Wanted.WHERE and head is None and _PLACE_LIKE.search(text, 0, match.start())
        does = by_whom and is_doer(text, match.end())
        yield match.span(1), 0.9 if does else 0.8 if places else min(limit, fits)


def _by_wording(text: str, question: Question, *, person: bool) -> Iterator[tuple[Span, float]]:
    """Names and conditions that the words around them tell, whatever they are made of."""
    wanted, head = question.wanted, question.head
    if wanted is Wanted.WHO and not person:
        yield from ((span, 1.0) for span in conditions(text))
    if person or wanted is Wanted.WHO:
        yield from ((span, 1.0 if person else 0.8) for span in persons(text))
    if head in WIDE:
        yield from ((span, 0.8) for span in towns_of_countries(text))
    if person:
        return
    if wanted in (Wanted.WHO, Wanted.WHERE) or (head and head in _CLASSES):
        yield from ((span, 0.8) for span in legal_names(text))
    if head and head not in WIDE and head not in _CLASSES and head[-3:] in text:
        for match in re.finditer(
            rf"^(?:[ 　・●○◎■]|[0-9０-９]{{1,2}}[ 　.．])*(?P<name>(?![0-9０-９ 　])[^。\n]{{1,30}}{re.escape(head[-3:])})$",
            text,
            re.MULTILINE,
        ):
            yield match.span("name"), 1.0


def _placed(text: str, span: Span, details: Sequence[str], question: Question) -> float:
    """Return how surely the words after a noun phrase say that it is where, or who does it."""
    phrase, wanted = text[slice(*span)], question.wanted
    if phrase[0].isdigit() or (len(phrase) < 2 and phrase not in _AUTHORITIES):
        return 0.0
    if wanted in (Wanted.WHERE, Wanted.WHO) and len(phrase) > 2 and is_doer(text, span[1]):
        by_whom = wanted is Wanted.WHO or _MAYBE_BODY.search(question.normalized)
        if by_whom:
            return 0.8
    if wanted is not Wanted.WHERE:
        return 0.0
    by_whom = _BY_WHOM.search(question.normalized) or _MAYBE_BODY.search(question.normalized)
    if by_whom and (_PERSON_OR_BODY.search(phrase) or phrase in _AUTHORITIES):
        return 0.7
    if _TOWARDS.search(question.normalized) and _GONE.match(text, span[1]):
        return 0.8
    if question.head or details[-1] in _NO_PLACES or _NO_PLACE.search(phrase):
        return 0.0
    if _TAKES.match(text, span[1]) and _PLACE_LIKE.search(phrase):
        return 0.7
    return 0.5 if _PLACED.match(text, span[1]) else 0.4 * bool(_TAKES.match(text, span[1]))


def _quoted_fits(quoted: str, head: str | None, *, named: bool) -> float:
    if head in _CLASSES:
        return 0.7 if _CLASSES[head].search(quoted) or not named else 0.5
    if head is None or head in WIDE:
        return 0.7
    if head in _WORDED:
        return 0.9
    if quoted.endswith(head[-3:]):
        return 1.0
    return 0.5 if named and head in _TITLED_THINGS else 0.3 * named


def asks_person(question: Question) -> bool:
    """Tell whether a person, or who holds an office, is asked for by name."""
    head = question.head
    return bool(_ASKS_PERSON.search(question.normalized)) or (head is not None and bool(_TITLE.search(head)))


def title_of(question: Question) -> str | None:
    """Return the title of the person asked for (環境部長, 会長), where the question has one."""
    found = _TITLED.search(question.normalized)
    return found[1] if found else None


def bracketed(text: str, question: str) -> Iterator[Span]:
    """Yield what stands in 《》 after a name that the question asks about: 北館《音楽》 for 北館の担当は."""
    for match in _BRACKETED.finditer(text):
        if normalize(match[1]) in question:
            yield match.span(2)


def noun_phrases(text: str, tokenizer: SudachiTokenizer) -> tuple[NounPhrase, ...]:
    """Return the longest runs of nouns; ・ and hyphens join."""
    runs = _names_whole(list(_runs(text, tokenizer)), text)
    return tuple(NounPhrase(run[0].start, run[-1].end, tuple(token.detail for token in run)) for run in runs)


def _runs(text: str, tokenizer: SudachiTokenizer) -> Iterator[Sequence[Token]]:
    run: list[Token] = []
    for token in tokenizer.tokens(text, "C"):
        if token.pos in _NOUNS or (run and token.surface in _JOINING):
            run.append(token)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _names_whole(runs: Sequence[Sequence[Token]], text: str) -> Iterator[Sequence[Token]]:
    """A space parts a family name from a given name, and does not end the name."""
    held: Sequence[Token] = ()
    for run in runs:
        if (
            held
            and held[-1].detail == run[0].detail == "人名"
            and text[held[-1].end : run[0].start] in (" ", "　")
        ):
            held = [*held, *run]
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _fits(phrase: str, details: Sequence[str], wanted: Wanted, head: str | None, *, person: bool) -> float:
    """Return how surely `phrase` is what the question asks for: its head noun says so, or the kind of its name."""
    if phrase[0].isdigit() or phrase[0] in _ANY or _MANY.search(phrase):
        return 0.0
    if wanted is Wanted.DIVISION:
        if head and head not in _CLASSES and phrase.endswith(head[-3:]) and len(phrase) > len(head[-3:]):
            return 1.0
        return 0.8 * float(bool(_DIVISION.search(phrase)) and len(phrase) > 2)
    if person and "人名" in details:
        return 1.0
    if head in WIDE:
        place = details[-1] == "地名" or bool(_AREA.search(phrase) and "地名" in details)
        if not place and head in _TOWNS and len(phrase) > 2 and _UNKNOWN_TOWN.search(phrase):
            return 0.8
        if place and head in _TOWNS and _FOREIGN.fullmatch(phrase):
            return 0.9  # ニューヨーク is a town without saying so.
        return float(place) * (1.0 if bool(_TOWN.search(phrase)) == (head in _TOWNS) else 0.6)
    if head in _CLASSES:
        return float(bool(_CLASSES[head].search(phrase)) and len(phrase) > len(head))
    if head and wanted is not Wanted.WHO:
        return float(phrase.endswith(head[-3:]) and len(phrase) > len(head[-3:]))
    if wanted is Wanted.WHERE:
        return 0.7 * float(details[-1] == "地名" or (bool(_PLACE_LIKE.search(phrase)) and len(phrase) > 2))
    if wanted is Wanted.WHO:
        return 0.5 * float(bool(_PERSON_OR_BODY.search(phrase)) and len(phrase) > 2)
    return 0.0
