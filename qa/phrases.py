"""Noun phrases that can answer who, where and which: proper names, names of organisations, quoted terms."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.normalizing import normalize
from index.tokenizer import SudachiTokenizer
from index.types import Token
from qa.types import Question, Wanted

Span = tuple[int, int]

_NOUNS = ("名詞", "接頭辞", "接尾辞", "代名詞")
_JOINING = "・－ー-＆&"
_QUOTED = re.compile(r"[「『]([^」』]{2,40})[」』]")
_BRACKETED = re.compile(r"([^●○◎・《》、。\n]{2,30})《([^》]+)》")
_PERSON_OR_BODY = re.compile(
    r"(?:者|人|方|会|団|局|課|部|室|協会|団体|企業|会社|機構|大学|学校|委員会|高校生|市民|職員|生)$"
)
_PLACE_LIKE = re.compile(
    r"(?:区|市|町|村|県|国|州|所|センター|館|会場|広場|駅|港|階|施設|公園|ラウンジ|地域|窓口|課)$"
)
# What is of such a class seldom says so in its name.
_CLASSES = {
    **dict.fromkeys(("団体", "組織", "機関", "主体"), _PERSON_OR_BODY),
    **dict.fromkeys(("会社", "企業", "事業者"), re.compile(r"会社|企業|銀行|工業|法人|社$")),
    **dict.fromkeys(("法律", "法令", "決まり", "ルール"), re.compile(r"法|条例|規則|要綱|憲章$")),
    **dict.fromkeys(("施設", "場所", "会場", "所"), _PLACE_LIKE),
}
# Who may or must: 市内に住む方を対象, 対象は65歳以上の方です.
_CONDITION = re.compile(
    r"(?:対象(?:者)?は、?|^|(?<=[、。はがで「]))(?P<who>[^、。「」]{2,40}?)(?=を対象|が対象|に限|に対し|(?<=[方人者])(?:です|に|が|は))"
)
# Things whose titles do not end in what they are: a song, a booklet.
_TITLED_THINGS = frozenset(
    "曲 歌 本 冊子 ガイド 案内 講座 番組 映画 アプリ イベント 事業 プログラム コーナー 部屋 施設".split()
)
_ASKS_PERSON = re.compile(
    r"何という(?:方|人)|誰(?!でも)|だれ(?!でも)|どなた|氏名|人は[??。]?$|(?:長|者|員|氏)の(?:お?名前|氏名)"
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
_MANY = re.compile(r"(?:各[国地市区県都]|諸国|各都市|各地域)$")
_ANY = "各両全同当本諸他"
_TOWNS = frozenset({"街", "町", "都市"})
_TOWN = re.compile(r"(?:区|市|町|村|都)$")
_AREA = re.compile(r"(?:区|市|町|村|県|国|州|都|府|地域|地方)$")


def named(text: str, question: Question, tokenizer: SudachiTokenizer) -> Iterator[tuple[Span, float]]:
    """Yield spans of `text` that are of the kind asked for, with how surely they are (0–1)."""
    wanted, head = question.wanted, question.head
    quoted = wanted in (Wanted.NAME, Wanted.WHO) or head in ("題名", "名前", "名称", "愛称")
    if quoted:
        limit = 0.4 if asks_person(question) else 1.0
        yield from ((m.span(1), min(limit, _quoted_fits(m[1], head))) for m in _QUOTED.finditer(text))
    person = bool(_ASKS_PERSON.search(question.normalized)) or (
        head is not None and bool(_TITLE.search(head))
    )
    if wanted is Wanted.WHO and not person:
        yield from ((match.span("who"), 1.0) for match in _CONDITION.finditer(text))
    if head and head not in WIDE and head not in _CLASSES:
        for match in re.finditer(
            rf"^[ 　・●○◎■]*(?P<name>[^。\n]{{1,30}}{re.escape(head[-3:])})$", text, re.MULTILINE
        ):
            yield match.span("name"), 1.0
    for tokens in noun_phrases(text, tokenizer):
        start, end = tokens[0].start, tokens[-1].end
        if wanted is Wanted.WHERE and _BY_WHOM.search(question.normalized):
            body = _PERSON_OR_BODY.search(text[start:end]) or text[start:end] in _AUTHORITIES
            if body and not text[start].isdigit():
                yield (start, end), 0.7
        if wanted is Wanted.WHERE and _PLACED.match(text, end) and end - start > 1:
            yield (start, end), 0.5
        fits = _fits(text[start:end], tokens, wanted, head, person=person)
        if fits:
            yield (start, end), fits


def _quoted_fits(quoted: str, head: str | None) -> float:
    if head is None or head in WIDE or head in _CLASSES:
        return 0.7
    return 1.0 if quoted.endswith(head[-3:]) else 0.3 * (head in _TITLED_THINGS)


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


@lru_cache(maxsize=16_384)
def noun_phrases(text: str, tokenizer: SudachiTokenizer) -> tuple[Sequence[Token], ...]:
    """Return the longest runs of nouns; ・ and hyphens join. The sentences of a corpus come up again and again."""
    return tuple(_names_whole(list(_runs(text, tokenizer)), text))


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


def _fits(phrase: str, tokens: Sequence[Token], wanted: Wanted, head: str | None, *, person: bool) -> float:
    """Return how surely `phrase` is what the question asks for: its head noun says so, or the kind of its name."""
    if phrase[0].isdigit() or phrase[0] in _ANY or _MANY.search(phrase):
        return 0.0
    details = {token.detail for token in tokens}
    if person and "人名" in details:
        return 1.0
    if head in WIDE:
        place = tokens[-1].detail == "地名" or bool(_AREA.search(phrase) and "地名" in details)
        return float(place) * (1.0 if bool(_TOWN.search(phrase)) == (head in _TOWNS) else 0.6)
    if head in _CLASSES:
        return float(bool(_CLASSES[head].search(phrase)) and len(phrase) > len(head))
    if head and wanted is not Wanted.WHO:
        return float(phrase.endswith(head[-3:]) and len(phrase) > len(head[-3:]))
    if wanted is Wanted.WHERE:
        return 0.7 * float(
            tokens[-1].detail == "地名" or (bool(_PLACE_LIKE.search(phrase)) and len(phrase) > 2)
        )
    if wanted is Wanted.WHO:
        return 0.5 * float(bool(_PERSON_OR_BODY.search(phrase)) and len(phrase) > 2)
    return 0.0
