"""A follow-up joined with the question before it: like stands for like, else the earlier subject comes in front."""

import re
from itertools import pairwise

from index.types import Token
from qa.following_ellipsis import Ellipsis, Kind
from qa.following_kinds import asks_of_money, is_charge, same_ending, same_shape, sort_of, where_alike
from qa.following_known import Known, named
from qa.following_phrases import Parts, Phrase, closed_end
from qa.following_words import ADVERBIAL, COPULA, PARTICLE, RANK, USING, WHY
from qa.following_years import asked_years
from qa.wanted import wanted_kind

_MARKS = frozenset({"は", "って", "とは"})
_CLOSE = re.compile(
    r"(?:の(?:\w{1,5}[ない])?|に(?:必要な|関する|ついての|対する|かかる|係る)|、|で、| )?"
)  # between a thing and what is asked of it
_TRAILING = " 　、,。.?？!！"
# 「その課」 is what the turn before was answered with.
_STANDING = frozenset(
    "人 方 課 部 局 係 室 部署 窓口 場所 施設 会場 団体 会社 お店 店 学校 病院 建物".split()
)
_COUNTED = re.compile(r"第|[一二三四五六七八九十]+(?:人|回|つ|年|番|子|期|台|枚)目?$")
_NUMBER = re.compile(r"[^人].*[数率量]$")
_ACT = re.compile(r"(?:申し?込み?|届け?出|支払い?|受け?取り|貸し?出し)$")
_WHY = re.compile(r"なぜ|何故|どうして|なんで|何で")
_UNIT = re.compile(
    r"(?:[0-9]+(?:時間|日|回|食|人|か月|枚|点|個|泊|年|名|台)|月|年)(?:間|当たり|あたり|につき)?、?$"
)
_FACT = re.compile(r"^(?:は|って|が)(?:いつ|何時|どこ|どうやって|いくら)")
_PRICE = re.compile(r"^(?:いくら|幾ら)")
_PAID = re.compile(r"増|減|払|かか|もら|なり|受け|支給|必要|差")
_DIVISION_ENDS = "市区町村県府都道国州"


def joined(rest: Ellipsis, earlier: Parts, known: Known) -> str | None:
    """Return the completed question, its year still that of `earlier`; None where it cannot be told."""
    match rest.kind:
        case Kind.YEAR:
            return earlier.text
        case Kind.MORE:
            return f"{topic(earlier)}について詳しく教えてください"
        case Kind.OTHERS:
            return _all(earlier)
        case Kind.OTHER_ONE:
            return _other(rest.noun, earlier, known)
        case Kind.DAY:
            return _of_sort(rest.noun, earlier)
        case Kind.ASKED_OF:
            return _asked_of(rest, earlier)
        case Kind.PRONOUN:
            return _pronoun(rest, earlier, known)
        case Kind.THING:
            return _substituted(rest.phrase, earlier, known)
        case Kind.PROPERTY:
            return _property(rest, earlier)
        case Kind.ORDINAL:
            return _ranked(rest, earlier)
        case Kind.SUPERLATIVE:
            return _extreme(rest.said, earlier)
        case Kind.INTERROGATIVE:
            return _interrogative(rest.said, earlier)
        case Kind.PREDICATE:
            return f"{subject(earlier)}は{rest.said.text}"


def topic(earlier: Parts) -> str:
    """Return what a question is about, its last property included: 「Aの予算はいくら」 → 「Aの予算」."""
    return _dated(earlier, _inside(earlier)[-1].end)


def subject(earlier: Parts) -> str:
    """Return the thing a question is about: 「Aの電話番号は」 → 「A」."""
    inside = _inside(earlier)
    while len(inside) > 1 and _attribute(inside[-1]) and _CLOSE.fullmatch(_between(earlier, *inside[-2:])):
        inside = inside[:-1]
    return _dated(earlier, inside[-1].end)


def _dated(earlier: Parts, end: int) -> str:
    """Keep the year of a question whose year stands after its subject: 「A、令和3年度はいくら」."""
    text = earlier.text[: closed_end(earlier.text, end)]
    years = asked_years(earlier.text, earlier.years)
    if not years or any(year.start < end for year in years):
        return text
    return f"{earlier.text[years[0].start : years[0].end]}の{text}"


def _inside(earlier: Parts) -> tuple[Phrase, ...]:
    """Return the phrases before the topic mark; all of them where there is no mark."""
    mark = _mark(earlier)
    before = tuple(phrase for phrase in earlier.phrases if mark is None or phrase.end <= mark[0])
    return before or earlier.phrases[:1]


def _mark(earlier: Parts) -> tuple[int, int] | None:
    """Return the last topic mark before the interrogative, or the last one where it comes first."""
    marks = [(t.start, t.end) for t in earlier.tokens if t.pos == "助詞" and t.surface in _MARKS]
    asked = min((start for start, _ in earlier.interrogatives), default=len(earlier.text))
    before = [mark for mark in marks if mark[0] < asked]
    found = before or marks
    return found[-1] if found else None


def _predicate(earlier: Parts) -> list[Token]:
    """Return the words that tell something of the topic: those after its mark."""
    mark = _mark(earlier)
    return [verb for verb in earlier.verbs if mark and verb.start >= mark[1]]


def _between(earlier: Parts, a: Phrase, b: Phrase) -> str:
    """Return the words between two phrases, a year among them left out: 「Aの令和4年度予算」."""
    between = "".join(
        char
        for place, char in enumerate(earlier.text[a.end : b.start], a.end)
        if not any(year.start <= place < year.end for year in earlier.years)
    )
    return between.replace("のの", "の")


def _attribute(phrase: Phrase) -> bool:
    """Tell whether a phrase after another tells a property of it, what is paid for it included."""
    return phrase.dependent or (is_charge(phrase.text) and not phrase.item)


def _all(earlier: Parts) -> str:
    """Ask for all that was asked for: 「Aは何を担当していますか」 → 「Aは何を担当していますか。すべて…」."""
    asked = earlier.interrogatives[-1][1] if earlier.interrogatives else None
    if asked is None or COPULA.match(earlier.text[asked:]) or not _predicate(earlier):
        return f"{topic(earlier)}をすべて教えてください"
    return f"{earlier.text.rstrip(_TRAILING)}。すべて教えてください"


def _other(noun: str, earlier: Parts, known: Known) -> str | None:
    """Ask the same of the one other thing of its kind, or of those beside it where there are several."""
    found = known.others(earlier.text, noun)
    if found and len(found[1]) == 1:
        return earlier.text.replace(found[0], found[1][0], 1)
    inside = [p for p in _inside(earlier) if not _attribute(p) and p.text.strip("「」『』").endswith(noun)]
    if not inside:
        return None
    old = inside[-1]
    return _replaced(earlier, old.end, old.end, f"以外の{noun or old.head}")


def _asked_of(rest: Ellipsis, earlier: Parts) -> str:
    """Ask the same, or something else, about some people or days: 子どもはいくら？."""
    if wanted_kind(rest.said.text) is wanted_kind(earlier.text):
        return _of_sort(rest.noun, earlier)
    return f"{rest.noun}の{subject(earlier)}は{rest.said.text}"


def _of_sort(new: str, earlier: Parts) -> str:
    """Put a day for a day, people for people; in front where none was named."""
    sort = sort_of(new)
    shape = same_shape(new, earlier.text)
    span = shape or (
        where_alike(sort, earlier.text, [(t.start, t.end) for t in earlier.tokens]) if sort else None
    )
    return _replaced(earlier, *span, new) if span else f"{new}の{earlier.text}"


def _replaced(earlier: Parts, start: int, end: int, new: str) -> str:
    return earlier.text[:start] + new + earlier.text[end:]


def _pronoun(rest: Ellipsis, earlier: Parts, known: Known) -> str | None:
    after = rest.said.text
    if rest.pronoun == "there":
        return f"{named(earlier, known) or subject(earlier)}{after}"
    if rest.pronoun == "it":
        own = USING.search(after) or _FACT.search(after)
        return f"{subject(earlier) if own else topic(earlier)}{after}"
    noun = rest.phrase.text
    if noun in _STANDING and (name := named(earlier, known)):
        return f"{name}{after[rest.phrase.end :]}"
    same = [phrase.text for phrase in earlier.phrases if phrase.text.endswith(noun) and phrase.text != noun]
    if same or subject(earlier).endswith(noun):
        return f"{(same or [subject(earlier)])[-1]}{after[rest.phrase.end :]}"
    return None if rest.pronoun == "this" else f"{subject(earlier)}の{after}"


def _property(rest: Ellipsis, earlier: Parts) -> str:
    if WHY.match(rest.said.text) and _predicate(earlier):
        return _asked_instead("なぜ", earlier) or f"{subject(earlier)}の{rest.said.text}"
    link = "が" if rest.said.tokens[0].pos == "動詞" else "の"
    return f"{subject(earlier)}{link}{rest.said.text}"


def _ranked(rest: Ellipsis, earlier: Parts) -> str | None:
    ranked = RANK.search(earlier.text)
    return _replaced(earlier, *ranked.span(), f"{rest.phrase.text}に") if ranked else None


def _extreme(said: Parts, earlier: Parts) -> str | None:
    """Turn a ranking round: 「一番増えた事業は？」「減ったのは？」 → 「一番減った事業は？」."""
    ranked = RANK.search(earlier.text)
    new = said.verbs[-1]
    old = [v for v in earlier.verbs if ranked and v.start >= ranked.end() and v.pos == new.pos]
    return _replaced(earlier, old[0].start, old[0].end, new.surface) if old else None


def _interrogative(said: Parts, earlier: Parts) -> str:
    if not COPULA.match(said.text[said.interrogatives[-1][1] :]):
        return f"{subject(earlier)}は{said.text}"
    if _priced(said, earlier):
        return f"{subject(earlier)}は{said.text}"
    start, end = said.interrogatives[0]
    new = said.text[start:end]
    if earlier.interrogatives:
        old = earlier.text[slice(*earlier.interrogatives[0])]
        if wanted_kind(said.text) is wanted_kind(earlier.text) and _limit(old) == _limit(new):
            return earlier.text
        other = wanted_kind(said.text) is not wanted_kind(earlier.text) and not _WHY.match(new)
        if (
            other
            and _attribute(_inside(earlier)[-1])
            and COPULA.match(earlier.text[earlier.interrogatives[0][1] :])
        ):
            return f"{subject(earlier)}は{said.text}"
    return _asked_instead(new, earlier) or f"{subject(earlier)}は{said.text}"


def _limit(asked: str) -> str:
    """Return whether a start or an end is asked for: いつから, いつまで."""
    found = re.search(r"から|まで", asked)
    return found[0] if found else ""


def _priced(said: Parts, earlier: Parts) -> bool:
    """Tell whether いくら？ asks what a thing costs, for nothing that was said of it is counted in yen."""
    told = earlier.text[earlier.interrogatives[-1][1] :] if earlier.interrogatives else ""
    return bool(_PRICE.match(said.text)) and not COPULA.match(told) and not _PAID.search(told)


def _asked_instead(new: str, earlier: Parts) -> str | None:
    """Put an interrogative in the place of the one before: 「どこに新設されますか」「いつ？」 → 「いつ新設されますか」."""
    free = ADVERBIAL.match(new)  # such a word stands anywhere, others need a particle or です
    if not earlier.interrogatives:
        verbs = _predicate(earlier)
        return _replaced(earlier, verbs[0].start, verbs[0].start, new) if free and verbs else None
    start, end = earlier.interrogatives[0]
    if COPULA.match(earlier.text[end:]):
        if _UNIT.search(earlier.text[:start]):
            return None
        return _replaced(earlier, start, end, re.sub(r"(?<!ま)[でにがをへ]$", "", new))
    particle = PARTICLE.search(earlier.text[start:end])
    if free or PARTICLE.search(new):
        return _replaced(earlier, start, end, new)
    return _replaced(earlier, start, end, new + particle[0]) if particle else None


def _substituted(new: Phrase, earlier: Parts, known: Known) -> str | None:
    """Put `new` in the place of the phrase of its kind."""
    if not new.item and (span := same_shape(new.text, earlier.text)):
        return _replaced(earlier, *span, new.text)
    items = [phrase for phrase in earlier.phrases if phrase.item]
    if new.item and len(items) > 1:
        items = [item for item in items if item.head == new.head]
        if len(items) != 1:
            return None  # of several items it cannot be told which is meant
    old = items[0] if new.item and items else _of_same_head(new, earlier)
    if old:
        return _replaced(earlier, old.start, old.end, new.text)
    latin = next((p for p in earlier.phrases if p.text.isascii() and new.text.isascii()), None)
    if latin:
        return _replaced(earlier, latin.start, latin.end, new.text)
    if not new.item and sort_of(new.text):
        return _of_sort(new.text, earlier)
    if not new.item and is_charge(new.text) and not asks_of_money(earlier.text):
        return _of_charge(new, earlier)
    if (new.doing or _ACT.search(new.text)) and not any(
        (p.doing or _ACT.search(p.text)) and not p.dependent for p in earlier.phrases
    ):
        return f"{subject(earlier)}の{new.text}は?"
    if _NUMBER.match(new.text) and not new.item and _inside(earlier)[-1].dependent:
        return f"{subject(earlier)}の{new.text}は?"
    if span := _of_same_ending(new, earlier):
        return _replaced(earlier, *span, new.text)
    return _of_same_name(new, earlier, known) or _of_same_place(new, earlier) or _as_subject(new, earlier)


def _of_same_head(new: Phrase, earlier: Parts) -> Phrase | None:
    if new.text == new.head:
        return None
    return next((p for p in earlier.phrases if p.head == new.head and not p.dependent), None)


def _of_charge(new: Phrase, earlier: Parts) -> str:
    old = next((p for p in earlier.phrases if is_charge(p.text) and not p.item), None)
    return _replaced(earlier, old.start, old.end, new.text) if old else f"{subject(earlier)}の{new.text}は?"


def _of_same_ending(new: Phrase, earlier: Parts) -> tuple[int, int] | None:
    """Return where a name, or a word of one, ends as `new` does: 小学校 for 中学校."""
    for old in earlier.phrases:
        if not old.dependent and same_ending(new.text, old.text):
            return old.start, old.end
        for token in old.tokens if len(new.tokens) == 1 and not old.dependent else ():
            if same_ending(new.text, token.surface):
                return token.start, token.end
    return None


def _of_same_name(new: Phrase, earlier: Parts, known: Known) -> str | None:
    """Put `new` in front of the rest of an earlier name, if the documents have that name: 上海 + 事務所."""
    for old in earlier.phrases:
        for token in old.tokens[1:]:
            name = new.text + earlier.text[token.start : old.end]
            if token.subpos != "数詞" and not old.dependent and known.attested(name):
                return _replaced(earlier, old.start, old.end, name)
    return None


def _of_same_place(new: Phrase, earlier: Parts) -> str | None:
    if len(new.places) != len(new.tokens):
        return None
    places = [token for phrase in earlier.phrases for token in phrase.places]
    if not places:
        return f"{new.text}の{earlier.text}"
    alike = [t for t in places if _division(t.surface) == _division(new.text)] or places
    return _replaced(earlier, alike[-1].start, alike[-1].end, new.text)


def _division(place: str) -> str:
    return place[-1] if place[-1] in _DIVISION_ENDS else ""


def _as_subject(new: Phrase, earlier: Parts) -> str:
    """Put `new` in the place of the thing that the question is about."""
    chain = list(_inside(earlier))
    for i, (a, b) in reversed(list(enumerate(pairwise(chain)))):
        if not _CLOSE.fullmatch(_between(earlier, a, b)):
            chain = chain[i + 1 :]
            break
    things = [p for i, p in enumerate(chain) if not p.dependent and not (i and _attribute(p))]
    things = [thing for thing in things if not sort_of(thing.text)] or things
    things = [thing for thing in things if thing.doing == new.doing] or things
    start, end = (things[-1].start, things[-1].end) if things else (chain[0].start, chain[-1].end)
    numbered = _COUNTED.match(new.text) or new.tokens[0].subpos == "数詞"  # 第8回は？ is one of the thing
    return _replaced(earlier, start, end, f"{earlier.text[start:end]}の{new.text}" if numbered else new.text)
